"""The names of a property graph: what ``kg.lookup`` needs to find an entity in any engine, as it does in the store.

An index on disk has them in a table (``kg.index_names``); a server, a graph in memory and a saved copy are asked in Cypher.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kg.engine import Engine
from kg.index_names import IndexNames
from kg.lookup import Candidate

_FOUND = "labels(n) AS labels, n.id AS id, n.name AS name, COUNT { (n)<-[:MENTIONS]-(:Post) } AS mentions"
_BY_ID = f"MATCH (n:Entity {{id: $id}}) RETURN {_FOUND}"
_BY_KEY = f"MATCH (n:Entity) WHERE $key IN n.search_keys RETURN {_FOUND} ORDER BY id"
_KEYS = "MATCH (n:Entity) RETURN n.id AS id, n.search_keys AS keys ORDER BY id"


class GraphNames:
    """The names of a graph that has no table of them, asked in Cypher; the same as ``kg.index_names.IndexNames`` gives."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def has(self, key: str) -> bool:
        """Whether there is an entity with this key."""
        return bool(self._engine.run(_BY_ID, {"id": key}).rows)

    def called(self, search_key: str) -> list[Candidate]:
        """The entities with a name or alias of this search key, by key."""
        return [_candidate(row) for row in self._engine.run(_BY_KEY, {"key": search_key}).rows]

    def candidate(self, key: str) -> Candidate:
        """The entity with this key."""
        return _candidate(self._engine.run(_BY_ID, {"id": key}).rows[0])

    def search_keys(self) -> Iterator[tuple[str, str]]:
        """Key and search key of every name in the graph."""
        for key, search_keys in self._engine.run(_KEYS).rows:
            yield from ((key, search_key) for search_key in search_keys)


class EngineDirectory:
    """The names an engine knows.

    >>> from kg.cypher_index import make_index
    >>> from kg.embedded import Embedded
    >>> from kg.lookup import find_key
    >>> from kg.property_graph import PropertyGraph
    >>> from tests.graphs import world
    >>> find_key(EngineDirectory(Embedded(make_index(PropertyGraph(world())))), "гпт-4О", "Model")
    'model/gpt-4o'
    """

    def __init__(self, engine: Engine) -> None:
        self.root: Path | None = getattr(engine, "root", None)
        self._names: IndexNames | GraphNames = getattr(engine, "names", None) or GraphNames(engine)
        self.called, self.candidate, self.search_keys = self._names.called, self._names.candidate, self._names.search_keys

    def identified(self, name: str) -> str | None:
        """The key of the entity with this key or IRI (of whatever base: the key is the end of its path)."""
        wanted = [name, name.lower()]
        if "://" in name:
            parts = unquote(name).split("/")
            wanted = ["/".join(parts[i:]) for i in range(3, len(parts) - 1)]
        return next((key for key in wanted if self._names.has(key)), None)


def _candidate(row: tuple[Any, ...]) -> Candidate:
    labels, key, name, mentions = row
    return Candidate(key, name, frozenset(labels), mentions)
