"""Features that join a token with its neighbours: a word and a shape, two shapes, word, shape and word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.crf_file import CrfWeights

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KINDS = {"-1|0": "ws", "0|1": "sw", "s0|1": "ss", "-1|s|1": "wsw"}
"""Begin of the feature to what it joins: words (``low``) and shapes."""


class Joints:
    """Looks them up by numbers of words and shapes; 0 is for those that no such feature has."""

    def __init__(self, weights: CrfWeights) -> None:
        self.lows: dict[str, int] = {}
        self.shapes: dict[str, int] = {}
        numbers = {"w": self.lows, "s": self.shapes}
        found: dict[str, dict[tuple[int, ...], int]] = {kind: {} for kind in _KINDS.values()}
        for name, row in weights.attributes.items():
            begin, _, rest = name.partition("=")
            if begin in _KINDS:
                kind = _KINDS[begin]
                for pieces in _splits(rest, len(kind)):
                    places = (numbers[what] for what in kind)
                    key = tuple(known.setdefault(piece, len(known) + 1) for known, piece in zip(places, pieces, strict=True))
                    found[kind][key] = row
        self._states = weights.states
        size = {what: len(known) + 1 for what, known in numbers.items()}
        self._pairs: dict[str, NDArray[np.int32]] = {}
        for kind in ("ws", "sw", "ss"):
            self._pairs[kind] = np.zeros((size[kind[0]], size[kind[1]]), np.int32)
            for key, row in found[kind].items():
                self._pairs[kind][key] = row
        self._begins = np.zeros((size["w"], size["s"]), np.bool_)
        """Word and shape with which a joint of three begins."""
        self._triples = found["wsw"]
        for low, shape, _ in self._triples:
            self._begins[low, shape] = True

    def add(self, scores: NDArray[np.float64], lows: NDArray[np.intp], shapes: NDArray[np.intp]) -> None:
        """Add to the scores of tokens by labels what the joints of these tokens say."""
        take, pairs = self._states.take, self._pairs
        scores[1:] += take(pairs["ws"][lows[:-1], shapes[1:]], 0)
        scores[:-1] += take(pairs["sw"][shapes[:-1], lows[1:]], 0)
        scores[:-1] += take(pairs["ss"][shapes[:-1], shapes[1:]], 0)
        begins = self._begins[lows[:-2], shapes[1:-1]] & (lows[2:] > 0)
        for i in begins.nonzero()[0].tolist():
            row = self._triples.get((lows[i], shapes[i + 1], lows[i + 2]))
            if row:
                scores[i + 1] += self._states[row]


def _splits(text: str, count: int) -> Iterator[tuple[str, ...]]:
    """All ways to cut a text into so many pieces at its bars: a bar may be a piece itself."""
    bars = [i for i, letter in enumerate(text) if letter == "|"]
    for chosen in combinations(bars, count - 1):
        edges = [-1, *chosen, len(text)]
        pieces = tuple(text[edges[k] + 1 : edges[k + 1]] for k in range(count))
        if all(pieces):
            yield pieces
