"""Fits the reader: batches of documents laid end to end, Adam, some minutes on one core."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kg.extract import network_training as training
from kg.extract.network_training import GAP, TOKENS, Batch, Dropout, Weights
from kg.extract.reader import BETWEEN, Reader
from kg.extract.reader_inputs import FLAGS, ReaderInput, ReaderVocabulary, column_offsets

if TYPE_CHECKING:
    from numpy.typing import NDArray

HIDDEN, PAIR_HIDDEN = 64, 96
WIDTHS = {"words": 48, "clusters": 16, "shapes": 8, "names": 16, "owners": 8, "cues": 16}
"""Numbers by which a row of each table is known."""
EPOCHS = 4
DROPPED, DROPPED_PAIRS, UNKNOWN_WORDS, UNKNOWN_CLUSTERS = 0.2, 0.3, 0.15, 0.05
"""Shares of what is left out at random, so that nothing is relied on alone."""
SPANS, PAIRS = 1024, 3072
"""A batch holds so many."""
_BARE = ("words", "clusters", "shapes", "names", "owners", "cues", "flags")


class Sample(NamedTuple):
    """A document with the truth."""

    document: ReaderInput
    weights: NDArray[np.float32]
    """Pairs by predicates: how much the answer counts, 0 where the ontology does not allow the predicate."""
    holds: NDArray[np.float32]
    """Pairs by predicates, 1 where it holds."""


def fit_reader(
    samples: Sequence[Sample], vocabulary: ReaderVocabulary, predicates: Sequence[str], seed: int = 0,
    say: Callable[[str], None] = lambda line: None,
) -> Reader:  # fmt: skip
    """A reader of these samples; on one machine the same samples and seed give the same weights.

    Raises ``MissingExtra`` without jax and optax.
    """
    random = np.random.default_rng(seed)
    usable = [sample for sample in samples if _fits(sample)]
    steps = EPOCHS * sum(1 for _ in _batches(usable, range(len(usable))))

    def batches(random: np.random.Generator) -> Iterator[Batch]:
        return (_batch(some, len(predicates)) for some in _batches(usable, random.permutation(len(usable))))

    first = first_weights(vocabulary, len(predicates), random)
    return Reader(vocabulary, predicates, training.fit_network("reader", first, _loss, EPOCHS, steps, batches, random, say))


def _loss(weights: Weights, batch: Batch, key: Any) -> Any:
    import optax

    logits = read_batch(weights, batch, key)
    return (optax.sigmoid_binary_cross_entropy(logits, batch["holds"]) * batch["weights"]).sum() / 1000


def first_weights(vocabulary: ReaderVocabulary, predicates: int, random: np.random.Generator) -> Weights:
    """Small random numbers, by the name under which ``Reader`` reads them."""
    numbers = vocabulary.numbers()
    rows = {
        "words": len(numbers.words) + 2, "clusters": max(numbers.clusters.values()) + 1, "shapes": len(numbers.shapes) + 1,
        "names": 2 * len(numbers.types) + 2, "owners": 2 * len(numbers.types) + 2, "cues": len(numbers.cues) + 1,
    }  # fmt: skip

    weights = {name: training.table(random, rows[name], width, 0.1) for name, width in WIDTHS.items()}
    weights |= training.first_convolutions(random, sum(WIDTHS.values()) + FLAGS, HIDDEN)
    weights["marks"] = training.layer(random, HIDDEN, HIDDEN)
    for part in ("subject mention", "object mention", "subject", "object", "between", "between marks", "post"):
        weights[part] = training.layer(random, HIDDEN, PAIR_HIDDEN)
    weights["pairs"] = training.table(random, int(column_offsets(vocabulary)[-1]), PAIR_HIDDEN, 0.1)
    weights["hidden"], weights["hidden bias"] = (
        training.layer(random, PAIR_HIDDEN, PAIR_HIDDEN),
        np.zeros(PAIR_HIDDEN, np.float32),
    )
    weights["output"] = training.layer(random, PAIR_HIDDEN, predicates) * 0.1
    weights["output bias"] = np.full(predicates, -3, np.float32)
    return weights


def read_batch(weights: Weights, batch: Batch, key: Any = None) -> Any:
    """The logits of a batch, as ``Reader.read`` finds them document by document; with a ``key`` some is left out at random."""
    import jax
    import jax.numpy as jnp

    def sums(rows: Any) -> Any:
        return jnp.concatenate([jnp.zeros((1, rows.shape[1])), jnp.cumsum(rows, 0)])

    dropout = Dropout(key)
    words, clusters = dropout.unknown(batch["words"], UNKNOWN_WORDS, 1), dropout.unknown(batch["clusters"], UNKNOWN_CLUSTERS, 0)
    known = {**batch, "words": words, "clusters": clusters}
    tables = [weights[name][known[name]] for name in WIDTHS if name != "cues"]
    given = jnp.concatenate([*tables, weights["cues"][batch["cues"]].sum(1), batch["flags"]], -1)
    tokens = training.convolve(given, weights, batch["inked"], dropout, DROPPED)
    total, marks = sums(tokens), sums(jax.nn.relu(tokens @ weights["marks"]) * batch["inked"][:, None])
    first, last, entity, real = batch["spans"].T
    mentions = (total[last + 1] - total[first]) / (last + 1 - first)[:, None] * real[:, None]
    entities = jax.ops.segment_sum(mentions, entity, SPANS) / jnp.maximum(jax.ops.segment_sum(real, entity, SPANS), 1)[:, None]
    posts = jax.ops.segment_sum(tokens, batch["post"], TOKENS) / jnp.maximum(
        jax.ops.segment_sum(batch["inked"], batch["post"], TOKENS), 1
    )[:, None]  # fmt: skip
    subject, object_, a, b, start, end, post = batch["pairs"].T
    count = jnp.maximum(end - start, 0)
    mean = (total[start + count] - total[start]) / jnp.maximum(count, 1)[:, None]
    marked = jnp.log1p(jnp.maximum(marks[start + count] - marks[start], 0))
    hidden = (mentions @ weights["subject mention"])[a] + (mentions @ weights["object mention"])[b]
    hidden += (entities @ weights["subject"])[subject] + (entities @ weights["object"])[object_]
    hidden += jnp.where((count <= BETWEEN)[:, None], mean @ weights["between"] + marked @ weights["between marks"], 0)
    hidden += (posts @ weights["post"])[post] + weights["pairs"][batch["features"]].sum(1)
    hidden = dropout.keep(jax.nn.relu(hidden), DROPPED_PAIRS)
    hidden += dropout.keep(jax.nn.relu(hidden @ weights["hidden"] + weights["hidden bias"]), DROPPED_PAIRS)
    return hidden @ weights["output"] + weights["output bias"]


def _sizes(sample: Sample) -> tuple[int, int, int]:
    return len(sample.document.words) + GAP, len(sample.document.spans), len(sample.document.pairs)


def _fits(sample: Sample) -> bool:
    tokens, spans, pairs = _sizes(sample)
    return tokens <= TOKENS and spans < SPANS and 0 < pairs <= PAIRS


def _batches(samples: Sequence[Sample], order: Sequence[int] | NDArray[np.int64]) -> Iterator[list[Sample]]:
    some: list[Sample] = []
    full = (0, 0, 0)
    for number in order:
        sample = samples[number]
        tokens, spans, pairs = _sizes(sample)
        more = (full[0] + tokens, full[1] + spans, full[2] + pairs)
        if some and (more[0] > TOKENS or more[1] >= SPANS or more[2] > PAIRS):
            yield some
            some, more = [], (tokens, spans, pairs)
        some.append(sample)
        full = more
    if some:
        yield some


def _batch(samples: Sequence[Sample], predicates: int) -> Batch:
    """The documents end to end, filled up to the size of a batch; the last span and entity belong to nobody."""
    columns = samples[0].document.features.shape[1]
    out: Batch = {name: np.zeros(TOKENS, np.int32) for name in (*_BARE[:5], "post")}
    out |= {"cues": np.zeros((TOKENS, 2), np.int32), "flags": np.zeros((TOKENS, FLAGS), np.float32)}
    out |= {"inked": np.zeros(TOKENS, np.float32), "spans": np.tile(np.array([0, 0, SPANS - 1, 0], np.int32), (SPANS, 1))}
    out |= {"pairs": np.zeros((PAIRS, 7), np.int32), "features": np.zeros((PAIRS, columns), np.int32)}
    out |= {name: np.zeros((PAIRS, predicates), np.float32) for name in ("weights", "holds")}
    out["post"] += TOKENS - 1
    token = span = pair = entity = 0
    for number, sample in enumerate(samples):
        document = sample.document
        tokens, spans, pairs = len(document.words), len(document.spans), len(document.pairs)
        for name in _BARE:
            out[name][token : token + tokens] = getattr(document, name)
        out["inked"][token : token + tokens], out["post"][token : token + tokens] = 1, number
        out["spans"][span : span + spans] = np.column_stack(
            [document.spans + np.array([token, token, entity]), np.ones(spans, int)]
        )
        at = document.pairs + np.array([entity, entity, span, span, token, token])
        out["pairs"][pair : pair + pairs] = np.column_stack([at, np.full(pairs, number)])
        out["features"][pair : pair + pairs] = document.features
        out["weights"][pair : pair + pairs], out["holds"][pair : pair + pairs] = sample.weights, sample.holds
        entity += int(document.spans[:, 2].max()) + 1
        token, span, pair = token + tokens + GAP, span + spans, pair + pairs
    return out
