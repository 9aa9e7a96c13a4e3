"""What the spotter sees of a post: each token as numbers, each the row of a table of the network, and as flags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from kg.extract.emissions import PLACES
from kg.extract.features import list_features
from kg.extract.names import Match
from kg.extract.word_features import frequent, low, shape
from kg.extract.words import load_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

LETTERS = 8192
"""Rows for groups of letters, which share them by chance."""
PIECES = 14
"""Groups of letters that are looked at in a word: its first threes, its beginning and its end. 0 stands for none."""
_BEGIN, _END, _LAST = 4, 4, 2
"""Letters of the beginning, and of two ends."""
UNKNOWN = 1
"""The row of words that have none of their own."""
_OFTEN, _OFTEN_SHAPE = 3, 10
"""How often a word, and a shape of words, occurs in the training posts to get a row."""


class SpotterVocabulary(NamedTuple):
    """What has a row of its own, in the order of the rows, and the labels that are told apart."""

    words: tuple[str, ...]
    shapes: tuple[str, ...]
    lists: tuple[str, ...]
    """What the name lists can say of a token."""
    labels: tuple[str, ...]

    @property
    def flags(self) -> int:
        """Marks of a token: what the lists say of it, then where it stands."""
        return len(self.lists) + len(PLACES)


class Numbers(NamedTuple):
    """Rows by what they are for."""

    words: dict[str, int]
    clusters: dict[str, int]
    shapes: dict[str, int]
    lists: dict[str, int]


class WordRows(NamedTuple):
    """N words in numbers."""

    words: Ints
    """N; so are the next two."""
    clusters: Ints
    shapes: Ints
    letters: Ints
    """N x ``PIECES``."""


def spotter_vocabulary(texts: Iterable[str], lists: Iterable[str], labels: Iterable[str]) -> SpotterVocabulary:
    """Words and shapes that are frequent in the texts."""
    return SpotterVocabulary(*frequent(texts, _OFTEN, _OFTEN_SHAPE), tuple(sorted(lists)), tuple(sorted(labels)))


def numbers(vocabulary: SpotterVocabulary) -> Numbers:
    """The rows by what they are for; 0 (of words ``UNKNOWN``) is what has none."""
    return Numbers(
        {word: row for row, word in enumerate(vocabulary.words, 2)},
        {word: int(fine) + 1 for word, (_, fine) in load_words().items()},
        {name: row for row, name in enumerate(vocabulary.shapes, 1)},
        {name: row for row, name in enumerate(vocabulary.lists)},
    )


def word_rows(words: Sequence[str], known: Numbers) -> WordRows:
    """Words as they stand in a post, in numbers."""
    lows = list(map(low, words))
    return WordRows(
        np.array([known.words.get(word, UNKNOWN) for word in lows], np.int64),
        np.array([known.clusters.get(word, 0) for word in lows], np.int64),
        np.array([known.shapes.get(shape(word), 0) for word in words], np.int64),
        np.array([_letters(word) for word in words], np.int64).reshape(-1, PIECES),
    )


def token_flags(size: int, matches: Sequence[Match], places: Floats, known: Numbers) -> Floats:
    """Tokens by flags; ``matches`` are what the name lists find in the tokens, ``places`` the ``PLACES`` by tokens."""
    listed = np.zeros((size, len(known.lists)))
    for match in matches:
        for i in range(match.first, match.last + 1):
            for feature in list_features(match.names, i == match.first):
                row = known.lists.get(feature)
                if row is not None:
                    listed[i, row] = 1
    return np.concatenate([listed, places.T], axis=1)


def _letters(word: str) -> list[int]:
    """
    >>> _letters("GPT") == _letters("gpt"), len(_letters("GPT")), _letters("GPT")[3:-3]
    (True, 14, [0, 0, 0, 0, 0, 0, 0, 0])
    """
    word = f"<{word.casefold()[:64]}>"
    most = PIECES - 3
    threes = [word[i : i + 3] for i in range(min(len(word) - 2, most))]
    ends = [f"begin {word[: _BEGIN + 1]}", f"end {word[-_END - 1 :]}", f"end {word[-_LAST - 1 :]}"]
    rows = [1 + crc32(piece.encode()) % (LETTERS - 1) for piece in [*threes, *ends]]
    return [*rows[: len(threes)], *[0] * (most - len(threes)), *rows[len(threes) :]]
