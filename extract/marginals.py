"""How likely each label of a chain is: what a spotter is taught on posts that nobody annotated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]


def marginals(scores: Scores, transitions: Scores) -> Scores:
    """Tokens by labels, 0-1: the share of all paths, each as likely as the exponential of its score, that go through the label.

    >>> marginals(np.log([[1.0, 3.0], [1.0, 1.0]]), np.log([[1.0, 1.0], [2.0, 1.0]])).round(2).tolist()
    [[0.18, 0.82], [0.64, 0.36]]
    """
    forward, backward = np.empty_like(scores), np.zeros_like(scores)
    forward[:1] = scores[:1]
    for i in range(1, len(scores)):
        forward[i] = scores[i] + np.logaddexp.reduce(forward[i - 1][:, None] + transitions, axis=0)
    for i in range(len(scores) - 2, -1, -1):
        backward[i] = np.logaddexp.reduce(transitions + scores[i + 1] + backward[i + 1], axis=1)
    both = forward + backward
    return np.asarray(np.exp(both - np.logaddexp.reduce(both, axis=1, keepdims=True)))
