"""How much each token speaks for each label: the sums of the weights of ``token_features``, without making their names.

Nearly all features of a token depend on one word at one offset, so each word is looked up once and then known by its number;
what is left are a few conjunctions of neighbours, the place in the post and the name lists.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.crf_file import CrfWeights
from kg.extract.features import NEAR, OFFSETS, QUOTES, list_features
from kg.extract.joints import Joints
from kg.extract.names import Match
from kg.extract.tokens import Tokens
from kg.extract.word_table import JOINT_LOW, JOINT_SHAPE, LOW, MARK, SHAPE, SIGNS, STAR, STOP, TELLING, WORD, WordTable, signs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

_PAD = 3
"""Neighbours on either side."""
PLACES = (
    "line start", "word 1 of line", "word 2 of line", "title", "sentence start", "bold", "quoted", "in brackets",
    "glued", "next glued", "again", "often",
)  # fmt: skip
"""What is said of a token's place in the post, and of its being there again."""
_line, _glued = attrgetter("line"), attrgetter("glued")


class Emissions:
    """Scores of tokens by labels."""

    def __init__(self, weights: CrfWeights) -> None:
        self._weights = weights
        self._places = weights.sums([[place] for place in PLACES])
        self._joints = Joints(weights)
        self._words = WordTable(weights, self._joints)
        self._lists: dict[tuple[str, ...], Scores] = {}

    def scores(self, tokens: Tokens, matches: Sequence[Match]) -> Scores:
        """``matches`` are what the name lists find in the tokens."""
        return self.read(tokens, matches)[0]

    def read(self, tokens: Tokens, matches: Sequence[Match]) -> tuple[Scores, Scores]:
        """The scores, and where each token stands: ``PLACES`` by tokens."""
        size = len(tokens)
        words = self._words
        numbers = words.numbers(tokens.texts)
        parts = words.parts.take(numbers, 0)
        found = words.scores.take(numbers, 0)
        for column, edge, offsets, table in ((LOW, 1, OFFSETS, words.lows), (SHAPE, 0, NEAR, words.shapes)):
            rows = np.full(size + 2 * _PAD, edge)
            rows[_PAD:-_PAD] = parts[:, column]
            for offset, scores in zip(offsets, table.by_offset, strict=True):
                found += scores.take(rows[_PAD + offset : _PAD + offset + size], 0)
        self._joints.add(found, parts[:, JOINT_LOW], parts[:, JOINT_SHAPE])
        places = _places(tokens, parts[:, SIGNS])
        found += places.T @ self._places
        for match in matches:
            self._add_list(found, match)
        return found, places

    def _add_list(self, scores: Scores, match: Match) -> None:
        """What the lists say of the tokens of a match, to themselves and to their neighbours."""
        for i in range(match.first, match.last + 1):
            features = list_features(match.names, i == match.first)
            around = self._lists.get(features)
            if around is None:
                begins = ("2:", "1:", "", "-1:", "-2:")
                around = self._lists[features] = self._weights.sums([[begin + name for name in features] for begin in begins])
            low, high = max(0, i - 2), min(len(scores), i + 3)
            scores[low:high] += around[low - i + 2 : high - i + 2]


def token_places(tokens: Tokens) -> Scores:
    """``PLACES`` by tokens: 1 where it holds."""
    return _places(tokens, np.array(list(map(signs, tokens.texts)), np.intp))


def _places(tokens: Tokens, signs: NDArray[np.intp]) -> Scores:
    """``PLACES`` by tokens: 1 where it holds."""
    size = len(tokens)
    lines = list(map(_line, tokens.items))
    line, glued = np.array(lines), np.fromiter(map(_glued, tokens.items), bool, size)
    word = (signs & WORD) > 0
    starts = np.ones(size, bool)
    np.not_equal(line[1:], line[:-1], starts[1:])
    nth = word.cumsum()
    nth -= (nth - word)[starts][starts.cumsum() - 1]
    out = np.zeros((len(PLACES), size))
    out[0] = starts
    out[1], out[2] = word & (nth == 1), word & (nth == 2)
    out[3] = line == line[0]
    out[4] = starts
    out[4, 1:][(signs[:-1] & STOP) > 0] = 1
    star = (signs & STAR) > 0
    if star.any():
        out[5, 1:] = (star[1:] & star[:-1] & glued[1:]).cumsum() % 2 * word[1:]
    marks = np.flatnonzero(signs & MARK)
    if len(marks):
        _mark_inside(tokens.texts, lines, marks.tolist(), out[6], out[7])
        out[6:8] *= word
    out[8] = glued
    out[9, :-1] = glued[1:]
    seen = Counter(tokens.texts)
    if len(seen) < size:
        times = np.array([seen[text] for text in tokens.texts]) * ((signs & TELLING) > 0)
        out[10], out[11] = (times > 1) & (times < 4), times > 3
    return out


def _mark_inside(texts: list[str], lines: list[int], marks: list[int], quoted: Scores, bracketed: Scores) -> None:
    """Put 1 where tokens stand in quotes and in brackets; both end with the line at the latest."""
    quote, since, depth, opened, line = "", 0, 0, 0, -1
    for i in [*marks, len(texts)]:
        now = lines[i] if i < len(texts) else -1
        if now != line:
            end = bisect_right(lines, line)
            if quote:
                quoted[since:end] = 1
            if depth:
                bracketed[opened:end] = 1
            quote, depth, line = "", 0, now
            if now < 0:
                return
        text = texts[i]
        if quote and text == quote:
            quoted[since:i] = 1
            quote = ""
        elif not quote and text in QUOTES:
            quote, since = QUOTES[text], i + 1
        if text in "([":
            depth, opened = depth + 1, opened if depth else i + 1
        elif text in ")]" and depth:
            depth -= 1
            if not depth:
                bracketed[opened:i] = 1
