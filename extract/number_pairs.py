"""Two numbers said in one breath: "66.5 vs. 65.9" is ours and the rival's, "from 12.5 to 63.9" is before and now."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.cues import AFTER, BEFORE, BESIDE, VERSUS, cue_words, load_cue
from kg.extract.document import Document, Span
from kg.extract.tokens import fold

_MARKS = frozenset("%.,()*~")
"""What may stand beside the word that joins two numbers."""
_REACH = 5
"""Tokens between the two numbers at most."""
_AFTER = 5
"""Tokens from the second number to the name it belongs to: "12.2 у Claude Sonnet 4"."""
_BEATEN = 3
"""Tokens from the word for beating to the name of who is beaten at most."""
_BEATS = load_cue("beat")


def belongs(document: Document, subject: str, number: Span) -> Span:
    """The number that is the subject's result, when ``number`` is one of two that stand together; else the number itself.

    ``subject`` is the key of the entity.
    """
    numbers = document.scores
    at = next(i for i, span in enumerate(numbers) if span is number)
    for first, second in ((at, at + 1), (at - 1, at)):
        if first < 0 or second >= len(numbers):
            continue
        a, b = numbers[first], numbers[second]
        words = _between(document, a, b)
        if not cue_words(VERSUS).isdisjoint(words):
            return b if subject == _rival(document, a, b) else a
        if not cue_words(AFTER).isdisjoint(words) and _before(document, a) in cue_words(BEFORE):
            return b
    return number


def joined(document: Document, a: Span, b: Span) -> bool:
    """Are the two numbers said in one breath?"""
    return not (cue_words(VERSUS) | cue_words(AFTER)).isdisjoint(_between(document, a, b))


def _between(document: Document, a: Span, b: Span) -> Sequence[str]:
    """The folded words between two numbers, empty when more than a joining word stands there."""
    items = document.tokens.items[a.last + 1 : b.first]
    if not 0 < len(items) <= _REACH or items[0].line != items[-1].line:  # a line, not a sentence: "vs." ends none
        return ()
    words = [fold(item.text) for item in items]
    joining = (_MARKS, cue_words(VERSUS), cue_words(AFTER), cue_words(BESIDE))
    return words if all(any(word in known for known in joining) for word in words) else ()


def _before(document: Document, number: Span) -> str:
    return fold(document.tokens.items[number.first - 1].text) if number.first else ""


def _rival(document: Document, a: Span, b: Span) -> str:
    """The key of the model the second number belongs to: named right behind it, else the last of two named before both, or the
    only one when it is the one beaten: "it exceeds Almaz on MMLU (56.1 vs 50.6)"."""
    models = [span for span in document.spans if span.type == "Model"]
    behind = next((span for span in models if b.last < span.first <= b.last + _AFTER), None)
    sentence = document.sentence
    if behind is not None and sentence[behind.first] == sentence[b.first]:
        return behind.key
    named = [span for span in models if span.last < a.first and sentence[span.first] == sentence[a.first]]
    if not named:
        return ""
    last = named[-1]
    beaten = _BEATS.find(document.tokens, max(0, last.first - _BEATEN), last.first)
    return last.key if len({span.key for span in named}) > 1 or beaten else ""
