"""Does a whole graph hold together? What can be checked without a SHACL engine, and what SHACL cannot say.

Every claim passes ``check_claim``, its quotation is the post's text from start to end, the direct triples are exactly the
facts that some claim makes without a hedge, and every entity is mentioned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from kg import terms as t
from kg.columns import all_claims, all_entities
from kg.errors import VocabularyError
from kg.model import Claim, Post, Problem
from kg.records import Graph, read_claim, str_of
from kg.validate import check_claim
from kg.vocabulary import local_name

_ONCE = (t.SUBJECT, t.PREDICATE, t.OBJECT, t.CONFIDENCE, t.SENTENCE, t.START, t.END, t.DERIVED_FROM)
"""What every claim has exactly once."""
_REBUILD = "build the graph again: kg build POSTS... -o NEW"


def check_graph(store: Graph) -> Iterator[Problem]:
    """Everything that is wrong with a graph, in the order of claims, facts, entities; nothing when it is sound.

    >>> from kg.store import Store
    >>> list(check_graph(Store.memory()))
    []
    """
    nodes = _subjects(store, t.TYPE, t.CLAIM)
    broken: set[str] = set()
    for iri, predicate, count in _miscounted(store, nodes):
        broken.add(iri)
        yield Problem(f"<{iri}>", f"has {count} of {local_name(predicate.value)}", "a claim has exactly one")
    yield from _check_claims(store, nodes, broken)
    yield from _check_facts(store)
    yield from _check_entities(store)


# ---------------------------------------------------------------- claims
def _miscounted(store: Graph, nodes: set[str]) -> list[tuple[str, ox.NamedNode, int]]:
    found = []
    for predicate in _ONCE:
        counts = Counter(str_of(quad.subject) for quad in store.graph.quads_for_pattern(None, predicate, None))
        found += [(iri, predicate, counts[iri]) for iri in nodes if counts[iri] != 1]
    return sorted(found, key=lambda one: (one[0], one[1].value))


def _check_claims(store: Graph, nodes: set[str], broken: set[str]) -> Iterator[Problem]:
    texts = {str_of(quad.subject): _text(quad) for quad in store.graph.quads_for_pattern(None, t.TEXT, None)}
    read = set()
    for iri, claim, sentence in _readable(store, nodes - broken):
        read.add(iri)
        text = texts.get(t.post_iri(claim.evidence.post, store.base).value)
        if text is None:
            yield Problem(f"<{iri}>", f"the post {claim.evidence.post} that it quotes is not in the graph", _REBUILD)
            continue
        yield from check_claim(claim, Post(claim.evidence.post, text), store.vocabulary)
        if text[claim.evidence.start : claim.evidence.end] != sentence:
            where = f"{claim.evidence.start}-{claim.evidence.end}"
            yield Problem(f"<{iri}>", f"the quotation is not the text of {claim.evidence.post} at {where}", _REBUILD)
    for iri in sorted(nodes - broken - read):
        yield Problem(f"<{iri}>", "cannot be read: subject, object or predicate is not in the graph or the ontology", _REBUILD)


def _readable(store: Graph, nodes: set[str]) -> Iterator[tuple[str, Claim, str]]:
    """IRI, claim and quotation; all at once when nothing is wrong, else one by one, without those that cannot be read."""
    try:
        said = all_claims(store, all_entities(store))
    except (KeyError, ValueError):
        for iri in sorted(nodes):
            try:
                claim = read_claim(store, iri)
            except (ValueError, VocabularyError):
                continue
            if claim is not None:
                yield iri, claim, min(_texts(store, iri, t.SENTENCE), default="")
        return
    for one in said:
        if (iri := f"{store.base}claim/{one.id}") in nodes:
            yield iri, one.claim, one.sentence


# ---------------------------------------------------------------- facts and entities
def _check_facts(store: Graph) -> Iterator[Problem]:
    predicates = [ox.NamedNode(relation.iri) for relation in store.vocabulary.relations.values()]
    triples = {str(quad.triple) for predicate in predicates for quad in store.graph.quads_for_pattern(None, predicate, None)}
    said = set(_facts(store))
    for triple in sorted(triples - said):
        yield Problem(triple, "is stated, and no claim says so without a hedge", _REBUILD)
    for triple in sorted(said - triples):
        yield Problem(triple, "is claimed without a hedge, and not stated", _REBUILD)


def _facts(store: Graph) -> Iterator[str]:
    """The triples of all claims that are not hedged."""
    hedged = _subjects(store, t.HEDGED, ox.Literal("true", datatype=t.BOOLEAN))
    parts = [{quad.subject: quad.object for quad in store.graph.quads_for_pattern(None, p, None)} for p in _ONCE[:3]]
    for node, subject in parts[0].items():
        predicate, target = parts[1].get(node), parts[2].get(node)
        if str_of(node) in hedged or target is None:
            continue
        if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode):
            yield str(ox.Triple(subject, predicate, target))


def _check_entities(store: Graph) -> Iterator[Problem]:
    kinds = [ox.NamedNode(kind.iri) for kind in store.vocabulary.types.values()]
    entities = {iri for kind in kinds for iri in _subjects(store, t.TYPE, kind)}
    named = {str_of(quad.object) for quad in store.graph.quads_for_pattern(None, t.NAMES, None)}
    for iri in sorted(entities - named):
        yield Problem(f"<{iri}>", "no post mentions this entity", _REBUILD)
    for iri in sorted(named - entities):
        yield Problem(f"<{iri}>", "a post mentions it, and it has no type of the ontology", _REBUILD)


def _subjects(store: Graph, predicate: ox.NamedNode, target: ox.NamedNode | ox.Literal) -> set[str]:
    return {str_of(quad.subject) for quad in store.graph.quads_for_pattern(None, predicate, target)}


def _texts(store: Graph, iri: str, predicate: ox.NamedNode) -> list[str]:
    return [_text(quad) for quad in store.graph.quads_for_pattern(ox.NamedNode(iri), predicate, None)]


def _text(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.Literal) else ""
