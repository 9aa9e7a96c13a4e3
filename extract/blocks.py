"""Features of pairs in blocks: what depends on the same few things is named once, and weighed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

_MOST = 100_000
"""Blocks remembered at a time; when there are more, all are forgotten."""


class Weights:
    """The weights of one predicate by the names of features, and by what stands before and behind their ``=``."""

    def __init__(self, by_name: dict[str, float]) -> None:
        self.by_name = by_name
        self.by_begin: dict[str, dict[str, float]] = {}
        for name, weight in by_name.items():
            begin, equals, value = name.partition("=")
            if equals:
                self.by_begin.setdefault(begin, {})[value] = weight


class Block:
    """Some features of a pair; ``sums`` keeps what they weigh, by predicate, so a block belongs to one classifier."""

    __slots__ = ("names", "sums")

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self.sums: dict[str, float] = {}

    def weigh(self, weights: Weights) -> float:
        """What the features weigh together."""
        by_name = weights.by_name
        return sum([by_name[name] for name in self.names if name in by_name])


class Words:
    """A block whose features are words: their names, begin and ``=`` and word, are only put together for training.

    >>> Words(("so mid", ["of", "the"]), ("so mid k", ["17"])).names
    ['so mid=of', 'so mid=the', 'so mid k=17']
    """

    __slots__ = ("_parts", "sums")

    def __init__(self, *parts: tuple[str, Sequence[str]]) -> None:
        self._parts = parts
        self.sums: dict[str, float] = {}

    @property
    def names(self) -> list[str]:
        return [f"{begin}={word}" for begin, words in self._parts for word in words]

    def weigh(self, weights: Weights) -> float:
        """What the features weigh together."""
        total = 0.0
        for begin, words in self._parts:
            known = weights.by_begin.get(begin)
            if known:
                for word in words:
                    if word in known:
                        total += known[word]
        return total


AnyBlock: TypeAlias = Block | Words


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
