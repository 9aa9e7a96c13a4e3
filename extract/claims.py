"""Pairs to claims: which relation holds, what qualifies it and which characters of the post say so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.beside_makers import made_before_its_place
from kg.extract.bystanders import SaidIn
from kg.extract.classifier import Classifier
from kg.extract.cues import AFFIRMED, ALSO, Cues, load_cue
from kg.extract.document import Document, Span
from kg.extract.hosts import Hosts
from kg.extract.listed_sizes import with_listed_sizes
from kg.extract.names import Names
from kg.extract.own_products import own_products
from kg.extract.pairs import Pair, PairFinder
from kg.extract.plausibility import Plausibility, cue_sentences
from kg.extract.precedence import (
    Held,
    named_in_link_first,
    one_link_a_repository,
    one_owner_of_a_count,
    own_clause_first,
    own_device_first,
)
from kg.extract.qualification import result_qualifiers, run_qualifiers
from kg.extract.releases import released_by
from kg.extract.respective import Shares
from kg.extract.results import (
    claimed_numbers,
    find_score,
    shared_scores,
    without_given,
    without_only_beaten,
    without_shared,
    without_untested,
    without_worse,
)
from kg.extract.rivalry import Rivalry
from kg.extract.rivals import PREDICATE, Rivals, Scores, beaten_here, results_of_better, without_borrowed
from kg.extract.stance import Stance
from kg.extract.tied_scores import tied_scores
from kg.extract.told_facts import with_told_facts
from kg.extract.topic import Topic
from kg.extract.unclaimed_sizes import COUNTED, sizes_beside, unclaimed_sizes
from kg.extract.untold_tests import untold_tests
from kg.extract.wording import Wording
from kg.model import Value

_EVIDENCE = 400
"""Longest quoted evidence in characters; longer sentences are cut around the two names."""
_LISTED = 0.8
"""Confidence of a result at least whose owner is told by the order of a list, as of those in tables and lists of results."""
_LIKELIER_THAN_NOT = 0.5
"""What is said to be better than something is seldom based on it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim before its names are resolved to entities."""

    subject: Span
    predicate: str
    object: Span
    start: int
    end: int
    qualifiers: dict[str, Value]
    confidence: float


class ClaimFinder:
    """Finds the claims of one document."""

    def __init__(self, pairs: PairFinder, classifier: Classifier, cues: Cues, names: Names) -> None:
        self._pairs, self._classifier, self._cues, self._names = pairs, classifier, cues, names
        self._affirmed, self._topic, self._rivalry = load_cue(AFFIRMED, ALSO), Topic(names), Rivalry()
        self._plausibility, self._hosts = Plausibility(names), Hosts(names)

    def find(self, document: Document) -> Iterator[Finding]:
        """Claims in the order of their subjects and objects in the text."""
        if not self._topic.is_computing(document):
            return
        pairs = list(self._pairs.find(document))
        hits = self._cues.find(document.tokens)
        stance = Stance(document, hits, self._affirmed)
        rivals = self._rivalry.find(document, hits, stance)
        shares = shared_scores(document, rivals)
        made = released_by(document) | own_products(document, self._names)
        said, wording = cue_sentences(document, hits), Wording(document, hits, made)
        held = list(self._held(document, pairs, stance, rivals, shares, said, wording))
        held = with_told_facts(document, stance, held, self._likely(pairs, "described_in", "link"))
        held += untold_tests(document, self._unsure_tests(document, pairs, stance), held)
        held += unclaimed_sizes(document, self._counts(document, pairs, stance), held)
        held = list(self._hosts.without(document, _owned(document, held)))
        held, scores = self._scored(document, pairs, held, shares, rivals)
        for pair, predicate, probability in held:
            qualifiers: dict[str, Value] = {}
            confidence = self._classifier.confidence(predicate, probability)
            if predicate == "evaluated_on":
                names = (pair.subject, pair.object)
                if names not in scores:
                    continue
                score = scores[names]
                confidence = max(confidence, _LISTED) if names in shares else confidence
                qualifiers = result_qualifiers(document, pair.near_subject, pair.near_object, score, self._names)
            elif predicate == "runs_on":
                qualifiers = run_qualifiers(document, pair.near_object)
            yield self._finding(document, stance, pair.near_subject, predicate, pair.near_object, confidence, qualifiers)
        for better, worse, confidence in rivals.values():
            if not stance.asked(better, worse):
                yield self._finding(document, stance, better, PREDICATE, worse, confidence, {})

    def _scored(
        self, document: Document, pairs: list[Pair], held: list[Held], shares: Shares, rivals: Rivals
    ) -> tuple[list[Held], Scores]:
        """The facts without those that the numbers contradict, and the number of each result, None where none is told; a result
        whose number belongs to another one has no entry."""
        likely = self._likely(pairs, "score", "score")
        results = {(pair.subject, pair.object): (pair, p) for pair, predicate, p in held if predicate == "evaluated_on"}
        ties = tied_scores(document) if results else {}
        claimed = claimed_numbers(likely)
        scores = {
            names: shares.get(names) or find_score(document, pair, likely, ties, claimed) for names, (pair, _) in results.items()
        }
        scores = without_given(scores, shares)
        scores = without_shared(without_borrowed(scores, rivals), results, likely)
        held = list(without_worse(document, held, scores))
        held = list(without_only_beaten(document, held, scores, rivals))
        return list(without_untested(document, held, scores)), scores

    def _finding(
        self, document: Document, stance: Stance, subject: Span, predicate: str, object_: Span, confidence: float,
        qualifiers: dict[str, Value],
    ) -> Finding:  # fmt: skip
        start, end = evidence(document, subject, object_)
        if stance.hedged(subject, object_):
            qualifiers["hedged"] = True
        return Finding(subject, predicate, object_, start, end, qualifiers, confidence)

    def _held(
        self, document: Document, pairs: list[Pair], stance: Stance, rivals: Rivals, shares: Shares, said: SaidIn,
        wording: Wording,
    ) -> Iterator[Held]:  # fmt: skip
        """The pairs for which a predicate holds, neither denied nor only asked, with its probability; none of rivals.

        Who has a result by the order of a list, or is better there, was tested, whatever the classifiers make of it.
        """
        beaten, sentence = beaten_here(document, rivals), document.sentence
        tested = shares.keys() | results_of_better(document, rivals)
        for pair in pairs:
            a, b = pair.near_subject, pair.near_object
            compared = not rivals.keys().isdisjoint([(a.key, b.key), (b.key, a.key)])
            for predicate in self._pairs.predicates[a.type, b.type] if b.type != "score" else ():
                probability = self._classifier.probability(predicate, pair.blocks, pair.reading)
                probability = wording.probability(predicate, pair, probability)
                listed = predicate == "evaluated_on" and (a.key, b.key) in tested
                if not (listed or self._classifier.holds(predicate, probability)) or stance.denied(a, b) or stance.asked(a, b):
                    continue
                settled = compared or (b.key, sentence[b.first]) in beaten
                if predicate == PREDICATE and (settled or self._rivalry.rules_out(document, a, b)):
                    continue
                if (
                    predicate == "based_on"
                    and compared
                    and (probability < _LIKELIER_THAN_NOT or self._rivalry.only_wins(document, b))
                ):
                    continue
                if wording.missing(predicate, pair, probability):
                    continue
                if listed or not self._plausibility.rules_out(document, predicate, pair, probability, said):
                    yield pair, predicate, max(probability, _LISTED) if listed else probability

    def _unsure_tests(self, document: Document, pairs: list[Pair], stance: Stance) -> Iterator[tuple[Pair, float]]:
        """Models with the benchmarks on which they are not likely enough to be tested, and how likely; none denied or asked."""
        for pair in pairs:
            a, b = pair.near_subject, pair.near_object
            if (a.type, b.type) == ("Model", "Benchmark") and not (stance.denied(a, b) or stance.asked(a, b)):
                probability = self._classifier.probability("evaluated_on", pair.blocks, pair.reading)
                if not self._classifier.holds("evaluated_on", probability) and not self._plausibility.rules_out(
                    document, "evaluated_on", pair, probability, {}
                ):
                    yield pair, probability

    def _counts(self, document: Document, pairs: list[Pair], stance: Stance) -> Iterator[tuple[Pair, float]]:
        """Models with the numbers that count parameters, and how likely they have so many; none of what is denied or asked."""
        for pair in pairs:
            a, b = pair.near_subject, pair.near_object
            if b.type == "size" and b.hint == COUNTED and not (stance.denied(a, b) or stance.asked(a, b)):
                probability = self._classifier.probability("parameter_count", pair.blocks, pair.reading)
                if not self._plausibility.rules_out(document, "parameter_count", pair, probability, {}):
                    yield pair, probability

    def _likely(self, pairs: list[Pair], predicate: str, kind: str) -> Mapping[tuple[str, str], float]:
        """(entity, value) to the probability of this predicate, for values of one type: numbers, links."""
        return {
            (pair.subject, pair.object): self._classifier.probability(predicate, pair.blocks, pair.reading)
            for pair in pairs
            if pair.near_object.type == kind
        }


def _owned(document: Document, held: list[Held]) -> list[Held]:
    """What several would have goes to the one that is told as its owner."""
    held = list(own_clause_first(document, held))
    held = list(own_device_first(held))
    held = list(made_before_its_place(document, held))
    held = list(one_link_a_repository(held))
    held = list(named_in_link_first(held))
    held = list(one_owner_of_a_count(document, held))
    held = list(with_listed_sizes(document, held))
    return [*held, *sizes_beside(document, held)]


def evidence(document: Document, a: Span, b: Span) -> tuple[int, int]:
    """The characters that say it: the sentence of both, both sentences when they are neighbours, else the object's."""
    items, sentence = document.tokens.items, document.sentence
    first, last = (a, b) if a.first <= b.first else (b, a)
    if sentence[last.first] - sentence[first.first] > 1:
        first = last = b
    low = bisect_left(sentence, sentence[first.first])
    high = bisect_left(sentence, sentence[max(first.last, last.last)] + 1) - 1
    start, end = items[low].start, items[high].end
    if end - start > _EVIDENCE:
        room = max(0, _EVIDENCE - (items[last.last].end - items[first.first].start)) // 2
        low = next(i for i in range(low, first.first + 1) if items[i].start >= items[first.first].start - room)
        high = next(i for i in range(high, last.last - 1, -1) if items[i].end <= items[last.last].end + room or i == last.last)
        start, end = items[low].start, items[high].end
    return start, end
