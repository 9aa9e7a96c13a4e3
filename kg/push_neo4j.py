"""Bringing a Bolt server up to date with the store.

What is on the server is read first and compared by id, so that only the difference is written: an interrupted push goes on where
it stopped, and pushing twice writes nothing. Nodes of ours carry ``graph: "postkg"``; relationships of ours lead from one of
them to another and have the id of a claim, or are ``MENTIONS`` of a post. Nothing else is read, changed or removed, and
properties that somebody else put on a node of ours stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, TypeAlias, TypeVar

import pyoxigraph as ox

from kg.bolt import Bolt
from kg.property_graph import NodeBatch, PropertyGraph, RelationshipBatch
from kg.property_schema import CLAIM_PROPERTIES, ENTITY, MENTIONS, NODE_PROPERTIES, POST, quoted
from kg.read_ahead import ReadAhead
from kg.store import Store

MARK = "postkg"
_REMOVED = 2_000
"""Nodes or relationships that one transaction removes."""
_WATCHED = 2_000
"""Progress is told after so many rows of what the server has."""
Batch: TypeAlias = NodeBatch | RelationshipBatch
Digests: TypeAlias = dict[Any, int]
"""Digests of properties by id."""
Own: TypeAlias = Set[str]
"""Names of properties that postkg writes."""
Item = TypeVar("Item")
Through = Callable[[Iterator[tuple[Any, ...]]], Iterator[tuple[Any, ...]]]


@dataclass(slots=True)
class Part:
    """What became of the nodes, or of the relationships."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    left: int = 0
    """On the server but not in the store, left there."""

    @property
    def done(self) -> int:
        """How many of the store are on the server as they should be."""
        return self.created + self.updated + self.unchanged


@dataclass(slots=True)
class Neo4jReport:
    """What a push did."""

    nodes: Part = field(default_factory=Part)
    relationships: Part = field(default_factory=Part)
    total: int = 0
    """About how many nodes and relationships there are to push; 0 while it is not known."""


Watch = Callable[[Neo4jReport], None]


def push(store: Store, server: Bolt, *, prune: bool = False, on_progress: Watch = lambda report: None) -> Neo4jReport:
    """Make the server's graph the property graph of the store; ``prune`` also removes what the store no longer has.

    Constraints come first, then nodes, then relationships, in batches that are each one transaction and may be sent twice.
    Raises ``ServerError``; what was written until then stays.
    """
    graph, own = PropertyGraph(store), _own(store)
    report = Neo4jReport(total=_size(store))

    def watch(rows: Iterator[Item]) -> Iterator[Item]:
        for number, row in enumerate(rows):
            if number % _WATCHED == 0:
                on_progress(report)
            yield row

    for constraint in graph.constraints():
        server.schema(constraint)
    # Relationships are read while nodes are sent: reading takes half as long as the server does.
    everything: Iterator[Batch] = chain(graph.nodes(), graph.relationships())
    with ReadAhead(everything) as batches:
        nodes = _nodes_there(server, frozenset(graph.labels) - {ENTITY}, own, watch)
        there: dict[str, Digests] | None = None
        for batch in batches:
            if isinstance(batch, NodeBatch):
                _write(server, batch, _node_statement(batch), nodes.get(batch.label, {}), report.nodes, own)
            else:
                there = _relationships_there(server, own, watch) if there is None else there
                _write(server, batch, _relationship_statement(batch), there.get(batch.type, {}), report.relationships, own)
            on_progress(report)
    relationships = _relationships_there(server, own, watch) if there is None else there
    report.nodes.left, report.relationships.left = (sum(map(len, there.values())) for there in (nodes, relationships))
    if prune:
        _prune_relationships(server, relationships, report.relationships)
        _prune_nodes(server, nodes, report.nodes)
    return report


def _write(server: Bolt, batch: Batch, statement: str, there: Digests, part: Part, own: Own) -> None:
    """Send the rows of a batch that the server does not have as they are; those it has are taken out of ``there``."""
    mentions = isinstance(batch, RelationshipBatch) and batch.type == MENTIONS
    rows = []
    for row in batch.rows:
        properties = row["properties"]
        digest = there.pop((row["start"], row["end"]) if mentions else row["id"], None)
        if digest is None:
            rows.append(row)
        elif digest == _digest(properties, own):
            part.unchanged += 1
        else:
            # What is null is taken off.
            rows.append({**row, "properties": {**dict.fromkeys(own), **properties}})
    if rows:
        counters = server.write(statement, rows, graph=MARK)
        created = counters.nodes_created + counters.relationships_created
        part.created += created
        part.updated += len(rows) - created


def _node_statement(batch: NodeBatch) -> str:
    # A node of somebody else with this id is not found with the mark, and making a second one breaks the constraint.
    labels = ":".join(quoted(label) for label in (batch.label, batch.second) if label)
    return f"UNWIND $rows AS row MERGE (n:{labels} {{id: row.id, graph: $graph}}) SET n += row.properties"


def _relationship_statement(batch: RelationshipBatch) -> str:
    start, end = quoted(batch.start_label), quoted(batch.end_label)
    ends = f"MATCH (a:{start} {{id: row.start, graph: $graph}}) MATCH (b:{end} {{id: row.end, graph: $graph}})"
    if batch.type == MENTIONS:
        return f"UNWIND $rows AS row {ends} MERGE (a)-[r:{MENTIONS}]->(b)"
    return f"UNWIND $rows AS row {ends} MERGE (a)-[r:{quoted(batch.type)} {{id: row.id}}]->(b) SET r += row.properties"


# ---------------------------------------------------------------- what the server has
def _nodes_there(server: Bolt, labels: frozenset[str], own: Own, watch: Through) -> dict[str, Digests]:
    """A digest of each node of ours, by label and id."""
    found: dict[str, Digests] = {}
    everything = "MATCH (n) WHERE n.graph = $graph RETURN labels(n), n.id, properties(n)"
    for names, node, properties in watch(server.stream(everything, graph=MARK)):
        label = next((name for name in names if name in labels), names[0] if names else "")
        found.setdefault(label, {})[node] = _digest(properties, own)
    return found


def _relationships_there(server: Bolt, own: Own, watch: Through) -> dict[str, Digests]:
    """A digest of each relationship of ours, by type and id; mentions by the ids of their ends."""
    found: dict[str, Digests] = {}
    for kind, claim, properties in watch(server.stream(f"{_CLAIMS} RETURN type(r), r.id, properties(r)", graph=MARK)):
        found.setdefault(kind, {})[claim] = _digest(properties, own)
    mentions = found.setdefault(MENTIONS, {})
    nothing = _digest({}, own)
    for post, entity in watch(server.stream(f"{_MENTIONS} RETURN p.id, e.id", graph=MARK)):
        mentions[post, entity] = nothing
    return found


_CLAIMS = "MATCH (a)-[r]->(b) WHERE a.graph = $graph AND b.graph = $graph AND r.id STARTS WITH 'claim/'"
_MENTIONS = f"MATCH (p:{POST})-[r:{MENTIONS}]->(e:{ENTITY}) WHERE p.graph = $graph AND e.graph = $graph"


def _own(store: Store) -> Own:
    """The names of all properties that postkg writes, but the id."""
    qualifiers = set(store.vocabulary.qualifiers)
    nodes = {name for known in NODE_PROPERTIES.values() for name in known}
    return (nodes | set(CLAIM_PROPERTIES) | qualifiers | {f"{name}_text" for name in qualifiers}) - {"id"}


def _digest(properties: Mapping[str, Any], own: Own) -> int:
    """The same for the same properties of ours, within one run of Python."""
    return hash(
        frozenset(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in properties.items()
            if name in own and value is not None
        )
    )


# ---------------------------------------------------------------- what the store no longer has
def _prune_relationships(server: Bolt, there: dict[str, Digests], part: Part) -> None:
    gone = {key for known in there.values() for key in known}
    if not gone:
        return
    claims = server.stream(f"{_CLAIMS} RETURN elementId(r), r.id", graph=MARK)
    mentions = server.stream(f"{_MENTIONS} RETURN elementId(r), p.id, e.id", graph=MARK)
    places = [place for place, claim in claims if claim in gone]
    places += [place for place, post, entity in mentions if (post, entity) in gone]
    for some in _portions(places):
        counters = server.write("UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row DELETE r", some)
        part.removed += counters.relationships_deleted
    part.left -= part.removed


def _prune_nodes(server: Bolt, there: dict[str, Digests], part: Part) -> None:
    """Nodes that something of somebody else is attached to stay."""
    gone = {node for known in there.values() for node in known}
    if not gone:
        return
    found = server.stream("MATCH (n) WHERE n.graph = $graph RETURN elementId(n), labels(n), n.id", graph=MARK)
    places = [place for place, names, node in found if node in gone and any(node in there.get(name, ()) for name in names)]
    statement = "UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row AND n.graph = $graph AND NOT (n)--() DELETE n"
    for some in _portions(places):
        part.removed += server.write(statement, some, graph=MARK).nodes_deleted
    part.left -= part.removed


def _portions(items: list[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while some := list(islice(rest, _REMOVED)):
        yield some


def _size(store: Store) -> int:
    """Claims, mentions, posts and entities."""
    count = "SELECT (COUNT(*) AS ?n) { VALUES ?kind { kg:Claim kg:Mention kg:Post } ?x a ?kind }"
    entities = "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x kg:searchKey ?key }"
    total = 0
    for query in (count, entities):
        rows = store.query(query)
        assert isinstance(rows, ox.QuerySolutions)
        total += sum(int(row[0].value) for row in rows if isinstance(row[0], ox.Literal))
    return total
