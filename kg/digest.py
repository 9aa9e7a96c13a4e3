"""Digests: whether a post was read before, and whether two posts say the same words."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from kg.model import Post

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\u20e3"
_REACTION = re.compile(f"[{_EMOJI}]+ ?[0-9]*")
_ADDRESS = re.compile(r"https?://\S+|\bt\.me/\S+|[@#]\w+")
_GROUPS = re.compile(r"(?<=\d)[  \u202f.,](?=\d)")
"""2 800 and 2,800 are 2800."""
_WORD = re.compile(r"\w+")
_FOOTER_WORDS = 6
"""A last line with a link or a handle and at most so many other words is the channel's signature."""
_SIGNATURES = 2
"""How many such lines there may be."""


def post_digest(post: Post, extractor: str = "") -> str:
    """Everything that was read and what found the claims, as 32 hex digits: the same means nothing to do.

    >>> post_digest(Post("a/1", "x")) == post_digest(Post("a/1", "x", lang="en"))
    False
    """
    fields = [post.id, post.text, post.lang, post.url, post.published, post.channel, post.forwarded_from, extractor]
    fields += [f"{link.start} {link.end} {link.url}" for link in post.links]
    digest = sha256()
    for field in fields:
        written = field.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(written))
        digest.update(written)
    return digest.hexdigest()[:32]


def original(post: Post) -> str:
    """The words of a post as 16 hex digits: copies of one text share them, whatever channel signed it.

    Case, links, handles, tags, emoji with their counts and a signature at the end do not count.

    >>> original(Post("a/1", "RETRO от DeepMind 🔥 12")) == original(Post("b/7", "RETRO от DeepMind\\n\\nПодписаться: @b"))
    True
    """
    return digest_of_words(words_of(post))


def words_of(post: Post) -> list[str]:
    """The words that copies of a post share; the whole text when it has none."""
    return _words(_body(post)) or [post.text]


def digest_of_words(words: list[str]) -> str:
    """16 hex digits for these words."""
    return sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _words(text: str) -> list[str]:
    bare = _GROUPS.sub("", _REACTION.sub(" ", _ADDRESS.sub(" ", text))).replace("_", " ")
    return _WORD.findall(unicodedata.normalize("NFKC", bare).casefold())


def _body(post: Post) -> str:
    """The text up to the signature: last lines that hold little besides links, handles and emoji."""
    end, signatures = len(post.text), 0
    while end > 0:
        start = post.text.rfind("\n", 0, end) + 1
        line = post.text[start:end]
        anchors = [link for link in post.links if start <= link.start and link.end <= end]
        words = len(_words(line)) - sum(len(_words(post.text[link.start : link.end])) for link in anchors)
        if words > 0:
            signed = bool(anchors) or _ADDRESS.search(line) is not None
            if not signed or words > _FOOTER_WORDS or signatures == _SIGNATURES or not _words(post.text[:start]):
                break
            signatures += 1
        end = max(start - 1, 0)
    return post.text[:end]
