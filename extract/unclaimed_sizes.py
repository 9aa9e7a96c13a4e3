"""Numbers that count parameters and that no model has: "Lyra ... a family of models of 7B parameters"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from kg.extract.cues import BETWEEN_SIZES, cue_words
from kg.extract.document import Document, Span
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.sizes import find_sizes

PREDICATE = "parameter_count"
COUNTED = "parameters"
"""The hint of a number that is said to count parameters, see ``sizes.py``."""
_LEAST = 0.1
"""How likely it must be that the model has so many."""
_SAID = 0.7
_BETWEEN, _ROW = 4, 17
"""Tokens between two sizes of a list, and of a table, at most."""
_SIGNS = frozenset(",;&/|()*`-–:")
_first = attrgetter("first")


def unclaimed_sizes(document: Document, likely: Iterable[tuple[Pair, float]], held: Sequence[Held]) -> Iterator[Held]:
    """Numbers of parameters that are ``held`` as nobody's, as those of the likeliest model of their sentence and of its list.

    Somebody has them, for the post says what they count: 11 of 15 were right on posts left out of the training. But a model of
    which the sentence tells another number has that one.
    """
    told = {pair.object for pair, predicate, _ in held if predicate == PREDICATE}
    has = {(pair.subject, document.sentence[pair.near_object.first]) for pair, predicate, _ in held if predicate == PREDICATE}
    best: dict[str, tuple[float, Pair]] = {}
    pairs = []
    for pair, probability in likely:
        here = document.sentence[pair.near_object.first]
        near = document.sentence[pair.near_subject.first] == here and (pair.subject, here) not in has
        if near and probability >= _LEAST and pair.object not in told:
            pairs.append(pair)
            if probability > best.get(pair.object, (0.0, pair))[0]:
                best[pair.object] = probability, pair
    for pair in pairs:
        if pair.near_subject.group == best[pair.object][1].near_subject.group:
            yield pair, PREDICATE, _SAID


def sizes_beside(document: Document, held: Sequence[Held]) -> Iterator[Held]:
    """Numbers that are ``held`` as nobody's beside one that a model has, in a list ("9B and 27B") or the row above or below of a
    table, as that model's, unless its name tells its size. Of six such five were right on posts left out of the training.

    >>> from kg.extract.document import Span, value_spans
    >>> from kg.extract.sizes import find_sizes
    >>> from kg.extract.tokens import Tokens
    >>> tokens = Tokens("Lyra models of 9B and 27B")
    >>> lyra, nine, more = [Span(0, 0, "Model", "Lyra"), *value_spans(tokens, find_sizes(tokens.text))]
    >>> document = Document(tokens, [lyra, nine, more])
    >>> [pair.object for pair, *_ in sizes_beside(document, [(Pair(lyra.key, nine.key, lyra, nine, []), PREDICATE, 0.9)])]
    ['size/27000000000']
    """
    owners: dict[str, list[Span]] = {}
    for pair, predicate, _ in held:
        if predicate == PREDICATE and not any(find_sizes(pair.near_subject.name)):
            owners.setdefault(pair.object, []).append(pair.near_subject)
    told = {pair.object for pair, predicate, _ in held if predicate == PREDICATE}
    sizes = [span for span in document.spans if span.type == "size"] if owners else []
    for line in (sizes, sizes[::-1]):
        for before, size in pairwise(line):
            if size.key not in told and before.key in owners and _beside(document, *sorted((before, size), key=_first)):
                told.add(size.key)
                owners[size.key] = owners[before.key]
                for owner in owners[size.key]:
                    yield Pair(owner.key, size.key, owner, size, []), PREDICATE, _SAID


def _beside(document: Document, one: Span, two: Span) -> bool:
    """Whether nothing but what joins a list stands between two numbers, or the rest of a row of a table."""
    tokens = document.tokens
    if two.first - one.last > _ROW:
        return False
    between = tokens.folded[one.last + 1 : two.first]
    rows = tokens.items[two.first].line - tokens.items[one.last].line
    listed = 0 < len(between) <= _BETWEEN and all(word in _SIGNS or word in cue_words(BETWEEN_SIZES) for word in between)
    return listed if rows == 0 else rows == 1 and "|" in between
