"""What the classifiers take for a fact and what, by the way people write, is none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import islice

from kg.extract.beside_makers import BesideMakers, is_language, owns_forum, told_makings
from kg.extract.cues import (
    ALGORITHM,
    ANNOUNCE,
    BYSTANDER,
    COUNTED,
    GENERAL,
    INVENTED,
    LESSON,
    MADE_BY,
    OUT,
    PASSED_OVER,
    PROGRAMMING,
    RELEASE,
    SHELF,
    SHELF_NAME,
    THAN,
    TRIED_IN,
    UNTIL,
    USER,
    cue_words,
    load_cue,
)
from kg.extract.document import Document, Span, plain
from kg.extract.names import Names
from kg.extract.pairs import Pair
from kg.extract.sites import CODE, site_of
from kg.extract.sizes import find_sizes
from kg.extract.tokens import GENITIVE, fold

_VERSION = re.compile(r"[\s_-]*[vVrR]?\d[\w.-]*")
_NUMBERED = re.compile(r"\d{3,}[A-Z\d]*")
"""What a device is called by without its maker: the 8086, a 3090; not a 64."""
_OF_ITS_OWN = re.compile(r"\d|[a-zа-я][A-ZА-Я]|[A-ZА-Я]{2}")
"""What a word is written with that is no common word: RTX, TensorRT, reCAPTCHA."""
_VERSION_BEGINS = re.compile(r"[\s_-]*[vVrR]?\d")
_SAID_WITH = {"based_on": "base", "trained_on": "train", "presented_at": "event", "outperforms": "beat"}
_ONLY_APART = ("outperforms",)
"""Predicates with the cue of which one must stand in the sentence of the object; of the latter only where the subject stands in
another sentence. Of 124 claims without one, 95 were wrong on posts left out of the training."""
_APART = 0.75
"""Probability from which on somebody named in another sentence than the product is believed to have made it, unless that sentence
tells of a release: of 23 claims that were less likely, 20 were wrong on posts left out of the training."""
_UNSAID, _UNCOUNTED = 0.65, 0.9
"""Probabilities from which on the classifiers are believed although no word of the lists says it, for one knows no list of words
that is complete."""
_ABOUT = 4 / 3
"""A model of 7B has up to nine billion parameters."""
_TOKENS = 1e12
"""So large a number in a name counts the tokens that the model was trained on."""
_BEFORE = 4
"""Tokens before a name in which words say what it has to do with the rest."""
_FEW = 10
"""Places of a name that are looked at to tell what the post is about."""
_VERB = 3
"""Tokens from an organization to the verb that says what it does, at most."""
_AROUND = 40
"""Tokens of a sentence before and behind a date that are looked at."""
_COURSE = 14
"""Tokens from the word for a course to who teaches it at most."""
_TALK = re.compile(r"/[^/]+/[^/]+/(?:issues|pull|pulls|wiki|discussions)\b")
"""Paths of what is said about a repository."""
_POINTING = frozenset({":", "—", "–", "-", "→", "|"})
"""What may stand between the name of such a place and a link to it."""
SaidIn = Mapping[str, Set[int]]
"""The numbers of the sentences in which each cue stands."""


class Plausibility:
    """Tells what cannot be a fact.

    >>> from kg.extract.names import load_names
    >>> from kg.extract.tokens import Tokens
    >>> a, b = Span(0, 0, "Model", "Llama 4", key="a"), Span(1, 1, "Model", "Llama", key="b")
    >>> document = Document(Tokens("Llama4 Llama"), [a, b])
    >>> Plausibility(load_names()).rules_out(document, "based_on", Pair("a", "b", a, b, []), 0.9, {"base": {0}})
    True
    """

    def __init__(self, names: Names) -> None:
        self._names, self._cues = names, load_cue(BYSTANDER, THAN)
        self._user, self._beside = load_cue(USER), BesideMakers()
        self._deeds = load_cue(ANNOUNCE, RELEASE)

    def rules_out(self, document: Document, predicate: str, pair: Pair, probability: float, said: SaidIn) -> bool:
        """Whether the pair is no fact of this predicate, however likely the classifiers find it, or if they are not sure."""
        if probability < _UNSAID and _unsaid(document, predicate, pair, said):
            return True
        match predicate:
            case "developed_by":
                return self._made_elsewhere(document, pair, probability, said)
            case "released_on":
                until = _word_before(document, pair.near_object) in cue_words(UNTIL)
                return until or (probability < _UNCOUNTED and not _comes_out(document, pair))
            case "based_on":
                none = _trains(document.entities[pair.near_subject.key]) or _no_base(pair.near_subject, pair.near_object)
                return none or THAN in self._said_before(document, pair.near_object)
            case "evaluated_on" | "runs_on":
                return _trains(document.entities[pair.near_subject.key])
            case "parameter_count":
                unsure = probability < _UNCOUNTED and _counts_something_else(document, pair.near_object)
                return unsure or _has_another_size(document.entities[pair.subject], float(pair.near_object.name))
            case "described_in" | "has_code":
                kind, host, path = site_of(pair.near_object.name)
                # The first page of a host is that of a product or a demo, and of a project only on hosts of projects.
                home = kind == "other" and not path.strip("/") and not host.endswith(".github.io")
                if predicate == "has_code":
                    name = plain(pair.near_subject.name)
                    shelf = kind in CODE and name in _SHELVES and name not in plain(path)
                    return kind == "demo" or shelf or (kind == "repository" and bool(_TALK.match(path)))
                if kind == "paper" and _only_tried(document, document.entities[pair.subject]):
                    return True
                # What is about programming is not about the language.
                return kind == "demo" or home or fold(pair.near_subject.name) in cue_words(PROGRAMMING)
            case _:
                return False

    def _made_elsewhere(self, document: Document, pair: Pair, probability: float, said: SaidIn) -> bool:
        """Whether the organization is told otherwise than as the maker of the product."""
        owner, name = pair.near_object, pair.near_subject
        apart = document.sentence[owner.first] != document.sentence[name.first]
        if apart and probability < _APART and not self._makes(document, owner):
            return True
        beside = BYSTANDER in self._said_before(document, owner) or _on_shelf(document, owner) or owns_forum(document, owner)
        beside = beside or self._uses(document, owner, name) or _teaches(document, owner, name)
        beside = beside or self._beside.only_means(document, owner, name)
        beside = beside or (is_language(name) and document.sentence[owner.first] not in said.get(INVENTED, ()))
        return beside or self._part_of_name(document, pair) or self._shop_of_link(document, owner)

    def _part_of_name(self, document: Document, pair: Pair) -> bool:
        """Whether the owner is told by nothing but a name that cannot stand without it: DeepSeek-R1, Mistral 7B, Google Photos;
        not NVIDIA H100. Nobody made "Lumo GPUs": of 22 such 21 were not annotated."""
        name, owner = pair.near_subject, pair.near_object
        if not owner.hint.startswith("nested") or not name.first <= owner.first <= name.last:
            return False
        items = document.tokens.items
        rest = document.tokens.text[items[owner.last].end : items[name.last].end]
        if fold(rest.strip()) in cue_words(GENERAL):
            return True
        if any(not span.hint.startswith("nested") for span in document.entities[pair.object]):
            return False
        if name.type == "Hardware" and _NUMBERED.fullmatch(rest.strip()):
            return False
        return owner.hint.startswith("nested joined") or bool(_VERSION.fullmatch(rest)) or self._common(name.type, rest.strip())

    def _shop_of_link(self, document: Document, owner: Span) -> bool:
        """Whether the owner is only where code or weights are kept: "[HF](https://huggingface.co/...)", "HF: https://..."."""
        texts, end = document.tokens.texts, owner.last + 1
        if owner.first and texts[owner.first - 1] == "[" and texts[end : end + 2] == ["]", "("]:
            return site_of(_text(texts, end + 2))[0] in CODE
        if _text(texts, end) not in _POINTING:
            return False
        kind, host, _ = site_of(_text(texts, end + 1))
        return kind in CODE and any(plain(entry.name) in plain(host) for entry in self._names.lookup(owner.name))

    def _makes(self, document: Document, owner: Span) -> bool:
        """Whether the organization is said to release something, or to own it."""
        behind = owner.last + 1
        owns = "".join(document.tokens.texts[behind : behind + 1]) in GENITIVE
        return owns or bool(self._deeds.find(document.tokens, behind, behind + _VERB))

    def _uses(self, document: Document, owner: Span, name: Span) -> bool:
        """Whether a verb says that the organization only uses what the lists do not know as its own: "Nordix tested Lyra"."""
        if owner.hint or document.sentence[owner.first] != document.sentence[name.first] or name.first < owner.last:
            return False
        if USER not in self._user.find(document.tokens, owner.last + 1, min(name.first, owner.last + 1 + _VERB)):
            return False
        makers = {maker for entry in self._names.family(name.name) for maker in entry.developers}
        return makers.isdisjoint(entry.name for entry in self._names.lookup(owner.name))

    def _said_before(self, document: Document, span: Span) -> set[str]:
        """The cues of the sentence right before a name, or before the list it is in."""
        first = document.groups[span.group][0]
        start = max(first - _BEFORE, bisect_left(document.sentence, document.sentence[first]))
        return set(self._cues.find(document.tokens, start, first))

    def _common(self, kind: str, rest: str) -> bool:
        """Whether the rest of a product's name is of common words: of 69 such, 56 were not annotated as made by their owner."""
        if kind not in ("Software", "Hardware") or _OF_ITS_OWN.search(rest):
            return False
        return not any(name.type == kind for name in self._names.lookup(rest))


def cue_sentences(document: Document, hits: Mapping[str, Sequence[int]]) -> SaidIn:
    """The sentences of the cues that say what must be said, of which ``hits`` are the places."""
    said: dict[str, Set[int]] = {cue: {document.sentence[i] for i in hits.get(cue, ())} for cue in _SAID_WITH.values()}
    return said | {INVENTED: told_makings(document)}


def _unsaid(document: Document, predicate: str, pair: Pair, said: SaidIn) -> bool:
    """Whether no word of the object's sentence says so, of a relation that nobody leaves to be guessed."""
    here = document.sentence[pair.near_object.first]
    if predicate not in _SAID_WITH or (predicate in _ONLY_APART and document.sentence[pair.near_subject.first] == here):
        return False
    return here not in said.get(_SAID_WITH[predicate], ())


_PASSED_OVER = cue_words(PASSED_OVER) | {",", ".", "(", "*"}
"""What may stand between such a word and the name, or the list it is in."""


def _teaches(document: Document, owner: Span, name: Span) -> bool:
    """Whether what the owner made is a course about it: "a course on Lyra from Nordix", "введение в Lyra от Nordix"."""
    words, sentence = document.tokens.folded, document.sentence
    first = document.groups[owner.group][0]
    if not first or words[first - 1] not in cue_words(MADE_BY) or sentence[first - 1] != sentence[name.first]:
        return False
    low = max(first - _COURSE, bisect_left(sentence, sentence[first]))
    return not cue_words(LESSON).isdisjoint(words[low:first])


_SHELVES = cue_words(SHELF_NAME)


def _on_shelf(document: Document, owner: Span) -> bool:
    """Whether weights or code are only kept there: "выложила на Hugging Face"."""
    owns = owner.hint or "".join(document.tokens.texts[owner.last + 1 : owner.last + 2]) in GENITIVE
    return not owns and plain(owner.name) in _SHELVES and _word_before(document, owner) in cue_words(SHELF)


def _only_tried(document: Document, names: Iterable[Span]) -> bool:
    """Whether a system stands only where something is found out about it or compared with it: "shows that A fails"."""
    return all(_word_before(document, name, _PASSED_OVER) in cue_words(TRIED_IN) for name in islice(names, _FEW))


def _word_before(document: Document, span: Span, without: Set[str] = frozenset()) -> str:
    """The word of the sentence before a name, folded; ``without`` some."""
    first = document.groups[span.group][0] if without else span.first
    while first and document.tokens.folded[first - 1] in without:
        first -= 1
    return document.tokens.folded[first - 1] if first and document.sentence[first - 1] == document.sentence[first] else ""


def _text(texts: Sequence[str], i: int) -> str:
    return texts[i] if i < len(texts) else ""


def _no_base(a: Span, b: Span) -> bool:
    """Whether b is what nothing is based on, a programming language, a way of training, a version of a itself (gpt-oss-20b for
    gpt-oss), or the family whose version a is (Llama for Llama 4): 12 of 15 such were wrong on posts left out of the training."""
    name, base = plain(a.name), plain(b.name)
    if fold(b.name) in cue_words(PROGRAMMING) | cue_words(ALGORITHM) or (base.startswith(name) and base != name):
        return True
    return name.startswith(base) and bool(_VERSION_BEGINS.match(a.name[len(b.name) :])) and not base[-1:].isdigit()


def _comes_out(document: Document, pair: Pair) -> bool:
    """Whether the sentence of a date says that something came out, or the date stands in a table or in brackets right behind the
    name: of 17 dates of which nothing says so 16 were wrong on posts left out of the training."""
    tokens, sentence, date = document.tokens, document.sentence, pair.near_object
    low = max(date.first - _AROUND, bisect_left(sentence, sentence[date.first]))
    high = min(date.last + 1 + _AROUND, bisect_left(sentence, sentence[date.first] + 1))
    beside = tokens.texts[date.first - 1] in ("(", "[") and pair.near_subject.last == date.first - 2
    return beside or "|" in tokens.texts[low:high] or not cue_words(OUT).isdisjoint(tokens.folded[low:high])


def _trains(names: Iterable[Span]) -> bool:
    """Whether it is a way of training, which nobody tests or runs, but what was trained so: of 11 such 10 were not annotated."""
    return any(fold(name) in cue_words(ALGORITHM) for name in {span.name for span in names})


def _has_another_size(names: Iterable[Span], count: float) -> bool:
    """Whether one of the names tells a size, and none such a one: Gemma 3 270M has no 100 million parameters, Llama 3.3 70B no
    405 billion. Of 16 such claims 15 were wrong on posts left out of the training."""
    sizes = [size for name in {span.name for span in names} for size in map(float, _sizes_in_name(name)) if size < _TOKENS]
    return bool(sizes) and not any(size / _ABOUT < count < size * _ABOUT for size in sizes)


@lru_cache(maxsize=10_000)
def _sizes_in_name(name: str) -> list[str]:
    """The numbers of parameters in a name; what is at work at a time (30B-A3B), or one of several parts (8x7B), is none."""
    return [size.value for size in find_sizes(name)]


def _counts_something_else(document: Document, number: Span) -> bool:
    """Whether neither the sentence of a number with its unit in full (5 million) nor the one before speaks of parameters."""
    words, sentence = document.tokens.folded, document.sentence
    low, high = bisect_left(sentence, sentence[number.first] - 1), bisect_left(sentence, sentence[number.last] + 1)
    return number.hint == "word" and cue_words(COUNTED).isdisjoint(words[low:high])
