"""The reader: a small network over the words of a post that says of each pair which relations may hold.

Four convolutions with residuals see fifteen words on either side of each; names are seen by their type alone, so that a name
never met reads like any other. A pair is its two mentions, all mentions of the two entities, what stands between, the post as a
whole, and how the two stand to each other. Trained by ``reader_training.py``; read here with numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.extract.network import BLOCK, DECIMALS, convolve, load_network, save_network, threads
from kg.extract.pair_features import PairView
from kg.extract.pair_grid import PairGrid
from kg.extract.reader_inputs import ReaderInput, ReaderVocabulary, column_offsets, reader_input

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

BETWEEN = 60
"""Tokens between two mentions that are looked at, at most."""
UNLIKELY = -4.5
"""A pair whose every logit is lower is nothing: seven pairs of ten, and F1 on posts left out is the same to three decimals."""
_TABLES = ("words", "clusters", "shapes", "names", "owners", "cues")
"""Tables of what is known of a token, in the order in which the first layer takes them."""


class Reader:
    """Logits of the predicates for the pairs of a document.

    >>> reader = Reader.load(Path("extract/reader.npz"))
    >>> "developed_by" in reader.predicates
    True
    """

    def __init__(self, vocabulary: ReaderVocabulary, predicates: Sequence[str], weights: Mapping[str, NDArray[Any]]) -> None:
        self.vocabulary, self.predicates, self.weights = vocabulary, tuple(predicates), dict(weights)
        self.numbers, self.offsets = vocabulary.numbers(), column_offsets(vocabulary)
        given = {name: np.asarray(table, np.float64) for name, table in weights.items()}
        # What each row brings to the first layer is worked out once, not for each token.
        rows, start = {}, 0
        for name in _TABLES:
            width = given[name].shape[1]
            rows[name] = given[name] @ given["input"][start : start + width]
            start += width
        self._rows, self._flags = rows, given["input"][start:]
        self._given = given

    def __reduce__(self) -> tuple[type[Reader], tuple[object, ...]]:
        """A pickle holds the weights as they are, not what is worked out from them."""
        return Reader, (self.vocabulary, self.predicates, self.weights)

    def input(self, view: PairView, grid: PairGrid) -> ReaderInput:
        """A document and its pairs in the numbers of this reader."""
        return reader_input(view, grid, self.numbers, self.offsets)

    def read(self, document: ReaderInput) -> Floats:
        """Pairs by predicates: logits."""
        pairs = document.pairs
        if not len(pairs):
            return np.zeros((0, len(self.predicates)))
        with threads().limit(limits=1, user_api="blas"):
            return np.asarray(np.round(self._logits(document), DECIMALS))

    def _logits(self, document: ReaderInput) -> Floats:
        given, pairs = self._given, document.pairs
        tokens = self._tokens(document)
        sums = _sums(tokens)
        marks = _sums(np.maximum(tokens @ given["marks"], 0))
        first, last, entity = document.spans.T
        mentions = (sums[last + 1] - sums[first]) / (last + 1 - first)[:, None]
        entities = np.zeros((entity.max() + 1, tokens.shape[1]))
        np.add.at(entities, entity, mentions)
        entities /= np.bincount(entity)[:, None]
        once = (
            mentions @ given["subject mention"], mentions @ given["object mention"],
            entities @ given["subject"], entities @ given["object"], tokens.mean(axis=0) @ given["post"],
        )  # fmt: skip
        blocks = [
            self._block(pairs[low : low + BLOCK], document.features[low : low + BLOCK], sums, marks, once)
            for low in range(0, len(pairs), BLOCK)
        ]
        return np.concatenate(blocks)

    def _block(self, pairs: Ints, features: Ints, sums: Floats, marks: Floats, once: tuple[Floats, ...]) -> Floats:
        given = self._given
        subject_mentions, object_mentions, subjects, objects, post = once
        start = pairs[:, 4]
        count = np.maximum(pairs[:, 5] - start, 0)
        end = start + count
        mean = (sums[end] - sums[start]) / np.maximum(count, 1)[:, None]
        marked = np.log1p(np.maximum(marks[end] - marks[start], 0))
        hidden = subject_mentions[pairs[:, 2]] + object_mentions[pairs[:, 3]]
        hidden += subjects[pairs[:, 0]] + objects[pairs[:, 1]]
        hidden += np.where((count <= BETWEEN)[:, None], mean @ given["between"] + marked @ given["between marks"], 0)
        hidden += post
        hidden += given["pairs"][features].sum(axis=1)
        hidden = np.maximum(hidden, 0)
        hidden += np.maximum(hidden @ given["hidden"] + given["hidden bias"], 0)
        return np.asarray(hidden @ given["output"] + given["output bias"])

    def _tokens(self, document: ReaderInput) -> Floats:
        """Tokens by hidden units: what stands at each token and around it."""
        given, rows = self._given, self._rows
        state = document.flags @ self._flags + given["input bias"]
        for name in _TABLES[:-1]:
            state += rows[name][getattr(document, name)]
        state += rows["cues"][document.cues].sum(axis=1)
        return convolve(state, given)

    def save(self, path: Path) -> None:
        """Write the weights. The same weights give the same bytes."""
        save_network(path, [self.predicates, *self.vocabulary], self.weights)

    @classmethod
    def load(cls, path: Path) -> Reader:
        """The reader in a file that ``save`` wrote."""
        (predicates, words, shapes, cues, types, kinds), weights = load_network(path)
        vocabulary = ReaderVocabulary(
            tuple(words), tuple(shapes), tuple(cues), tuple(types), tuple((one, two) for one, two in kinds)
        )
        return cls(vocabulary, predicates, weights)


def _sums(rows: Floats) -> Floats:
    """Sums of the first 0, 1, 2, ... rows."""
    return np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
