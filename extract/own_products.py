"""What an organization does with products that the lists know as its own: "Nordix cuts prices for Lyra".

Whoever changes, sells or switches off a product is told with it as its maker, whatever the verb; other people's products stand
beside an organization as well, so only the lists can tell.
"""

from __future__ import annotations

from collections.abc import Set

from kg.extract.cues import AND, cue_words
from kg.extract.document import MADE, Document, Span
from kg.extract.names import Names
from kg.extract.simpler_names import Simplifier
from kg.extract.tokens import GENITIVE

_MOST = 8
"""Organizations before a product that are looked at."""


def own_products(document: Document, names: Names) -> Set[tuple[str, str]]:
    """The keys of products, each with that of its owner, if the owner stands before it in its sentence and no other product
    between; all products of a list.

    >>> from kg.extract.names import Name
    >>> from kg.extract.tokens import Tokens
    >>> names = Names([(Name("Nordix", "Organization", (), ""), []), (Name("Lyra", "Model", ("Nordix",), ""), [])])
    >>> spans = [Span(0, 0, "Organization", "Nordix"), Span(4, 4, "Model", "Lyra")]
    >>> sorted(own_products(Document(Tokens("Nordix cuts prices for Lyra"), spans), names))
    [('Model/lyra', 'Organization/nordix')]
    """
    simplifier, found = Simplifier(names), set[tuple[str, str]]()
    before: list[Span] = []
    sentence, group = -1, -1
    for span in document.spans:
        if span.hint.startswith("nested"):
            continue
        if document.sentence[span.first] != sentence:
            before, sentence, group = [], document.sentence[span.first], -1
        if span.type == "Organization":
            before, group = [span] if group >= 0 else [*before, span], -1
        elif span.type in MADE:
            if group not in (-1, span.group):
                before = []
            group = span.group
            owners = (one for one in before[-_MOST:] if not _aside(document, one, span))
            found |= {(span.key, one.key) for one in owners if simplifier.made_by_owner(span.type, span.name, one.name)}
    return found


def _aside(document: Document, owner: Span, product: Span) -> bool:
    """Whether something of the owner is spoken of ("Nordix's chief likes Lyra"), or only a comma stands between, as in a list of
    whatever is spoken of: "Nordix, Lyra and others"."""
    texts, first = document.tokens.texts, document.groups[product.group][0]
    between = texts[owner.last + 1 : min(first, owner.last + 3)]
    listed = between[:1] == [","] and set(between[1:]) <= cue_words(AND) and first == owner.last + 1 + len(between)
    return listed or any(text in GENITIVE for text in between[:1])
