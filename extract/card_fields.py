"""Cards: lines of a label, a colon and a value, which tell of the model named in the first of them or in the heading above.

What a label says of the value behind it holds for names that nobody knows, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg.extract.authors import is_title
from kg.extract.cues import (
    AUTHOR_FIELD,
    BASE_FIELD,
    MAKER_FIELD,
    MODEL_FIELD,
    NAME_FIELD,
    OTHER_FIELD,
    SIZE_FIELD,
    load_phrases,
)
from kg.extract.document import MAKERS, SYSTEMS, Document, Span
from kg.extract.name_pieces import written
from kg.extract.names import Names
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.tokens import Tokens, fold

_SAID = 0.85
_OF_A_MODEL = ("parameter_count", "released_on", "developed_by")
"""What the fields of a card never tell of the base."""
_NAMED = (MODEL_FIELD, NAME_FIELD)
_MADE = (MAKER_FIELD, AUTHOR_FIELD)
_OF_MODELS = frozenset({MODEL_FIELD, BASE_FIELD, SIZE_FIELD})
"""Fields that tell that a card is one of a model: a name and a company may be anybody's."""
_LABELS = (*_NAMED, *_MADE, BASE_FIELD, SIZE_FIELD, OTHER_FIELD)
_LONGEST = 5
"""Tokens of a label, of a name behind it, and signs before either at most."""
_MARKUP = frozenset("*_`[#-•>|")
_STOPS = frozenset("*`](),;|—–")
_INSIDE = frozenset("-.")


class _Field(NamedTuple):
    cue: str
    first: int
    """First token of the value."""
    last: int
    """Last token of the name at its head."""


class _Card(NamedTuple):
    head: tuple[int, int]
    """Tokens of the line right above the fields, the second one not included."""
    fields: list[_Field]


def with_card_names(tokens: Tokens, spans: Sequence[Span], names: Names) -> Iterator[Span]:
    """The models and makers in the fields of cards, of two fields at least, that nobody found; those whose type was only guessed
    get it in place.

    >>> from kg.extract.names import load_names
    >>> text = "Model: Larkspur\\nDeveloper: Northbeam\\nParameters: 7B"
    >>> [(span.name, span.type) for span in with_card_names(Tokens(text), [], load_names())]
    [('Larkspur', 'Model'), ('Northbeam', 'Organization')]
    """
    seen = {i: span for span in spans for i in range(span.first, span.last + 1)}
    for card in _cards(tokens):
        of_model = len(card.fields) > 1 and not _OF_MODELS.isdisjoint(field.cue for field in card.fields)
        for field in card.fields:
            kind = _kind(tokens, field) if of_model else ""
            if not kind or not _is_name(tokens, field):
                continue
            span = seen.get(field.first)
            name = written(tokens, field.first, field.last)
            if span and (span.first, span.last) == (field.first, field.last):
                listed = span.type == kind or names.lookup(name) or {span.type, kind} <= {*MAKERS}
                span.type = span.type if listed else kind
            elif all(i not in seen for i in range(field.first, field.last + 1)):
                yield Span(field.first, field.last, kind, name)


def by_cards(document: Document, held: Sequence[Held]) -> Iterator[Held]:
    """What is ``held``, with the bases and makers that cards tell of their models; other fields of a card tell of the model what
    the classifiers take for something about its base.
    """
    systems = {span.first: span for span in document.spans if span.type in SYSTEMS}
    makers = {span.first: span for span in document.spans if span.type in MAKERS}
    items = document.tokens.items
    owners: dict[int, tuple[Span, str]] = {}
    told: list[Held] = []
    for card in _cards(document.tokens):
        model = _model(card, systems)
        if not model:
            continue
        base = None
        for field in card.fields:
            found, predicate = None, ""
            if field.cue == BASE_FIELD:
                base = found = systems.get(field.first)
                predicate = "based_on"
            elif field.cue in _MADE:
                found, predicate = makers.get(field.first), "developed_by"
            if found and found.key != model.key:
                told.append((Pair(model.key, found.key, model, found, []), predicate, _SAID))
        if base and base.key != model.key:
            owners |= {items[field.first].line: (model, base.key) for field in card.fields if field.cue != BASE_FIELD}
    given: set[tuple[str, str, str]] = set()
    for pair, predicate, probability in [*held, *told]:
        owner, base_key = owners.get(items[pair.near_object.first].line, (None, ""))
        if owner and base_key == pair.subject and predicate in _OF_A_MODEL:
            pair = Pair(owner.key, pair.object, owner, pair.near_object, [])
        if (pair.subject, predicate, pair.object) not in given:
            given.add((pair.subject, predicate, pair.object))
            yield pair, predicate, probability


def _model(card: _Card, systems: dict[int, Span]) -> Span | None:
    """The model of a card: the value of the first field for it, else the first system of the line above."""
    named = next((field for field in card.fields if field.cue in _NAMED), None)
    if named:
        return systems.get(named.first)
    return next((systems[i] for i in range(*card.head) if i in systems), None)


def _cards(tokens: Tokens) -> Iterator[_Card]:
    """Fields in lines that follow each other, of which a field for a model begins another card, with the line above them."""
    items, size = tokens.items, len(tokens)
    if not size:
        return
    starts = [i for i in range(size) if not i or items[i].line != items[i - 1].line]
    above, card = (0, 0), None
    for start, end in zip(starts, [*starts[1:], size], strict=True):
        field = _field(tokens, start, end)
        if card and (not field or (field.cue in _NAMED and any(f.cue == field.cue for f in card.fields))):
            yield card
            card = None
        if field:
            card = card or _Card(above, [])
            card.fields.append(field)
        above = (0, 0) if field or end - start > 2 * _LONGEST else (start, end)
    if card:
        yield card


def _field(tokens: Tokens, start: int, end: int) -> _Field | None:
    """The field that a line is."""
    texts = tokens.texts
    while start < end and texts[start] in _MARKUP:
        start += 1
    colon = next((i for i in range(start, min(end, start + 2 * _LONGEST)) if texts[i] == ":"), end)
    cue = _labels().get(tuple(word for word in tokens.folded[start:colon] if word not in "*_`"), "")
    first = colon + 1
    while first < end and texts[first] in _MARKUP:
        first += 1
    if not cue or first >= end:
        return None
    last = next((i for i in range(first, end) if texts[i] in _STOPS), end) - 1
    return _Field(cue, first, last - (last > first and texts[last] == "."))


def _kind(tokens: Tokens, field: _Field) -> str:
    """The type of the value of a field, if it tells one; an author with two names is a person."""
    if field.cue in _NAMED:
        return "Model"
    if field.cue not in _MADE:
        return ""
    titles = [is_title(tokens, i) for i in range(field.first, field.last + 1)]
    return "Person" if field.cue == AUTHOR_FIELD and len(titles) > 1 and all(titles) else "Organization"


def _is_name(tokens: Tokens, field: _Field) -> bool:
    """Whether a value is written as a name is: each word with a capital letter or a digit."""
    words = tokens.texts[field.first : field.last + 1]
    capital = words[0][0].isupper() and len(words) <= _LONGEST
    return capital and all(word in _INSIDE or not word[0].isalpha() or word[0].isupper() for word in words)


@cache
def _labels() -> dict[tuple[str, ...], str]:
    """The folded words of each label to its cue."""
    phrases = load_phrases()
    return {tuple(fold(token.text) for token in Tokens(form).items): cue for cue in _LABELS for form in phrases[cue]}
