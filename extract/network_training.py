"""What the training of both networks shares: convolutions in JAX, what is left out at random, Adam. Minutes on one core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import MissingExtra
from kg.extract.network import LAYERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE, DECAY, WARM_UP = 3e-3, 0.05, 100
TOKENS, GAP = 4096, 1 << LAYERS
"""A batch holds so many; ``GAP`` empty tokens keep documents apart. A document that is larger is not trained on."""
UNANNOTATED = 0.5
"""What a post counts whose truth is what the teachers find likely; in full it is neither better nor worse."""
Weights = dict[str, Any]
Batch = dict[str, Any]


class Dropout:
    """Leaves out at random while it learns, so that nothing is relied on alone; without a key it leaves all as it is."""

    def __init__(self, key: Any = None) -> None:
        import jax

        self._keys = iter(jax.random.split(key, 32)) if key is not None else None

    def keep(self, rows: Any, dropped: float, together: bool = False) -> Any:
        """Numbers, or whole rows ``together``, are made zero in this share of cases, the others larger in turn."""
        import jax

        if self._keys is None:
            return rows
        shape = (len(rows), 1) if together else rows.shape
        return rows * jax.random.bernoulli(next(self._keys), 1 - dropped, shape) / (1 if together else 1 - dropped)

    def unknown(self, rows: Any, share: float, row: int) -> Any:
        """Numbers of rows, this share of them replaced by ``row``."""
        import jax
        import jax.numpy as jnp

        return rows if self._keys is None else jnp.where(jax.random.bernoulli(next(self._keys), share, rows.shape), row, rows)


def fit_network(
    name: str, weights: Weights, loss: Callable[[Weights, Batch, Any], Any], epochs: int, steps: int,
    batches: Callable[[np.random.Generator], Iterator[Batch]], random: np.random.Generator, say: Callable[[str], None],
) -> dict[str, NDArray[np.float32]]:  # fmt: skip
    """The weights after ``epochs`` rounds over the batches, ``steps`` of them in all; ``loss`` takes weights, batch and key.

    On one machine the same batches give the same weights. Raises ``MissingExtra`` without jax and optax.
    """
    check_network_training()
    import jax
    import optax

    rate = optax.warmup_cosine_decay_schedule(0, RATE, min(WARM_UP, steps // 10 + 1), steps + 8)
    adam = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=DECAY))
    state = adam.init(weights)

    @partial(jax.jit, donate_argnums=(0, 1))
    def step(weights: Weights, state: Any, batch: Batch, key: Any) -> tuple[Weights, Any, Any]:
        value, gradient = jax.value_and_grad(loss)(weights, batch, key)
        change, state = adam.update(gradient, state, weights)
        return optax.apply_updates(weights, change), state, value

    key = jax.random.PRNGKey(int(random.integers(2**31)))
    for epoch in range(epochs):
        losses = []
        for batch in batches(random):
            key, one = jax.random.split(key)
            weights, state, value = step(weights, state, batch, one)
            losses.append(float(value))
        say(f"{name}: epoch {epoch + 1} of {epochs}, loss {np.mean(losses or [0.0]):.3f}")
    return {name: np.asarray(table) for name, table in weights.items()}


def check_network_training() -> None:
    """Raises ``MissingExtra`` without jax and optax."""
    for package in ("jax", "optax"):
        if not find_spec(package):
            raise MissingExtra("train", package)


def table(random: np.random.Generator, rows: int, columns: int, size: float) -> Any:
    """Small random numbers."""
    return (random.normal(size=(rows, columns)) * size).astype(np.float32)


def layer(random: np.random.Generator, rows: int, columns: int) -> Any:
    """Random numbers that keep the size of what goes through them."""
    return table(random, rows, columns, rows**-0.5)


def first_convolutions(random: np.random.Generator, given: int, hidden: int) -> Weights:
    """Weights of ``convolve``, and of the layer that makes its ``hidden`` units of ``given`` numbers."""
    weights = {"input": layer(random, given, hidden), "input bias": np.zeros(hidden, np.float32)}
    for number in range(LAYERS):
        weights[f"layer {number}"], weights[f"bias {number}"] = layer(random, 3 * hidden, hidden), np.zeros(hidden, np.float32)
        weights[f"scale {number}"] = np.ones(hidden, np.float32)
    return weights | {"scale": np.ones(hidden, np.float32)}


def convolve(given: Any, weights: Weights, inked: Any, dropout: Dropout, dropped: float) -> Any:
    """What ``network.convolve`` does, of documents laid end to end; ``inked`` is 1 for tokens and 0 between documents."""
    import jax
    import jax.numpy as jnp

    inked = inked[:, None]

    def normal(state: Any, scale: Any) -> Any:
        return state * jax.lax.rsqrt((state * state).mean(-1, keepdims=True) + 1e-6) * scale * inked

    def shifted(state: Any, by: int) -> Any:
        empty = jnp.zeros((abs(by), state.shape[1]))
        return jnp.concatenate([empty, state[:-by]]) if by > 0 else jnp.concatenate([state[-by:], empty])

    state = (dropout.keep(given, dropped) @ weights["input"] + weights["input bias"]) * inked
    for number in range(LAYERS):
        reach, row = 1 << number, normal(state, weights[f"scale {number}"])
        around = jnp.concatenate([shifted(row, reach), row, shifted(row, -reach)], -1)
        heard = jax.nn.relu(around @ weights[f"layer {number}"] + weights[f"bias {number}"])
        state = (state + dropout.keep(heard, dropped)) * inked
    return normal(state, weights["scale"])
