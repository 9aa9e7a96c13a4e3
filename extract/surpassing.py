"""Who beats whom by a verb whose subject is the better one: "A outperforms B and C", "Превосходит B", "её обошла C"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.extract.advantages import in_speed
from kg.extract.cues import (
    AND_OR,
    AS_WELL,
    ELSEWHERE,
    MARGIN,
    NO_SUBJECT,
    OBJECT_PRONOUN,
    OF,
    PRONOUN,
    RELATIVE,
    TOO,
    WITH,
    cue_words,
)
from kg.extract.document import Document, Span
from kg.extract.rival_sentences import MANY, any_word, around, models_of, object_of, right_before, unsaid_subject
from kg.extract.rivals import SAID, UNSAID, Rival
from kg.extract.stance import TURNS
from kg.extract.subjects import Subjects, absolute

_FAR_AHEAD = 12
"""Tokens to the first name behind "beats all models of its size, such as" at most."""
_NEXT = 7
"""Tokens between two of the beaten at most: "B (71,3 %) and the older C"."""
_ALSO = cue_words(TOO)
_AND = _ALSO | cue_words(AND_OR) | cue_words(AS_WELL) | {",", "&"}
_AWAY = TURNS | cue_words(ELSEWHERE)
"""Words between two names after which the second one is not beaten, too: "beats B on MMLU with C as a judge"."""
_PRONOUNS = cue_words(PRONOUN)
_THEM = cue_words(OBJECT_PRONOUN)
"""Pronouns right before a verb that are its object: the subject stands behind it."""
WHO = cue_words(RELATIVE)
"""Words before a verb whose subject is somebody else: "the company that is behind A", "a method that beats A"."""
_BESIDE = cue_words(NO_SUBJECT)
"""Words before a name after which it is no subject: "A on S beats B"."""
_GOVERNS = (_BESIDE - cue_words(OF)) | cue_words(WITH)
"""Words before a name right before the verb of which it is no subject either: "A with training on D beats B"."""
_OTHERS = ("Software", "Organization", "Hardware")
_SUBJECT = 3
"""Tokens between a name that is no model and the verb of which it is the subject at most: "Some Library outperforms B"."""


class Said(NamedTuple):
    """What a document says in the words of the lists, by tokens."""

    stops: set[int]
    """Words that say who is better, worse or as good."""
    others: set[int]
    """These, and words that compare otherwise."""
    bases: set[int]
    """Words before what something is built on."""
    subjects: Subjects
    own: set[int]
    """First tokens of the names that are the subject of one of them."""


def surpassing(document: Document, place: int, said: Said, topic: Span | None) -> Iterator[Rival]:
    """Of the sentence in which ``place`` is the first word that says that what stands before it is better.

    Where several lists of models stand before it, and none right before it, or the subject is no model, the classifiers know
    better.
    """
    here, before = around(document, place)
    behind = [span for span in here if span.first > place]
    if not behind or behind[0].first > place + _FAR_AHEAD or _other_subject(document, place):
        return
    if any_word(document, place, behind[0].first, TURNS) or not said.stops.isdisjoint(range(place + 1, behind[0].first)):
        return
    if right_before(document, place) in _THEM:
        yield from _by_the_next(document, place, said, topic, before, behind)
        return
    worse = [] if in_speed(document, behind[0]) else list(_beaten(document, behind, said))
    beaten = {span.key for span in worse}
    subjects = [span for span in _subject(document, place, said) if span.key not in beaten]
    if subjects:
        yield from (Rival(one, other, SAID) for one in subjects for other in worse)
        return
    before = [span for span in before if not object_of(document, span, said.others) and span.key not in beaten]
    near = said.subjects.get(place)
    if near and _governed(document, near):
        before = [span for span in before if span.group != near.group] or before
    if not before and right_before(document, place) in WHO:
        return
    own = [span for span in before if not object_of(document, span, said.bases)]
    subject = None
    if not before or _pronoun(document, place, bool(own)):
        subject = unsaid_subject(document, place, topic, beaten | {span.key for span in before}, said.bases)
    if subject:
        yield from (Rival(subject, other, UNSAID) for other in worse)
        return
    better = own or before
    if len({span.group for span in better}) == 1 or len({span.key for span in better}) == 1:
        yield from (Rival(one, other, SAID) for one in better for other in worse)


def _by_the_next(
    document: Document, place: int, said: Said, topic: Span | None, before: list[Span], behind: list[Span]
) -> Iterator[Rival]:
    """Whom a pronoun before the verb means is worse than what stands behind it: "A is quick, but C beats it"."""
    better = [span for span in behind if span.group == behind[0].group]
    if not before:
        subject = unsaid_subject(document, place, topic, {span.key for span in better}, said.bases)
        yield from (Rival(one, subject, UNSAID) for one in better if subject)
    elif len({span.group for span in before}) == 1:
        yield from (Rival(one, other, SAID) for one in better for other in before)


def _subject(document: Document, place: int, said: Said) -> list[Span]:
    """The name right before a verb, with the others of its list; alone where the list is that of another verb's objects."""
    near = said.subjects.get(place)
    if near is None or object_of(document, near, said.others - said.stops):
        return []
    if _governed(document, near):
        return []
    if object_of(document, near, said.bases) and not absolute(document, near):
        return []
    if object_of(document, near, said.stops):
        return [near]
    here = [
        span for span in models_of(document, document.sentence[place]) if span.group == near.group and span.first <= near.first
    ]
    turns = [two.first for one, two in pairwise(here) if any_word(document, one.last, two.first, TURNS)]
    return [span for span in here if span.first >= max(turns, default=0)]


def _governed(document: Document, subject: Span) -> bool:
    """Whether a preposition stands before the name right before a verb, or before its list."""
    first = document.groups[subject.group][0]
    return bool(first) and document.tokens.folded[first - 1] in _GOVERNS and not absolute(document, subject)


def _beaten(document: Document, behind: list[Span], said: Said) -> Iterator[Span]:
    """The first name behind the verb and those that go on with it, up to one that is the subject of another verb."""
    yield behind[0]
    for one, two in pairwise(behind):
        between = range(one.last + 1, two.first)
        words = {document.tokens.folded[i] for i in between if not _margin(document, i)}
        away = words.isdisjoint(_ALSO) and not words.isdisjoint(TURNS if one.group == two.group else _AWAY)
        near = len(between) <= _NEXT and not words.isdisjoint(_AND) and said.others.isdisjoint(between)
        if away or two.first in said.own or not (one.group == two.group or near):
            return
        yield two


def _margin(document: Document, place: int) -> bool:
    """Whether a word says by how much somebody is better: "beats B by 12 %, C by 5 %"."""
    return document.tokens.folded[place] in cue_words(MARGIN) and document.tokens.texts[place + 1][0].isdigit()


def _pronoun(document: Document, place: int, close: bool) -> bool:
    """Whether a pronoun is the subject of the verb: the word before it, or, if nothing else can be, the first of the sentence."""
    words = document.tokens.texts
    first = bisect_left(document.sentence, document.sentence[place])
    near = {words[i].casefold() for i in range(max(first, place - 2), place)}
    return not near.isdisjoint(_PRONOUNS) or (not close and words[first].casefold() in _PRONOUNS)


def _other_subject(document: Document, place: int) -> bool:
    """Whether a name that is no model, and neither of one ("S's A beats B") nor beside one ("A on S beats B"), is the subject."""
    here = document.by_sentence.get(document.sentence[place], ())[:MANY]
    near = [span for span in here if place - _SUBJECT <= span.last + 1 <= place and not span.hint]
    last = near[-1] if near else None
    if last is None or last.type not in _OTHERS:
        return False
    return document.tokens.folded[max(0, document.groups[last.group][0] - 1)] not in _BESIDE
