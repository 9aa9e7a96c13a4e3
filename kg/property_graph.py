"""The store as a property graph: nodes and relationships in batches, ready for ``UNWIND $rows``.

One node per entity, post and value; one relationship per claim, from its subject to its object, and one ``MENTIONS`` from a
post to each entity it names (posts that name nothing are left out). What they carry: ``kg.property_schema``.

Oxigraph joins and writes the rows, Python reads them as CSV: twice as fast as asking for terms. The queries are written so that
whole columns are joined (each in a SELECT of its own) instead of looking up one claim after the other: that is faster again.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

import pyoxigraph as ox

from kg import terms as t
from kg.property_schema import ENTITY, LITERAL, MENTIONS, POST, constraints, relationship_type
from kg.records import Asked
from kg.vocabulary import local_name

Properties: TypeAlias = dict[str, Any]
"""Strings, integers, floats, booleans and lists of strings by name; never None."""
Ends: TypeAlias = tuple[str, str, dict[str, Any]]
"""A relationship with the labels of its ends."""
BATCH = 2_000
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LARGEST = 2**63
"""Integers in Cypher have 64 bits."""


@dataclass(frozen=True, slots=True)
class NodeBatch:
    """Nodes of one label; each row is ``{"id": str, "properties": {...}}`` (the properties without the id)."""

    label: str
    rows: list[dict[str, Any]]
    second: str = ""
    """A label that they have as well: ``Entity`` for every entity, else none."""


@dataclass(frozen=True, slots=True)
class RelationshipBatch:
    """Relationships of one type between two labels; a row is ``{"id", "start", "end", "properties"}``, the ends as node ids.

    The id is a property of relationships made from claims, of which there may be several between two nodes. Of ``MENTIONS``
    there is at most one between two nodes, and it has no properties; its id names it in the store.
    """

    type: str
    start_label: str
    end_label: str
    rows: list[dict[str, Any]]


class PropertyGraph:
    """The nodes and relationships of a store, in an order that depends on its content alone.

    >>> from tests.graphs import world
    >>> graph = PropertyGraph(world())
    >>> [batch.label for batch in graph.nodes()][:3]
    ['Benchmark', 'Dataset', 'Event']
    >>> next(batch.rows[0]["end"] for batch in graph.relationships() if batch.type == "BASED_ON")
    'model/deepseek-v3'
    """

    def __init__(self, store: Asked, *, batch: int = BATCH) -> None:
        self.store = store
        self.batch = batch
        self._label_of: dict[str, str] = {}
        """Label of every entity by its IRI."""
        self._posts: dict[str, Properties] = {}
        """What is known of every post that names something, by IRI."""
        self._mentioned: list[tuple[str, str]] = []

    @property
    def labels(self) -> list[str]:
        """Every label of the ontology and of the store, entities first."""
        known = set(self.store.vocabulary.types) | set(self._types().values())
        return [ENTITY, *sorted(known), POST, LITERAL]

    def constraints(self) -> list[str]:
        """Statements that make ``id`` unique for each label."""
        return constraints(self.labels)

    def nodes(self) -> Iterator[NodeBatch]:
        """Entities by label, then posts, then values."""
        entities = self._entities()
        for label, rows in groupby(sorted(entities, key=lambda pair: (pair[0], pair[1]["id"])), key=lambda pair: pair[0]):
            yield from self._node_batches(label, [row for _, row in rows], ENTITY)
        posts = [{"id": known["id"], "properties": _without(known, "id")} for known in self._known_posts().values()]
        yield from self._node_batches(POST, sorted(posts, key=_id))
        yield from self._node_batches(LITERAL, self._literals())

    def relationships(self) -> Iterator[RelationshipBatch]:
        """Claims by predicate, then mentions."""
        claims: dict[str, list[Ends]] = {}
        for predicate, ends in self._claims():
            claims.setdefault(predicate, []).append(ends)
        for name, iri in sorted((self._predicate(iri), iri) for iri in claims):
            yield from self._relationship_batches(relationship_type(name), claims.pop(iri))
        yield from self._relationship_batches(MENTIONS, list(self._mentions()))

    # ---------------------------------------------------------------- batches
    def _node_batches(self, label: str, rows: list[dict[str, Any]], second: str = "") -> Iterator[NodeBatch]:
        for i in range(0, len(rows), self.batch):
            yield NodeBatch(label, rows[i : i + self.batch], second)

    def _relationship_batches(self, kind: str, rows: list[Ends]) -> Iterator[RelationshipBatch]:
        rows.sort(key=lambda row: (row[0], row[1], row[2]["start"], row[2]["id"]))
        for (start, end), same in groupby(rows, key=lambda row: row[:2]):
            found = [row for _, _, row in same]
            for i in range(0, len(found), self.batch):
                yield RelationshipBatch(kind, start, end, found[i : i + self.batch])

    # ---------------------------------------------------------------- what is read
    def _types(self) -> dict[str, str]:
        """Label by IRI of every class of entities, those of the store that the ontology does not have among them."""
        known = {kind.iri: name for name, kind in self.store.vocabulary.types.items()}
        found = {iri: local_name(iri) for (iri,) in self._rows("SELECT DISTINCT ?class { ?e kg:searchKey ?any ; a ?class }")}
        return found | known

    def _predicate(self, iri: str) -> str:
        """The name of a predicate: that of the ontology, else made from its IRI."""
        known = {relation.iri: name for name, relation in self.store.vocabulary.relations.items()}
        return known.get(iri) or _CAPITAL.sub("_", local_name(iri)).lower()

    def _labels_of_entities(self) -> dict[str, str]:
        if not self._label_of:
            # Of two classes the first name is taken, as everywhere.
            for iri, label in sorted(self._types().items(), key=lambda pair: pair[1], reverse=True):
                self._label_of.update({e: label for (e,) in self._rows(f"SELECT ?e {{ ?e a <{iri}> }}")})
        return self._label_of

    def _entities(self) -> Iterator[tuple[str, dict[str, Any]]]:
        aliases = self._lists("SELECT ?e ?alias { ?e skos:altLabel ?alias }")
        keys = self._lists("SELECT ?e ?key { ?e kg:searchKey ?key }")
        names = dict(self._rows("SELECT ?e ?name { ?e kg:searchKey ?any ; rdfs:label ?name }"))
        for iri, label in self._labels_of_entities().items():
            key = t.entity_key(iri, self.store.base)
            row: Properties = {"name": names.get(iri, key), "aliases": aliases.get(iri, []), "search_keys": keys.get(iri, [])}
            path = iri.removeprefix(self.store.base)
            yield label, {"id": key, "properties": row if path == key else {**row, "path": path}}

    def _known_posts(self) -> dict[str, Properties]:
        if not self._posts:
            named = {post for _, post in self._named()}
            rows = self._rows(
                "SELECT ?post ?original ?published ?channel ?url ?lang ?from { ?post kg:original ?original"
                " OPTIONAL { ?post kg:published ?published } OPTIONAL { ?post kg:channel ?channel }"
                " OPTIONAL { ?post schema:url ?url } OPTIONAL { ?post schema:inLanguage ?lang }"
                " OPTIONAL { ?post kg:forwardedFrom ?from } }"
            )
            for iri, original, published, channel, url, lang, origin in rows:
                if iri in named:
                    path = iri.removeprefix(self.store.base + "post/")
                    key = t.post_id(iri, self.store.base)
                    known = {
                        "id": key, "name": key, "original": original, "published": published, "date": published[:10],
                        "channel": channel, "url": url, "lang": lang, "forwarded_from": origin,
                        "path": "" if path == key else path,
                    }  # fmt: skip
                    self._posts[iri] = {name: value for name, value in known.items() if value}
        return self._posts

    def _literals(self) -> list[dict[str, Any]]:
        rows = self._rows("SELECT DISTINCT ?o (DATATYPE(?o) AS ?type) { ?c rdf:object ?o FILTER(isLiteral(?o)) }")
        found = {}
        for value, datatype in rows:
            name = _datatype(datatype)
            row: Properties = {"name": value, "datatype": name}
            if name == "integer" and abs(int(value)) < _LARGEST:
                row["number"] = int(value)
            found[f"{name}/{value}"] = row
        return [{"id": key, "properties": row} for key, row in sorted(found.items())]

    def _claims(self) -> Iterator[tuple[str, Ends]]:
        """Every claim with the IRI of its predicate."""
        columns = (
            ("subject", "rdf:subject"), ("object", "rdf:object"), ("post", "prov:wasDerivedFrom"),
            ("confidence", "kg:confidence"), ("sentence", "kg:sentence"), ("start", "kg:start"), ("end", "kg:end"),
        )  # fmt: skip
        joined = " ".join(f"{{ SELECT ?claim ?{name} {{ ?claim {iri} ?{name} }} }}" for name, iri in columns)
        rows = self._rows(
            "SELECT ?predicate ?claim ?subject ?object (DATATYPE(?object) AS ?type) ?post ?confidence ?sentence ?start ?end"
            f" {{ ?claim rdf:predicate ?predicate . {joined} }}"
        )
        qualifiers = self._qualifiers()
        base, labels, posts, keys = self.store.base, self._labels_of_entities(), self._post_properties(), _Keys(self.store.base)
        for predicate, iri, subject, target, datatype, post, confidence, sentence, start, end in rows:
            start_label, end_label = labels.get(subject), LITERAL if datatype else labels.get(target)
            if start_label is None or end_label is None:
                continue
            properties = {
                "confidence": float(confidence), "hedged": False, "sentence": sentence,
                "char_start": int(start), "char_end": int(end),
                **posts[post], **qualifiers.get(iri, {}),
            }  # fmt: skip
            there = f"{_datatype(datatype)}/{target}" if datatype else keys[target]
            row = {"id": iri.removeprefix(base), "start": keys[subject], "end": there, "properties": properties}
            yield predicate, (start_label, end_label, row)

    def _post_properties(self) -> dict[str, Properties]:
        """What a claim repeats of its post, by IRI: a question about claims then needs no second step."""
        names = {"id": "post", "url": "post_url", "path": "post_path"}
        kept = ("id", "url", "date", "published", "channel", "original", "path")
        found = {}
        for iri, known in self._known_posts().items():
            said = {names.get(name, name): known[name] for name in kept if name in known}
            # The time stands there only where the post has one: the index is opened sooner when less is repeated.
            found[iri] = _without(said, "published") if said.get("published") == said.get("date") else said
        return found

    def _qualifiers(self) -> dict[str, Properties]:
        """Extractor and qualifiers of claims. A number that cannot be read as one is a string with the name ``score_text``."""
        found: dict[str, Properties] = {}
        for iri, value in self._rows("SELECT ?claim ?value { ?claim kg:extractor ?value }"):
            found.setdefault(iri, {})["extractor"] = value
        for name, qualifier in sorted(self.store.vocabulary.qualifiers.items()):
            for iri, value in self._rows(f"SELECT ?claim ?value {{ ?claim <{qualifier.iri}> ?value }}"):
                found.setdefault(iri, {}).update(_qualifier(name, value, qualifier.datatype))
        return found

    def _mentions(self) -> Iterator[Ends]:
        labels, posts, keys = self._labels_of_entities(), self._known_posts(), _Keys(self.store.base)
        for entity, post in self._named():
            if entity in labels and post in posts:
                yield POST, labels[entity], {"id": "", "start": posts[post]["id"], "end": keys[entity], "properties": {}}

    def _named(self) -> list[tuple[str, str]]:
        """Entity and post of every mention, as IRIs."""
        if not self._mentioned:
            rows = self._rows(
                "SELECT ?entity ?post { { SELECT ?m ?entity { ?m kg:names ?entity } }"
                " { SELECT ?m ?post { ?m prov:wasDerivedFrom ?post } } }"
            )
            self._mentioned = [(sys.intern(entity), sys.intern(post)) for entity, post in rows]
        return self._mentioned

    def _rows(self, sparql: str) -> Iterator[list[str]]:
        """Rows of a SELECT as strings; what is not bound is empty."""
        found = self.store.query(sparql)
        assert isinstance(found, ox.QuerySolutions)
        written = found.serialize(format=ox.QueryResultsFormat.CSV) or b""
        rows = csv.reader(io.TextIOWrapper(io.BytesIO(written), "utf-8", newline=""))
        next(rows)
        return rows

    def _lists(self, sparql: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for iri, value in self._rows(sparql):
            found.setdefault(iri, []).append(value)
        return {iri: sorted(values) for iri, values in found.items()}


class _Keys(dict[str, str]):
    """Key of an entity by its IRI; each is worked out once."""

    def __init__(self, base: str) -> None:
        self.base = base

    def __missing__(self, iri: str) -> str:
        self[iri] = t.entity_key(iri, self.base)
        return self[iri]


def _datatype(iri: str) -> str:
    """The name of a datatype as the nouns have it: every precision of a date is ``date``."""
    return "date" if any(iri == date.value for date in t.DATES.values()) else local_name(iri)


def _qualifier(name: str, value: str, datatype: str) -> Properties:
    if datatype == "boolean":
        return {name: value == "true"}
    if datatype not in ("integer", "decimal"):
        return {name: value}
    if not _NUMBER.fullmatch(value) or (datatype == "integer" and "." in value):
        return {f"{name}_text": value}
    return {name: int(value) if datatype == "integer" else float(value)}


def _id(row: dict[str, Any]) -> str:
    return str(row["id"])


def _without(properties: Properties, name: str) -> Properties:
    return {key: value for key, value in properties.items() if key != name}
