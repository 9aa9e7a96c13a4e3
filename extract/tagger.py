"""A linear-chain CRF that marks names token by token: learned from annotated posts, with the name lists as features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.errors import InputError, MissingExtra
from kg.extract.names import Match
from kg.extract.tokens import Tokens

Sample = tuple[list[list[str]], list[str]]
"""Features and BIO labels of one post."""


class Tagger:
    """Labels tokens with ``B-Model``, ``I-Model``, ..., ``O``. A pickle of it carries the weights, so that it can go where the
    file is not.

    CRFsuite fits the weights; the labels are found here, from the same file, because making and handing over the names of sixty
    features for each token takes three times as long as adding up what they weigh. The labels are CRFsuite's own.
    """

    def __init__(self, source: Path | bytes) -> None:
        from kg.extract.crf_file import read_weights
        from kg.extract.emissions import Emissions
        from kg.extract.viterbi import Viterbi

        if isinstance(source, Path) and not source.is_file():
            raise InputError(f"{source}: no weights here. Make them with:  kg train GOLD... -o MODEL")
        weights = read_weights(source)
        self._source = source
        self._labels = weights.labels
        self._emissions = Emissions(weights)
        self._viterbi = Viterbi(weights.transitions, weights.labels.index("O"))

    def __reduce__(self) -> tuple[type[Tagger], tuple[bytes]]:
        return Tagger, (self._source if isinstance(self._source, bytes) else self._source.read_bytes(),)

    def label(self, tokens: Tokens, matches: Sequence[Match]) -> list[str]:
        """One label per token; ``matches`` are what the name lists find in the tokens."""
        if not len(tokens):
            return []
        return [self._labels[number] for number in self._viterbi.best(self._emissions.scores(tokens, matches))]


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


def train_tagger(samples: Iterable[Sample], path: Path, quick: bool = False) -> None:
    """Fit the weights and write them to ``path``: in a fresh process the same samples give the same weights.

    L-BFGS with an L1 penalty; or ``quick``, an averaged perceptron in a sixth of the time, with weights twice the size and
    claims one or two points of F1 worse (``docs/quality.md``). It shuffles with the process's own random numbers, hence the
    fresh process. Raises ``MissingExtra`` without python-crfsuite.
    """
    trainer = crf_trainer(quick)
    for features, labels in samples:
        if features:
            trainer.append(features, labels)
    trainer.train(str(path))


def crf_trainer(quick: bool = False) -> Any:
    """CRFsuite's trainer with our settings. Raises ``MissingExtra`` without python-crfsuite."""
    try:
        import pycrfsuite
    except ImportError:
        raise MissingExtra("train", "python-crfsuite") from None
    trainer = pycrfsuite.Trainer(algorithm="ap" if quick else "lbfgs", verbose=False)
    trainer.set_params({"feature.possible_transitions": True, "feature.minfreq": 3 if quick else 2})
    trainer.set_params({"max_iterations": 12} if quick else {"c1": 0.08, "c2": 0.03, "max_iterations": 120})
    return trainer
