"""Who is better, said right before a name: "A круче B", "A ranks third, behind B", "A loses 1.2 points to B"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kg.extract.cues import (
    AHEAD_OF,
    DEGREE,
    LOSE,
    NOT_COMPARED,
    RANK,
    RANKED_BEHIND,
    RANKED_TO,
    cue_words,
    load_phrases,
)
from kg.extract.document import Document, Span
from kg.extract.subjects import subjects_of

_RANKED = 6
"""Tokens before "behind" or "to" in which it is said that something has a place, or loses."""
_OPENING = cue_words(DEGREE) | {"-", "–", "—", ":", ","}
"""Words with which a sentence begins that goes on about what is named before it: "По ощущениям — круче B"."""
_GOVERNS = cue_words(NOT_COMPARED)


def bare_comparatives(document: Document, cue: str = AHEAD_OF) -> list[int]:
    """The words of a cue right before a model, of what is named right before them or before their sentence.

    "Для кода круче B" says that B is the better one, and gives none.
    """
    named = (span.first for span in document.spans if span.type == "Model")
    places = sorted({first - 1 for first in named if first and is_bare(document, first - 1, cue)})
    subjects = subjects_of(document, places)
    return [i for i in places if (_alone(document, subjects[i]) if i in subjects else _opens(document, i))]


def is_bare(document: Document, place: int, cue: str) -> bool:
    """Whether a word is one of them as written: "лучший" is no "лучше"."""
    return document.tokens.texts[place].casefold() in load_phrases()[cue]


def _alone(document: Document, subject: Span) -> bool:
    """Whether no preposition stands before the subject, or the list it is in: "в A круче B"."""
    first = document.groups[subject.group][0]
    return not first or document.tokens.folded[first - 1] not in _GOVERNS


def _opens(document: Document, place: int) -> bool:
    first = bisect_left(document.sentence, document.sentence[place])
    return first < place and _OPENING.issuperset(document.tokens.folded[first:place])


def placings(document: Document) -> Iterator[int]:
    """The words that say that what stands before them is placed behind the model named after them."""
    folded, texts, sentence = document.tokens.folded, document.tokens.texts, document.sentence
    behind, to, ranks, loses = (cue_words(cue) for cue in (RANKED_BEHIND, RANKED_TO, RANK, LOSE))
    tests = {span.last for span in document.spans if span.type == "Benchmark"}
    models = [span for span in document.spans if span.type == "Model"]
    for span in models:
        place = span.first - 1
        if place < 1 or sentence[place] != sentence[span.first] or folded[place] not in behind | to:
            continue
        window = range(max(bisect_left(sentence, sentence[place]), place - _RANKED), place)
        if folded[place] in behind:
            beside = texts[place - 1] == "," or folded[place - 1] in ranks or place - 1 in tests
            if beside and any(folded[i] in ranks for i in window):
                yield place
        lost = next((i for i in reversed(window) if folded[i] in loses), place)
        if folded[place] in to and any(texts[i][0].isdigit() for i in range(lost, place)):
            yield place
