"""Queries that are refused before anything runs them: those that would make this machine ask other ones."""

from __future__ import annotations

import re

from kg.errors import QueryError

# SERVICE sends a part of the query to any address, so whoever may ask could ask, through us, servers that only we can reach.
# Nothing is taken out of the query before it is looked at (no strings, no comments), so nothing can hide it; variables are
# skipped, since ?service is a name. Oxigraph reads keywords without blanks around them: SERVICESILENT<http://...>.
_GAP = r"(?:\s|#[^\n\r]*)*"
_SERVICE = re.compile(rf"[?$]\w+|(SERVICE{_GAP}(?:SILENT{_GAP})?(?:<|[?$]\w|[\w.-]*:))", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")


def refuse_network(sparql: str) -> None:
    """Raises ``QueryError`` for SPARQL that would ask another server.

    >>> refuse_network("SELECT ?service { ?service rdfs:label 'customer service' }")
    >>> refuse_network("SELECT * { SERVICE <http://localhost:8080/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: SERVICE asks another server, which is not allowed here.
    Ask it there, or run the query on your own machine with: kg sparql
    """
    for text in (sparql, _ESCAPE.sub(_unescaped, sparql)):
        if any(found[1] for found in _SERVICE.finditer(text)):
            raise QueryError(
                "SERVICE asks another server, which is not allowed here.\n"
                "Ask it there, or run the query on your own machine with: kg sparql"
            )


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]
