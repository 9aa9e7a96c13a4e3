"""Sizes of a family in a list: "Lyra comes in three sizes: 3B, 7B and 72B"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.extract.cues import SIZES, THAN, VERSUS, cue_words, load_cue
from kg.extract.document import Document, Span
from kg.extract.pair_grid import topic_entity
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.sizes import find_sizes

PREDICATE = "parameter_count"
_CUES, _OBJECTS = load_cue(SIZES), load_cue(THAN, "base")
_AHEAD = 6
"""Tokens from the word to the list at most."""
_BETWEEN = 5
"""Tokens between two sizes of it at most."""
_MANY = 100
"""Names and numbers of a sentence with which it is no list."""
_BEFORE = 4
"""Tokens before a name in which words say that it is only compared or built on."""
_SAID = 0.8


def listed_sizes(document: Document) -> list[tuple[Span, Span]]:
    """Models with their sizes: of the first one of the sentence before the list that is not only compared or built on, or else of
    the one that the post is about, unless the sentence is news of an organization. A name that tells a size has no others.

    >>> from kg.extract.document import value_spans
    >>> from kg.extract.tokens import Tokens
    >>> tokens = Tokens("Lyra comes in two sizes: 3B and 7B")
    >>> sizes = value_spans(tokens, find_sizes(tokens.text))
    >>> [size.name for _, size in listed_sizes(Document(tokens, [Span(0, 0, "Model", "Lyra"), *sizes]))]
    ['3000000000', '7000000000']
    """
    found: list[tuple[Span, Span]] = []
    if not document.type_counts["size"] or not document.type_counts["Model"]:
        return found
    topic: Span | None = None
    for place in _CUES.find(document.tokens).get(SIZES, ()):
        here = document.by_sentence.get(document.sentence[place], ())
        sizes = _list_behind(document, place, here) if len(here) <= _MANY else []
        if len(sizes) < 2:
            continue
        before = [span for span in here if span.last < place and not span.hint]
        ends = [-1, *(span.last for span in before)]
        models = [s for s, end in zip(before, ends, strict=False) if s.type == "Model" and not _is_object(document, s, end)]
        topic = topic or _topic(document)
        owner = models[0] if models else None if any(s.type in ("Model", "Organization") for s in before) else topic
        several = owner is not None and sum(model.group == owner.group for model in models) > 1
        if owner and not several and not any(find_sizes(owner.name)):
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


def _is_object(document: Document, span: Span, before: int) -> bool:
    """Whether words between another name and this one say that it is compared or built on: "Unlike A, B comes in two sizes"."""
    start = max(span.first - _BEFORE, before + 1, bisect_left(document.sentence, document.sentence[span.first]))
    return bool(_OBJECTS.find(document.tokens, start, span.first))


def _list_behind(document: Document, place: int, here: Sequence[Span]) -> list[Span]:
    """The sizes of the list that begins close behind a token."""
    words, found = document.tokens.folded, list[Span]()
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
