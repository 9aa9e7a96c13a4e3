"""A post ready for questions: its tokens, sentences, the spans that name things and the entities they stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from kg.extract.cues import LISTED, SHORTENED, cue_words, kind_words
from kg.extract.tokens import Tokens, fold
from kg.extract.values import Value

MADE, MAKERS = ("Model", "Software", "Dataset", "Benchmark", "Hardware"), ("Organization", "Person")
"""Types of what is made, and of who makes it."""
SYSTEMS = ("Model", "Software")
"""Types of what runs, and of what is built on something."""
_STOPS = frozenset({".", "!", "?", "…"})
_JOINTS = frozenset("-–/_·")
_LIST_SEPARATORS = cue_words(LISTED) | frozenset(',;&/+*_•"«»')


@dataclass(slots=True)
class Span:
    """Tokens ``first`` to ``last`` (both included) name an entity or stand for a value."""

    first: int
    last: int
    type: str
    """A class of the ontology, or ``size``, ``date``, ``link``."""
    name: str
    """As written; for values the value."""
    hint: str = ""
    key: str = ""
    joined: str = ""
    """Why the key is that of another name in the post; empty when the name has its own."""
    group: int = -1
    """Spans of one type that stand in one list ("A, B and C") share it."""


@dataclass
class Document:
    """Spans in order, and where the sentences are."""

    tokens: Tokens
    spans: list[Span]
    sentence: list[int] = field(init=False)
    """Number of the sentence of each token."""

    def __post_init__(self) -> None:
        self.spans.sort(key=lambda span: (span.first, span.last, span.type))
        self.sentence = sentence_numbers(self.tokens)
        for span in self.spans:
            span.key = span.key or f"{span.type}/{plain(span.name)}"
        self._group()

    def _group(self) -> None:
        number, before = -1, None
        for span in self.spans:
            joined = before is not None and _same_kind(before.type, span.type) and self._listed(before, span)
            if not joined:
                number += 1
            span.group, before = number, span

    def _listed(self, before: Span, after: Span) -> bool:
        between = self.tokens.folded[before.last + 1 : after.first]
        return 0 < len(between) <= 4 and _LIST_SEPARATORS.issuperset(between)

    @cached_property
    def groups(self) -> dict[int, tuple[int, int, int]]:
        """First token, last token and size of each list."""
        out: dict[int, tuple[int, int, int]] = {}
        for span in self.spans:
            first, _, size = out.get(span.group, (span.first, 0, 0))
            out[span.group] = (first, span.last, size + 1)
        return out

    @cached_property
    def entities(self) -> dict[str, list[Span]]:
        """Entity key to its spans, in order of first mention."""
        out: dict[str, list[Span]] = {}
        for span in self.spans:
            out.setdefault(span.key, []).append(span)
        return out

    @cached_property
    def by_sentence(self) -> dict[int, list[Span]]:
        """The spans of each sentence, by its number."""
        out: dict[int, list[Span]] = {}
        for span in self.spans:
            out.setdefault(self.sentence[span.first], []).append(span)
        return out

    @cached_property
    def scores(self) -> list[Span]:
        """The numbers that may be results, in order."""
        return [span for span in self.spans if span.type == "score"]

    @cached_property
    def type_counts(self) -> Counter[str]:
        """How many different entities of each type there are."""
        return Counter(spans[0].type for spans in self.entities.values())

    @cached_property
    def _owners_by_last(self) -> dict[int, Span]:
        return {span.last: span for span in reversed(self.spans) if span.type == "Organization"}

    @cached_property
    def _nested_by_first(self) -> dict[int, list[Span]]:
        out: dict[int, list[Span]] = {}
        for span in self.spans:
            if span.hint.startswith("nested apart"):
                out.setdefault(span.first, []).append(span)
        return out

    def owner_before(self, span: Span) -> Span | None:
        """The organization written right before a product's name, with a blank between."""
        if span.type not in ("Model", "Software", "Hardware", "Benchmark", "Dataset"):
            return None
        items = self.tokens.items
        start = items[span.first].start
        owner = self._owners_by_last.get(span.first - 1)
        return owner if owner and items[owner.last].end + 1 == start and self.tokens.text[start - 1] == " " else None

    def ranges(self, span: Span) -> list[tuple[int, int]]:
        """First and last token of the ways in which a name stands in the text: as found, with the owner written before it,
        without the owner it begins with, without a word that only says what it is ("NVIDIA Selene", "H100 GPUs")."""
        found = [(span.first, span.last)]
        owner = self.owner_before(span)
        if owner is not None:
            found.append((owner.first, span.last))
        found += [(inner.last + 1, span.last) for inner in self._nested_by_first.get(span.first, ()) if inner.last < span.last]
        last, items = span.last, self.tokens.items
        while last > span.first and _says_kind(span.type, items[last].text):
            last -= 1
        if last < span.last and items[last].text not in _JOINTS:
            found += [(first, last) for first, _ in list(found) if first <= last]
        return found

    def before(self, span: Span, reach: int) -> range:
        """The last tokens of the sentence before a name, or before the list it is in, ``reach`` at most."""
        first = self.groups[span.group][0]
        return range(max(first - reach, bisect_left(self.sentence, self.sentence[first])), first)

    def quote(self, span: Span) -> str:
        return self.tokens.text[self.tokens.items[span.first].start : self.tokens.items[span.last].end]


def _says_kind(kind: str, word: str) -> bool:
    """Does a word behind a name only say what it is? "AI" does so of a model: "Claude AI"."""
    return fold(word) in kind_words() or (kind == "Model" and word == "AI")


@lru_cache(maxsize=100_000)
def plain(name: str) -> str:
    """Name without case, spaces and punctuation; dots between digits stay (3.1 is not 31)."""
    letters = [
        c
        for i, c in enumerate(name.casefold().replace("ё", "е"))
        if c.isalnum() or (c == "." and name[i - 1 : i].isdigit() and name[i + 1 : i + 2].isdigit())
    ]
    return "".join(letters)


def _same_kind(one: str, two: str) -> bool:
    return one == two or {one, two} <= {"Model", "Software"} or {one, two} <= {"Benchmark", "Dataset"}


def sentence_numbers(tokens: Tokens) -> list[int]:
    """A sentence ends at a line break, and at a full stop with a blank after it.

    That of "vs." ends none, that of "млрд." one if a capital follows.
    """
    numbers, number, line, stop, before = [], 0, tokens.items[0].line if tokens.items else 0, False, ""
    shortened = cue_words(SHORTENED)
    for text, _, _, on, glued in tokens.items:
        if stop and before in shortened:
            stop = before[0] >= "а" and text[0].isupper()
        if on != line or (stop and not glued):
            number, line = number + 1, on
        numbers.append(number)
        stop = text in _STOPS
        before = before if text == "." else text.casefold()
    return numbers


def value_spans(tokens: Tokens, values: Iterable[Value], taken: Sequence[Span] = ()) -> list[Span]:
    """Values that are whole tokens and do not stand inside a name ("Qwen2.5-72B")."""
    values = list(values)
    if not values:
        return []
    inside = {i for span in taken for i in range(span.first, span.last + 1)}
    starts = [token.start for token in tokens.items]
    spans = []
    for value in values:
        first, last = bisect_right(starts, value.start) - 1, bisect_left(starts, value.end) - 1
        whole = first >= 0 and value.start < tokens.items[first].end and value.end <= tokens.items[last].end
        if whole and inside.isdisjoint(range(first, last + 1)):
            spans.append(Span(first, last, value.kind, value.value, value.hint))
    return spans
