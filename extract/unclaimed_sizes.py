"""Numbers that count parameters and that no model has: "Lyra ... a family of models of 7B parameters"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.document import Document
from kg.extract.pairs import Pair
from kg.extract.precedence import Held

PREDICATE = "parameter_count"
COUNTED = "parameters"
"""The hint of a number that is said to count parameters, see ``sizes.py``."""
_LEAST = 0.1
"""How likely it must be that the model has so many."""
_SAID = 0.7


def unclaimed_sizes(document: Document, likely: Iterable[tuple[Pair, float]], held: Sequence[Held]) -> Iterator[Held]:
    """Numbers of parameters that are ``held`` as nobody's, as those of the likeliest model of their sentence and of its list.

    Somebody has them, for the post says what they count: 11 of 15 were right on posts left out of the training. But a model of
    which the sentence tells another number has that one.
    """
    told = {pair.object for pair, predicate, _ in held if predicate == PREDICATE}
    has = {(pair.subject, document.sentence[pair.near_object.first]) for pair, predicate, _ in held if predicate == PREDICATE}
    best: dict[str, tuple[float, Pair]] = {}
    pairs = []
    for pair, probability in likely:
        here = document.sentence[pair.near_object.first]
        near = document.sentence[pair.near_subject.first] == here and (pair.subject, here) not in has
        if near and probability >= _LEAST and pair.object not in told:
            pairs.append(pair)
            if probability > best.get(pair.object, (0.0, pair))[0]:
                best[pair.object] = probability, pair
    for pair in pairs:
        if pair.near_subject.group == best[pair.object][1].near_subject.group:
            yield pair, PREDICATE, _SAID
