"""Who is said to release what, in plain words: "Nordix launched Lyra and unveiled Quill"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Set

from kg.extract.cues import ANNOUNCE, RELEASE, RELEASING, load_cue
from kg.extract.document import MADE, MAKERS, Document, Span
from kg.extract.objects import is_object

_MOST = 8
"""Names of a list of makers that are looked at."""
_VERBS = load_cue(ANNOUNCE, RELEASE, RELEASING)


def released_by(document: Document) -> Set[tuple[str, str]]:
    """The keys of products that are the objects of verbs of release, each with who stands last before the verb in its sentence,
    or in the list that ends there; other products may stand between, as in "Nordix updated Lyra and released Quill".

    >>> from kg.extract.tokens import Tokens
    >>> spans = [Span(0, 0, "Organization", "Nordix"), Span(2, 2, "Model", "Lyra"), Span(5, 5, "Model", "Quill")]
    >>> sorted(released_by(Document(Tokens("Nordix updated Lyra and released Quill"), spans)))
    [('Model/quill', 'Organization/nordix')]
    """
    verbs = sorted({i for places in _VERBS.find(document.tokens).values() for i in places})
    if not verbs:
        return frozenset()
    made, who = (list(_named(document, types)) for types in (MADE, MAKERS))
    begins, ends = [span.first for span in made], [span.last for span in who]
    found = set()
    for verb in verbs:
        first, maker = bisect_left(begins, verb + 1), bisect_left(ends, verb) - 1
        if maker < 0 or first == len(made) or document.sentence[ends[maker]] != document.sentence[verb]:
            continue
        if is_object(document, verb, made[first]):
            makers, products = _list_at(who, maker, -1, _MOST), _list_at(made, first, 1, len(made))
            found |= {(product.key, owner.key) for product in products for owner in makers}
    return found


def _named(document: Document, types: tuple[str, ...]) -> Iterator[Span]:
    """The spans of these types that are no part of others."""
    return (span for span in document.spans if span.type in types and not span.hint.startswith("nested"))


def _list_at(spans: list[Span], at: int, step: int, most: int) -> list[Span]:
    """A span and those of its list that follow it in one direction, at ``most`` so many."""
    end = at
    while abs(end - at) < most - 1 and 0 <= end + step < len(spans) and spans[end + step].group == spans[at].group:
        end += step
    return spans[min(at, end) : max(at, end) + 1]
