"""Is a post about computing at all? Missiles, viruses and aircraft have names like models, too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.extract.cues import TOPIC, load_cue
from kg.extract.document import Document, Span
from kg.extract.names import Names, word_key
from kg.extract.sites import address, site_of
from kg.extract.tokens import Tokens
from kg.model import Link

_SITES = ("paper", "repository", "weights")
_ANYWHERE = frozenset({"Organization", "Person"})
"""Types of names that posts about anything have."""
_STEM = re.compile(r"[^\W\d_]{2,}(?=\d)")
_SIZE = re.compile(r"\d{1,3}(?:\.\d)?B")
"""How many parameters, in the name of a model: Nettle-14B."""
_MOST_WORDS = 100_000
"""Words remembered at a time."""


class Topic:
    """Tells by words of the field, links to papers, code and weights, and by listed names."""

    def __init__(self, names: Names) -> None:
        self._names, self._words = names, load_cue(TOPIC)
        self._keys = names.keys(_ANYWHERE)
        self._sorted = sorted(self._keys)
        self._begins: dict[str, bool] = {}

    def is_computing(self, document: Document) -> bool:
        """By what the post names: listed things, or a model with a number of parameters in its name."""
        return self._words.occur(document.tokens) or any(
            _of_the_field(span.name)
            if span.type == "link"
            else span.type not in _ANYWHERE and (_sized(span) or any(n.type == span.type for n in self._names.family(span.name)))
            for span in document.spans
        )

    def may_be_computing(self, tokens: Tokens, links: Sequence[Link] = ()) -> bool:
        """Can it be, before it is known which of the words are names? False is certain."""
        if self._words.occur(tokens):
            return True
        if any(text[-1] == "B" and _SIZE.fullmatch(text) for text in tokens.texts):
            return True
        urls = [url for url in map(address, tokens.texts) if url] + [link.url for link in links]
        return any(map(_of_the_field, urls)) or self._may_name(tokens)

    def _may_name(self, tokens: Tokens) -> bool:
        """Is there a listed name, or a word that begins like one and goes on with a digit?"""
        keys, begins = list(map(word_key, tokens.texts)), self._begins
        if len(begins) > _MOST_WORDS:
            begins.clear()
        for key in set(keys).difference(begins):
            begins[key] = bool(key) and (self._is_begin(key) or self._has_stem(key))
        return any(self._has_stem(keys[i]) or self._is_name(keys, i) for i, key in enumerate(keys) if begins[key])

    def _is_name(self, keys: Sequence[str], first: int) -> bool:
        joined = ""
        for i in range(first, len(keys)):
            joined += keys[i]
            if joined in self._keys:
                return True
            if not self._is_begin(joined):
                return False
        return False

    def _is_begin(self, key: str) -> bool:
        """Does a listed key begin with this?"""
        place = bisect_left(self._sorted, key)
        return place < len(self._sorted) and self._sorted[place].startswith(key)

    def _has_stem(self, key: str) -> bool:
        stem = _STEM.match(key)
        return stem is not None and stem.group() in self._keys


def _of_the_field(url: str) -> bool:
    """Whether it leads to a paper, code or weights; a PDF anywhere may be about anything."""
    kind, host, path = site_of(url)
    return kind in _SITES and (not path.casefold().endswith(".pdf") or site_of(f"https://{host}/")[0] in _SITES)


def _sized(span: Span) -> bool:
    return span.type == "Model" and bool(_SIZE.search(span.name))
