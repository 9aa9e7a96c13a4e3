"""The graph as RDF files: Turtle, N-Triples, TriG and N-Quads.

Sorted as the lines of N-Triples are, one subject at a time, so that memory holds the subjects and not the statements.
With ``min_confidence`` the claims less sure are left out, and with them the direct triples that no claim left supports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, TypeAlias

import pyoxigraph as ox

from kg import terms as t
from kg.store import Store
from kg.vocabulary import PREFIXES, RDF

_REIFIES = ox.NamedNode(RDF + "reifies")
_TRUE = ox.Literal("true", datatype=t.BOOLEAN)
Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple
Term: TypeAlias = Node | ox.Literal


def write_turtle(store: Store, out: BinaryIO, *, rdf12: bool = False, min_confidence: float = 0.0) -> None:
    """Turtle with the prefixes of the vocabulary; ``rdf12`` says in RDF 1.2 which triple a claim is about."""
    triples = (quad.triple for quad in sorted_quads(store, rdf12=rdf12, min_confidence=min_confidence))
    ox.serialize(triples, out, ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def write_ntriples(store: Store, out: BinaryIO, *, rdf12: bool = False, min_confidence: float = 0.0) -> None:
    """N-Triples, the lines in the order of their characters."""
    triples = (quad.triple for quad in sorted_quads(store, rdf12=rdf12, min_confidence=min_confidence))
    ox.serialize(triples, out, ox.RdfFormat.N_TRIPLES)


def write_trig(store: Store, out: BinaryIO, *, rdf12: bool = False, min_confidence: float = 0.0) -> None:
    """TriG with one named graph per post, as ``quads_by_post`` makes them."""
    quads = quads_by_post(store, rdf12=rdf12, min_confidence=min_confidence)
    ox.serialize(quads, out, ox.RdfFormat.TRIG, prefixes=PREFIXES)


def write_nquads(store: Store, out: BinaryIO, *, rdf12: bool = False, min_confidence: float = 0.0) -> None:
    """N-Quads with the same named graphs as TriG."""
    ox.serialize(quads_by_post(store, rdf12=rdf12, min_confidence=min_confidence), out, ox.RdfFormat.N_QUADS)


def sorted_quads(store: Store, *, rdf12: bool = False, min_confidence: float = 0.0) -> Iterator[ox.Quad]:
    """All statements, in the order of their N-Triples lines.

    ``rdf12`` adds ``claim rdf:reifies <<( subject predicate object )>>`` for each claim, which only RDF 1.2 can write.
    """
    unsure, unsupported = _left_out(store, min_confidence)
    for subject in _subjects(store):
        if subject not in unsure:
            yield from (quad for quad in _about(store, subject, rdf12) if not unsupported or quad.triple not in unsupported)


def quads_by_post(store: Store, *, rdf12: bool = False, min_confidence: float = 0.0) -> Iterator[ox.Quad]:
    """All statements, each post's in a graph named by the post; first those of no post: what entities are called.

    A post's graph has the post, its claims and mentions, and the direct triples it supports: a triple that two posts support
    is in both graphs, and all graphs taken together are the graph as it is stored.
    """
    posts = sorted((quad.subject for quad in store.graph.quads_for_pattern(None, t.TYPE, t.POST)), key=_key)
    owned = {quad.subject for quad in store.graph.quads_for_pattern(None, t.DERIVED_FROM, None)} | set(posts)
    supported = set(_supported(store))
    unsure, unsupported = _left_out(store, min_confidence)
    for subject in _subjects(store):
        if subject not in owned:
            yield from (quad for quad in _about(store, subject, False) if quad.triple not in supported)
    for post in posts:
        yield from _graph_of(store, post, rdf12, unsure, unsupported)


def _graph_of(store: Store, post: Node, rdf12: bool, unsure: set[Node], unsupported: set[ox.Triple]) -> Iterator[ox.Quad]:
    own = {quad.subject for quad in store.graph.quads_for_pattern(None, t.DERIVED_FROM, post)} - unsure
    quads = {quad for subject in (post, *own) for quad in _about(store, subject, rdf12)}
    for claim in own:
        triple = _triple(store, claim)
        if triple is not None and triple not in unsupported and ox.Quad(*triple) in store.graph:
            quads.add(ox.Quad(*triple))
    name = post if isinstance(post, ox.NamedNode) else None
    for quad in sorted(quads, key=lambda quad: (_key(quad.subject), _key(quad.predicate), str(quad.object))):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def _left_out(store: Store, min_confidence: float) -> tuple[set[Node], set[ox.Triple]]:
    """Claims less sure than that, and the direct triples that were supported and are by no other claim.

    As in the store, a rumour supports nothing.
    """
    unsure = {
        quad.subject for quad in store.graph.quads_for_pattern(None, t.CONFIDENCE, None)
        if isinstance(quad.object, ox.Literal) and float(quad.object.value) < min_confidence
    }  # fmt: skip
    if not unsure:
        return set(), set()
    left = {quad.subject for quad in store.graph.quads_for_pattern(None, t.SUBJECT, None)} - unsure
    firm = (claim for claim in left if ox.Quad(claim, t.HEDGED, _TRUE) not in store.graph)
    return unsure, set(_triples(store, unsure)) - set(_triples(store, firm))


def _supported(store: Store) -> Iterator[ox.Triple]:
    """The direct triples that some claim of some post is about."""
    return _triples(store, (quad.subject for quad in store.graph.quads_for_pattern(None, t.SUBJECT, None)))


def _triples(store: Store, claims: Iterable[Node]) -> Iterator[ox.Triple]:
    for claim in claims:
        triple = _triple(store, claim)
        if triple is not None:
            yield triple


def _subjects(store: Store) -> list[Node]:
    found = {quad.subject for quad in store.graph.quads_for_pattern(None, None, None)}
    return sorted(found, key=_key)


def _about(store: Store, subject: Node, rdf12: bool) -> list[ox.Quad]:
    quads = list(store.graph.quads_for_pattern(subject, None, None))
    if rdf12 and ox.Quad(subject, t.TYPE, t.CLAIM) in quads:
        triple = _triple(store, subject)
        quads += [ox.Quad(subject, _REIFIES, triple)] if triple is not None else []
    return sorted(quads, key=lambda quad: (_key(quad.predicate), str(quad.object)))


def _triple(store: Store, claim: Node) -> ox.Triple | None:
    """The triple that a claim is about."""
    subject, predicate, target = (_object(store, claim, part) for part in (t.SUBJECT, t.PREDICATE, t.OBJECT))
    if isinstance(subject, ox.NamedNode | ox.BlankNode) and isinstance(predicate, ox.NamedNode) and target is not None:
        return ox.Triple(subject, predicate, target)
    return None


def _object(store: Store, subject: Node, predicate: ox.NamedNode) -> Term | None:
    return next((quad.object for quad in store.graph.quads_for_pattern(subject, predicate, None)), None)


def _key(node: object) -> str:
    # With the space that follows it on a line: "-" and "/" come before ">", so that the order of IRIs alone is another one.
    return f"{node} "
