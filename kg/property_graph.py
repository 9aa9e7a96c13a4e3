"""The store as a property graph: nodes and relationships in batches, ready for ``UNWIND $rows``.

One node per entity, post and value; one relationship per claim, from its subject to its object, and one ``MENTIONS`` from a
post to each entity it names (posts that name nothing are left out). What they carry: ``kg.property_schema``.

Claims are kept as narrow rows; the properties of a relationship, the larger part, are put together batch by batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kg.property_columns import ClaimRow, Properties, StoreColumns
from kg.property_schema import ENTITY, LITERAL, MENTIONS, POST, constraints, relationship_type
from kg.records import Asked

BATCH = 2_000


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
    there is at most one between two nodes, and it has neither id nor properties.
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
    ['Post', 'Literal', 'Benchmark']
    >>> next(batch.rows[0]["end"] for batch in graph.relationships() if batch.type == "BASED_ON")
    'model/deepseek-v3'
    """

    def __init__(self, store: Asked, *, batch: int = BATCH) -> None:
        self.store = store
        self.batch = batch
        self._columns = StoreColumns(store)

    @property
    def labels(self) -> list[str]:
        """Every label of the ontology and of the store, entities first."""
        known = set(self.store.vocabulary.types) | set(self._columns.types().values())
        return [ENTITY, *sorted(known), POST, LITERAL]

    def constraints(self) -> list[str]:
        """Statements that make ``id`` unique for each label."""
        return constraints(self.labels)

    def nodes(self) -> Iterator[NodeBatch]:
        """Posts, values, then entities by label: who sends them has posts to send while the claims are read, of which entities
        tell how sure they are."""
        posts = [(known["id"], _without(known, "id")) for known in self._columns.posts.values()]
        yield from self._node_batches(POST, sorted(posts, key=_key))
        yield from self._node_batches(LITERAL, sorted(self._columns.literals(), key=_key))
        entities = sorted(self._columns.entities(), key=lambda row: row[:2])
        for label, rows in groupby(entities, key=lambda row: row[0]):
            yield from self._node_batches(label, [(key, properties) for _, key, properties in rows], ENTITY)

    def relationships(self) -> Iterator[RelationshipBatch]:
        """Claims by predicate, then mentions."""
        claims, qualifiers = self._columns.take_claims(), self._columns.qualifiers()
        for name, iri in sorted((self._columns.predicate(iri), iri) for iri in claims):
            for (start, end), rows in groupby(claims.pop(iri), key=lambda row: row[:2]):
                for some in self._portions(list(rows)):
                    made = [_relationship(row, qualifiers.get(row.id)) for row in some]
                    yield RelationshipBatch(relationship_type(name), start, end, made)
        yield from self._mentions()

    def _node_batches(self, label: str, found: list[tuple[str, Properties]], second: str = "") -> Iterator[NodeBatch]:
        for some in self._portions(found):
            yield NodeBatch(label, [{"id": key, "properties": properties} for key, properties in some], second)

    def _mentions(self) -> Iterator[RelationshipBatch]:
        """By label and key of the entity, then by post."""
        labels, posts = self._columns.labels, self._columns.posts
        named = sorted((labels[iri], self._columns.keys[iri], iri) for iri in self._columns.named if iri in labels)
        for label, entities in groupby(named, key=lambda row: row[0]):
            rows = [
                {"id": "", "start": post, "end": key, "properties": {}}
                for _, key, iri in entities
                for post in sorted(posts[post]["id"] for post in self._columns.named[iri] if post in posts)
            ]
            for some in self._portions(rows):
                yield RelationshipBatch(MENTIONS, POST, label, some)

    def _portions(self, items: list[Any]) -> Iterator[list[Any]]:
        for i in range(0, len(items), self.batch):
            yield items[i : i + self.batch]


def _relationship(row: ClaimRow, qualifiers: Properties | None) -> dict[str, Any]:
    properties: Properties = {
        "confidence": float(row.confidence), "hedged": False, "sentence": row.sentence, "char_start": int(row.char_start),
        "char_end": int(row.char_end), **row.post,
    }  # fmt: skip
    if row.extractor:
        properties["extractor"] = row.extractor
    if qualifiers:
        properties.update(qualifiers)
    return {"id": row.id, "start": row.start, "end": row.end, "properties": properties}


def _key(row: tuple[str, Properties]) -> str:
    return row[0]


def _without(properties: Properties, name: str) -> Properties:
    return {key: value for key, value in properties.items() if key != name}
