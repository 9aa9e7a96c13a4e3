"""What the two networks share: convolutions over the tokens of a post, read with numpy, and the file that holds the weights."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Weights = Mapping[str, NDArray[Any]]

LAYERS = 4
"""Convolutions of three tokens, 1, 2, 4 and 8 apart: fifteen tokens on either side are seen."""
DECIMALS = 4
"""Logits are rounded, so that the last bits, which differ from processor to processor, decide nothing."""
BLOCK = 4096
"""Tokens, and pairs, that are worked on at a time."""
_LARGE = 256
"""Rows from which on a table is written with 8 bits a number; what each row is scaled by stands under its name and ``_MOST``."""
_MOST = " most"
_KNOWN = "known"


def convolve(state: Floats, given: Weights) -> Floats:
    """Tokens by hidden units: what stands at each token, then what stands there and around it. ``state`` is written over."""
    size, width = state.shape
    for layer in range(LAYERS):
        reach, row = 1 << layer, _normal(state, given[f"scale {layer}"])
        weights = given[f"layer {layer}"]
        left, middle, right = weights[:width], weights[width : 2 * width], weights[2 * width :]
        for low in range(0, size, BLOCK):
            high = min(size, low + BLOCK)
            heard = row[low:high] @ middle + given[f"bias {layer}"]
            first, end = max(low, reach), min(high, size - reach)
            if first < high:
                heard[first - low :] += row[first - reach : high - reach] @ left
            if end > low:
                heard[: end - low] += row[low + reach : end + reach] @ right
            state[low:high] += np.maximum(heard, 0, out=heard)
    return _normal(state, given["scale"])


def _normal(state: Floats, scale: Floats) -> Floats:
    size = np.einsum("ij,ij->i", state, state) / state.shape[1]
    return np.asarray(state * (1 / np.sqrt(size + 1e-6))[:, None] * scale)


@cache
def threads() -> ThreadpoolController:
    """Holds numpy to one thread: matrices of one post are small, and more threads only wait for each other."""
    return ThreadpoolController()


def save_network(path: Path, known: object, weights: Weights) -> None:
    """Write what it knows (as JSON) and its weights; tables of rows with 8 bits a number, the rest with 16.

    The same network gives the same bytes.
    """
    out = {_KNOWN: np.frombuffer(json.dumps(known, ensure_ascii=False).encode(), np.uint8)}
    for name, table in weights.items():
        if len(table) < _LARGE:
            out[name] = np.asarray(table, np.float16)
        else:
            most = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-6)
            out[name] = np.round(table / most * 127).astype(np.int8)
            out[f"{name}{_MOST}"] = most.astype(np.float16)
    written = io.BytesIO()
    np.savez_compressed(written, **out)  # type: ignore[arg-type]
    path.write_bytes(written.getvalue())


def load_network(path: Path) -> tuple[Any, dict[str, NDArray[Any]]]:
    """What ``save_network`` wrote."""
    with np.load(path) as data:
        weights = {
            name: data[name] / 127 * data[name + _MOST].astype(np.float64) if name + _MOST in data else data[name]
            for name in data
            if name != _KNOWN and not name.endswith(_MOST)
        }
        return json.loads(data[_KNOWN].tobytes()), weights
