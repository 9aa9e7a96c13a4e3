"""The links of a post: written out, in Markdown, or hidden behind words (Telegram exports)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.tokens import Tokens
from kg.extract.values import Value
from kg.model import Link


def find_links(tokens: Tokens, hidden: Sequence[Link] = ()) -> Iterator[Value]:
    """Web addresses with the place where they stand; a hidden one stands where its words are.

    >>> [v.value for v in find_links(Tokens("[Paper](https://arxiv.org/abs/1), code: https://github.com/a/b."))]
    ['https://arxiv.org/abs/1', 'https://github.com/a/b']
    """
    written = set()
    for token in tokens.items:
        if token.text.startswith(("http://", "https://")):
            written.add(token.text)
            yield Value(token.start, token.end, "link", token.text)
    for link in hidden:
        if link.url.startswith(("http://", "https://")) and link.url not in written:
            yield Value(link.start, link.end, "link", link.url, "hidden")
