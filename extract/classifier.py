"""Which pairs stand in which relation: one logistic regression per predicate over the features of ``pairs.py``."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import InputError, MissingExtra

Example = tuple[list[str], bool]
"""Features of a pair, and whether the relation holds."""


class Classifier:
    """Weights by predicate and feature; ``probability`` is 0 to 1."""

    def __init__(self, weights: dict[str, dict[str, float]], thresholds: dict[str, float]) -> None:
        self.weights = weights
        self.thresholds = thresholds

    def probability(self, predicate: str, features: Sequence[str]) -> float:
        weights = self.weights.get(predicate)
        if weights is None:
            return 0.0
        get = weights.get
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(get(feature, 0.0) for feature in features) + weights[""]))))

    def holds(self, predicate: str, probability: float) -> bool:
        return probability >= self.thresholds.get(predicate, 0.4)

    def save(self, path: Path) -> None:
        """Write the weights, the same bytes for the same weights."""
        text = json.dumps({"thresholds": self.thresholds, "weights": self.weights}, ensure_ascii=False, sort_keys=True)
        path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))

    @classmethod
    def load(cls, path: Path) -> Classifier:
        if not path.is_file():
            raise InputError(f"{path}: no weights here. Make them with:  kg train GOLD... -o MODEL")
        data: Any = json.loads(gzip.decompress(path.read_bytes()))
        return cls(data["weights"], data["thresholds"])


def train_classifier(examples: dict[str, list[Example]], strength: float = 0.1) -> Classifier:
    """Fit one regression per predicate that has at least three positive examples.

    ``strength`` is the inverse of the L2 penalty, as scikit-learn's ``C``. Raises ``MissingExtra`` without scikit-learn.
    """
    try:
        import numpy as np
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise MissingExtra("train", "scikit-learn") from None
    weights: dict[str, dict[str, float]] = {}
    for predicate, rows in sorted(examples.items()):
        truth = np.array([holds for _, holds in rows])
        if truth.sum() < 3:
            continue
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform([dict.fromkeys(features, 1.0) for features, _ in rows])
        often = np.asarray((matrix > 0).sum(axis=0)).ravel() >= 2
        model = LogisticRegression(C=strength, solver="liblinear", max_iter=400, random_state=0).fit(matrix[:, often], truth)
        names = np.array(vectorizer.get_feature_names_out())[often]
        fitted = {str(name): round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.005}
        weights[predicate] = {"": round(float(model.intercept_[0]), 3), **fitted}
    return Classifier(weights, {})


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
