"""What the tagger knows of each word, looked up once: its own scores, its rows among the neighbours, what kind of sign it is."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.crf_file import CrfWeights
from kg.extract.features import NEAR, OFFSETS, QUOTES
from kg.extract.joints import Joints
from kg.extract.word_features import low, low_features, shape, telling, word_features
from kg.extract.words import load_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

_MOST_WORDS = 100_000
"""Words remembered at a time, some hundred bytes each; when there are more, all are forgotten."""
WORD, STOP, STAR, MARK, TELLING = 1, 2, 4, 8, 16
"""Signs of a word: it begins with a letter or digit, ends a sentence, is ``*``, is a quote or bracket, says something again."""
_MARKS = frozenset([*QUOTES, *QUOTES.values(), *"()[]"])
LOW, SHAPE, JOINT_LOW, JOINT_SHAPE, SIGNS = range(5)
"""Columns of ``WordTable.parts``."""


class WordTable:
    """Words by number."""

    def __init__(self, weights: CrfWeights, joints: Joints) -> None:
        self._weights, self._joints = weights, joints
        size = len(weights.labels)
        edge = [[f"{offset}=none"] for offset in OFFSETS]
        lows = _said_by("w", weights).union(load_words())
        self.lows = _Neighbours(weights, edge, lambda word: [low_features(word, offset) for offset in OFFSETS], lows)
        shapes = _said_by("s", weights)
        self.shapes = _Neighbours(weights, [[] for _ in NEAR], lambda word: [[f"{offset}:s={word}"] for offset in NEAR], shapes)
        self._numbers: dict[str, int] = {}
        self.scores: Scores = np.zeros((1024, size))
        """Of each word by label: what the word says of itself."""
        self.parts: NDArray[np.intp] = np.zeros((1024, 5), np.intp)

    def numbers(self, words: Sequence[str]) -> list[int]:
        """The numbers of the words, the new ones learned; they are good until the next call."""
        if len(self._numbers) > _MOST_WORDS:
            self._numbers.clear()
        known = self._numbers
        numbers = list(map(known.get, words))
        if None in numbers:
            self._learn([word for word in dict.fromkeys(words) if word not in known])
        return [known[word] for word in words]

    def _learn(self, words: list[str]) -> None:
        first = len(self._numbers)
        end = first + len(words)
        while end > len(self.scores):
            self.scores, self.parts = (np.concatenate([old, np.zeros_like(old)]) for old in (self.scores, self.parts))
        self._numbers.update(zip(words, range(first, end), strict=True))
        self.scores[first:end] = self._weights.sums(map(word_features, words))
        lows, shapes = list(map(low, words)), list(map(shape, words))
        columns = (
            self.lows.rows(lows), self.shapes.rows(shapes), [self._joints.lows.get(word, 0) for word in lows],
            [self._joints.shapes.get(word, 0) for word in shapes], list(map(signs, words)),
        )  # fmt: skip
        self.parts[first:end] = np.array(columns).T


def signs(word: str) -> int:
    """``WORD``, ``STOP``, ... added up."""
    if word[0].isalnum():
        return WORD | TELLING if telling(word) else WORD
    mark = MARK if word in _MARKS else STOP if word in ".!?" else STAR if word == "*" else 0
    return mark | TELLING if telling(word) else mark


def _said_by(sign: str, weights: CrfWeights) -> set[str]:
    """The words or shapes that say something of their neighbours."""
    return {name.partition(f":{sign}=")[2] for name in weights.attributes if name[:1] in "-123"}


class _Neighbours:
    """What a word says of those around it, at each offset. Row 0 is of all that says nothing, row 1 of the edge of the post."""

    def __init__(
        self, weights: CrfWeights, edge: list[list[str]], features: Callable[[str], list[list[str]]], known: Container[str]
    ) -> None:
        self._weights, self._features, self._known = weights, features, known
        self._rows: dict[str, int] = {}
        self.by_offset: list[Scores] = [np.zeros((256, len(weights.labels))) for _ in edge]
        self._put(1, [edge])

    def rows(self, words: list[str]) -> list[int]:
        """Rows are never forgotten: there are no more of them than words in the model."""
        rows, known = self._rows, self._known
        new = [word for word in dict.fromkeys(words) if word not in rows and word in known]
        if new:
            first = len(rows) + 2
            self._put(first, list(map(self._features, new)))
            rows.update(zip(new, range(first, first + len(new)), strict=True))
        return [rows.get(word, 0) for word in words]

    def _put(self, first: int, blocks: list[list[list[str]]]) -> None:
        while first + len(blocks) > len(self.by_offset[0]):
            self.by_offset = [np.concatenate([table, np.zeros_like(table)]) for table in self.by_offset]
        sums = self._weights.sums([names for block in blocks for names in block])
        for offset, table in enumerate(self.by_offset):
            table[first : first + len(blocks)] = sums[offset :: len(self.by_offset)]
