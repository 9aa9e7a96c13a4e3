"""When two posts are one text: a repost, a cross-post under another footer, an edit of a few words.

Two posts are copies when half of their pairs of neighbouring words are the same (Jaccard, case, links, handles, emoji and the
channel's signature set aside) and not each has a number that the other lacks: "88 drones" and "76 drones" are two reports in the
words of one channel. Whether two posts are looked at together at all is decided by their bands: short digests of MinHash values
(Broder 1997). Two texts that are half the same share one with a chance of 80 %, those that are seven tenths the same of 99 %.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from kg.digest import digest_of_words, words_of
from kg.model import Link, Post

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALIKE = 0.5
"""Jaccard similarity of the pairs of words from which on two texts are one."""
_SHORT = 8
"""A text of fewer pairs must be in the other as a whole: one word makes all the difference there."""
_BANDS = 12
_ROWS = 3
"""MinHash values in a band: all of them must be the same."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Words:
    """A text as copies of it are found.

    >>> one = Words.of(Post("a/1", "DeepMind представила модель RETRO: 7,5 млрд параметров."))
    >>> two = Words.of(Post("b/2", "DeepMind представила модель RETRO: 7,5 млрд параметров. Подписаться"))
    >>> one.alike(two), one.alike(Words.of(Post("c/3", "DeepMind представила модель RETRO: 9,5 млрд параметров.")))
    (True, False)
    """

    digest: str
    """The words as 16 hex digits, the same for the same words."""
    pairs: frozenset[int]
    """Pairs of neighbouring words, hashed."""
    numbers: frozenset[str]

    @classmethod
    def of(cls, post: Post) -> Words:
        """The words of a post; its id does not matter."""
        words = words_of(post)
        pairs = pairwise(words) if len(words) > 1 else [(words[0], "")]
        hashed = frozenset(crc32(f"{one} {other}".encode("utf-8", "surrogatepass")) for one, other in pairs)
        return cls(digest_of_words(words), hashed, frozenset(word for word in words if _DIGIT.search(word)))

    @classmethod
    def of_text(cls, text: str, links: Sequence[Link] = ()) -> Words:
        """The same of a post's text and its links."""
        return cls.of(Post("", text, links=tuple(links)))

    def alike(self, other: Words) -> bool:
        """Whether the two are one text."""
        if self.digest == other.digest:
            return True
        if not (self.numbers <= other.numbers or other.numbers <= self.numbers):
            return False
        shared, shorter = len(self.pairs & other.pairs), min(len(self.pairs), len(other.pairs))
        if shorter < _SHORT and shared < shorter:
            return False
        return shared >= ALIKE * (len(self.pairs) + len(other.pairs) - shared)

    def bands(self) -> list[str]:
        """Eight hex digits for each band; texts that share one are worth comparing.

        >>> one, two = (Words.of_text(text).bands() for text in ("a b c d e f g h", "A b c d e f g h i"))
        >>> len(one), bool(set(one) & set(two))
        (12, True)
        """
        import numpy as np

        factors, terms = _permutations()
        hashed = np.fromiter(self.pairs, np.uint64, len(self.pairs))
        least = ((hashed * factors + terms) >> np.uint64(32)).min(axis=1).astype("<u4").reshape(_BANDS, _ROWS)
        return [f"{crc32(row.tobytes(), band):08x}" for band, row in enumerate(least)]


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Multipliers and terms of 36 hash functions, the same everywhere and for ever: digests in graphs depend on them."""
    import hashlib

    import numpy as np

    drawn = b"".join(hashlib.sha256(b"bands %d" % number).digest()[:16] for number in range(_BANDS * _ROWS))
    numbers = np.frombuffer(drawn, "<u8").astype(np.uint64).reshape(_BANDS * _ROWS, 2)
    return numbers[:, :1] | np.uint64(1), numbers[:, 1:]
