"""Who beats whom, and what follows from it for others and for their results."""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.document import Document, Span

PREDICATE = "outperforms"
SAID, UNSAID = 0.85, 0.7
"""How likely it is right with both names in the sentence, and with the better one before it: 284 of 314 and 40 of 52 were, in
2,587 posts, which also helped to find the phrases."""


class Rival(NamedTuple):
    """Which model beats which, where both stand, and how likely that is, 0-1."""

    better: Span
    worse: Span
    confidence: float


Scores = dict[tuple[str, str], Span | None]
"""(model, benchmark) by their keys, and the number found for them."""
Rivals = dict[tuple[str, str], Rival]
"""By the keys of the better and the worse one."""


def beaten_here(document: Document, rivals: Rivals) -> set[tuple[str, int]]:
    """The worse ones, by key and sentence, of which a verb of this sentence says who beats them: nobody else does there."""
    sentence = document.sentence
    return {
        (rival.worse.key, sentence[rival.worse.first])
        for rival in rivals.values()
        if sentence[rival.better.first] == sentence[rival.worse.first]
    }


def results_of_better(document: Document, rivals: Rivals) -> set[tuple[str, str]]:
    """Models and benchmarks, by their keys, where a model is said to be better and the benchmark stands behind it in that
    sentence: "A beats B on X", "It scores 89 on X, surpassing B". Of several such models before it the last one, or its list."""
    sentence = document.sentence
    better: dict[int, dict[tuple[int, int], set[str]]] = {}
    for rival in rivals.values():
        here = sentence[rival.worse.first]
        place = (rival.better.first, rival.better.group) if sentence[rival.better.first] == here else (-1, -1)
        better.setdefault(here, {}).setdefault(place, set()).add(rival.better.key)
    found: set[tuple[str, str]] = set()
    for number, places in better.items():
        for span in document.by_sentence[number]:
            before = [place for place in places if place[0] < span.first] if span.type == "Benchmark" else []
            group = max(before)[1] if before else None
            found |= {(model, span.key) for place in before if place[1] == group for model in places[place]}
    return found


def without_borrowed(scores: Scores, rivals: Rivals) -> Scores:
    """Those whose number is not that of a model that beats them: "A beats B on this test (78.4)" tells nothing of B."""
    results: dict[str, list[tuple[str, Span]]] = {}
    for (model, benchmark), score in scores.items():
        if score is not None:
            results.setdefault(model, []).append((benchmark, score))
    borrowed = {
        (worse, benchmark)
        for better, worse in rivals
        for benchmark, score in results.get(better, ())
        if scores.get((worse, benchmark)) is score
    }
    return {names: score for names, score in scores.items() if names not in borrowed}
