"""Fits the tagger on annotated posts: CRFsuite, and the spotter beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kg.errors import MissingExtra
from kg.extract.crf_file import round_weights
from kg.extract.emissions import token_places
from kg.extract.features import list_features, token_features
from kg.extract.gold import bio_labels, gold_spans
from kg.extract.gold_pairs import Post
from kg.extract.names import Match, Names, load_names
from kg.extract.network_training import UNANNOTATED
from kg.extract.spotter import Spotter
from kg.extract.spotter_inputs import numbers, spotter_vocabulary, token_flags, word_rows
from kg.extract.spotter_training import SpottedPost, fit_spotter
from kg.extract.tagger import Tagger
from kg.extract.tokens import Tokens
from kg.extract.version import WeightFiles

if TYPE_CHECKING:
    from numpy.typing import NDArray


class LabelledPost(NamedTuple):
    """A post with the BIO label of each token; ``matches`` are what the name lists find, ``weight`` what it counts."""

    tokens: Tokens
    matches: list[Match]
    labels: list[str]
    weight: float


class TaughtPost(NamedTuple):
    """A post that nobody annotated, and what a tagger finds likely in it."""

    tokens: Tokens
    matches: list[Match]
    labels: tuple[str, ...]
    likely: NDArray[np.float64]
    """Tokens by labels, 0-1."""


def labelled_post(post: Post, names: Names, weight: float = 1.0) -> LabelledPost:
    """An annotated post as the tagger is fitted on it."""
    tokens = Tokens(post["text"])
    labels = bio_labels(len(tokens), gold_spans(tokens, post["entities"]))
    return LabelledPost(tokens, names.find(tokens), labels, weight)


def fit_tagger(
    posts: Sequence[LabelledPost], files: WeightFiles, quick: bool = False, unannotated: Sequence[str] = (),
    copies: Sequence[LabelledPost] = (),
) -> None:  # fmt: skip
    """Fit the weights and write them: in a fresh process the same posts give the same weights.

    ``copies`` are posts with other names: they are learned from, but a word does not become frequent by them.

    L-BFGS with an L1 penalty and a spotter; or ``quick``, an averaged perceptron in a small part of the time and no spotter, with
    weights twice the size (``docs/quality.md``). The perceptron shuffles with the process's own random numbers, hence the
    fresh process. A second spotter learns from ``unannotated`` texts, too, what the CRF and the first one say of them.
    Raises ``MissingExtra`` without python-crfsuite, jax and optax.
    """
    trainer = crf_trainer(quick)
    for post in (*posts, *copies):
        if post.labels:
            trainer.append(token_features(post.tokens, post.matches), post.labels)
    trainer.train(str(files.tagger))
    round_weights(files.tagger)
    files.spotter.unlink(missing_ok=True)
    if not quick:
        spotter = fitted_spotter(posts, copies)
        if unannotated:
            spotter = fitted_spotter(posts, copies, list(taught_posts(unannotated, Tagger(files.tagger, spotter))))
        spotter.save(files.spotter)


def taught_posts(texts: Iterable[str], teacher: Tagger) -> Iterator[TaughtPost]:
    """What the teacher says of them."""
    names = load_names()
    for tokens in map(Tokens, texts):
        matches = names.find(tokens)
        yield TaughtPost(tokens, matches, *teacher.likely(tokens, matches))


def fitted_spotter(
    posts: Sequence[LabelledPost], copies: Sequence[LabelledPost] = (), taught: Sequence[TaughtPost] = ()
) -> Spotter:
    """A spotter of annotated posts, of their copies, and of others with what a teacher says of them."""
    matches = [match for post in posts for match in post.matches]
    said = {feature for match in matches for begins in (True, False) for feature in list_features(match.names, begins)}
    texts = [tokens.text for tokens in (*(post.tokens for post in posts), *(post.tokens for post in taught))]
    vocabulary = spotter_vocabulary(texts, said, {label for post in posts for label in post.labels})
    known, column = numbers(vocabulary), {label: column for column, label in enumerate(vocabulary.labels)}
    right = np.eye(len(column), dtype=np.float32)

    def spotted(tokens: Tokens, matches: Sequence[Match], likely: NDArray[np.floating], weight: float) -> SpottedPost:
        flags = token_flags(len(tokens), matches, token_places(tokens), known)
        return SpottedPost(word_rows(tokens.texts, known), flags, likely.astype(np.float32), weight)

    learned = [
        spotted(post.tokens, post.matches, right[[column[label] for label in post.labels]], post.weight)
        for post in (*posts, *copies)
    ]
    for one in taught:
        likely = one.likely @ right[[column[label] for label in one.labels]]
        learned.append(spotted(one.tokens, one.matches, likely, UNANNOTATED))
    return fit_spotter(learned, vocabulary)


def crf_trainer(quick: bool = False) -> Any:
    """CRFsuite's trainer with our settings. Raises ``MissingExtra`` without python-crfsuite."""
    try:
        import pycrfsuite
    except ImportError:
        raise MissingExtra("train", "python-crfsuite") from None
    trainer = pycrfsuite.Trainer(algorithm="ap" if quick else "lbfgs", verbose=False)
    # A feature that occurs once in a post does so three times with its copies.
    trainer.set_params({"feature.possible_transitions": True, "feature.minfreq": 4})
    trainer.set_params({"max_iterations": 12} if quick else {"c1": 0.6, "c2": 0.03, "max_iterations": 120})
    return trainer
