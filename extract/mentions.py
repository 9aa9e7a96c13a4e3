"""Where a post names something: the tagger decides, the name lists and the rest of the post help."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from kg.extract.corrections import Corrections
from kg.extract.cues import INTRODUCE, LICENCE, LICENSED, UNDER, cue_words
from kg.extract.document import Span, plain
from kg.extract.joined_names import join_names
from kg.extract.names import JOINERS, Match, Name, Names
from kg.extract.tagger import Tagger, runs
from kg.extract.tokens import Tokens, fold

_RESULT = re.compile(r"(?![1-5][.,]\d$)\d+[.,]\d+")
"""A number with a decimal part that is no version as people count them (1.0 to 5.9)."""
_TIMES = re.compile(r"\d+[x×хХX]")
"""How many of the thing there are, written before its name: 8xH200."""
_SIZE = re.compile(r"\d+(?:[.,]\d+)?\s?[BbMmTБ](?:-A\d+B)?")
"""A size by itself ("the 20B") is a version of what was named before, and no name."""
_BESIDE, _WORDS_BESIDE = 8, 2
"""Tokens, and words, from the name of a licence to the word that says that it is one: "- **License**: MIT"."""
_WITH_COMMAS = ("Organization", "Person", "Event")
"""Types whose names may have commas: of a university and its place, of a conference and its year."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 24
"""Tokens a name has at most; names of events are the longest."""
_OWNED = frozenset({"Model", "Software", "Hardware", "Benchmark", "Dataset", "Event"})


def find_mentions(tokens: Tokens, names: Names, tagger: Tagger | None, corrections: Corrections | None = None) -> list[Span]:
    """Spans of all names, in order; an owner inside a longer name ("Google" in "Google Colab") is one more span.

    Without a tagger the names that the lists are sure of.
    """
    corrections = corrections or Corrections()
    matches = names.find(tokens)
    found = runs(tagger.label(tokens, matches)) if tagger else []
    known = {match.first: match for match in matches}
    pieces = (
        (_without_score(tokens, piece, known), kind)
        for first, last, kind in found
        for piece in _pieces(tokens, first, last, commas=kind in _WITH_COMMAS)
    )
    spans = [Span(first, last, kind, _written(tokens, first, last)) for (first, last), kind in pieces]
    spans = [span for span in spans if not _SIZE.fullmatch(span.name)]
    spans += _sure(tokens, spans, matches)
    spans += _repeated(tokens, spans)
    spans = [_with_year(tokens, span) for span in spans if not _licence(tokens, span)]
    _one_type(spans)
    spans = corrections.apply(tokens, spans)
    spans += filter(corrections.allows, _owners(tokens, spans, names))
    for span in spans:
        span.key = span_key(span, names, corrections)
    join_names(tokens, spans, names, corrections)
    return sorted(spans, key=lambda span: (span.first, span.last, span.type))


def _pieces(tokens: Tokens, first: int, last: int, *, commas: bool) -> list[tuple[int, int]]:
    """A tagged run as a name can be: within one line and column, between words, brackets closed, "Vicuna+Alpaca" two names.

    So are "A, B", unless its type may have ``commas``, and "A Introduces B".
    """
    items = tokens.items
    first, last = _closed(tokens, first, min(last, first + _LONGEST))
    cuts = [i for i in range(first + 1, last + 1) if items[i].line != items[i - 1].line or _set_apart(tokens, i)]
    joins = [
        i
        for i in range(first + 1, last)
        if (items[i].text in "/+|" and _wordlike(items[i - 1].text) and _wordlike(items[i + 1].text))
        or (items[i].text == "," and not commas)
        or tokens.folded[i] in cue_words(INTRODUCE)
    ]
    edges = sorted({first, *cuts, *joins, last + 1})
    found = []
    for start, end in pairwise(edges):
        a, b = start, end - 1
        while a <= b and (not _inked(items[a].text) or (a < b and _no_part(tokens, a))):
            a += 1
        closed = any(items[i].text == "(" for i in range(a, b))
        while b >= a and not _inked(items[b].text) and items[b].text not in ("+", "#") and not (closed and items[b].text == ")"):
            b -= 1
        while b + 1 < len(items) and items[b + 1].text in ("+", "#") and items[b + 1].glued and not _goes_on(tokens, b + 2):
            b += 1
        if a <= b:
            found += _once(tokens, a, b)
    return found


def _goes_on(tokens: Tokens, i: int) -> bool:
    """Does a word stand at this token without a blank before it?"""
    return i < len(tokens) and tokens.items[i].glued and _inked(tokens.items[i].text)


def _no_part(tokens: Tokens, i: int) -> bool:
    """Does a word before a name only count it ("8xH200"), or bring it in ("Introducing", "the")?"""
    text = tokens.texts[i]
    return text == "the" or bool(_TIMES.fullmatch(text)) or tokens.folded[i] in cue_words(INTRODUCE)


def _once(tokens: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    """A name that is written twice in a row, as in a picture's text and its link, is two names."""
    middle = (first + last + 1) // 2
    if (last - first) % 2 and tokens.folded[first:middle] == tokens.folded[middle : last + 1]:
        return [(first, middle - 1), (middle, last)]
    return [(first, last)]


def _set_apart(tokens: Tokens, i: int) -> bool:
    """Does the token begin another column of a table?"""
    gap = tokens.text[tokens.items[i - 1].end : tokens.items[i].start]
    return "\t" in gap or len(gap) > 2


def _closed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """The run up to a bracket that it opens and does not close."""
    depth, opened = 0, []
    for i in range(first, last + 1):
        if tokens.items[i].text == "(":
            opened.append(i)
            depth += 1
        elif tokens.items[i].text == ")" and depth:
            opened.pop()
            depth -= 1
    return (first, opened[0] - 1) if opened else (first, last)


def _without_score(tokens: Tokens, piece: tuple[int, int], known: dict[int, Match]) -> tuple[int, int]:
    """A listed name followed by a number with a decimal part is a name and its result: "MT-Bench 9.12"."""
    first, last = piece
    match = known.get(first)
    if match and match.last == last - 1 and _RESULT.fullmatch(tokens.items[last].text) and match.names[0].type == "Benchmark":
        return first, last - 1
    return piece


def _licence(tokens: Tokens, span: Span) -> bool:
    """Is it what a licence is called ("under MIT", "лицензия Apache 2.0"), and not who wrote it?"""
    if fold(tokens.texts[span.first]) not in cue_words(LICENCE):
        return False
    before = _words(tokens, range(span.first - 1, max(-1, span.first - 1 - _BESIDE), -1))
    behind = _words(tokens, range(span.last + 1, min(len(tokens), span.last + 1 + _BESIDE)))
    return not ((cue_words(LICENSED) | cue_words(UNDER)).isdisjoint(before) and cue_words(LICENSED).isdisjoint(behind))


def _with_year(tokens: Tokens, span: Span) -> Span:
    """An event with the year behind it, which is part of its name and no date: "I/O 2026"."""
    after = span.last + 1
    if span.type != "Event" or after >= len(tokens) or not _YEAR.fullmatch(tokens.texts[after]):
        return span
    return Span(span.first, after, span.type, _written(tokens, span.first, after), span.hint)


def _words(tokens: Tokens, places: Iterable[int]) -> list[str]:
    """The first words of these tokens, punctuation left out."""
    return [tokens.folded[i] for i in places if _inked(tokens.texts[i])][:_WORDS_BESIDE]


def _wordlike(text: str) -> bool:
    return len(text) > 2 and text[0].isalpha()


def _inked(text: str) -> bool:
    return any(c.isalnum() for c in text)


@lru_cache(maxsize=50_000)
def entity_key(kind: str, name: str, names: Names) -> str:
    """What makes two names of one post the same thing. An ordinary word that is short for a listed name (R1 for DeepSeek-R1) is
    that thing in the graph, but claims are found for it where it stands."""
    known = listed(kind, name, names)
    if known and not (known.when == "context" and plain(known.name) != plain(name) and plain(known.name).endswith(plain(name))):
        return f"{kind}/{plain(known.name)}{_sign(known.name)}"
    return f"{kind}/{plain(''.join(fold(t.text) if t.text.isalpha() else t.text for t in Tokens(name).items))}{_sign(name)}"


def _sign(name: str) -> str:
    """What C++ has more than C, and Command R+ than Command R."""
    return name[len(name.rstrip("+#")) :]


def span_key(span: Span, names: Names, corrections: Corrections) -> str:
    """The key of a name by itself, as the user corrects it: of the entity it is merged into, or one that no other name has."""
    correction = corrections.of(span.name, span.type)
    if correction and correction.action == "split":
        return f"{span.type}/{correction.name} alone"
    return entity_key(span.type, (correction.entity if correction else "") or span.name, names)


@lru_cache(maxsize=50_000)
def listed(kind: str, name: str, names: Names) -> Name | None:
    """The listed thing of this type that is called so."""
    return next((entry for entry in names.lookup(name) if entry.type == kind), None)


def _written(tokens: Tokens, first: int, last: int) -> str:
    return tokens.text[tokens.items[first].start : tokens.items[last].end]


def _repeated(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """A name found once is a name wherever the post writes it the same way."""
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    forms: dict[tuple[str, ...], str] = {}
    for span in spans:
        words = tuple(t.text for t in tokens.items[span.first : span.last + 1])
        if len(span.name) > 2 and not span.name.islower():
            forms.setdefault(words, span.type)
    starts: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(forms, key=len, reverse=True):
        starts.setdefault(words[0], []).append(words)
    more: list[Span] = []
    for i, token in enumerate(tokens.items):
        for words in starts.get(token.text, ()):
            last = i + len(words) - 1
            if taken.isdisjoint(range(i, last + 1)) and tuple(t.text for t in tokens.items[i : last + 1]) == words:
                taken.update(range(i, last + 1))
                more.append(Span(i, last, forms[words], _written(tokens, i, last)))
                break
    return more


def _sure(tokens: Tokens, spans: list[Span], matches: list[Match]) -> list[Span]:
    """Listed names that mean one thing only, where the tagger saw none."""
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    more = []
    for match in matches:
        kinds = {name.type for name in match.names}
        sure = len(kinds) == 1 and all(name.when != "context" for name in match.names) and "Metric" not in kinds
        written = _written(tokens, match.first, match.last)
        if (
            sure
            and written[0].isupper()
            and (len(written) > 2 or written[-1].isdigit())
            and taken.isdisjoint(range(match.first, match.last + 1))
        ):
            more.append(Span(match.first, match.last, kinds.pop(), written))
    return more


def _one_type(spans: list[Span]) -> None:
    """What is written the same is the same thing: the type most of its places have, the first one's in a draw."""
    votes: dict[str, Counter[str]] = {}
    for span in spans:
        votes.setdefault(plain(span.name), Counter())[span.type] += 1
    for span in spans:
        span.type = votes[plain(span.name)].most_common(1)[0][0]


def _owners(tokens: Tokens, spans: list[Span], names: Names) -> list[Span]:
    """The organization a product's name begins with, when the lists or the same post know it as one."""
    known = {plain(span.name) for span in spans if span.type == "Organization"}
    found: list[Span] = []
    for span in spans:
        if span.type not in _OWNED:
            continue
        makers = {plain(maker) for entry in names.family(span.name) for maker in entry.developers}
        for last in range(span.last - 1, span.first - 1, -1):
            if tokens.items[last].text in JOINERS:
                continue
            owner = _written(tokens, span.first, last)
            sure = any(entry.type == "Organization" and entry.when != "context" for entry in names.lookup(owner))
            if owner[:1].isupper() and (sure or plain(owner) in known or plain(owner) in makers):
                found.append(
                    Span(span.first, last, "Organization", owner, _nesting(tokens, last, sure or plain(owner) in makers))
                )
                break
    return found


def _nesting(tokens: Tokens, last: int, sure: bool) -> str:
    """How an owner stands in a name: apart ("NVIDIA H100") or joined to it ("DeepSeek-R1"), known as its owner or not."""
    return f"nested {'joined' if tokens.items[last + 1].glued else 'apart'}{' sure' if sure else ''}"
