"""What words right beside a name say of it, and what nobody claims without such words.

The classifiers see which words a post has around two names, but not well how far they reach. So a relation that they are not
sure of must be said close to its object, and a base of which a plain phrase speaks ("A is built on B") needs little more. So
does who made a product, if it is the object of a verb of release, or known as that one's own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from functools import cache, cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

from kg.extract.cues import (
    BUILT_ON,
    FITTED,
    GOVERNING,
    HELD_AT,
    INFERENCE,
    LOOSE_BASE,
    LOOSE_RUN,
    OTHER_OBJECT,
    OTHER_SUBJECT,
    PARTS,
    PRONOUN,
    REJECTED,
    TAUGHT,
    TRAINING,
    Cues,
    cue_words,
    load_cue,
)
from kg.extract.document import SYSTEMS, Document, Span
from kg.extract.pairs import Pair

_LOOSE = {"base": cue_words(LOOSE_BASE), "run": cue_words(LOOSE_RUN)}
"""Words of these cues that stand between many names of which one has to do with the other, and do not say what."""

_NOWHERE: frozenset[int] = frozenset()
_AND = cue_words(OTHER_SUBJECT)
"""Words before a phrase of which the subject stands farther off: "based on B or a fine-tuned C" says nothing of B and C."""
_AWAY = _AND | cue_words(OTHER_OBJECT)
"""Words between a phrase and a name of which it does not speak: "fine-tuned and close to B", "A, на основе которой сделана B"."""
_GOVERNS = cue_words(GOVERNING)
"""Words before a name of which a phrase behind it does not speak: "On A, a model based on B"."""
_OTHERWISE = cue_words(PRONOUN)
"""Between a second system and a phrase they say that it speaks of the first one: "A beats C; it is built on B"."""


class _Plain(NamedTuple):
    """A relation of which plain phrases speak."""

    cue: str
    """Their cue."""
    window: int
    """Tokens before the object, or its list, that may hold a phrase and the words between: "built on the much older B"."""
    least: float
    """Probability from which on the classifiers do not find it absurd."""
    likely: float
    """Probability that it has then at least."""


_PLAIN = {"based_on": _Plain(BUILT_ON, 7, 0.02, 0.65), "runs_on": _Plain(FITTED, 5, 0.15, 0.4)}
"""Of 31 bases that were no claims without a phrase, 27 were right on posts left out of the training, of seven told elsewhere
five, of five devices all."""


_HALF_BELIEVED, _MADE = 0.22, 0.5
"""The same for makers: of 13 that are said in plain words to release something and were no claims, 11 were right, and of 19 that
do something with what the lists know as theirs 14."""


class _Reach(NamedTuple):
    """Where a word must stand that says a relation."""

    before: int
    """Tokens before the object, or the list it is in, at most."""
    behind: int
    """Tokens behind it at most."""
    sure: float
    """Probability from which on the classifiers are believed without one."""


_REACHES = {
    "based_on": _Reach(4, 2, 0.5),
    "trained_on": _Reach(40, 8, 0.8),
    "runs_on": _Reach(40, 40, 0.5),
    "presented_at": _Reach(3, 1, 0.8),
}
"""On posts left out of the training 60 of 66 bases below 0.5 without such a word were wrong, seven of eight data sets below 0.8,
and all of twelve devices below 0.5 in another sentence than what runs there, or before it; of one behind it in the same sentence,
any word may say it. In the posts written for this project, which say things in many ways, half of such claims were right: hence
the wide reach. Where something is presented "at" an event, the word stands right before it: of five without one, or behind
"rejected", none was right."""


class Wording:
    """Knows where in a document the words stand that say relations, of which ``hits`` are the places, and which products
    (by their keys) are ``made`` by whom as far as words and lists tell."""

    def __init__(self, document: Document, hits: Mapping[str, Sequence[int]], made: Set[tuple[str, str]] = frozenset()) -> None:
        folded = document.tokens.folded
        self._doc = document
        systems = (span for span in document.spans if span.type in SYSTEMS and not span.hint.startswith("nested"))
        self._systems = [span for span in systems if not document.tokens.is_joined(span.last)]
        self._starts = [span.first for span in self._systems]
        self._made = made
        own = _cues(TRAINING, INFERENCE, PARTS, TAUGHT, HELD_AT).find(document.tokens)
        base, run = ([i for i in hits.get(cue, ()) if folded[i] not in loose] for cue, loose in _LOOSE.items())
        training = own.get(TRAINING, [])
        self._places = {
            "based_on": sorted([*base, *own.get(PARTS, ())]),
            "trained_on": sorted([*training, *own.get(TAUGHT, ())]),
            "runs_on": sorted([*run, *training, *own.get(INFERENCE, ())]),
            "presented_at": own.get(HELD_AT, []),
        }

    def probability(self, predicate: str, pair: Pair, probability: float) -> float:
        """How likely the relation is at least if a plain phrase right before the object says it of the name before, or a verb of
        release says it of the maker and the product. A base may be told so in any place, not only where the two names stand
        closest: "In the B family, A is out; A is built on B"."""
        if predicate == "developed_by":
            said = _HALF_BELIEVED <= probability < _MADE and (pair.subject, pair.object) in self._made
            return _MADE if said else probability
        plain = _PLAIN.get(predicate)
        unsure = plain is not None and plain.least <= probability < plain.likely
        if not plain or not unsure:
            return probability
        said = self._spelled(plain, pair.near_subject, pair.near_object) or (predicate == "based_on" and self._elsewhere(pair))
        return plain.likely if said else probability

    def missing(self, predicate: str, pair: Pair, probability: float) -> bool:
        """Whether no word close to the object says a relation of which the classifiers are not sure."""
        reach = _REACHES.get(predicate)
        if reach is None or probability >= reach.sure:
            return False
        name, sentence = pair.near_object, self._doc.sentence
        if predicate == "presented_at" and REJECTED in self._before(name, reach.before):
            return True
        if predicate == "runs_on" and self._goes_on(pair.near_subject, name):
            return False
        first, here = self._doc.groups[name.group][0], sentence[name.first]
        start = max(first - reach.before, bisect_left(sentence, here))
        end = min(name.last + 1 + reach.behind, bisect_left(sentence, here + 1))
        places = self._places[predicate]
        return not (_any(places, start, first) or _any(places, name.last + 1, end))

    def _elsewhere(self, pair: Pair) -> bool:
        subjects, objects = self._told
        return not subjects.get(pair.subject, _NOWHERE).isdisjoint(objects.get(pair.object, _NOWHERE))

    @cached_property
    def _told(self) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
        """The numbers of the places where a plain phrase tells a base, for each system that it is said of and for each base."""
        subjects: dict[str, set[int]] = {}
        objects: dict[str, set[int]] = {}
        lists = [list(spans) for _, spans in groupby(self._systems, key=lambda span: span.group)]
        for number, (named, bases) in enumerate(pairwise(lists)):
            if self._spelled(_PLAIN["based_on"], named[0], bases[0]):
                for span in named:
                    subjects.setdefault(span.key, set()).add(number)
                for span in bases:
                    objects.setdefault(span.key, set()).add(number)
        return subjects, objects

    def _before(self, name: Span, window: int) -> set[str]:
        """The cues that say of what an event did not take, right before it: "rejected from E"."""
        first = self._doc.groups[name.group][0]
        return set(_cues(REJECTED).find(self._doc.tokens, max(0, first - window), first))

    def _spelled(self, plain: _Plain, subject: Span, name: Span) -> bool:
        """Whether the subject is the last system before such a phrase, and the name, or its list, the first one behind."""
        doc, first = self._doc, self._doc.groups[name.group][0]
        last = bisect_left(self._starts, first) - 1
        if (
            last < 0
            or self._systems[last].group != subject.group
            or not self._goes_on(subject, name)
            or self._doc.tokens.is_joined(name.last)
        ):
            return False
        folded, start = doc.tokens.folded, doc.groups[subject.group][0]
        if start and folded[start - 1] in _GOVERNS:
            return False
        start = max(self._systems[last].last + 1, first - plain.window)
        if self._second(subject) and not _OTHERWISE.isdisjoint(folded[self._systems[last].last + 1 : first]):
            return False
        return any(
            _AND.isdisjoint(folded[max(start, place - 2) : place]) and _AWAY.isdisjoint(folded[place:first])
            for place in _cues(plain.cue).find(doc.tokens, start, first).get(plain.cue, ())
        )

    def _second(self, subject: Span) -> bool:
        """Whether another system stands before it in its sentence."""
        before = bisect_left(self._starts, self._doc.groups[subject.group][0]) - 1
        return before >= 0 and self._doc.sentence[self._systems[before].first] == self._doc.sentence[subject.first]

    def _goes_on(self, subject: Span, name: Span) -> bool:
        """Whether the name stands behind the subject in one sentence."""
        return subject.first < name.first and self._doc.sentence[subject.first] == self._doc.sentence[name.first]


@cache
def _cues(*names: str) -> Cues:
    return load_cue(*names)


def _any(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the sorted places is one of ``start`` to ``end`` (not included)."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
