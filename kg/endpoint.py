"""A graph on a SPARQL server, asked and changed over HTTP: what ``kg ask --endpoint`` and ``kg push sparql`` speak to.

It can be asked whatever a ``Store`` can. SPARQL 1.1 Protocol is all it needs of a server (tried with Apache Jena Fuseki and
Oxigraph). Questions go to one address and changes often to another: ``.../query`` and ``.../update``, or in RDF4J and GraphDB
``.../repositories/NAME`` and ``.../repositories/NAME/statements``; each is found from the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.errors import QueryError, ServerError
from kg.http import Connection
from kg.login import NO_LOGIN, Login
from kg.store import Result
from kg.vocabulary import BASE, PREFIXES, Vocabulary, load_vocabulary

_READS = ", ".join((
    "application/sparql-results+json", "application/n-triples;q=0.9", "application/sparql-results+xml;q=0.8", "text/turtle;q=0.7",
))  # fmt: skip
_ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
_CLAIM = re.compile(r"(.+)claim/[0-9a-f]{16}")
_PROLOGUE = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())


class Endpoint:
    """A graph behind a SPARQL endpoint; use it as a ``Store`` that is opened for reading.

    ``url`` is where questions go, ``update_url`` where changes go when that cannot be told from it. ``named_graph`` is the IRI
    of the graph on the server to use; without it the default graph.

    >>> endpoint = Endpoint("http://localhost:7878/query")
    >>> endpoint.update_url
    'http://localhost:7878/update'
    """

    def __init__(
        self, url: str, *, update_url: str = "", named_graph: str = "", login: Login = NO_LOGIN, base: str = "",
        vocabulary: Vocabulary | None = None,
    ) -> None:  # fmt: skip
        self.url, self.update_url = _addresses(url, update_url)
        self.named_graph = ox.NamedNode(named_graph) if named_graph else None
        self.vocabulary = vocabulary or load_vocabulary()
        self.graph = Patterns(self)
        self.server = Connection(login)
        if base:
            self.base = base

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self.server.close()

    @cached_property
    def base(self) -> str:
        """The base IRI of the graph there, read off one of its claims; the default one when it has none."""
        for row in self._rows("SELECT ?claim { ?claim a kg:Claim } LIMIT 1"):
            match = _CLAIM.fullmatch(_iri(row[0]))
            if match:
                return match[1]
        return BASE

    def query(self, sparql: str) -> Result:
        """Answer SPARQL, the prefixes of ``kg.vocabulary.PREFIXES`` declared.

        Raises ``QueryError`` with the server's words when it refuses the query, ``ServerError`` when there is no answer.
        """
        reply = self._ask(sparql)
        kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        try:
            if kind in _ROWS:
                return ox.parse_query_results(reply.content, format=_ROWS[kind])
            form = ox.RdfFormat.from_media_type(kind)
            if form is None or kind == "text/html":
                raise ServerError(_no_endpoint(self.url, f"it answers with {kind or 'nothing readable'}"))
            read = ox.Store()
            read.extend(ox.Quad(*quad.triple) for quad in ox.parse(reply.content, format=form))
            return read.query("CONSTRUCT WHERE { ?s ?p ?o }")
        except SyntaxError as error:
            raise ServerError(f"The answer of {self.url} cannot be read: {error}\nIs it a SPARQL 1.1 server?") from error

    def statements(self, base: str) -> Iterator[ox.Quad]:
        """Every statement whose subject's IRI begins so, as the server sends them: memory does not hold them."""
        construct = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), {ox.Literal(base)})) }}"
        reply = self._ask(construct, accept="application/n-triples", stream=True)
        yield from self.server.parsed(reply, ox.RdfFormat.N_TRIPLES)

    def update(self, sparql: str) -> None:
        """Change the graph with SPARQL Update; sent again when the connection breaks, so it must bear being done twice."""
        reply = self.server.post(self.update_url, sparql.encode(), {"Content-Type": "application/sparql-update; charset=utf-8"})
        if reply.status_code in (404, 405, 415, 501):
            raise ServerError(
                f"{self.update_url} takes no changes ({reply.status_code}): {_first_lines(reply.text)}\n"
                "Is the server read-only? If changes go to another address, name it with --update-endpoint."
            )
        if not reply.ok:
            raise ServerError(f"{self.update_url} refuses the change ({reply.status_code}): {_first_lines(reply.text)}")

    def _ask(self, sparql: str, accept: str = _READS, *, stream: bool = False) -> Any:
        form = {"query": f"{_PROLOGUE} {sparql}"}
        if self.named_graph is not None:
            form["default-graph-uri"] = self.named_graph.value
        reply = self.server.post(self.url, form, {"Accept": accept}, stream=stream)
        if reply.status_code == 400:
            raise QueryError(f"The server cannot answer this SPARQL: {_first_lines(reply.text)}")
        if not reply.ok:
            raise ServerError(_no_endpoint(self.url, f"it answers {reply.status_code} {reply.reason}"))
        return reply

    def _rows(self, sparql: str) -> Iterator[ox.QuerySolution]:
        found = self.query(sparql)
        if not isinstance(found, ox.QuerySolutions):
            raise ServerError(_no_endpoint(self.url, "it answers a SELECT with something else than rows"))
        yield from found


class Patterns:
    """The statements of an endpoint by pattern, as ``pyoxigraph.Store`` gives its own."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def quads_for_pattern(
        self, subject: ox.NamedNode | None, predicate: ox.NamedNode | None, target: ox.NamedNode | ox.Literal | None
    ) -> Iterator[ox.Quad]:
        """Statements with these parts; None stands for any."""
        given = (subject, predicate, target)
        s, p, o = (str(term) if term is not None else f"?{name}" for term, name in zip(given, "spo", strict=True))
        free = [f"?{name}" for term, name in zip(given, "spo", strict=True) if term is None]
        for row in self._endpoint._rows(f"SELECT {' '.join(free) or '(1 AS ?there)'} {{ {s} {p} {o} }}"):
            found = iter([row[i] for i in range(len(free))])
            parts: list[Any] = [next(found) if term is None else term for term in given]
            yield ox.Quad(*parts)


def _addresses(url: str, update_url: str) -> tuple[str, str]:
    """Where questions and where changes go, the second told from the first or the first from the second."""
    for address in filter(None, (url, update_url)):
        if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).netloc:
            raise QueryError(f"{address!r} is no address of a SPARQL endpoint.\nIt begins with http:// or https://")
    for asked, changed in (("/query", "/update"), ("/sparql/query", "/sparql/update")):
        if url.endswith(changed):
            url, update_url = url.removesuffix(changed) + asked, update_url or url
        elif url.endswith(asked):
            update_url = update_url or url.removesuffix(asked) + changed
    repository = re.fullmatch(r"(.+/repositories/[^/]+)(/statements)?", url)
    if repository:
        url, update_url = repository[1], update_url or repository[1] + "/statements"
    return url, update_url or url


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _first_lines(text: str) -> str:
    """What a server says, without pages of HTML or Java."""
    plain = re.sub(r"<[^<>\s][^<>]*>", " ", text) if "<html" in text.lower() else text
    return " ".join(" ".join(plain.split("\n\tat ")[0].split())[:500].split()) or "no reason given"


def _no_endpoint(url: str, what: str) -> str:
    return (
        f"There is no SPARQL endpoint at {url}: {what}.\n"
        "Such an address looks like http://localhost:3030/DATASET (Fuseki) or http://localhost:7878/query (Oxigraph)."
    )
