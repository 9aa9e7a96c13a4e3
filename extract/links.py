"""The links of a post: written out, in Markdown, as a number on arXiv, or hidden behind words (Telegram exports)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.cues import TOLD_IN, cue_words
from kg.extract.sites import address, site_of
from kg.extract.tokens import Tokens, fold
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


def is_paper(tokens: Tokens, first: int, url: str) -> bool:
    """Whether a link that begins at the token ``first`` leads to a paper: by its site, by the word it is hidden behind, or by the
    word before it: "[Paper](...)", "Статья: ...".

    >>> is_paper(Tokens("Paper: https://a.example/b"), 2, "https://a.example/b")
    True
    """
    before = tokens.texts[max(0, first - 3) : first]
    words = before[:1] if before[1:] == ["]", "("] else before[-2:-1] if before[-1:] == [":"] else []
    return site_of(url)[0] == "paper" or any(fold(word) in cue_words(TOLD_IN) for word in (*words, tokens.texts[first]))
