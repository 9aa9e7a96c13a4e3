"""The ontology as Python: which types and predicates there are and who may relate to whom.

Everything that needs the vocabulary asks here; ``schemas/ontology.ttl`` is the only place where it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from kg.errors import VocabularyError

NS = "https://postkg.example/ns#"
"""Namespace of the vocabulary. ``.example`` belongs to nobody (RFC 2606)."""
BASE = "https://postkg.example/"
"""Default base of the identifiers of entities, posts and claims."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"

PREFIXES = {"kg": NS, "rdf": RDF, "rdfs": RDFS, "xsd": XSD, "skos": SKOS, "prov": PROV, "schema": SCHEMA}


@dataclass(frozen=True, slots=True)
class EntityType:
    """A class of the ontology."""

    name: str
    iri: str
    labels: dict[str, str]
    comment: str
    color: str
    drawn_as: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A predicate: which types it joins, what may qualify it."""

    name: str
    iri: str
    domain: frozenset[str]
    range: frozenset[str]
    """Entity types, or XSD names (``integer``, ``date``, ``anyURI``) when the object is a value."""
    to_value: bool
    qualifiers: frozenset[str]
    labels: dict[str, str]
    comment: str


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What may be said about a claim, and the XSD name of its values."""

    name: str
    iri: str
    datatype: str
    one_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All types, predicates and qualifiers by name.

    >>> v = load_vocabulary()
    >>> sorted(v.relation("runs_on").domain)
    ['Model', 'Software']
    >>> v.types["Model"].labels["ru"]
    'Модель'
    """

    types: dict[str, EntityType]
    relations: dict[str, Relation]
    qualifiers: dict[str, Qualifier]

    def relation(self, name: str) -> Relation:
        """The predicate of this name; ``VocabularyError`` lists the known ones when there is none."""
        try:
            return self.relations[name]
        except KeyError:
            known = ", ".join(sorted(self.relations))
            raise VocabularyError(f"No predicate is called {name!r}. Known: {known}.") from None

    def relation_of(self, iri: str) -> Relation:
        """The predicate with this IRI."""
        for relation in self.relations.values():
            if relation.iri == iri:
                return relation
        raise VocabularyError(f"No predicate has the IRI {iri}.")


def load_vocabulary(extensions: Iterable[str | Path] = ()) -> Vocabulary:
    """Read the ontology, and the user's own Turtle files after it.

    Raises ``VocabularyError`` naming the file (and line) when one is not Turtle.
    """
    return _load(tuple(str(path) for path in extensions))


@cache
def _load(extensions: tuple[str, ...]) -> Vocabulary:
    graph = ox.Store()
    for path in (str(files("kg") / "schemas" / "ontology.ttl"), *extensions):
        try:
            graph.load(path=path, format=ox.RdfFormat.TURTLE)
        except (SyntaxError, OSError) as error:
            raise VocabularyError(
                f"{path}: {error}\nThe vocabulary must be Turtle, in the manner of schemas/ontology.ttl."
            ) from error
    read = _Reader(graph)
    types = [read.entity_type(iri) for iri in read.instances(OWL + "Class") if read.has(iri, RDFS + "subClassOf", NS + "Entity")]
    relations = [read.relation(iri) for iri in read.instances(NS + "Relation")]
    qualifiers = [read.qualifier(iri) for iri in read.instances(NS + "Qualifier")]
    return Vocabulary({t.name: t for t in types}, {r.name: r for r in relations}, {q.name: q for q in qualifiers})


class _Reader:
    """Reads one term at a time out of the loaded Turtle."""

    def __init__(self, graph: ox.Store) -> None:
        self.graph = graph

    def instances(self, cls: str) -> list[str]:
        quads = self.graph.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(cls))
        return sorted(q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))

    def has(self, iri: str, predicate: str, value: str) -> bool:
        return (
            next(self.graph.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), ox.NamedNode(value)), None) is not None
        )

    def values(self, iri: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
        quads = self.graph.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None)
        return [q.object for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal)]

    def names(self, iri: str, predicate: str) -> frozenset[str]:
        return frozenset(local_name(value.value) for value in self.values(iri, predicate))

    def first(self, iri: str, predicate: str, default: str) -> str:
        return min((value.value for value in self.values(iri, predicate)), default=default)

    def by_language(self, iri: str, predicate: str) -> dict[str, str]:
        literals = (v for v in self.values(iri, predicate) if isinstance(v, ox.Literal))
        return dict(sorted((v.language or "en", v.value) for v in literals))

    def entity_type(self, iri: str) -> EntityType:
        return EntityType(
            local_name(iri), iri, self.by_language(iri, RDFS + "label"), self.by_language(iri, RDFS + "comment").get("en", ""),
            self.first(iri, NS + "color", "#888888"), self.first(iri, NS + "drawnAs", "dot"),
        )  # fmt: skip

    def relation(self, iri: str) -> Relation:
        return Relation(
            self.first(iri, NS + "name", local_name(iri)), iri,
            self.names(iri, SCHEMA + "domainIncludes"), self.names(iri, SCHEMA + "rangeIncludes"),
            not self.has(iri, RDF + "type", OWL + "ObjectProperty"),
            self.names(iri, NS + "qualifiedBy") | {"hedged"},
            self.by_language(iri, RDFS + "label"), self.by_language(iri, RDFS + "comment").get("en", ""),
        )  # fmt: skip

    def qualifier(self, iri: str) -> Qualifier:
        return Qualifier(
            self.first(iri, NS + "name", local_name(iri)), iri, local_name(self.first(iri, SCHEMA + "rangeIncludes", "string")),
            frozenset(value.value for value in self.values(iri, NS + "oneOf")),
        )  # fmt: skip


def local_name(iri: str) -> str:
    """What stands after the last ``#`` or ``/``."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]
