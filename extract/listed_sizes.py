"""Sizes of a family in a list: "Lyra comes in three sizes: 3B, 7B and 72B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.cues import SIZES, VERSUS, cue_words, load_cue
from kg.extract.document import Document, Span
from kg.extract.pair_grid import topic_entity
from kg.extract.pairs import Pair
from kg.extract.precedence import Held

PREDICATE = "parameter_count"
_CUES = load_cue(SIZES)
_AHEAD = 6
"""Tokens from the word to the list at most."""
_BETWEEN = 5
"""Tokens between two sizes of it at most."""
_MANY = 100
"""Names and numbers of a sentence with which it is no list."""
_SAID = 0.8


def listed_sizes(document: Document) -> list[tuple[Span, Span]]:
    """Models with their sizes: of the first model of the sentence before the list, or else of the one that the post is about,
    unless the sentence is news of an organization."""
    found: list[tuple[Span, Span]] = []
    if not document.type_counts["size"] or not document.type_counts["Model"]:
        return found
    for place in _CUES.find(document.tokens).get(SIZES, ()):
        here = document.by_sentence.get(document.sentence[place], ())
        sizes = _list_behind(document, place, here)
        models = [span for span in here if span.type == "Model" and not span.hint and span.last < place]
        news = any(span.type == "Organization" and span.last < place for span in here)
        owner = models[0] if models else None if news else _topic(document)
        if len(sizes) > 1 and owner:
            found += [(owner, size) for size in sizes]
    return found


def with_listed_sizes(document: Document, held: Sequence[Held]) -> Iterator[Held]:
    """What is held, with the sizes that lists give; nobody else has those."""
    given = listed_sizes(document)
    taken = {(size.first, size.key) for _, size in given}
    for pair, predicate, probability in held:
        if predicate != PREDICATE or (pair.near_object.first, pair.object) not in taken:
            yield pair, predicate, probability
    for owner, size in given:
        yield Pair(owner.key, size.key, owner, size, []), PREDICATE, _SAID


def _list_behind(document: Document, place: int, here: Sequence[Span]) -> list[Span]:
    """The sizes of the list that begins close behind a token."""
    words = document.tokens.folded
    found: list[Span] = []
    if len(here) > _MANY:
        return found
    for span in here:
        if span.first <= place:
            continue
        before = found[-1].last if found else place
        if span.type != "size" or span.first - before > (_BETWEEN if found else _AHEAD):
            break
        if not cue_words(VERSUS).isdisjoint(words[before + 1 : span.first]):
            return []
        found.append(span)
    return found


def _topic(document: Document) -> Span | None:
    topic = list(document.entities.values())[topic_entity(document)][0]
    return topic if topic.type == "Model" else None
