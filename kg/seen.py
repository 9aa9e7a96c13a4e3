"""Which posts were read already, in a few bytes for each: a build remembers the ids of millions of posts."""

from __future__ import annotations

from array import array

_EMPTY = 0
MASK = (1 << 64) - 1
"""What a hash is cut to."""


class Seen:
    """Ids and a number kept with each, as hashes of 64 bits in two arrays: 32 bytes a post, where a dict needs 250.

    Two ids are mistaken for one with a chance of one in 300,000 among ten million posts, and then a problem names the post.

    >>> seen = Seen()
    >>> seen.put("a/1", 7), seen.put("a/1", 8), seen.put("a/2", 7), len(seen)
    (None, 7, None, 2)
    """

    def __init__(self) -> None:
        self._keys = array("Q", bytes(8 * 1024))
        self._values = array("Q", bytes(8 * 1024))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, post_id: str) -> bool:
        return self._keys[self._slot(_key(post_id))] != _EMPTY

    def put(self, post_id: str, value: int = 0) -> int | None:
        """Remember the id with a number of 64 bits; the number it had, if it was known, stays and is returned."""
        key = _key(post_id)
        slot = self._slot(key)
        if self._keys[slot] != _EMPTY:
            return self._values[slot]
        self._keys[slot], self._values[slot] = key, value & MASK
        self._count += 1
        if 2 * self._count > len(self._keys):
            self._grow()
        return None

    def _slot(self, key: int) -> int:
        keys = self._keys
        last = len(keys) - 1
        slot = key & last
        while keys[slot] != _EMPTY and keys[slot] != key:
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        keys, values = self._keys, self._values
        self._keys, self._values = (array("Q", bytes(16 * len(keys))) for _ in range(2))
        for key, value in zip(keys, values, strict=True):
            if key != _EMPTY:
                slot = self._slot(key)
                self._keys[slot], self._values[slot] = key, value


def _key(post_id: str) -> int:
    return (hash(post_id) & MASK) or 1
