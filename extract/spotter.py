"""The spotter: a small network over the letters and words of a post that says of each token which name it begins or goes on.

It sees fifteen tokens on either side of each. Beside it stands a CRF (``tagger.py``), which has a weight for whatever it has seen
in just this form; what both say is added up. Trained by ``spotter_training.py``; read here with numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.extract.names import Match
from kg.extract.network import BLOCK, DECIMALS, LAYERS, convolve, load_network, save_network, threads
from kg.extract.spotter_inputs import SpotterVocabulary, numbers, token_flags, word_rows
from kg.extract.tokens import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TABLES = ("words", "clusters", "shapes", "letters")
"""Tables of what is known of a word, in the order in which the first layer takes them."""
_REACH = (1 << LAYERS) - 1
"""Tokens on either side of one that it depends on."""
_MOST_WORDS = 50_000
"""Words remembered at a time, under a kilobyte each; when there are more, all are forgotten."""


class Spotter:
    """How likely each label is, token by token.

    >>> spotter = Spotter.load(Path("extract/spotter.npz"))
    >>> spotter.vocabulary.labels[:3]
    ('B-Benchmark', 'B-Dataset', 'B-Event')
    """

    def __init__(self, vocabulary: SpotterVocabulary, weights: Mapping[str, NDArray[Any]]) -> None:
        self.vocabulary, self.weights = vocabulary, dict(weights)
        self._known = numbers(vocabulary)
        given = {name: np.asarray(table, np.float64) for name, table in weights.items()}
        # What each row brings to the first layer is worked out once, not for each word.
        self._rows, start = {}, 0
        for name in TABLES:
            width = given[name].shape[1]
            self._rows[name] = given[name] @ given["input"][start : start + width]
            start += width
        self._rows["letters"][0] = 0
        self._flags, self._given = given["input"][start:], given
        self._numbers: dict[str, int] = {}
        self._words: Floats = np.zeros((1024, len(given["input bias"])))

    def __reduce__(self) -> tuple[type[Spotter], tuple[object, ...]]:
        """A pickle holds the weights as they are, not what is worked out from them."""
        return Spotter, (self.vocabulary, self.weights)

    def scores(self, tokens: Tokens, matches: Sequence[Match], places: Floats) -> Floats:
        """Tokens by labels: logarithms of how likely they are.

        ``matches`` are what the name lists find in the tokens, ``places`` the ``PLACES`` by tokens (``emissions.py``).
        """
        size, given = len(tokens), self._given
        flags = token_flags(size, matches, places, self._known)
        out = np.zeros((size, len(self.vocabulary.labels)))
        with threads().limit(limits=1, user_api="blas"):
            for first in range(0, size, BLOCK):
                # What the tokens of a piece depend on, before it and behind it.
                low, high = max(0, first - _REACH), min(size, first + BLOCK + _REACH)
                state = self._states(tokens.texts[low:high]) + flags[low:high] @ self._flags + given["input bias"]
                logits = convolve(state, given)[first - low :][:BLOCK] @ given["output"] + given["output bias"]
                out[first : first + BLOCK] = _logarithms(logits)
        return np.asarray(np.round(out, DECIMALS))

    def _states(self, words: Sequence[str]) -> Floats:
        """Words by hidden units: what a word brings to the first layer."""
        if len(self._numbers) > _MOST_WORDS:
            self._numbers.clear()
        new = [word for word in dict.fromkeys(words) if word not in self._numbers]
        if new:
            self._learn(new)
        return np.asarray(self._words[[self._numbers[word] for word in words]])

    def _learn(self, words: list[str]) -> None:
        first = len(self._numbers)
        end = first + len(words)
        while end > len(self._words):
            self._words = np.concatenate([self._words, np.zeros_like(self._words)])
        seen, rows = word_rows(words, self._known), self._rows
        self._words[first:end] = rows["words"][seen.words] + rows["clusters"][seen.clusters] + rows["shapes"][seen.shapes]
        self._words[first:end] += rows["letters"][seen.letters].sum(axis=1)
        self._numbers.update(zip(words, range(first, end), strict=True))

    def save(self, path: Path) -> None:
        """Write the weights. The same weights give the same bytes."""
        save_network(path, self.vocabulary, self.weights)

    @classmethod
    def load(cls, path: Path) -> Spotter:
        """The spotter in a file that ``save`` wrote."""
        known, weights = load_network(path)
        return cls(SpotterVocabulary(*map(tuple, known)), weights)


def _logarithms(logits: Floats) -> Floats:
    logits = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))
