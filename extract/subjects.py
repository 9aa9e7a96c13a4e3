"""Whose verb it is: the name right before it, with nothing but an adverb or brackets between them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.cues import ABSOLUTE, BEFORE_VERB, GOES_ON, cue_words
from kg.extract.document import Document, Span

_LIGHT = 4
"""Words between a name and its verb at most: "A models would even"."""
_BRACKETS = 12
"""Tokens of an aside in brackets between them at most: "A (7B parameters) beats B"."""
_ADVERBS = ("ly", "но")
_JOINING = cue_words(GOES_ON)
"""Words with which phrases begin that go on about the subject before: "A is behind B but ahead of C"."""
Subjects = dict[int, Span]
"""The token of a verb and the name that is its subject."""


def subjects_of(document: Document, verbs: Iterable[int]) -> Subjects:
    """The models right before verbs, for the verbs that have one."""
    last = {span.last: span for span in document.spans if span.type == "Model"}
    found = ((verb, _right_before(document, verb, last)) for verb in verbs)
    return {verb: span for verb, span in found if span is not None}


def absolute(document: Document, subject: Span) -> bool:
    """Whether nothing is built on the name, of which something is told aside: "It has two sizes, with A beating B"."""
    before = document.tokens.folded[max(0, subject.first - 2) : subject.first]
    return before[:1] == [","] and not cue_words(ABSOLUTE).isdisjoint(before[1:])


def _right_before(document: Document, verb: int, last: dict[int, Span]) -> Span | None:
    texts, folded, sentence = document.tokens.texts, document.tokens.folded, document.sentence
    light = cue_words(BEFORE_VERB)
    place = verb - 1 if folded[verb] not in _JOINING else -1
    for _ in range(_LIGHT + 1):
        if place < 0 or sentence[place] != sentence[verb]:
            return None
        if place in last:
            return last[place]
        if texts[place] == ")":
            opening = (i for i in range(place - 1, max(-1, place - 2 - _BRACKETS), -1) if texts[i] == "(")
            place = next(opening, 0)
        elif not (texts[place].casefold().endswith(_ADVERBS) or folded[place] in light):
            return None
        place -= 1
    return None
