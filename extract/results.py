"""Which number is the result of a model on a benchmark: the one that both point at most surely."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from kg.extract.cues import LOWER, TESTED_BESIDE, cue_words
from kg.extract.document import Document, Span
from kg.extract.listed_scores import listed_scores, repeated_scores, scores_after_names, scores_in_order, scores_of_whom
from kg.extract.number_pairs import belongs
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.respective import Shares, compared_scores, respective_scores
from kg.extract.rivals import PREDICATE, Rival, Rivals, Scores
from kg.extract.tied_scores import Ties

_ENOUGH = 0.35
"""A number is the score when model and benchmark point at it with this geometric mean of probabilities."""
_FAR_MODEL = 0.3
"""What the model's side counts when it stands far from the number, as in a list of results under its name."""
_CLAIMED = 0.5
"""From this probability on a number is another model's, when ours stands far away."""
_CLOSE_TO_BEST = 0.4
"""A number that the benchmark points at so much less than at its best one belongs to another benchmark."""

_TIED = 0.95
"""How surely a benchmark points at a number that stands beside it."""
_LIKELIER_THAN_NOT = 0.5
"""A model in the same sentence as the result of another one is only tested with it from this probability on."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Results = Mapping[tuple[str, str], tuple[Pair, float]]
"""(model, benchmark) to their pair and how likely the one is tested on the other."""
Likely = Mapping[tuple[str, str], float]
"""(entity, number) to the probability that the number is a result of the entity."""


def find_score(
    document: Document, pair: Pair, likely: Likely, ties: Ties, claimed: Set[tuple[str, str]] = frozenset()
) -> Span | None:
    """The result of ``pair.subject`` on ``pair.object``; None when no number is likely enough.

    A number that stands beside the names of benchmarks is a result on none but them, and one of those that are ``claimed`` by
    entities of the subject's type (``claimed_numbers``) goes to nobody who has not to do with it.
    """
    numbers = {key: spans[0] for key, spans in document.entities.items() if spans[0].type == "score"}
    near = {number: _near_test(document, number, pair.object, ties) for number in numbers}
    numbers = {key: near[key] or span for key, span in numbers.items() if near[key] or not _taken(document, key, ties)}
    reached = {key: _TIED if near[key] else likely.get((pair.object, key), 0.0) for key in numbers}
    best = max(reached.values(), default=0.0)
    rows = []
    for key, span in numbers.items():
        if (pair.subject, key) not in likely and (_type_of(pair.subject), key) in claimed:
            continue
        ours, theirs = likely.get((pair.subject, key), _FAR_MODEL), reached[key]
        both = math.sqrt(ours * theirs)
        if both >= _ENOUGH and theirs >= _CLOSE_TO_BEST * best:
            rows.append((-both, span.first, key))
    return belongs(document, pair.subject, numbers[min(rows)[2]]) if rows else None


def _near_test(document: Document, number: str, test: str, ties: Ties) -> Span | None:
    """Where a number stands beside a benchmark."""
    return next((span for span in document.entities[number] if test in ties.get(span.first, ())), None)


def _taken(document: Document, number: str, ties: Ties) -> bool:
    """Whether a number stands beside benchmarks wherever it is named."""
    return all(span.first in ties for span in document.entities[number])


def without_shared(scores: Scores, results: Results, likely: Likely) -> Scores:
    """Those of ``scores`` that keep their claim: of a number that two models would have, one is the owner.

    It is the model that is said most surely to be tested there and to have the number; models of one list ("A and B reach 80 %")
    share it. Of 30 such numbers in posts left out of the training two belonged to more than one model. Those
    beaten by another one are left out before, often being named nearer to it: all of 4 that changed hands were the better's.
    """

    def sure(names: tuple[str, str], score: Span) -> float:
        return results[names][1] * likely.get((names[0], score.key), _FAR_MODEL)

    owners: dict[tuple[str, str], tuple[str, str]] = {}
    for names, score in scores.items():
        if score is not None:
            number = (score.key, names[1])
            owners[number] = max(owners.get(number, names), names, key=lambda names: sure(names, score))
    return {
        names: score
        for names, score in scores.items()
        if score is None or _one_list(results[names][0], results[owners[score.key, names[1]]][0])
    }


def _one_list(one: Pair, two: Pair) -> bool:
    return one.near_subject.group == two.near_subject.group


def claimed_numbers(likely: Likely) -> set[tuple[str, str]]:
    """Types of entities and the numbers that belong to one of that type that stands beside them."""
    return {(_type_of(entity), number) for (entity, number), p in likely.items() if p >= _CLAIMED}


def _type_of(entity: str) -> str:
    return entity.partition("/")[0]


def shared_scores(document: Document, rivals: Rivals) -> Shares:
    """All results whose owner the order of lists, or a word beside the number, says."""
    lists = scores_in_order(document) | repeated_scores(document) | listed_scores(document, rivals)
    beside = scores_of_whom(document) | scores_after_names(document)
    return lists | compared_scores(document, rivals) | beside | respective_scores(document)


def without_given(scores: Scores, shares: Shares) -> Scores:
    """Those of ``scores`` whose number no list gives to another model or benchmark."""
    given = {(number.first, number.last) for number in shares.values()}
    return {
        names: score
        for names, score in scores.items()
        if score is None or names in shares or (score.first, score.last) not in given
    }


def without_worse(document: Document, held: Iterable[Held], scores: Mapping[tuple[str, str], Span | None]) -> Iterator[Held]:
    """Without models that would be better than one with a higher number on the same benchmark: "51 % against 60 % of B"."""
    lower = not cue_words(LOWER).isdisjoint(document.tokens.folded)
    results: dict[str, dict[str, float]] = {}
    for (model, benchmark), score in scores.items():
        if score is not None and not lower and _NUMBER.fullmatch(score.name):
            results.setdefault(model, {})[benchmark] = float(score.name)
    for pair, predicate, probability in held:
        ours, theirs = results.get(pair.subject, {}), results.get(pair.object, {})
        both = ours.keys() & theirs.keys() if predicate == PREDICATE else set()
        if not both or any(ours[benchmark] >= theirs[benchmark] for benchmark in both):
            yield pair, predicate, probability


def without_only_beaten(document: Document, held: Iterable[Held], scores: Scores, rivals: Rivals) -> Iterator[Held]:
    """Without models that are only beaten, behind the benchmark: "A scores 89 on X, surpassing B" is no result of B; nor is what
    comes behind another one: "A beats B on X and leads Y" tells nothing of B on Y.

    Of 9 of the former without a number 8 were wrong on posts left out of the training, and all 7 of the latter.
    """
    sentence = document.sentence
    beaten = {(rival.worse.key, sentence[rival.worse.first]): rival for rival in rivals.values()}
    for pair, predicate, probability in held:
        test = pair.near_object
        rival = beaten.get((pair.subject, sentence[test.first]))
        unscored = predicate == "evaluated_on" and scores.get((pair.subject, pair.object)) is None
        if unscored and rival and (rival.better.first < test.first < rival.worse.first or _another_before(document, rival, test)):
            continue
        yield pair, predicate, probability


def _another_before(document: Document, rival: Rival, test: Span) -> bool:
    """Whether a benchmark that is not in one list with this one stands between it and who is beaten."""
    if not rival.better.first < rival.worse.first < test.first:
        return False
    first = document.groups[test.group][0]
    here = document.by_sentence[document.sentence[test.first]]
    return any(span.type == "Benchmark" and rival.worse.last < span.first < first for span in here)


def without_untested(document: Document, held: Sequence[Held], scores: Scores) -> Iterator[Held]:
    """Without models named behind a benchmark on which one before it in the sentence was tested, unless they have a number, are
    compared or likelier than not to have been tested, too: "A tops X, and B is out". All of 5 such claims were wrong on
    posts left out of the training."""
    sentence = document.sentence
    results = [pair for pair, predicate, _ in held if predicate == "evaluated_on"]
    told = {(pair.object, sentence[pair.near_object.first]) for pair in results if not _behind(document, pair)}
    for pair, predicate, probability in held:
        unsure = predicate == "evaluated_on" and probability < _LIKELIER_THAN_NOT and _behind(document, pair)
        own = scores.get((pair.subject, pair.object)) is not None or _compared(document, pair)
        if not unsure or own or (pair.object, sentence[pair.near_object.first]) not in told:
            yield pair, predicate, probability


def _compared(document: Document, pair: Pair) -> bool:
    """Whether words between the benchmark and a model behind it say that it was compared there: "tested A on X against B"."""
    first = document.groups[pair.near_subject.group][0]
    return not cue_words(TESTED_BESIDE).isdisjoint(document.tokens.folded[pair.near_object.last + 1 : first])


def _behind(document: Document, pair: Pair) -> bool:
    """Whether the model does not stand before the benchmark in its sentence."""
    model, benchmark = pair.near_subject.first, pair.near_object.first
    return document.sentence[model] != document.sentence[benchmark] or model > benchmark
