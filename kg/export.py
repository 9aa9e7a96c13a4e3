"""The graph in other formats, for other tools: RDF, GraphML, CSV, JSON Lines; and as ``rdflib.Graph``.

Every format is sorted: the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, Protocol

import pyoxigraph as ox

from kg import export_claims, export_graphml, export_jsonld, export_rdf
from kg.errors import InputError
from kg.store import Store
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import rdflib


class Writer(Protocol):
    """Writes a graph with only the claims at least so sure."""

    def __call__(self, store: Store, out: BinaryIO, *, min_confidence: float = 0.0) -> None: ...


FORMATS: dict[str, Writer] = {
    "turtle": export_rdf.write_turtle,
    "ntriples": export_rdf.write_ntriples,
    "trig": export_rdf.write_trig,
    "nquads": export_rdf.write_nquads,
    "jsonld": export_jsonld.write_jsonld,
    "graphml": export_graphml.write_graphml,
    "jsonl": export_claims.write_jsonl,
}
"""The formats that are one file, and who writes them. CSV is two: ``kg.export_csv``."""
_RDF12 = {
    "turtle": export_rdf.write_turtle,
    "ntriples": export_rdf.write_ntriples,
    "trig": export_rdf.write_trig,
    "nquads": export_rdf.write_nquads,
}


def write(store: Store, format_name: str, out: BinaryIO, *, rdf12: bool = False, min_confidence: float = 0.0) -> None:
    """Write the graph in a format of ``FORMATS``; ``rdf12`` adds ``rdf:reifies <<( s p o )>>`` for each claim.

    Claims less sure than ``min_confidence`` (0 to 1) are left out, and so are the direct triples that only they support.
    Posts, mentions and entities stay.

    Raises ``InputError`` when there is no such format, or RDF 1.2 cannot be written in it.

    >>> import io
    >>> out = io.BytesIO()
    >>> write(Store.memory(), "ntriples", out)
    >>> out.getvalue()
    b''
    """
    if rdf12:
        if format_name not in _RDF12:
            raise InputError(f"RDF 1.2 cannot be written as {format_name!r}. Formats: {', '.join(_RDF12)}.")
        _RDF12[format_name](store, out, rdf12=True, min_confidence=min_confidence)
        return
    if format_name not in FORMATS:
        raise InputError(f"No format is called {format_name!r}. Formats: {', '.join(FORMATS)}; for CSV see kg.export_csv.")
    FORMATS[format_name](store, out, min_confidence=min_confidence)


def to_rdflib(store: Store) -> rdflib.Graph:
    """A copy of the graph in the memory of rdflib, prefixes bound.

    A copy and not Oxigraph behind rdflib's interface (oxrdflib): what reads all of a graph, as pySHACL does, is some ten times
    faster on its own memory, and the copy can be changed without harm. Terms are handed over one by one, without a file.

    >>> len(to_rdflib(Store.memory()))
    0
    """
    return rdflib_graph(export_rdf.sorted_quads(store))


def rdflib_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Statements as ``rdflib.Graph``; values stay written as they are."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    known: dict[object, rdflib.URIRef | rdflib.BNode | rdflib.Literal] = {}

    def term(node: object) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
        made = known.get(node)
        if made is None:
            made = known[node] = _rdflib_term(node)
        return made

    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _rdflib_term(node: object) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    import rdflib

    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, ox.BlankNode):
        return rdflib.BNode(node.value)
    if not isinstance(node, ox.Literal):
        raise TypeError(f"rdflib has no term for {node}")
    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    plain = node.datatype.value == str(rdflib.XSD.string)
    return rdflib.Literal(node.value, datatype=None if plain else rdflib.URIRef(node.datatype.value), normalize=False)
