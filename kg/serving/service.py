"""What stands behind the requests of one server: snapshots of the graph, and the processes that read them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.part import Part
from kg.serving.limits import Limits
from kg.serving.live import Live
from kg.serving.workers import Workers


class Service:
    """Answers about the graph as it is now. ``StoreError`` when there is none; close it to end the processes."""

    def __init__(self, root: Path, limits: Limits, part: Part, *, processes: int = 2, queries: str | None = None) -> None:
        self.limits, self.part, self.queries = limits, part, queries
        self.live = Live(root)
        self.workers = Workers(processes, limits, queries)
        self._first: tuple[int, bytes] = (0, b"")

    def close(self) -> None:
        """End the processes and remove the snapshots."""
        self.workers.close()
        self.live.close()

    async def task(self, name: str, seconds: float | None = None, **arguments: Any) -> bytes:
        """What a task of ``kg.serving.tasks`` says about the graph as it is now."""
        with self.live.current() as snapshot:
            return await self.workers.run(name, snapshot.folder, seconds or self.limits.seconds, **arguments)

    async def overview(self) -> bytes:
        """The first picture, made once for each state of the graph."""
        with self.live.current() as snapshot:
            number, made = self._first
            if number != snapshot.number:
                made = await self.workers.run("overview", snapshot.folder, self.limits.indexing, part=asdict(self.part))
                self._first = (snapshot.number, made)
            return made

    async def cypher(self, name: str, **arguments: Any) -> bytes:
        """A task that needs the index for Cypher, which is made before the time of the query begins."""
        with self.live.current() as snapshot:
            if await self.workers.run("indexed", snapshot.folder, self.limits.seconds) != b"true":
                await self.workers.run("index", snapshot.folder, self.limits.indexing)
            return await self.workers.run(name, snapshot.folder, self.limits.seconds, **arguments)
