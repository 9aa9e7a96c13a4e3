"""Who is better than what it was compared with otherwise, or than both: "A is smaller than B but better on X", "C beats both"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from kg.extract.cues import ADVANTAGE, AND_BUT, BEFORE_VERB, BOTH, GIVEN_ON, OBJECT_PRONOUN, OTHER_ADVANTAGE, PRONOUN, cue_words
from kg.extract.document import Document, Span
from kg.extract.rival_sentences import around, models_of, object_of
from kg.extract.rivals import SAID, Rival
from kg.extract.subjects import Subjects

_LIGHT = 3
"""Words between "but" and the word that says who is better at most: "but it is still better"."""
_TWO = 2
_PASSED = cue_words(BEFORE_VERB) | cue_words(PRONOUN)
_ENDS = cue_words(GIVEN_ON) | {".", ",", "!", ";", ")"}
"""What follows a word of an advantage that is about nothing else: none of "better documented"."""
_IT = cue_words(OBJECT_PRONOUN) | cue_words(PRONOUN)


def trade_offs(document: Document, otherwise: Set[int], verbs: Set[int]) -> Iterator[Rival]:
    """Of models of which ``otherwise`` says that something is cheaper, or larger, those that it is better than, too."""
    if not otherwise:
        return
    words = set(otherwise)
    for worse in (span for span in document.spans if span.type == "Model"):
        if not object_of(document, worse, words) or not _better_behind(document, worse, verbs):
            continue
        first = document.groups[worse.group][0]
        before = [span for span in around(document, first)[1] if span.group != worse.group]
        if before and len({span.group for span in before}) == 1:
            yield from (Rival(one, worse, SAID) for one in before)


def _better_behind(document: Document, worse: Span, verbs: Set[int]) -> bool:
    """Whether "and better on", or "but beats it", goes on behind the name, or its list."""
    folded, sentence = document.tokens.folded, document.sentence
    place = document.groups[worse.group][1] + 1
    place += folded[place : place + 1] == [","]
    if folded[place : place + 1] == [] or folded[place] not in cue_words(AND_BUT):
        return False
    place += 1
    for _ in range(_LIGHT):
        if place < len(folded) and folded[place] in _PASSED and place not in verbs:
            place += 1
    behind = folded[place + 1 : place + 3]
    if place >= len(folded) or sentence[place] != sentence[worse.first]:
        return False
    if place in verbs:
        return bool(behind) and behind[0] in _IT
    about = behind[:1] if behind and sentence[place + 1] == sentence[place] else []
    if folded[place] not in cue_words(ADVANTAGE) or not _ENDS.issuperset(about):
        return False
    return len(behind) < _TWO or behind[1] not in cue_words(OTHER_ADVANTAGE)


def better_than_both(document: Document, verbs: Iterable[int], subjects: Subjects) -> Iterator[Rival]:
    """Of verbs with "both" behind them, the subject and the only two other models before it, in this sentence or the last one."""
    folded = document.tokens.folded
    for verb in verbs:
        subject = subjects.get(verb)
        behind = verb + 1 + (folded[verb + 1 : verb + 2] != [] and folded[verb + 1] in _IT)
        if subject is None or folded[behind : behind + 1] == [] or folded[behind] not in cue_words(BOTH):
            continue
        here = document.sentence[verb]
        if any(behind < span.first <= behind + _LIGHT for span in models_of(document, here)):
            continue
        for number in (here, here - 1):
            others = {
                span.key: span for span in models_of(document, number) if span.last < subject.first and span.key != subject.key
            }
            if others:
                if len(others) == _TWO:
                    yield from (Rival(subject, other, SAID) for other in others.values())
                break
