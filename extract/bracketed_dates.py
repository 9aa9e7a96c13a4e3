"""When something came out, in brackets behind its name with who made it: "Lyra (Nordix, 2023)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.dates import find_dates
from kg.extract.document import MADE, Document, Span, plain
from kg.extract.pairs import Pair
from kg.extract.precedence import Held

PREDICATE = "released_on"
_SAID = 0.8
_LONGEST = 5
"""Tokens of a date, and what a year may be followed by, at most."""
_YEARS = frozenset({"г", "г.", "год"})


def bracketed_dates(document: Document, held: Sequence[Held]) -> Iterator[Held]:
    """Dates behind an organization and a comma, with nothing more in the brackets, that are not ``held`` as those of the name
    before. Persons in that place have written a paper.

    >>> from kg.extract.tokens import Tokens
    >>> spans = [Span(0, 0, "Model", "Lyra"), Span(2, 2, "Organization", "Nordix")]
    >>> [pair.near_object.name for pair, *_ in bracketed_dates(Document(Tokens("Lyra (Nordix, 2023)"), spans), [])]
    ['2023']
    """
    texts = document.tokens.texts
    told = {(pair.subject, pair.object) for pair, predicate, _ in held if predicate == PREDICATE}
    made = {span.last: span for span in document.spans if span.type in MADE and not span.hint.startswith("nested")}
    for maker in document.spans:
        name = made.get(maker.first - 2)
        if maker.type != "Organization" or not name or texts[maker.first - 1] != "(":
            continue
        date = _date(document, maker.last + 1)
        if date and (name.key, date.key) not in told:
            told.add((name.key, date.key))
            yield Pair(name.key, date.key, name, date, []), PREDICATE, _SAID


def _date(document: Document, comma: int) -> Span | None:
    """The date between a comma and the end of the brackets."""
    tokens, first = document.tokens, comma + 1
    last = next((i for i in range(first, min(len(tokens), first + _LONGEST)) if tokens.texts[i + 1 : i + 2] == [")"]), -1)
    if last < 0 or tokens.texts[comma] != ",":
        return None
    text = tokens.text[tokens.items[first].start : tokens.items[last].end]
    found = next(find_dates(text), None)
    if not found or found.start or text[found.end :].strip() not in {"", *_YEARS}:
        return None
    return Span(first, last, "date", found.value, key=f"date/{plain(found.value)}")
