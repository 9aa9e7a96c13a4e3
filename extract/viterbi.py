"""The best sequence of labels, exactly: places that no good path leaves "outside" are settled first, the rest is searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CLOSE = 1e-9
"""Sums of weights in another order differ by less."""


class Viterbi:
    """Finds the path of the highest score; of two equal ones that with the earlier label.

    >>> Viterbi(np.array([[2.0, 0.0], [0.0, 1.0]]), outside=0).best(np.array([[0.0, 0.0], [0.0, 5.0], [1.0, 0.0]]))
    [1, 1, 0]
    """

    def __init__(self, transitions: NDArray[np.float64], outside: int) -> None:
        self.transitions = transitions
        self._into = np.ascontiguousarray(transitions.T)
        self._from_outside, self._to_outside = transitions[outside], transitions[:, outside]
        self._outside = outside
        self._rows = np.arange(len(transitions)) * len(transitions)
        self._inside = np.delete(np.arange(len(transitions)), outside)
        # What a step gives at most, beside the step from outside to outside.
        stay = transitions[outside, outside]
        self._step = transitions[:, self._inside].max(0, initial=-np.inf) - stay
        self._leave = self._to_outside[self._inside].max(initial=-np.inf) - stay

    def best(self, scores: NDArray[np.float64]) -> list[int]:
        """``scores`` are tokens by labels; returns one label per token."""
        labels = [self._outside] * len(scores)
        if not len(scores) or not len(self._inside):
            return labels
        known = np.zeros(len(scores) + 2, bool)
        known[1:-1] = self._open(scores)
        edges = (known[1:] != known[:-1]).nonzero()[0].tolist()
        for first, end in zip(edges[::2], edges[1::2], strict=True):
            labels[first:end] = self._search(scores, first, end)
        return labels

    def _open(self, scores: NDArray[np.float64]) -> NDArray[np.bool_]:
        """The tokens that may be inside something.

        Take a path that is inside from token a to token b and lay it outside there: what it loses is at most the sum of
        ``gain`` over these tokens, and ``leave``. A token for which no a and b make that sum positive is outside in the best one.
        """
        gain = (scores[:, self._inside] - scores[:, self._outside, None] + self._step).max(1)
        total = gain.cumsum()
        before = gain - total  # minus the sum up to the token before
        before[0] = max(0.0, float(-self._step.min()))  # nothing leads into the first token
        ends = total + self._leave
        ends[-1] = total[-1]
        best = np.maximum.accumulate(before) + np.maximum.accumulate(ends[::-1])[::-1]
        return np.asarray(best > -_CLOSE)

    def _search(self, scores: NDArray[np.float64], first: int, end: int) -> list[int]:
        """The best labels of the tokens from ``first`` up to ``end``, with what is outside on both sides."""
        into, rows = self._into, self._rows
        paths = np.empty_like(into)
        back = np.empty((end - first, len(rows)), np.intp)
        now = scores[first] + self._from_outside if first else scores[first]
        for row, own in zip(back[1:], scores[first + 1 : end], strict=True):
            np.add(into, now, paths)
            paths.argmax(1, row)
            row += rows
            now = paths.take(row)
            now += own
        back -= rows
        label = int((now + self._to_outside if end < len(scores) else now).argmax())
        labels = [label]
        for choice in back[:0:-1].tolist():
            label = choice[label]
            labels.append(label)
        return labels[::-1]
