"""Which shorter and longer forms of a name may stand for it: H100 for "NVIDIA H100 GPUs", but not Docs for "Google Docs"."""

from __future__ import annotations

import re

from kg.extract.cues import INTERFACE, cue_words
from kg.extract.document import Document, Span, plain
from kg.extract.names import Names
from kg.extract.simpler_names import Simplifier, distinctive
from kg.extract.tokens import fold

_DEVICE = re.compile(r"[GCTND]PUs?", re.IGNORECASE)
_PRODUCTS = cue_words(INTERFACE)
"""Words that make another thing of a name."""


class Forms:
    """The places of a name in a text, each in a form that names the thing when it stands alone."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._simplifier = Simplifier(names)

    def ranges(self, document: Document, span: Span) -> list[tuple[int, int]]:
        """First and last token of each: of those that ``Document.ranges`` gives."""
        return [found for found in document.ranges(span) if self._stands(document, span, *found)]

    def _stands(self, document: Document, span: Span, first: int, last: int) -> bool:
        written = _text(document, first, last)
        if first < span.first:
            owner = _text(document, first, span.first - 1)
            if not self._simplifier.made_by(span.type, span.name, owner):
                return False  # "OpenAI Discord" is no name of Discord
        if last < span.last and not self._without_kind(document, span, last):
            return False
        return first <= span.first or self._without_owner(document, span, _text(document, span.first, first - 1), written)

    def _without_kind(self, document: Document, span: Span, last: int) -> bool:
        """Is the name without the word for what it is one that means it: "H100 GPUs", but not "Gemini API"?"""
        rest = _text(document, span.first, last)
        cut = [token.text for token in document.tokens.items[last + 1 : span.last + 1]]
        types = {entry.type for entry in self._names.lookup(rest)}
        if any(fold(word) in _PRODUCTS for word in cut) or (types and span.type not in types):
            return False
        said = all(word.islower() or _DEVICE.fullmatch(word) for word in cut)
        if span.type in types or (said and distinctive(rest)):
            return True
        return said and any(other.name == rest and other.type == span.type for other in document.spans)

    def _without_owner(self, document: Document, span: Span, owner: str, rest: str) -> bool:
        """Is the name without its owner one that means it: "NVIDIA Selene", but not "Google Docs" or "LangChain 0.1"?"""
        known = [entry for entry in self._names.lookup(rest) if entry.type == span.type]
        clear = any(entry.when != "context" for entry in known)
        if clear and not rest.islower():
            return True
        if (clear or any(c.isdigit() for c in rest)) and self._simplifier.made_by_owner(span.type, rest, owner):
            return True  # what the lists know as the owner's means it in small letters, and as a version
        others = [entry for entry in self._names.family(rest) if entry.type == span.type]
        others = [entry for entry in others if entry not in self._names.family(span.name)]
        odd = distinctive(rest) and (any(c.isdigit() for c in rest) or not rest.isupper())  # OLED is no name of LG OLED
        if odd and (known or not others):
            return True
        bare = plain(rest)
        return len(rest) > 1 and any(other.type == span.type and plain(other.name) == bare for other in document.spans)


def _text(document: Document, first: int, last: int) -> str:
    items = document.tokens.items
    return document.tokens.text[items[first].start : items[last].end]
