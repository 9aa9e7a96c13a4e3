"""Who is better, said by a sign: "A > B > C on MMLU"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.extract.document import Document, Span
from kg.extract.rivals import SAID, Rival

_MOST = 12
"""Models of a chain at most."""
_SIGNS = {(">",), (">", ">"), (">", ">", ">"), ("≫",)}


def chains(document: Document) -> Iterator[Rival]:
    """Each model of a chain is better than those behind it; none of a path through menus: "Settings > A > B".

    >>> from kg.extract.tokens import Tokens
    >>> spans = [Span(0, 0, "Model", "A"), Span(2, 2, "Model", "B")]
    >>> [(rival.better.name, rival.worse.name) for rival in chains(Document(Tokens("A > B"), spans))]
    [('A', 'B')]
    """
    if ">" not in document.tokens.texts and "≫" not in document.tokens.texts:
        return
    chain: list[Span] = []
    for span in (span for span in document.spans if span.type == "Model"):
        if chain and _greater(document, chain[-1], span):
            chain.append(span)
            continue
        yield from _rivals(document, chain)
        chain = [span]
    yield from _rivals(document, chain)


def _greater(document: Document, one: Span, two: Span) -> bool:
    """Whether nothing but the sign stands between two names of one line, with blanks around it."""
    items = document.tokens.items
    between = items[one.last + 1 : two.first]
    same = document.sentence[one.first] == document.sentence[two.first]
    return same and tuple(token.text for token in between) in _SIGNS and not between[0].glued and not items[two.first].glued


def _rivals(document: Document, chain: list[Span]) -> Iterator[Rival]:
    if not 1 < len(chain) <= _MOST:
        return
    texts = document.tokens.texts
    beside = {*texts[max(0, chain[0].first - 1) : chain[0].first], *texts[chain[-1].last + 1 : chain[-1].last + 2]}
    if ">" not in beside:
        yield from (Rival(one, two, SAID) for one, two in combinations(chain, 2))
