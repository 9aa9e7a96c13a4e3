"""Who beats whom where a verb says so: "A outperforms models such as B and C", "A trails B", "Превосходит A".

Of few relations are there as few examples to learn from, and of none is the wording as plain: the lists of phrases decide.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from kg.extract.advantages import advantages, in_speed, only_elsewhere
from kg.extract.chains import chains
from kg.extract.cues import (
    AHEAD_OF,
    BEFORE,
    CONCESSION,
    OTHERWISE,
    PAR,
    SURPASS,
    THAN,
    WITH,
    WORSE_THAN,
    YIELD,
    cue_words,
    load_cue,
)
from kg.extract.document import Document, Span
from kg.extract.placings import bare_comparatives, is_bare, placings
from kg.extract.rival_sentences import OBJECT, any_word, around, object_of, right_before, topic_of, unsaid_subject
from kg.extract.rivals import SAID, UNSAID, Rival, Rivals
from kg.extract.stance import TURNS, Stance
from kg.extract.subjects import subjects_of
from kg.extract.surpassing import WHO, Said, surpassing
from kg.extract.trade_offs import better_than_both, trade_offs

_AHEAD = 8
"""Tokens to the first name behind "lags behind such rivals as" at most."""
_DENIED = 3
"""Tokens before words of yielding in which a negation turns them: "не уступает", "does not trail"."""
_IDIOM = 5
"""Tokens of the longest phrase of a verb: "takes the #1 spot from"."""
_LAST_WORDS = cue_words(WITH) | cue_words(BEFORE)
_CONCESSION = TURNS | cue_words(CONCESSION)
"""Words between a name and those words after which they are not about that name: "beats A but trails B"."""


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
        places[SURPASS] = sorted({*places.get(SURPASS, ()), *bare_comparatives(document, AHEAD_OF)})
        places[YIELD] = sorted({*places.get(YIELD, ()), *bare_comparatives(document, WORSE_THAN), *placings(document)})
        yields, denials, bases = set(places.get(YIELD, ())), set(hits.get("no", ())), set(hits.get("base", ()))
        otherwise = set(places.pop(OTHERWISE, ()))
        compared = {*places.pop(THAN, ()), *otherwise}
        stops = {i for name in places for i in places[name]}
        gains = dict(pair for pair in advantages(document) if pair[0] not in stops)
        others = stops | compared | set(gains.values())
        found: Rivals = {}
        _keep(found, chains(document))
        topic = topic_of(document) if stops or gains else None
        subjects = subjects_of(document, places.get(SURPASS, ()))
        said = Said(stops, others, bases, subjects, {span.first for span in subjects.values()})
        _keep(found, better_than_both(document, places[SURPASS], subjects))
        _keep(found, trade_offs(document, otherwise, set(places[SURPASS])))
        for place in sorted(yields):
            if denials.isdisjoint(range(place - _DENIED, place)):
                _keep(found, _yielding(document, place, others, hits.get("beat", []), bases, topic))
        for place in sorted({*places.get(SURPASS, ()), *gains}):
            if not yields.isdisjoint((place, place - 1)):  # "outperformed by", "was dethroned"
                continue
            rivals = surpassing(document, place, said, topic)
            _keep(found, (rival for rival in rivals if not stance.denied(rival.better, rival.worse)))
        return found

    def rules_out(self, document: Document, better: Span, worse: Span) -> bool:
        """Whether words before a name, or the list it is in, say that it is not the better one, or the other not the worse one.

        "It is cheaper than A and beats B" does not say that A does; "A matches B" does not say that B is worse: of 13 claims that
        it is all the same, 10 were wrong on posts left out of the training.
        """
        said = self._before(document, worse) - {THAN}
        if (said and said <= {PAR, OTHERWISE}) or only_elsewhere(document, worse) or in_speed(document, worse):
            return True
        return better.first < worse.first and THAN in self._before(document, better)

    def only_wins(self, document: Document, worse: Span) -> bool:
        """Whether the word before a name that might say what is built on it belongs to a verb: "wipes the floor with B"."""
        words = document.before(worse, _IDIOM)
        said = self._cues.find(document.tokens, words.start, words.stop)
        last = words.stop - 1
        return (SURPASS in said and document.tokens.folded[last] in _LAST_WORDS) or is_bare(document, last, AHEAD_OF)

    def _before(self, document: Document, span: Span) -> set[str]:
        words = document.before(span, OBJECT)
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
    here, before = around(document, place)
    behind = [span for span in here if place < span.first <= place + _AHEAD]
    if not behind or any_word(document, place, behind[0].first, TURNS) or right_before(document, place) in WHO:
        return
    if all(object_of(document, span, stops) for span in before):  # "It beats A but trails B"
        subject = unsaid_subject(document, place, topic, {span.key for span in here}, bases)
        yield from (Rival(one, subject, UNSAID) for one in here if subject and one.group == behind[0].group)
        return
    first, last = before[0], before[-1]
    aside = any_word(document, last.last, place + 1, _CONCESSION) or bisect_right(beats, first.last) < bisect_left(
        beats, last.first
    )
    worse = [span for span in before if span.group == (first if aside else last).group]
    better = [span for span in here if span.group == behind[0].group]
    yield from (Rival(one, other, SAID) for one in better for other in worse)
