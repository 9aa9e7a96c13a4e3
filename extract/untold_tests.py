"""Who was tested where a result is spoken of, and the classifiers find nobody likely enough: the likeliest one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.cues import RESULT, cue_words
from kg.extract.document import Document, Span
from kg.extract.pairs import Pair
from kg.extract.precedence import Held

_LEAST = 0.15
"""Of the likeliest models on benchmarks on which nobody else would be tested, 10 of 13 were right from this probability on, with
such words before the benchmark, on posts left out of the training."""
_BEFORE = 9
"""Tokens before a benchmark, or its list, in which a word speaks of a result."""


def untold_tests(document: Document, unsure: Iterable[tuple[Pair, float]], held: Iterable[Held]) -> Iterator[Held]:
    """A model for each benchmark of a result on which none of ``held`` is tested, of the pairs that are not sure enough."""
    told = {pair.object for pair, predicate, _ in held if predicate == "evaluated_on"}
    best: dict[str, tuple[float, Pair]] = {}
    for pair, probability in unsure:
        if pair.object not in told and probability >= max(_LEAST, best[pair.object][0] if pair.object in best else 0.0):
            best[pair.object] = probability, pair
    for probability, pair in best.values():
        if _reached(document, pair.near_object):
            yield pair, "evaluated_on", probability


def _reached(document: Document, test: Span) -> bool:
    """Whether a word before the benchmark, or the list it is in, speaks of a result: "strong results on X and Y"."""
    words = document.before(test, _BEFORE)
    return not cue_words(RESULT).isdisjoint(document.tokens.folded[words.start : words.stop])
