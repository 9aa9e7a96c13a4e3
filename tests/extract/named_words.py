"""Documents built by hand: words that are names."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.document import Span
from kg.extract.tokens import Tokens


def named_words(tokens: Tokens, kinds: Mapping[str, str]) -> list[Span]:
    """A span for each word that ``kinds`` has a type for."""
    return [Span(i, i, kinds[token.text], token.text) for i, token in enumerate(tokens.items) if token.text in kinds]
