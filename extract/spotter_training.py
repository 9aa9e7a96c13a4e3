"""Fits the spotter: batches of posts laid end to end, Adam, two minutes on one core for five thousand posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kg.extract import network_training as training
from kg.extract.network_training import GAP, TOKENS, Batch, Dropout, Weights
from kg.extract.spotter import TABLES, Spotter
from kg.extract.spotter_inputs import LETTERS, PIECES, UNKNOWN, SpotterVocabulary, WordRows, numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

HIDDEN = 96
WIDTHS = {"words": 48, "clusters": 16, "shapes": 16, "letters": 32}
"""Numbers by which a row of each table is known."""
EPOCHS = 8
DROPPED, NO_LISTS, UNKNOWN_WORDS, UNKNOWN_CLUSTERS, NO_LETTERS = 0.25, 0.1, 0.2, 0.1, 0.1
"""Shares of what is left out at random, so that nothing is relied on alone."""


class SpottedPost(NamedTuple):
    """A post with the truth; T tokens."""

    words: WordRows
    flags: NDArray[np.float64]
    labels: NDArray[np.float32]
    """T by the vocabulary's labels, 0-1: how likely each is."""
    weight: float
    """How much its answers count."""


def fit_spotter(
    posts: Sequence[SpottedPost], vocabulary: SpotterVocabulary, say: Callable[[str], None] = lambda line: None
) -> Spotter:
    """A spotter of these posts; on one machine the same posts give the same weights.

    Raises ``MissingExtra`` without jax and optax.
    """
    random = np.random.default_rng(0)
    usable = [post for post in posts if 0 < len(post.labels) <= TOKENS - GAP]
    steps = EPOCHS * sum(1 for _ in _batches(usable, range(len(usable))))

    def batches(random: np.random.Generator) -> Iterator[Batch]:
        return (_batch(some) for some in _batches(usable, random.permutation(len(usable))))

    def loss(weights: Weights, batch: Batch, key: Any) -> Any:
        import optax

        logits = spot_batch(weights, batch, len(vocabulary.lists), key)
        return (optax.softmax_cross_entropy(logits, batch["labels"]) * batch["weights"]).sum() / 1000

    first = first_weights(vocabulary, random)
    return Spotter(vocabulary, training.fit_network("spotter", first, loss, EPOCHS, steps, batches, random, say))


def first_weights(vocabulary: SpotterVocabulary, random: np.random.Generator) -> Weights:
    """Small random numbers, by the name under which ``Spotter`` reads them."""
    known = numbers(vocabulary)
    rows = {
        "words": len(known.words) + 2, "clusters": max(known.clusters.values()) + 1,
        "shapes": len(known.shapes) + 1, "letters": LETTERS,
    }  # fmt: skip
    weights = {name: training.table(random, rows[name], WIDTHS[name], 0.1 if name != "letters" else 0.03) for name in TABLES}
    weights |= training.first_convolutions(random, sum(WIDTHS.values()) + vocabulary.flags, HIDDEN)
    weights["output"] = training.layer(random, HIDDEN, len(vocabulary.labels)) * 0.1
    weights["output bias"] = np.zeros(len(vocabulary.labels), np.float32)
    return weights


def spot_batch(weights: Weights, batch: Batch, lists: int, key: Any = None) -> Any:
    """The logits of a batch, as ``Spotter`` finds them post by post; with a ``key`` some is left out at random.

    ``lists`` is how many flags say what the name lists say.
    """
    import jax.numpy as jnp

    dropout = Dropout(key)
    words, clusters = (
        dropout.unknown(batch["words"], UNKNOWN_WORDS, UNKNOWN), dropout.unknown(batch["clusters"], UNKNOWN_CLUSTERS, 0)
    )  # fmt: skip
    letters = dropout.unknown(batch["letters"], NO_LETTERS, 0)
    spelled = (weights["letters"][letters] * (letters > 0)[:, :, None]).sum(1)
    listed = dropout.keep(batch["flags"][:, :lists], NO_LISTS, together=True)
    tables = [weights["words"][words], weights["clusters"][clusters], weights["shapes"][batch["shapes"]], spelled]
    given = jnp.concatenate([*tables, listed, batch["flags"][:, lists:]], -1)
    return training.convolve(given, weights, batch["inked"], dropout, DROPPED) @ weights["output"] + weights["output bias"]


def _batches(posts: Sequence[SpottedPost], order: Sequence[int] | NDArray[np.int64]) -> Iterator[list[SpottedPost]]:
    some: list[SpottedPost] = []
    full = 0
    for number in order:
        size = len(posts[number].labels) + GAP
        if some and full + size > TOKENS:
            yield some
            some, full = [], 0
        some.append(posts[number])
        full += size
    if some:
        yield some


def _batch(posts: Sequence[SpottedPost]) -> Batch:
    """The posts end to end, filled up to the size of a batch."""
    out: Batch = {name: np.zeros(TOKENS, np.int32) for name in TABLES[:3]}
    out |= {"letters": np.zeros((TOKENS, PIECES), np.int32), "flags": np.zeros((TOKENS, posts[0].flags.shape[1]), np.float32)}
    out |= {name: np.zeros(TOKENS, np.float32) for name in ("inked", "weights")}
    out["labels"] = np.zeros((TOKENS, posts[0].labels.shape[1]), np.float32)
    start = 0
    for post in posts:
        end = start + len(post.labels)
        for name in TABLES:
            out[name][start:end] = getattr(post.words, name)
        out["flags"][start:end], out["labels"][start:end] = post.flags, post.labels
        out["inked"][start:end], out["weights"][start:end] = 1, post.weight
        start = end + GAP
    return out
