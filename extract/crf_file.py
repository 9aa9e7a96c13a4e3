"""The weights of a CRFsuite model as arrays, read from its file: CRFsuite's own tagger takes only features by their names.

The file is little-endian: a header, the chunk of features (20 bytes each: kind, source, target, weight), then one chunk of
strings for the labels and one for the attributes (``CQDB``: records of value, length and text, found by a table of offsets).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_STEP = 2**-9
_STRINGS = struct.Struct("<4sIIIII")


@dataclass(frozen=True, slots=True)
class CrfWeights:
    """A linear-chain CRF: how much each attribute speaks for each label, and each label for the next one."""

    labels: tuple[str, ...]
    attributes: dict[str, int]
    """Name to row of ``states``; row 0 is zeros, for whatever has no weight."""
    states: NDArray[np.float64]
    """Attributes by labels."""
    transitions: NDArray[np.float64]
    """Labels by labels, from row to column."""

    def sums(self, blocks: Iterable[Iterable[str]]) -> NDArray[np.float64]:
        """Blocks by labels: the weights of the attributes of each block together."""
        get = self.attributes.get
        rows: list[int] = []
        starts = []
        for block in blocks:
            starts.append(len(rows))
            rows.append(0)  # no block is empty
            rows += filter(None, map(get, block))
        return np.add.reduceat(self.states[rows], starts, axis=0)


def read_weights(source: Path | bytes) -> CrfWeights:
    """From a file, or from what stands in one. Raises ``InputError`` when it is none of CRFsuite's, or cut off."""
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
        magic, size, kind, _, _, labels, attributes, at_features, at_labels, at_attributes, _, _ = _HEADER.unpack_from(data)
        if magic != b"lCRF" or kind != b"FOMC" or size > len(data):
            raise ValueError
        names, words = _strings(data, at_labels, labels), _strings(data, at_attributes, attributes)
        count = struct.unpack_from("<I", data, at_features + 8)[0]
        features = np.frombuffer(data, _FEATURE, count, at_features + 12)
        states, transitions = np.zeros((attributes + 1, labels)), np.zeros((labels, labels))
        state = features[features["kind"] == 0]
        states[state["source"] + 1, state["target"]] = state["weight"]
        step = features[features["kind"] == 1]
        transitions[step["source"], step["target"]] = step["weight"]
    except (ValueError, IndexError, struct.error) as error:
        name = "The model" if isinstance(source, bytes) else source
        raise InputError(f"{name}: no weights of a tagger. Make them with:  kg train GOLD... -o MODEL") from error
    return CrfWeights(tuple(names), {word: row for row, word in enumerate(words, 1)}, states, transitions)


def round_weights(path: Path) -> None:
    """Make all weights in a file multiples of ``_STEP``: packed, as in a wheel, it takes a good third less."""
    data = bytearray(path.read_bytes())
    at_features = _HEADER.unpack_from(data)[7]
    count = struct.unpack_from("<I", data, at_features + 8)[0]
    features = np.frombuffer(data, _FEATURE, count, at_features + 12)
    features["weight"] = np.round(features["weight"] / _STEP) * _STEP
    path.write_bytes(data)


def _strings(data: bytes, start: int, count: int) -> list[str]:
    """The strings of one chunk by their numbers."""
    magic, _, _, _, known, at = _STRINGS.unpack_from(data, start)
    if magic != b"CQDB" or known < count:
        raise ValueError
    offsets = np.frombuffer(data, "<u4", count, start + at).tolist()
    return [data[start + offset + 8 : data.index(0, start + offset + 8)].decode("utf-8") for offset in offsets]
