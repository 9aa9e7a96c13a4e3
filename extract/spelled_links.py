"""Links to code that spell the name of what they belong to, however far from it they stand: PGlite, .../electric-sql/pglite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.cues import PROGRAMMING, cue_words
from kg.extract.document import Document, plain
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.sites import code_page
from kg.extract.tokens import fold

PREDICATE = "has_code"
_SYSTEMS = ("Model", "Software", "Dataset", "Benchmark")
_SHORT = 2
"""Letters that a path may have in common with a name by chance."""
_SAID = 0.75
"""How likely it is right: 6 of 8 were on posts left out of the training."""


def spelled_links(document: Document, held: Sequence[Held]) -> Iterator[Held]:
    """Of links that are ``held`` as nobody's code those that spell one name of the post, and whose code they are."""
    told = {pair.object for pair, predicate, _ in held if predicate == PREDICATE}
    links = [(key, spans[0]) for key, spans in document.entities.items() if spans[0].type == "link" and key not in told]
    if not links:
        return
    names: dict[str, set[str]] = {}
    for key, spans in document.entities.items():
        if spans[0].type in _SYSTEMS and fold(spans[0].name) not in cue_words(PROGRAMMING):
            for span in spans:
                names.setdefault(plain(span.name), set()).add(key)
    for key, link in links:
        name = plain(code_page(link.name))
        spelled = names.get(name, set())
        if len(spelled) == 1 and len(name) > _SHORT:
            (system,) = spelled
            yield Pair(system, key, document.entities[system][0], link, []), PREDICATE, _SAID
