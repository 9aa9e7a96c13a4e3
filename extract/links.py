"""The links of a post: written out, in Markdown, as a number on arXiv, or hidden behind words (Telegram exports)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.sites import address
from kg.extract.tokens import Tokens
from kg.extract.values import Value
from kg.model import Link

_PREPRINT = re.compile(r"\b(?i:arxiv):\s?(\d{4}\.\d{4,5}(?:v\d\d?)?)(?![\w/])")
_PREPRINT_PAGE = "https://arxiv.org/abs/"


def find_links(tokens: Tokens, hidden: Sequence[Link] = ()) -> Iterator[Value]:
    """Web addresses with the place where they stand; a hidden one stands where its words are.

    >>> [v.value for v in find_links(Tokens("[Paper](https://arxiv.org/abs/1), code: github.com/a/b; arXiv:2401.00001"))]
    ['https://arxiv.org/abs/1', 'https://github.com/a/b', 'https://arxiv.org/abs/2401.00001']
    """
    written = set()
    for token in tokens.items:
        url = address(token.text)
        if url:
            written.add(url)
            yield Value(token.start, token.end, "link", url)
    for match in _PREPRINT.finditer(tokens.text):
        url = _PREPRINT_PAGE + match[1]
        if url not in written:
            written.add(url)
            yield Value(match.start(), match.end(), "link", url)
    for link in hidden:
        if link.url.startswith(("http://", "https://")) and link.url not in written:
            yield Value(link.start, link.end, "link", link.url, "hidden")
