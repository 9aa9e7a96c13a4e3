"""Features of pairs in blocks: what depends on the same few things is named once, and weighed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

_MOST = 100_000
"""Blocks remembered at a time; when there are more, all are forgotten."""


class Block:
    """Some features of a pair; ``sums`` keeps what they weigh, by predicate, so a block belongs to one classifier."""

    __slots__ = ("names", "sums")

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self.sums: dict[str, float] = {}


class Blocks(dict[tuple[Any, ...], Block]):
    """The block of a function that names features and its arguments.

    >>> def near(order, sentences): return [order, f"{order} near={sentences}"]
    >>> blocks = Blocks()
    >>> blocks[near, "so", 1].names, blocks[near, "so", 1] is blocks[near, "so", 1]
    (('so', 'so near=1'), True)
    """

    def __missing__(self, key: tuple[Any, ...]) -> Block:
        if len(self) >= _MOST:
            self.clear()
        names: Callable[..., Iterable[str]] = key[0]
        block = self[key] = Block(names(*key[1:]))
        return block
