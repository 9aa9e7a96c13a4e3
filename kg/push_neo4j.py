"""Bringing a Bolt server up to date with the store.

What is on the server is read first and compared by id, so that only the difference is written: an interrupted push goes on where
it stopped, and pushing twice writes nothing. Nodes of ours carry ``graph: "postkg"``, relationships of ours an id made from a
claim or a mention and start at such a node; nothing else is read, changed or removed. Properties that somebody else put on a node
of ours stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import islice
from queue import Full, Queue
from threading import Event, Thread
from typing import Any, TypeAlias, TypeVar

import pyoxigraph as ox

from kg.bolt import Bolt
from kg.property_graph import NodeBatch, PropertyGraph, RelationshipBatch
from kg.property_schema import CLAIM_PROPERTIES, NODE_PROPERTIES, quoted
from kg.store import Store

MARK = "postkg"
_AHEAD = 4
"""Batches that are read from the store while the server works."""
_REMOVED = 2_000
"""Nodes or relationships that one transaction removes."""
Batch: TypeAlias = NodeBatch | RelationshipBatch
Own: TypeAlias = Set[str]
"""Names of properties that postkg writes."""
Item = TypeVar("Item")


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
    for constraint in graph.constraints():
        server.schema(constraint)
    nodes = _nodes_there(server, frozenset(graph.labels), own)
    for batch in _ahead(graph.nodes()):
        _write(server, batch, _node_statement(batch), nodes, batch.label, report.nodes, own)
        on_progress(report)
    relationships = _relationships_there(server, own)
    for joined in _ahead(graph.relationships()):
        _write(server, joined, _relationship_statement(joined), relationships, joined.type, report.relationships, own)
        on_progress(report)
    report.nodes.left, report.relationships.left = (sum(map(len, there.values())) for there in (nodes, relationships))
    if prune:
        _prune_relationships(server, relationships, report.relationships)
        _prune_nodes(server, nodes, report.nodes)
    return report


def _write(server: Bolt, batch: Batch, statement: str, there: dict[str, dict[str, int]], kind: str, part: Part, own: Own) -> None:
    """Send the rows of a batch that the server does not have as they are."""
    known = there.get(kind, {})
    rows = []
    for row in batch.rows:
        properties = row["properties"]
        digest = known.pop(row["id"], None)
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
    return f"UNWIND $rows AS row MERGE (n:{quoted(batch.label)} {{id: row.id, graph: $graph}}) SET n += row.properties"


def _relationship_statement(batch: RelationshipBatch) -> str:
    return (
        "UNWIND $rows AS row "
        f"MATCH (a:{quoted(batch.start_label)} {{id: row.start}}) MATCH (b:{quoted(batch.end_label)} {{id: row.end}}) "
        f"MERGE (a)-[r:{quoted(batch.type)} {{id: row.id}}]->(b) SET r += row.properties"
    )


# ---------------------------------------------------------------- what the server has
def _nodes_there(server: Bolt, labels: frozenset[str], own: Own) -> dict[str, dict[str, int]]:
    """A digest of each node of ours, by label and id."""
    found: dict[str, dict[str, int]] = {}
    for names, node, properties in server.stream(
        "MATCH (n) WHERE n.graph = $graph RETURN labels(n), n.id, properties(n)", graph=MARK
    ):
        label = next((name for name in names if name in labels), names[0] if names else "")
        found.setdefault(label, {})[node] = _digest(properties, own)
    return found


def _relationships_there(server: Bolt, own: Own) -> dict[str, dict[str, int]]:
    """A digest of each relationship of ours, by type and id."""
    found: dict[str, dict[str, int]] = {}
    for kind, claim, properties in server.stream(f"{_OUR_RELATIONSHIPS} RETURN type(r), r.id, properties(r)", graph=MARK):
        found.setdefault(kind, {})[claim] = _digest(properties, own)
    return found


_OUR_RELATIONSHIPS = "MATCH (n)-[r]->() WHERE n.graph = $graph AND (r.id STARTS WITH 'claim/' OR r.id STARTS WITH 'mention/')"


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
def _prune_relationships(server: Bolt, there: dict[str, dict[str, int]], part: Part) -> None:
    gone = {claim for known in there.values() for claim in known}
    if not gone:
        return
    found = server.stream(f"{_OUR_RELATIONSHIPS} RETURN elementId(r), r.id", graph=MARK)
    places = [place for place, claim in found if claim in gone]
    for some in _portions(places):
        counters = server.write("UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row DELETE r", some)
        part.removed += counters.relationships_deleted
    part.left -= part.removed


def _prune_nodes(server: Bolt, there: dict[str, dict[str, int]], part: Part) -> None:
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


# ---------------------------------------------------------------- reading while the server works
def _ahead(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, read by a thread that is a few of them ahead."""
    waiting: Queue[tuple[Item | None, BaseException | None]] = Queue(_AHEAD)
    stopped = Event()

    def offer(item: Item | None, error: BaseException | None = None) -> None:
        while not stopped.is_set():
            try:
                return waiting.put((item, error), timeout=0.2)
            except Full:
                continue

    def read() -> None:
        try:
            for item in items:
                offer(item)
                if stopped.is_set():
                    return
            offer(None)
        except BaseException as error:  # raised where the items are used
            offer(None, error)

    reader = Thread(target=read, daemon=True)
    reader.start()
    try:
        while True:
            item, error = waiting.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item
    finally:
        stopped.set()
        reader.join()


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
