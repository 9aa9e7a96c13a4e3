"""Which number is the result of a model on a benchmark: the one that both point at most surely."""

from __future__ import annotations

import math
from collections.abc import Mapping

from kg.extract.document import Document, Span
from kg.extract.number_pairs import belongs
from kg.extract.pairs import Pair

_ENOUGH = 0.35
"""A number is the score when model and benchmark point at it with this geometric mean of probabilities."""
_FAR_MODEL = 0.3
"""What the model's side counts when it stands far from the number, as in a list of results under its name."""
_CLAIMED = 0.5
"""From this probability on a number is another model's, when ours stands far away."""
_CLOSE_TO_BEST = 0.4
"""A number that the benchmark points at so much less than at its best one belongs to another benchmark."""

Likely = Mapping[tuple[str, str], float]
"""(entity, number) to the probability that the number is a result of the entity."""


def find_score(document: Document, pair: Pair, likely: Likely) -> Span | None:
    """The result of ``pair.subject`` on ``pair.object``; None when no number is likely enough."""
    numbers = {key: spans[0] for key, spans in document.entities.items() if spans[0].type == "score"}
    best = max((likely.get((pair.object, key), 0.0) for key in numbers), default=0.0)
    rows = []
    for key, span in numbers.items():
        if (pair.subject, key) not in likely and _claimed(key, pair, likely):
            continue
        ours, theirs = likely.get((pair.subject, key), _FAR_MODEL), likely.get((pair.object, key), 0.0)
        both = math.sqrt(ours * theirs)
        if both >= _ENOUGH and theirs >= _CLOSE_TO_BEST * best:
            rows.append((-both, span.first, key))
    return belongs(document, pair.subject, numbers[min(rows)[2]]) if rows else None


def _claimed(number: str, pair: Pair, likely: Likely) -> bool:
    """Does the number belong to a model that stands beside it?"""
    kind = pair.subject.partition("/")[0] + "/"
    return any(p >= _CLAIMED for (entity, key), p in likely.items() if key == number and entity.startswith(kind))
