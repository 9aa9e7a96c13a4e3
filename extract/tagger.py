"""Marks names token by token: a linear-chain CRF with the name lists as features, and the spotter beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.extract.names import Match
from kg.extract.tokens import Tokens
from kg.extract.version import WeightFiles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.extract.spotter import Spotter

    Scores = NDArray[np.float64]


class Tagger:
    """Labels tokens with ``B-Model``, ``I-Model``, ..., ``O``. A pickle of it carries the weights, so that it can go where the
    file is not.

    CRFsuite fits the weights; the labels are found here, from the same file, because making and handing over the names of sixty
    features for each token takes three times as long as adding up what they weigh. Without a spotter the labels are CRFsuite's
    own; with one, what it says is added to what the CRF says.
    """

    def __init__(self, source: Path | bytes, spotter: Spotter | None = None) -> None:
        from kg.extract.crf_file import read_weights
        from kg.extract.emissions import Emissions
        from kg.extract.viterbi import Viterbi

        if isinstance(source, Path) and not source.is_file():
            raise InputError(f"{source}: no weights here. Make them with:  kg train GOLD... -o MODEL")
        weights = read_weights(source)
        self._source, self._spotter = source, spotter
        self._labels = weights.labels
        self._emissions = Emissions(weights)
        self._viterbi = Viterbi(weights.transitions, weights.labels.index("O"))
        # The spotter's columns in the order of the CRF.
        self._columns = [spotter.vocabulary.labels.index(label) for label in weights.labels] if spotter else []

    def __reduce__(self) -> tuple[type[Tagger], tuple[bytes, Spotter | None]]:
        return Tagger, (self._source if isinstance(self._source, bytes) else self._source.read_bytes(), self._spotter)

    def label(self, tokens: Tokens, matches: Sequence[Match]) -> list[str]:
        """One label per token; ``matches`` are what the name lists find in the tokens."""
        if not len(tokens):
            return []
        return [self._labels[number] for number in self._viterbi.best(self._scores(tokens, matches))]

    def likely(self, tokens: Tokens, matches: Sequence[Match]) -> tuple[tuple[str, ...], Scores]:
        """The labels, and how likely each is, token by token. The CRF and the spotter count half each, as neither is too sure."""
        from kg.extract.marginals import marginals

        return self._labels, marginals(self._scores(tokens, matches) / 2, self._viterbi.transitions / 2)

    def _scores(self, tokens: Tokens, matches: Sequence[Match]) -> Scores:
        scores, places = self._emissions.read(tokens, matches)
        return scores + self._spotter.scores(tokens, matches, places)[:, self._columns] if self._spotter else scores


def runs(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """First token, last token (included) and type of each name in BIO labels.

    >>> runs(["O", "B-Model", "I-Model", "B-Event"])
    [(1, 2, 'Model'), (3, 3, 'Event')]
    """
    found: list[tuple[int, int, str]] = []
    for i, label in enumerate(labels):
        if label == "O":
            continue
        edge, kind = label[0], label[2:]
        if edge == "I" and found and found[-1][1] == i - 1 and found[-1][2] == kind:
            found[-1] = (found[-1][0], i, kind)
        else:
            found.append((i, i, kind))
    return found


def load_tagger(files: WeightFiles) -> Tagger:
    """The tagger, with its spotter when there is one."""
    from kg.extract.spotter import Spotter

    return Tagger(files.tagger, Spotter.load(files.spotter) if files.spotter.is_file() else None)
