"""Variants of one model in a list that names it once: "Lyra 2 mini and nano" are Lyra 2 mini and Lyra 2 nano."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.cues import AND_OR, APART, VARIANT, cue_words
from kg.extract.document import Span
from kg.extract.name_pieces import written
from kg.extract.tokens import Tokens

_SEPARATORS = cue_words(AND_OR) | {",", "&", "/"}
_BETWEEN = 2
"""Separators between two variants at most: ", and"."""


def with_variants(tokens: Tokens, spans: Sequence[Span]) -> list[Span]:
    """The spans, with the variants behind the name of a model that ends with such a word itself, each called by its full name.

    >>> [span.name for span in with_variants(Tokens("Lyra 2 mini and nano"), [Span(0, 2, "Model", "Lyra 2 mini")])]
    ['Lyra 2 mini', 'Lyra 2 nano']
    """
    covering = {i: span for span in spans for i in range(span.first, span.last + 1)}
    dropped: set[int] = set()
    more = []
    for span in spans:
        if span.type != "Model" or span.first == span.last or tokens.folded[span.last] not in cue_words(VARIANT):
            continue
        family = written(tokens, span.first, span.last)[: -len(tokens.texts[span.last])]
        at = _next(tokens, span.last)
        while at and any(letter.isdigit() for letter in family):
            found = covering.get(at)
            if found and (found.first != at or found.last != at):
                break
            dropped |= {id(found)} if found else set()
            more.append(Span(at, at, "Model", family + tokens.texts[at]))
            at = _next(tokens, at)
    return [*(span for span in spans if id(span) not in dropped), *more]


def _next(tokens: Tokens, last: int) -> int:
    """The next variant of a list, written as the one before, by itself and not of something else, as in
    "mini and large firms"; else 0."""
    items, texts, i = tokens.items, tokens.texts, last + 1
    while i < len(tokens) and i <= last + _BETWEEN and tokens.folded[i] in _SEPARATORS:
        i += 1
    if i == last + 1 or i >= len(tokens) or tokens.folded[i] not in cue_words(VARIANT) or items[i].line != items[last].line:
        return 0
    behind = i + 1 if i + 1 < len(tokens) and items[i + 1].line == items[i].line else i
    if texts[i].islower():
        alone = not texts[behind][0].isalnum() or tokens.folded[behind] in cue_words(APART) | cue_words(AND_OR)
    else:
        alone = not (texts[behind][0].isdigit() or texts[behind][0].isupper())
    return i if (alone or behind == i) and not tokens.is_joined(i) and texts[i].islower() == texts[last].islower() else 0
