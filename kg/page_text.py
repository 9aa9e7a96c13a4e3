"""Text out of posts, fit to be shown: no hidden characters, no addresses but those of the web, quotations in their sentences."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NAME = 300
_AROUND = 140
"""Characters of a post shown on each side of the quoted words."""
# Characters that turn the direction of text, and controls: they can make one name look like another.
_DECEPTIVE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def shown(text: str, length: int = _NAME) -> str:
    """A name fit to be shown: on one line, no hidden characters, clipped.

    >>> shown("GPT\\u202e-4\\n turbo", 9)
    'GPT-4 tu…'
    """
    clean = _SPACE.sub(" ", _DECEPTIVE.sub("", text)).strip()
    return clean if len(clean) <= length else clean[: length - 1] + "…"


def safe_url(url: str) -> str:
    """The address if it leads to the web, else nothing.

    >>> safe_url("https://t.me/ai/1"), safe_url("javascript:alert(1)")
    ('https://t.me/ai/1', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def quotation(text: str, start: int, end: int) -> tuple[str, str, str]:
    """``text[start:end]`` between what stands before and after it: the rest of its sentences, clipped to a few words.

    >>> quotation("News. OpenAI released GPT-4o today. More tomorrow.", 6, 28)
    ('', 'OpenAI released GPT-4o', ' today.')
    """
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = text[low:start], text[end:high]
    cut = [found.end() for found in _SENTENCE_END.finditer(before)]
    before = before[cut[-1] :] if cut else ("…" if low else "") + before
    stop = None if _SENTENCE_END.match(text, end) else _SENTENCE_END.search(after)
    if stop:
        after = after[: stop.start()]
    elif _SENTENCE_END.match(text, end):
        after = ""
    else:
        after += "…" if high < len(text) else ""
    return plain(before).lstrip(), plain(text[start:end]), plain(after).rstrip()


def plain(text: str) -> str:
    """The text without characters that nobody sees.

    >>> plain("GPT\\u202e-4\\x00")
    'GPT-4'
    """
    return _DECEPTIVE.sub("", text)
