"""What the classifiers take for a fact and what, by the way people write, is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from kg.extract.cues import PROGRAMMING, cue_words
from kg.extract.document import Document, Span, plain
from kg.extract.pairs import Pair
from kg.extract.tokens import fold

_VERSION = re.compile(r"[\s_-]*[vVrR]?\d[\w.-]*")
_SURE = 0.75
"""Of an object with a subject in its own sentence, one in another sentence must be so likely: of 78 that were not, 69 were wrong
on posts left out of the training."""
Held: TypeAlias = tuple[Pair, str, float]
"""A pair, a predicate that holds for it, and its probability."""


def implausible(document: Document, predicate: str, pair: Pair) -> bool:
    """Whether the pair cannot be a fact of this predicate."""
    if predicate == "developed_by":
        return _part_of_name(document, pair)
    return predicate == "based_on" and _no_base(pair.near_subject, pair.near_object)


def _part_of_name(document: Document, pair: Pair) -> bool:
    """Whether the owner is told by nothing but a name that cannot stand without it: DeepSeek-R1, Mistral 7B; not NVIDIA H100."""
    name, owner = pair.near_subject, pair.near_object
    if not owner.hint.startswith("nested") or not name.first <= owner.first <= name.last:
        return False
    if any(not span.hint.startswith("nested") for span in document.entities[pair.object]):
        return False
    items = document.tokens.items
    rest = document.tokens.text[items[owner.last].end : items[name.last].end]
    return owner.hint.startswith("nested joined") or bool(_VERSION.fullmatch(rest))


def _no_base(a: Span, b: Span) -> bool:
    """Whether b is what nothing is based on, a programming language, or a version of a itself: gpt-oss-20b for gpt-oss."""
    base = plain(b.name)
    return fold(b.name) in cue_words(PROGRAMMING) or (base.startswith(plain(a.name)) and base != plain(a.name))


def own_sentence_first(document: Document, held: list[Held]) -> Iterator[Held]:
    """Without those whose subject stands in another sentence than an object that has a subject in its own."""
    sentence = document.sentence
    within = [sentence[pair.near_subject.first] == sentence[pair.near_object.first] for pair, _, _ in held]
    told = {(predicate, pair.object) for (pair, predicate, _), near in zip(held, within, strict=True) if near}
    for (pair, predicate, probability), near in zip(held, within, strict=True):
        if near or probability >= _SURE or pair.near_object.type == "link" or (predicate, pair.object) not in told:
            yield pair, predicate, probability
