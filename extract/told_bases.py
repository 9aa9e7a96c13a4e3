"""What a thing is built on, where its base is named first: "Lyra powers Quill", "We distilled Lyra into Quill"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from kg.extract.cues import ARTICLE, GIVES, POWERS, REWORK, UNDER_HOOD, cue_words, kind_words, load_cue, load_phrases
from kg.extract.document import SYSTEMS, Document, Span
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.tokens import Tokens

PREDICATE = "based_on"
_SAID = 0.8
"""How likely what is said so is right."""
_REACH = 8
"""Tokens between the two names at most."""
_BEFORE = 3
"""Tokens from "fine-tuned" to the base at most."""
_DASHES = frozenset("—–-")
_REWORK = load_cue(REWORK)


def with_told_bases(document: Document, held: Sequence[Held]) -> list[Held]:
    """The claims, with the bases told so and without the same the other way round."""
    told: dict[tuple[str, str], tuple[Span, Span]] = {}
    systems = [span for span in document.spans if span.type in SYSTEMS and not span.hint.startswith("nested")]
    for one, two in pairwise(systems):
        for made, base in _told(document, one, two):
            if made.key != base.key:
                told.setdefault((made.key, base.key), (made, base))
    if not told:
        return list(held)
    known = {(pair.subject, pair.object) for pair, predicate, _ in held if predicate == PREDICATE}
    kept = [item for item in held if item[1] != PREDICATE or (item[0].object, item[0].subject) not in told]
    more = [names for names in told if names not in known]
    return [*kept, *((Pair(*names, *told[names], []), PREDICATE, _SAID) for names in more)]


def _told(document: Document, one: Span, two: Span) -> list[tuple[Span, Span]]:
    """What is made and its base, of two neighbours."""
    start, end = one.last + 1, two.first
    if not 0 < end - start <= _REACH or document.sentence[one.first] != document.sentence[two.first]:
        return []
    tokens, folded = document.tokens, document.tokens.folded
    before = max(0, one.first - _BEFORE)
    if not cue_words("no").isdisjoint(folded[before:end]):
        return []
    said = start + (folded[start] in kind_words())  # "the Lyra model powers Quill"
    if _is(tokens, POWERS, said, end):
        return [(two, one)]
    if (
        end - start == 1
        and folded[start] in _DASHES
        and any(_is(tokens, UNDER_HOOD, i, one.first) for i in range(before, one.first))
    ):
        return [(one, two)]
    reworked = bool(_REWORK.find(tokens, before, one.first))
    if reworked and any(_is(tokens, GIVES, i, end) for i in range(max(start, end - 3), end)):
        return [(two, one)]
    return []


def _is(tokens: Tokens, cue: str, start: int, end: int) -> bool:
    """Is a phrase of the cue all that stands there, an article behind it aside?"""
    folded = tokens.folded
    while end > start and folded[end - 1] in cue_words(ARTICLE):
        end -= 1
    return " ".join(folded[start:end]) in _phrases(cue)


@cache
def _phrases(cue: str) -> frozenset[str]:
    return frozenset(" ".join(Tokens(form).folded) for form in load_phrases()[cue])
