"""Who beats whom where a verb says so: "A outperforms models such as B and C", "A trails B", "Превосходит A".

Of few relations are there as few examples to learn from, and of none is the wording as plain: the lists of phrases decide.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.extract.cues import OTHERWISE, PAR, SURPASS, THAN, YIELD, load_cue
from kg.extract.document import Document, Span
from kg.extract.pair_grid import topic_entity
from kg.extract.rivals import Rival, Rivals
from kg.extract.stance import TURNS, Stance
from kg.extract.tokens import fold

_AHEAD, _FAR_AHEAD = 8, 12
"""Tokens to the first name behind "lags behind such rivals as", and behind "beats all models of its size, such as", at most."""
_NEXT = 7
"""Tokens between two of the beaten at most: "B (71,3 %) and the older C"."""
_DENIED = 3
"""Tokens before words of yielding in which a negation turns them: "не уступает", "does not trail"."""
_CONCESSION = TURNS | {"though", "although", fold("хотя")}
"""Words between a name and those words after which they are not about that name: "beats A but trails B"."""
_ALSO = frozenset({"also", fold("также")})
_AND = _ALSO | {"and", "и", "or", "или", ",", "&", "as"}
_AWAY = TURNS | {"on", "на", "in", "в", "with", "by", "с"}
"""Words between two names after which the second one is not beaten, too: "beats B on MMLU with C as a judge"."""
_OBJECT = 4
"""Tokens from a verb to its object at most."""
_MANY = 200
"""Names in one sentence with which it is none: each verb looks at all of them."""
_PRONOUNS = frozenset({"it", "they", "он", "она", "оно", "они"})
_WHO = frozenset({"who", "that", "which"})
"""Words before a verb whose subject is somebody else: "the company that is behind A"."""
_OTHERS = ("Software", "Organization", "Hardware")
_SUBJECT = 3
"""Tokens between a name that is no model and the verb of which it is the subject at most: "Some Library outperforms B"."""
_SAID, _UNSAID = 0.85, 0.7
"""How likely it is right with both names in the sentence, and with the better one before it: 214 of 238 and 32 of 42 were, in
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
        others = stops | compared
        found: Rivals = {}
        topic = _topic(document) if stops else None
        for place in sorted(yields):
            if denials.isdisjoint(range(place - _DENIED, place)):
                _keep(found, _yielding(document, place, others, hits.get("beat", []), bases, topic))
        for place in places.get(SURPASS, ()):
            if place in yields:
                continue
            rivals = _surpassing(document, place, stops, others, bases, topic)
            _keep(found, (rival for rival in rivals if not stance.denied(rival.better, rival.worse)))
        return found

    def rules_out(self, document: Document, better: Span, worse: Span) -> bool:
        """Whether words before a name, or the list it is in, say that it is not the better one, or the other not the worse one.

        "It is cheaper than A and beats B" does not say that A does; "A matches B" does not say that B is worse: of 13 claims that
        it is all the same, 10 were wrong on posts left out of the training.
        """
        said = self._before(document, worse) - {THAN}
        if said and said <= {PAR, OTHERWISE}:
            return True
        return better.first < worse.first and THAN in self._before(document, better)

    def _before(self, document: Document, span: Span) -> set[str]:
        words = _words_before(document, span)
        return set(self._cues.find(document.tokens, words.start, words.stop))


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
    aside = _any(document, last.last, place, _CONCESSION) or bisect_right(beats, first.last) < bisect_left(beats, last.first)
    worse = [span for span in before if span.group == (first if aside else last).group]
    better = [span for span in here if span.group == behind[0].group]
    yield from (Rival(one, other, _SAID) for one in better for other in worse)


def _surpassing(
    document: Document, place: int, stops: set[int], others: set[int], bases: set[int], topic: Span | None
) -> Iterator[Rival]:
    """Of the sentence in which ``place`` is the first word that says that what stands before it is better.

    Where several lists of models stand before it, or the subject is no model, the classifiers know better.
    """
    here, before = _around(document, place)
    behind = [span for span in here if span.first > place]
    if not behind or behind[0].first > place + _FAR_AHEAD or _other_subject(document, place):
        return
    if _any(document, place, behind[0].first, TURNS) or not stops.isdisjoint(range(place + 1, behind[0].first)):
        return
    worse = list(_beaten(document, behind, others))
    beaten = {span.key for span in worse}
    before = [span for span in before if not _object_of(document, span, others) and span.key not in beaten]
    own = [span for span in before if not _object_of(document, span, bases)]
    subject = None
    if not before or _pronoun(document, place, bool(own)):
        subject = _unsaid(document, place, topic, beaten | {span.key for span in before}, bases)
    if subject:
        yield from (Rival(subject, other, _UNSAID) for other in worse)
        return
    better = own or before
    if len({span.group for span in better}) == 1:
        yield from (Rival(one, other, _SAID) for one in better for other in worse)


def _beaten(document: Document, behind: list[Span], stops: set[int]) -> Iterator[Span]:
    """The first name behind the verb and those that go on with it."""
    yield behind[0]
    for one, two in pairwise(behind):
        between = range(one.last + 1, two.first)
        words = {document.tokens.folded[i] for i in between}
        away = words.isdisjoint(_ALSO) and not words.isdisjoint(TURNS if one.group == two.group else _AWAY)
        goes_on = one.group == two.group or (len(between) <= _NEXT and not words.isdisjoint(_AND) and stops.isdisjoint(between))
        if away or not goes_on:
            return
        yield two


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
    here = document.by_sentence.get(document.sentence[place], ())
    return any(place - _SUBJECT <= span.last + 1 <= place and span.type in _OTHERS and not span.hint for span in here[:_MANY])


def _around(document: Document, place: int) -> tuple[list[Span], list[Span]]:
    """The models of the sentence, and those of them that stand before ``place``."""
    here = _models(document, document.sentence[place])
    return here, [span for span in here if span.last < place]


def _models(document: Document, sentence: int) -> list[Span]:
    here = document.by_sentence.get(sentence, ())
    return [span for span in here if span.type == "Model"] if len(here) <= _MANY else []


def _any(document: Document, start: int, end: int, words: frozenset[str]) -> bool:
    return not words.isdisjoint(document.tokens.folded[start + 1 : end])
