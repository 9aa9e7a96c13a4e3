"""Who is better, said in two words apart: "A gets better results than B", "A shows gains over B", "A точнее на 3 %, чем B"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set

from kg.extract.cues import (
    ADVANTAGE,
    ADVANTAGE_OVER,
    AND,
    AND_BUT,
    COMPARED,
    NOT_COMPARED,
    OTHER_ADVANTAGE,
    RESPECT,
    cue_words,
)
from kg.extract.document import Document, Span
from kg.extract.rival_sentences import OBJECT

_APART = 6
"""Tokens from the first of the two words to the second one at most."""
_BEFORE = 2
"""Tokens before the first one in which a word may say that it is about speed or price."""
_TO_NAME = 10
"""Tokens from the second word to the name at most: "over the best of the others, such as B"."""
_AWAY = cue_words(NOT_COMPARED) | {":", "–", "—", ";", "("}
"""Words between them after which the name is not what is compared: "better than others on B", "greater than in B"."""
_WITH = cue_words(COMPARED)
"""Words behind which one of these belongs to them: "compared with B"."""
_TURNS = cue_words(AND_BUT)
"""Words that turn from one advantage to another."""


def advantages(document: Document) -> Iterator[tuple[int, int]]:
    """The tokens of both words, where no model is named between them, and one close behind the second."""
    folded, sentence = document.tokens.folded, document.sentence
    first, second, other = cue_words(ADVANTAGE), cue_words(ADVANTAGE_OVER), cue_words(OTHER_ADVANTAGE)
    places = [i for i, word in enumerate(folded) if word in first]
    named = {span.first for span in document.spans if span.type == "Model"} if places else set()
    for place in places:
        window = range(place + 1, min(len(folded), place + 1 + _APART))
        over = next((i for i in window if folded[i] in second and sentence[i] == sentence[place]), None)
        if over is None or not named.isdisjoint(range(place, over)) or not _leads_to_name(document, over, named):
            continue
        if other.isdisjoint(folded[after_turn(folded, max(0, place - _BEFORE), place) : over]):
            yield place, over


def after_turn(folded: Sequence[str], low: int, high: int) -> int:
    """Behind the last "and" or "but", which turn from something else: "lower latency but higher quality than B"; else ``low``."""
    return next((i for i in range(high, low, -1) if folded[i - 1] in _TURNS), low)


def _leads_to_name(document: Document, over: int, named: Set[int]) -> bool:
    """Whether the second word is about a name, and neither about a number ("gains of over 30 %") nor about something else."""
    name = next((i for i in range(over + 1, over + 2 + _TO_NAME) if i in named), None)
    if name is None or name == over + 1:
        return name is not None
    counts = document.tokens.texts[over + 1][0].isdigit()
    start = over + 2 if document.tokens.folded[over] in _WITH else over + 1
    return not counts and _AWAY.isdisjoint(document.tokens.folded[start:name])


def only_elsewhere(document: Document, worse: Span) -> bool:
    """Whether words before a name say that something has an advantage over it in speed or price alone: "speedup over B"."""
    words = document.before(worse, OBJECT)
    over = next((i for i in reversed(words) if document.tokens.folded[i] in cue_words(ADVANTAGE_OVER)), None)
    if over is None:
        return False
    quality = over - 1 - (document.tokens.texts[over - 1] == ",")
    low = max(over - OBJECT, bisect_left(document.sentence, document.sentence[over]))
    low = after_turn(document.tokens.folded, low, quality)  # faster and better than
    return not cue_words(OTHER_ADVANTAGE).isdisjoint(document.tokens.folded[low:over])


def in_speed(document: Document, worse: Span) -> bool:
    """Whether words behind a name, or its list, say that it is beaten in speed or price alone: "A обходит B по скорости"."""
    last = document.groups[worse.group][1]
    preposition, what, then = (*document.tokens.folded[last + 1 : last + 4], "", "", "")[:3]
    return preposition in cue_words(RESPECT) and what in cue_words(OTHER_ADVANTAGE) and then not in cue_words(AND) | {","}
