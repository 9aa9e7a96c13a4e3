"""Whether a name is the object of a verb: "Nordix released Lyra", not "Nordix released a Lyra rival"."""

from __future__ import annotations

from kg.extract.cues import APART, INDEFINITE, RIVAL, cue_words
from kg.extract.document import Document, Span

_REACH = 10
"""Tokens from the verb to the name at most."""
_CLAUSE = frozenset(".,;:!?")


def is_object(document: Document, verb: int, name: Span) -> bool:
    """Whether a name behind a verb stands in its clause and is no complement of something else, or stands in brackets."""
    tokens = document.tokens
    if name.first - verb > _REACH or document.sentence[verb] != document.sentence[name.first]:
        return False
    between = tokens.texts[verb + 1 : name.first]
    if between[-1:] == ["("]:
        return True
    if tokens.is_joined(name.last) or tokens.folded[name.first - 1] in cue_words(INDEFINITE):
        return False  # "proposes a Lyra agent"
    if not cue_words(RIVAL).isdisjoint(tokens.folded[name.first - 1 : name.first] + tokens.folded[name.last + 1 : name.last + 2]):
        return False  # "released a Lyra rival", "показал свой ответ Lyra"
    return _CLAUSE.isdisjoint(between) and cue_words(APART).isdisjoint(tokens.folded[verb + 1 : name.first])
