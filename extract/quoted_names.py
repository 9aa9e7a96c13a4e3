"""Names in quotes behind the word that says what they are: модель «Лира», the startup "Acme"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.cues import AND_OR, NOUNS, cue_words
from kg.extract.document import Span
from kg.extract.features import QUOTES
from kg.extract.tokens import Tokens

_LONGEST = 6
"""Tokens between the quotes at most."""
_AND = cue_words(AND_OR) | {","}


def quoted_names(tokens: Tokens) -> Iterator[Span]:
    """A span of the type that the word before the quotes says, for each name that begins with a capital letter.

    >>> [(span.name, span.type) for span in quoted_names(Tokens("Платформа «Нейрошлюз», фильм «Солярис»"))]
    [('Нейрошлюз', 'Software')]
    """
    texts, items = tokens.texts, tokens.items
    before, kind = -1, ""
    for i in range(1, len(texts) - 2):
        closing = QUOTES.get(texts[i]) if texts[i] != "`" and texts[i + 1][0].isupper() else None
        if not closing:
            continue
        joined = before >= 0 and i - before == 2 and texts[i - 1] in _AND
        kind = _kind(tokens.folded[i - 1]) or (kind if joined else "")
        end = next((k for k in range(i + 2, min(len(texts), i + 2 + _LONGEST)) if texts[k] == closing), -1)
        if kind and end > 0 and items[end].line == items[i - 1].line:
            before = end
            yield Span(i + 1, end - 1, kind, tokens.text[items[i + 1].start : items[end - 1].end])


def _kind(word: str) -> str:
    return next((kind for cue, kind in NOUNS.items() if word in cue_words(cue)), "")
