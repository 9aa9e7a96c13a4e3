"""The way back: posts, entities and claims of a graph as the nouns they were made from.

Oxigraph keeps numbers and dates as values, so ``91.20`` comes back as ``91.2`` and ``+00:00`` as ``Z``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pyoxigraph as ox

from kg import terms as t
from kg.model import Claim, Entity, Evidence, Link, Literal, Post, Value
from kg.vocabulary import Vocabulary, local_name


class Patterns(Protocol):
    """Statements by pattern; None stands for any term."""

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, /) -> Iterator[ox.Quad]:
        """The statements with these parts."""
        ...


class Graph(Protocol):
    """What reading needs of a store."""

    @property
    def base(self) -> str: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def graph(self) -> Patterns: ...


class Asked(Graph, Protocol):
    """What questions need: a ``Store`` or an ``Endpoint``."""

    def query(self, sparql: str, /) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer SPARQL."""
        ...


def read_post(store: Graph, iri: str) -> Post | None:
    """The post with this IRI; None when the graph has none."""
    seen = _Statements(store.graph, iri)
    if not seen.has_type(t.POST):
        return None
    links = [Link(int(start), int(end), url) for start, end, url in (link.split(" ", 2) for link in seen.all(t.LINK))]
    return Post(
        id=t.post_id(iri, store.base),
        text=seen.one(t.TEXT),
        lang=seen.one(t.LANGUAGE),
        url=seen.one(t.URL),
        published=seen.one(t.PUBLISHED),
        channel=seen.one(t.CHANNEL),
        forwarded_from=seen.one(t.FORWARDED_FROM),
        links=tuple(sorted(links, key=lambda link: (link.start, link.end, link.url))),
    )


def read_original(store: Graph, iri: str) -> str:
    """What the post with this IRI shares with the copies of its text."""
    return _Statements(store.graph, iri).one(t.ORIGINAL)


def read_entity(store: Graph, iri: str) -> Entity | None:
    """The entity with this IRI under the names of all posts; None when no post mentions it."""
    seen = _Statements(store.graph, iri)
    types = sorted(kind.name for kind in store.vocabulary.types.values() if seen.has_type(ox.NamedNode(kind.iri)))
    label = seen.one(t.LABEL)
    if not types or not label:
        return None
    return Entity(t.entity_key(iri, store.base), types[0], label, tuple(sorted(seen.all(t.ALT_LABEL))))


def read_claim(store: Graph, iri: str) -> Claim | None:
    """The claim with this IRI; None when the graph has none."""
    found = read_claim_of(store, iri, lambda key: read_entity(store, t.entity_iri(key, store.base).value))
    return found[0] if found else None


def read_claim_of(store: Graph, iri: str, entity: Callable[[str], Entity | None]) -> tuple[Claim, str] | None:
    """The claim with this IRI and its words, its entities found by their keys; None when the graph has none."""
    seen = _Statements(store.graph, iri)
    subject = entity(t.entity_key(seen.one(t.SUBJECT), store.base)) if seen.has_type(t.CLAIM) else None
    if subject is None:
        return None
    target = seen.terms[t.OBJECT][0]
    found = _literal(target) if isinstance(target, ox.Literal) else entity(t.entity_key(_value(target), store.base))
    if found is None:
        return None
    qualifiers: dict[str, Value] = {}
    for name, qualifier in sorted(store.vocabulary.qualifiers.items()):
        values = [term for term in seen.terms.get(ox.NamedNode(qualifier.iri), []) if isinstance(term, ox.Literal)]
        if values:
            qualifiers[name] = scalar(values[0])
    claim = Claim(
        subject,
        store.vocabulary.relation_of(seen.one(t.PREDICATE)).name,
        found,
        Evidence(t.post_id(seen.one(t.DERIVED_FROM), store.base), int(seen.one(t.START)), int(seen.one(t.END))),
        qualifiers,
        float(seen.one(t.CONFIDENCE)),
        seen.one(t.EXTRACTOR),
    )
    return claim, seen.one(t.SENTENCE)


def claims_of_post(store: Graph, post: str) -> Iterator[tuple[str, Claim]]:
    """IRI and claim of everything the post with this id says, in the order of the text."""
    node = t.post_iri(post, store.base)
    yield from _sorted_claims(store, {str_of(q.subject) for q in store.graph.quads_for_pattern(None, t.DERIVED_FROM, node)})


def claims_about(store: Graph, entity: str) -> Iterator[tuple[str, Claim]]:
    """IRI and claim of everything said of the entity with this IRI, as subject or object, by post and place."""
    node = ox.NamedNode(entity)
    found = {str_of(q.subject) for p in (t.SUBJECT, t.OBJECT) for q in store.graph.quads_for_pattern(None, p, node)}
    yield from _sorted_claims(store, found)


def all_posts(store: Graph) -> Iterator[Post]:
    """Every post, by id."""
    nodes = sorted(str_of(quad.subject) for quad in store.graph.quads_for_pattern(None, t.TYPE, t.POST))
    yield from (post for iri in nodes if (post := read_post(store, iri)) is not None)


def _sorted_claims(store: Graph, nodes: set[str]) -> list[tuple[str, Claim]]:
    found = [(iri, claim) for iri in nodes if (claim := read_claim(store, iri)) is not None]
    return sorted(found, key=lambda pair: (pair[1].evidence, pair[0]))


def scalar(term: ox.Literal) -> Value:
    """A literal as a plain value: int, float, bool or str.

    >>> scalar(ox.Literal("91.2", datatype=t.DECIMAL))
    91.2
    """
    if term.datatype in (t.INTEGER, t.DECIMAL):
        # Some servers write the decimal 89 as 89.0; it is 89 everywhere.
        digits = term.value.rstrip("0").rstrip(".") if "." in term.value else term.value
        return float(digits) if "." in digits else int(digits)
    return term.value == "true" if term.datatype == t.BOOLEAN else term.value


def str_of(node: object) -> str:
    """The IRI of a subject of the graph."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _literal(term: ox.Literal) -> Literal:
    name = "date" if term.datatype in t.DATES.values() else local_name(term.datatype.value)
    return Literal(term.value, name)


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


class _Statements:
    """All statements with one subject."""

    def __init__(self, graph: Patterns, iri: str) -> None:
        self.terms: dict[ox.NamedNode, list[object]] = {}
        for quad in graph.quads_for_pattern(ox.NamedNode(iri), None, None):
            self.terms.setdefault(quad.predicate, []).append(quad.object)

    def has_type(self, cls: ox.NamedNode) -> bool:
        return cls in self.terms.get(t.TYPE, [])

    def all(self, predicate: ox.NamedNode) -> list[str]:
        return [_value(term) for term in self.terms.get(predicate, [])]

    def one(self, predicate: ox.NamedNode) -> str:
        return min(self.all(predicate), default="")
