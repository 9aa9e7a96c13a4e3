"""Which pairs stand in which relation: a logistic regression for each predicate, averaged with what the reader says."""

from __future__ import annotations

import gzip
import json
import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.extract.blocks import AnyBlock, Weights


class Classifier:
    """Weights by predicate and feature; ``probability`` is 0 to 1."""

    def __init__(
        self,
        weights: dict[str, dict[str, float]],
        thresholds: dict[str, float],
        steps: dict[str, list[list[float]]] | None = None,
    ) -> None:
        self.weights = weights
        self._tables: dict[str, Weights] = {}
        self.thresholds = thresholds
        self.steps = steps or {}
        """For each predicate ``[probability, confidence]`` points: how often pairs of that probability were right."""

    def probability(self, predicate: str, blocks: Sequence[AnyBlock], reading: Mapping[str, float] | None = None) -> float:
        """What the regression says, together with what the reader says where it knows the predicate (the mean of both logits).

        0 to 1: it puts pairs in order, see ``confidence`` for how often they are right.
        """
        if predicate not in self.weights:
            return 0.0
        try:
            total = sum([block.sums[predicate] for block in blocks])
        except KeyError:
            weights = self._tables.get(predicate)
            if weights is None:
                weights = self._tables[predicate] = Weights(self.weights[predicate])
            for block in blocks:
                if predicate not in block.sums:
                    block.sums[predicate] = block.weigh(weights)
            total = sum([block.sums[predicate] for block in blocks])
        total += self.weights[predicate][""]
        if reading is not None and predicate in reading:
            total = (total + reading[predicate]) / 2
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def holds(self, predicate: str, probability: float) -> bool:
        """Is the probability enough to claim it?"""
        return probability >= self.thresholds.get(predicate, 0.4)

    def confidence(self, predicate: str, probability: float) -> float:
        """How often, 0 to 1, claims of this probability were right on posts nobody trained on.

        >>> Classifier({}, {}, {"runs_on": [[0.25, 0.0], [0.75, 0.5]]}).confidence("runs_on", 0.5)
        0.25
        """
        steps = self.steps.get(predicate) or self.steps.get("") or [[0.0, 0.0], [1.0, 1.0]]
        at = bisect_left(steps, [probability])
        if at == 0 or at == len(steps):
            return steps[min(at, len(steps) - 1)][1]
        (low, below), (high, above) = steps[at - 1], steps[at]
        return below + (above - below) * (probability - low) / (high - low)

    def save(self, path: Path) -> None:
        """Write the weights, the same bytes for the same weights."""
        data = {"thresholds": self.thresholds, "steps": self.steps, "weights": self.weights}
        path.write_bytes(gzip.compress(json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8"), mtime=0))

    @classmethod
    def load(cls, path: Path) -> Classifier:
        """Raises ``InputError`` when there are no weights."""
        if not path.is_file():
            raise InputError(f"{path}: no weights here. Make them with:  kg train GOLD... -o MODEL")
        data: Any = json.loads(gzip.decompress(path.read_bytes()))
        return cls(data["weights"], data["thresholds"], data.get("steps"))


def best_thresholds(scored: Mapping[str, Iterable[tuple[float, bool]]], missed: Mapping[str, int]) -> dict[str, float]:
    """For each predicate the probability from which on taking pairs gives the best F1.

    ``scored`` are probabilities of pairs never trained on with the truth, ``missed`` the true facts that are no pair at all.
    """
    chosen: dict[str, float] = {}
    for predicate, rows in scored.items():
        ordered = sorted(rows, reverse=True)
        total = sum(holds for _, holds in ordered) + missed.get(predicate, 0)
        best, right = (0.0, 0.5), 0
        for taken, (probability, holds) in enumerate(ordered, 1):
            right += holds
            best = max(best, (2 * right / (taken + total), probability))
        chosen[predicate] = round(min(0.6, max(0.25, best[1])), 3)
    return chosen
