"""Pairs with the truth about them, as a sparse matrix: what the classifier is fitted on."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from kg.errors import MissingExtra
from kg.extract.classifier import Classifier

_OFTEN = 2
"""A feature has to occur in so many pairs to get a weight."""
_LEAST = 0.02
"""Weights that are smaller are left out; F1 is the same without them, and the file half as large."""
_PAIRS_A_STEP = 40
"""Pairs that share a step of the calibration at least: fewer say little about how often such pairs are right."""


class PairTable:
    """Rows of features, one for each pair, with the predicates that are possible and those that hold.

    >>> table = PairTable()
    >>> table.add(["near=same", "cue=run"], ["runs_on"], {"runs_on"})
    >>> len(table)
    1
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ends = array("l", [0])
        self._columns = array("i")
        self.possible: list[tuple[str, ...]] = []
        self.holds: list[frozenset[str]] = []

    def __len__(self) -> int:
        return len(self.possible)

    def add(self, features: Sequence[str], possible: Sequence[str], holds: set[str]) -> None:
        """One more pair."""
        numbers = self._numbers
        self._columns.extend(numbers.setdefault(feature, len(numbers)) for feature in dict.fromkeys(features))
        self._ends.append(len(self._columns))
        self.possible.append(tuple(possible))
        self.holds.append(frozenset(holds))

    def matrix(self) -> Any:
        """Rows by features, ones where a pair has the feature."""
        import numpy as np
        from scipy.sparse import csr_matrix

        columns = np.frombuffer(self._columns, dtype=np.int32) if self._columns else np.zeros(0, np.int32)
        shape = (len(self), len(self._numbers))
        return csr_matrix((np.ones(len(columns), np.float32), columns, np.array(self._ends)), shape=shape)

    def rows_of(self, predicate: str) -> tuple[Any, Any]:
        """For each row: may the predicate hold, and does it?"""
        import numpy as np

        return np.array([predicate in p for p in self.possible]), np.array([predicate in h for h in self.holds])

    @property
    def predicates(self) -> list[str]:
        """All predicates that may hold for a pair of the table."""
        return sorted({predicate for possible in self.possible for predicate in possible})

    def fit(self, matrix: Any, use: Any, strength: float = 0.1) -> Classifier:
        """One regression per predicate that has at least three positive examples among the rows ``use`` marks.

        ``strength`` is the inverse of the L2 penalty, as scikit-learn's ``C``. Raises ``MissingExtra`` without scikit-learn.
        """
        try:
            import numpy as np
            from sklearn.linear_model import LogisticRegression
        except ImportError:
            raise MissingExtra("train", "scikit-learn") from None
        names = np.array(list(self._numbers))
        weights: dict[str, dict[str, float]] = {}
        for predicate in self.predicates:
            possible, truth = self.rows_of(predicate)
            rows = np.flatnonzero(possible & use)
            if truth[rows].sum() < 3:
                continue
            if truth[rows].all():  # nothing to tell apart in so few posts
                weights[predicate] = {"": round(float(np.log(len(rows) + 1)), 3)}
                continue
            part = matrix[rows]
            often = np.flatnonzero(np.asarray((part > 0).sum(axis=0)).ravel() >= _OFTEN)
            model = LogisticRegression(C=strength, solver="liblinear", max_iter=400, random_state=0)
            model.fit(part[:, often], truth[rows])
            pairs = zip(names[often], model.coef_[0], strict=True)
            fitted = {str(name): round(float(weight), 2) for name, weight in sorted(pairs) if abs(weight) >= _LEAST}
            weights[predicate] = {"": round(float(model.intercept_[0]), 3), **fitted}
        return Classifier(weights, {})

    def logits(self, matrix: Any, classifier: Classifier, predicate: str, rows: Any) -> Any:
        """What a classifier says of some rows."""
        import numpy as np

        weights = classifier.weights.get(predicate)
        if weights is None:
            return np.full(len(rows), -30.0)
        vector = np.array([weights.get(name, 0.0) for name in self._numbers])
        return matrix[rows] @ vector + weights[""]


def calibrate(scored: Mapping[str, Sequence[tuple[float, bool]]]) -> dict[str, list[list[float]]]:
    """Points from probability to the share that is right: isotonic regression over pairs never trained on.

    A predicate with few examples takes the points of all together, under the empty name.
    """
    from sklearn.isotonic import IsotonicRegression

    steps: dict[str, list[list[float]]] = {}
    groups = {**scored, "": [row for predicate, rows in scored.items() if predicate != "score" for row in rows]}
    for predicate, rows in groups.items():
        if predicate and sum(holds for _, holds in rows) < 3 * _PAIRS_A_STEP:
            continue
        ordered = sorted(rows)
        blocks = [ordered[i : i + _PAIRS_A_STEP] for i in range(0, len(ordered), _PAIRS_A_STEP)]
        x = [sum(p for p, _ in block) / len(block) for block in blocks]
        y = [sum(h for _, h in block) / len(block) for block in blocks]
        fitted = IsotonicRegression(y_min=0, y_max=1).fit_transform(x, y)
        points = [[round(float(a), 3), round(float(b), 3)] for a, b in zip(x, fitted, strict=True)]
        rising = [
            p for i, p in enumerate(points) if i in (0, len(points) - 1) or not points[i - 1][1] == p[1] == points[i + 1][1]
        ]
        steps[predicate] = [p for i, p in enumerate(rising) if not i or p[0] > rising[i - 1][0]]
    return steps
