"""What the classifiers take for a fact and what, by the way people write, is none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import islice

from kg.extract.beside_makers import is_language, told_makings
from kg.extract.bystanders import POINTING, Bystanders, SaidIn, said_before, word_before
from kg.extract.cues import (
    ALGORITHM,
    COUNTED,
    INVENTED,
    OUT,
    PASSED_OVER,
    PLACED_ON,
    PROGRAMMING,
    SHELF_NAME,
    THAN,
    TRIED_IN,
    UNTIL,
    cue_words,
    load_cue,
)
from kg.extract.document import Document, Span, plain
from kg.extract.names import Names
from kg.extract.pairs import Pair
from kg.extract.sites import CODE, site_of
from kg.extract.sizes import find_sizes
from kg.extract.titled_names import is_survey
from kg.extract.tokens import fold

_VERSION_BEGINS = re.compile(r"[\s_-]*[vVrR]?\d")
_SAID_WITH = {"based_on": "base", "trained_on": "train", "presented_at": "event", "outperforms": "beat"}
_ONLY_APART = ("outperforms",)
"""Predicates with the cue of which one must stand in the sentence of the object; of the latter only where the subject stands in
another sentence. Of 124 claims without one, 95 were wrong on posts left out of the training."""
_FAR, _BACKWARDS = 0.6, 0.85
"""Probabilities from which on a system runs on a device that is named further off, or before it."""
_UNSAID, _UNCOUNTED = 0.65, 0.9
"""Probabilities from which on the classifiers are believed although no word of the lists says it, for one knows no list of words
that is complete."""
_ABOUT = 4 / 3
"""A model of 7B has up to nine billion parameters."""
_TOKENS = 1e12
"""So large a number in a name counts the tokens that the model was trained on."""
_PASSED_OVER = cue_words(PASSED_OVER) | {",", ".", "(", "*"}
"""What may stand between a word that says that a system is only tried and its name, or the list it is in."""
_PLACED = 3
"""Tokens before a device of which one may say that what follows runs there: "on eight fast H100"."""
_FEW = 10
"""Places of a name that are looked at to tell what the post is about."""
_AROUND = 40
"""Tokens of a sentence before and behind a date that are looked at."""
_TALK = re.compile(r"/[^/]+/[^/]+/(?:issues|pull|pulls|wiki|discussions)\b")
"""Paths of what is said about a repository."""
_BOLD = frozenset("*_")


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
        self._bystanders, self._than = Bystanders(names), load_cue(THAN)

    def rules_out(self, document: Document, predicate: str, pair: Pair, probability: float, said: SaidIn) -> bool:
        """Whether the pair is no fact of this predicate, however likely the classifiers find it, or if they are not sure."""
        if probability < _UNSAID and _unsaid(document, predicate, pair, said):
            return True
        match predicate:
            case "developed_by":
                return self._bystanders.only_beside(document, pair, probability, said)
            case "released_on":
                until = word_before(document, pair.near_object) in cue_words(UNTIL)
                return until or (probability < _UNCOUNTED and not _comes_out(document, pair))
            case "based_on":
                none = _trains(document.entities[pair.near_subject.key]) or _no_base(pair.near_subject, pair.near_object)
                return none or said_before(self._than, document, pair.near_object)
            case "evaluated_on":
                return _trains(document.entities[pair.near_subject.key])
            case "runs_on":
                return _trains(document.entities[pair.near_subject.key]) or _runs_elsewhere(document, pair, probability)
            case "parameter_count":
                unsure = probability < _UNCOUNTED and _counts_something_else(document, pair.near_object)
                return unsure or _has_another_size(document.entities[pair.subject], float(pair.near_object.name))
            case "described_in":
                return _no_description(document, pair)
            case "has_code":
                return _no_code(pair)
            case _:
                return False


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


def _no_description(document: Document, pair: Pair) -> bool:
    """Whether a page does not tell of it: a demo, the first page of a product, a paper that only tries it
    or looks at a whole field."""
    kind, host, path = site_of(pair.near_object.name)
    about = is_survey(document.tokens, pair.near_subject.last) or _only_tried(document, document.entities[pair.subject])
    if kind == "paper" and about:
        return True
    # The first page of a host is that of a product or a demo, and of a project only on hosts of projects.
    home = kind == "other" and not path.strip("/") and not host.endswith(".github.io")
    # What is about programming is not about the language.
    return kind == "demo" or home or is_language(pair.near_subject)


def _no_code(pair: Pair) -> bool:
    """Whether a page holds no code of it: a demo, talk about a repository, something that is only kept on the shelf named."""
    kind, _, path = site_of(pair.near_object.name)
    name = plain(pair.near_subject.name)
    shelf = kind in CODE and name in cue_words(SHELF_NAME) and name not in plain(path)
    return kind == "demo" or shelf or (kind == "repository" and bool(_TALK.match(path)))


def _only_tried(document: Document, names: Iterable[Span]) -> bool:
    """Whether a system stands only where something is found out about it or compared with it: "shows that A fails"."""
    return all(word_before(document, name, _PASSED_OVER) in cue_words(TRIED_IN) for name in islice(names, _FEW))


def _no_base(a: Span, b: Span) -> bool:
    """Whether b is what nothing is based on, a programming language, a way of training, a version of a itself (gpt-oss-20b for
    gpt-oss), or the family whose version a is (Llama for Llama 4): 12 of 15 such were wrong on posts left out of the training."""
    name, base = plain(a.name), plain(b.name)
    if fold(b.name) in cue_words(PROGRAMMING) | cue_words(ALGORITHM) or (base.startswith(name) and base != name):
        return True
    return name.startswith(base) and bool(_VERSION_BEGINS.match(a.name[len(b.name) :])) and not base[-1:].isdigit()


def _comes_out(document: Document, pair: Pair) -> bool:
    """Whether the sentence of a date says that something came out, or the date stands in a table, in brackets right behind the
    name or before it at the head of a line: of 17 dates of which nothing says so 16 were wrong on posts left out of the
    training."""
    tokens, sentence, date = document.tokens, document.sentence, pair.near_object
    low = max(date.first - _AROUND, bisect_left(sentence, sentence[date.first]))
    high = min(date.last + 1 + _AROUND, bisect_left(sentence, sentence[date.first] + 1))
    beside = tokens.texts[date.first - 1] in ("(", "[") and pair.near_subject.last == date.first - 2
    beside = beside or _heads_line(document, date, pair.near_subject)
    return beside or "|" in tokens.texts[low:high] or not cue_words(OUT).isdisjoint(tokens.folded[low:high])


def _heads_line(document: Document, date: Span, name: Span) -> bool:
    """Whether a date begins a line, and a name follows a dash or colon: "- 2020: Lyra"."""
    items, texts = document.tokens.items, document.tokens.texts
    before, line = date.first - 1, items[date.first].line
    while before >= 0 and items[before].line == line and not texts[before][0].isalnum():
        before -= 1
    begins = before < 0 or items[before].line != line
    between = set(texts[date.last + 1 : name.first]) - _BOLD
    return begins and items[name.first].line == line and bool(between) and between <= POINTING


def _trains(names: Iterable[Span]) -> bool:
    """Whether it is a way of training, which nobody tests or runs, but what was trained so: of 11 such 10 were not annotated."""
    return any(fold(name) in cue_words(ALGORITHM) for name in {span.name for span in names})


def _runs_elsewhere(document: Document, pair: Pair, probability: float) -> bool:
    """Whether the device is told of something else, unless the classifiers are sure: in a sentence that is not next to that of
    the system, or before it in the same one, but not behind "on": "The H100 is sold out, unlike Lyra". Of 25 such 23 were wrong
    on posts left out of the training."""
    name, device = pair.near_subject, pair.near_object
    apart = abs(document.sentence[device.first] - document.sentence[name.first])
    if apart or name.first < device.first:
        return apart > 1 and probability < _FAR
    words = document.before(device, _PLACED)
    return probability < _BACKWARDS and cue_words(PLACED_ON).isdisjoint(document.tokens.folded[words.start : words.stop])


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
