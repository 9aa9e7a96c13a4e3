"""Who beats whom where a verb says so: "A outperforms models such as B and C", "A trails B", "Превосходит A".

Of few relations are there as few examples to learn from, and of none is the wording as plain: the lists of phrases decide.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.extract.advantages import advantages, after_turn
from kg.extract.cues import (
    ADVANTAGE_OVER,
    AND,
    AND_OR,
    AS_WELL,
    CONCESSION,
    ELSEWHERE,
    MARGIN,
    NO_SUBJECT,
    OBJECT_PRONOUN,
    OF,
    OTHER_ADVANTAGE,
    OTHERWISE,
    PAR,
    PRONOUN,
    RELATIVE,
    RESPECT,
    SURPASS,
    THAN,
    TOO,
    WITH,
    YIELD,
    cue_words,
    load_cue,
)
from kg.extract.document import Document, Span
from kg.extract.pair_grid import topic_entity
from kg.extract.rivals import Rival, Rivals
from kg.extract.stance import TURNS, Stance
from kg.extract.subjects import Subjects, absolute, subjects_of

_AHEAD, _FAR_AHEAD = 8, 12
"""Tokens to the first name behind "lags behind such rivals as", and behind "beats all models of its size, such as", at most."""
_NEXT = 7
"""Tokens between two of the beaten at most: "B (71,3 %) and the older C"."""
_DENIED = 3
"""Tokens before words of yielding in which a negation turns them: "не уступает", "does not trail"."""
_CONCESSION = TURNS | cue_words(CONCESSION)
"""Words between a name and those words after which they are not about that name: "beats A but trails B"."""
_ALSO = cue_words(TOO)
_AND = _ALSO | cue_words(AND_OR) | cue_words(AS_WELL) | {",", "&"}
_AWAY = TURNS | cue_words(ELSEWHERE)
"""Words between two names after which the second one is not beaten, too: "beats B on MMLU with C as a judge"."""
_OBJECT = 4
"""Tokens from a verb to its object at most."""
_MANY = 200
"""Names in one sentence with which it is none: each verb looks at all of them."""
_PRONOUNS = cue_words(PRONOUN)
_THEM = cue_words(OBJECT_PRONOUN)
"""Pronouns right before a verb that are its object: the subject stands behind it."""
_WHO = cue_words(RELATIVE)
"""Words before a verb whose subject is somebody else: "the company that is behind A", "a method that beats A"."""
_BESIDE = cue_words(NO_SUBJECT)
"""Words before a name after which it is no subject: "A on S beats B"."""
_GOVERNS = (_BESIDE - cue_words(OF)) | cue_words(WITH)
"""Words before a name right before the verb of which it is no subject either: "A with training on D beats B"."""
_OTHERS = ("Software", "Organization", "Hardware")
_SUBJECT = 3
"""Tokens between a name that is no model and the verb of which it is the subject at most: "Some Library outperforms B"."""
_SAID, _UNSAID = 0.85, 0.7
"""How likely it is right with both names in the sentence, and with the better one before it: 284 of 314 and 40 of 52 were, in
2,587 posts, which also helped to find the phrases."""


class Rivalry:
    """Finds them in one document after the other.

    >>> from kg.extract.cues import Cues
    >>> from kg.extract.tokens import Tokens
    >>> spans = [Span(0, 0, "Model", "A"), Span(3, 3, "Model", "B")]
    >>> document = Document(Tokens("A lags behind B"), spans)
    >>> list(Rivalry().find(document, {}, Stance(document, {}, Cues({}))))
    [('Model/b', 'Model/a')]
    """

    def __init__(self) -> None:
        self._cues = load_cue(SURPASS, YIELD, PAR, THAN, OTHERWISE)

    def find(self, document: Document, hits: dict[str, list[int]], stance: Stance) -> Rivals:
        """The rivals of a document, of which ``hits`` are the places of cues."""
        if document.type_counts["Model"] < 2:
            return {}
        places = self._cues.find(document.tokens)
        yields, denials, bases = set(places.get(YIELD, ())), set(hits.get("no", ())), set(hits.get("base", ()))
        compared = {*places.pop(THAN, ()), *places.pop(OTHERWISE, ())}
        stops = {i for name in places for i in places[name]}
        gains = dict(pair for pair in advantages(document) if pair[0] not in stops)
        others = stops | compared | set(gains.values())
        found: Rivals = {}
        topic = _topic(document) if stops or gains else None
        subjects = subjects_of(document, places.get(SURPASS, ()))
        said = _Said(stops, others, bases, subjects, {span.first for span in subjects.values()})
        for place in sorted(yields):
            if denials.isdisjoint(range(place - _DENIED, place)):
                _keep(found, _yielding(document, place, others, hits.get("beat", []), bases, topic))
        for place in sorted({*places.get(SURPASS, ()), *gains}):
            if place in yields:
                continue
            rivals = _surpassing(document, place, said, topic)
            _keep(found, (rival for rival in rivals if not stance.denied(rival.better, rival.worse)))
        return found

    def rules_out(self, document: Document, better: Span, worse: Span) -> bool:
        """Whether words before a name, or the list it is in, say that it is not the better one, or the other not the worse one.

        "It is cheaper than A and beats B" does not say that A does; "A matches B" does not say that B is worse: of 13 claims that
        it is all the same, 10 were wrong on posts left out of the training.
        """
        said = self._before(document, worse) - {THAN}
        if (said and said <= {PAR, OTHERWISE}) or _only_elsewhere(document, worse) or _in_speed(document, worse):
            return True
        return better.first < worse.first and THAN in self._before(document, better)

    def _before(self, document: Document, span: Span) -> set[str]:
        words = _words_before(document, span)
        return set(self._cues.find(document.tokens, words.start, words.stop))


def _only_elsewhere(document: Document, worse: Span) -> bool:
    """Whether words before a name say that something has an advantage over it in speed or price alone: "speedup over B"."""
    words = _words_before(document, worse)
    over = next((i for i in reversed(words) if document.tokens.folded[i] in cue_words(ADVANTAGE_OVER)), None)
    if over is None:
        return False
    quality = over - 1 - (document.tokens.texts[over - 1] == ",")
    low = max(over - _OBJECT, bisect_left(document.sentence, document.sentence[over]))
    low = after_turn(document.tokens.folded, low, quality)  # faster and better than
    return not cue_words(OTHER_ADVANTAGE).isdisjoint(document.tokens.folded[low:over])


def _in_speed(document: Document, worse: Span) -> bool:
    """Whether words behind a name, or its list, say that it is beaten in speed or price alone: "A обходит B по скорости"."""
    last = document.groups[worse.group][1]
    preposition, what, then = (*document.tokens.folded[last + 1 : last + 4], "", "", "")[:3]
    return preposition in cue_words(RESPECT) and what in cue_words(OTHER_ADVANTAGE) and then not in cue_words(AND) | {","}


def _keep(found: Rivals, rivals: Iterable[Rival]) -> None:
    for rival in rivals:
        better, worse = rival.better.key, rival.worse.key
        if better != worse and (worse, better) not in found:
            found.setdefault((better, worse), rival)


def _yielding(
    document: Document, place: int, stops: set[int], beats: list[int], bases: set[int], topic: Span | None
) -> Iterator[Rival]:
    """Of the sentence in which ``place`` is the first word that says that what stands before it is worse."""
    here, before = _around(document, place)
    behind = [span for span in here if place < span.first <= place + _AHEAD]
    if not behind or _any(document, place, behind[0].first, TURNS) or document.tokens.folded[place - 1] in _WHO:
        return
    if all(_object_of(document, span, stops) for span in before):  # "It beats A but trails B"
        subject = _unsaid(document, place, topic, {span.key for span in here}, bases)
        yield from (Rival(one, subject, _UNSAID) for one in here if subject and one.group == behind[0].group)
        return
    first, last = before[0], before[-1]
    aside = _any(document, last.last, place + 1, _CONCESSION) or bisect_right(beats, first.last) < bisect_left(beats, last.first)
    worse = [span for span in before if span.group == (first if aside else last).group]
    better = [span for span in here if span.group == behind[0].group]
    yield from (Rival(one, other, _SAID) for one in better for other in worse)


class _Said(NamedTuple):
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


def _surpassing(document: Document, place: int, said: _Said, topic: Span | None) -> Iterator[Rival]:
    """Of the sentence in which ``place`` is the first word that says that what stands before it is better.

    Where several lists of models stand before it, and none right before it, or the subject is no model, the classifiers know
    better.
    """
    here, before = _around(document, place)
    behind = [span for span in here if span.first > place]
    if not behind or behind[0].first > place + _FAR_AHEAD or _other_subject(document, place):
        return
    if _any(document, place, behind[0].first, TURNS) or not said.stops.isdisjoint(range(place + 1, behind[0].first)):
        return
    if document.tokens.folded[place - 1] in _THEM:
        yield from _by_the_next(document, place, said, topic, before, behind)
        return
    worse = [] if _in_speed(document, behind[0]) else list(_beaten(document, behind, said))
    beaten = {span.key for span in worse}
    subjects = [span for span in _subject(document, place, said) if span.key not in beaten]
    if subjects:
        yield from (Rival(one, other, _SAID) for one in subjects for other in worse)
        return
    before = [span for span in before if not _object_of(document, span, said.others) and span.key not in beaten]
    near = said.subjects.get(place)
    if near and _governed(document, near):
        before = [span for span in before if span.group != near.group] or before
    if not before and document.tokens.folded[place - 1] in _WHO:
        return
    own = [span for span in before if not _object_of(document, span, said.bases)]
    subject = None
    if not before or _pronoun(document, place, bool(own)):
        subject = _unsaid(document, place, topic, beaten | {span.key for span in before}, said.bases)
    if subject:
        yield from (Rival(subject, other, _UNSAID) for other in worse)
        return
    better = own or before
    if len({span.group for span in better}) == 1 or len({span.key for span in better}) == 1:
        yield from (Rival(one, other, _SAID) for one in better for other in worse)


def _by_the_next(
    document: Document, place: int, said: _Said, topic: Span | None, before: list[Span], behind: list[Span]
) -> Iterator[Rival]:
    """Whom a pronoun before the verb means is worse than what stands behind it: "A is quick, but C beats it"."""
    better = [span for span in behind if span.group == behind[0].group]
    if not before:
        subject = _unsaid(document, place, topic, {span.key for span in better}, said.bases)
        yield from (Rival(one, subject, _UNSAID) for one in better if subject)
    elif len({span.group for span in before}) == 1:
        yield from (Rival(one, other, _SAID) for one in better for other in before)


def _subject(document: Document, place: int, said: _Said) -> list[Span]:
    """The name right before a verb, with the others of its list; alone where the list is that of another verb's objects."""
    near = said.subjects.get(place)
    if near is None or _object_of(document, near, said.others - said.stops):
        return []
    if _governed(document, near):
        return []
    if _object_of(document, near, said.bases) and not absolute(document, near):
        return []
    if _object_of(document, near, said.stops):
        return [near]
    here = [span for span in _models(document, document.sentence[place]) if span.group == near.group and span.first <= near.first]
    turns = [two.first for one, two in pairwise(here) if _any(document, one.last, two.first, TURNS)]
    return [span for span in here if span.first >= max(turns, default=0)]


def _governed(document: Document, subject: Span) -> bool:
    """Whether a preposition stands before the name right before a verb, or before its list."""
    first = document.groups[subject.group][0]
    return bool(first) and document.tokens.folded[first - 1] in _GOVERNS and not absolute(document, subject)


def _beaten(document: Document, behind: list[Span], said: _Said) -> Iterator[Span]:
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


def _object_of(document: Document, span: Span, stops: set[int]) -> bool:
    """Whether another verb stands before the name, or the list it is in: "A matches B and beats C" says nothing of B and C."""
    return not stops.isdisjoint(_words_before(document, span))


def _words_before(document: Document, span: Span) -> range:
    """The last tokens of the sentence before the name, or before the list it is in."""
    first = document.groups[span.group][0]
    return range(max(first - _OBJECT, bisect_left(document.sentence, document.sentence[first])), first)


def _pronoun(document: Document, place: int, close: bool) -> bool:
    """Whether a pronoun is the subject of the verb: the word before it, or, if nothing else can be, the first of the sentence."""
    words = document.tokens.texts
    first = bisect_left(document.sentence, document.sentence[place])
    near = {words[i].casefold() for i in range(max(first, place - 2), place)}
    return not near.isdisjoint(_PRONOUNS) or (not close and words[first].casefold() in _PRONOUNS)


def _unsaid(document: Document, place: int, topic: Span | None, others: set[str], bases: set[int]) -> Span | None:
    """The subject of a sentence that names none but the ``others``: the first model of the sentence before that nothing is built
    on, or what the post is about, or the first model of the sentence before that one."""
    here = document.sentence[place]
    before, long_before = ([span for span in _models(document, here - back) if span.key not in others] for back in (1, 2))
    about = [topic] if topic and topic.first < place and topic.key not in others else []
    own = [span for span in before if not _object_of(document, span, bases)]
    return next(iter([*own, *about, *before, *long_before]), None)


def _topic(document: Document) -> Span | None:
    """The model that the post is about."""
    topic = list(document.entities.values())[topic_entity(document)][0]
    return topic if topic.type == "Model" else None


def _other_subject(document: Document, place: int) -> bool:
    """Whether a name that is no model, and neither of one ("S's A beats B") nor beside one ("A on S beats B"), is the subject."""
    here = document.by_sentence.get(document.sentence[place], ())[:_MANY]
    near = [span for span in here if place - _SUBJECT <= span.last + 1 <= place and not span.hint]
    last = near[-1] if near else None
    if last is None or last.type not in _OTHERS:
        return False
    return document.tokens.folded[max(0, document.groups[last.group][0] - 1)] not in _BESIDE


def _around(document: Document, place: int) -> tuple[list[Span], list[Span]]:
    """The models of the sentence, and those of them that stand before ``place``."""
    here = _models(document, document.sentence[place])
    return here, [span for span in here if span.last < place]


def _models(document: Document, sentence: int) -> list[Span]:
    here = document.by_sentence.get(sentence, ())
    return [span for span in here if span.type == "Model"] if len(here) <= _MANY else []


def _any(document: Document, start: int, end: int, words: frozenset[str]) -> bool:
    return not words.isdisjoint(document.tokens.folded[start + 1 : end])
