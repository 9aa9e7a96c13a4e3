"""How much one request may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a server; the defaults suit a laptop."""

    seconds: float = 10.0
    """For a query. What is still running then is ended with its process."""
    rows: int = 1_000
    """Of an answer."""
    nodes: int = 1_000
    """Of a picture."""
    neighbours: int = 200
    """Of an entity that is expanded: of a hub those that most claims join with it."""
    body: int = 64_000
    """Bytes of a request."""
    memory: int = 2_000_000_000
    """Bytes that a process that answers may take."""
    patience: float = 20.0
    """Seconds to wait for one of the processes that answer."""
    indexing: float = 900.0
    """Seconds for what is made once for each state of the graph: the first picture, the index for Cypher."""
    cell: int = 2_000
    """Characters of a cell of an answer."""
