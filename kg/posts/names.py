"""The names posts get: slugs of channels, digests of texts."""

from __future__ import annotations

import re
from hashlib import sha256

_GAPS = re.compile(r"\W+")


def slug(name: str) -> str:
    """A channel's name as the first part of a post id: lower case, everything but letters and digits a hyphen.

    >>> slug("Нейросети & Deep Learning 🤖")
    'нейросети-deep-learning'
    """
    return _GAPS.sub("-", name.lower()).strip("-")


def digest(text: str, length: int) -> str:
    """The first characters of the text's SHA-256 in hexadecimal.

    >>> digest("GPT-4", 8)
    '29f11dbc'
    """
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:length]
