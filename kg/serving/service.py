"""What stands behind the requests of one server: snapshots of the graph, and the processes that read them."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.part import Part
from kg.serving.limits import Limits
from kg.serving.live import Live
from kg.serving.workers import Workers

_PATIENCE = 4.0
"""So many times as long as a first picture took it is good enough."""


@dataclass(frozen=True, slots=True)
class _First:
    """A first picture: of which snapshot, as JSON, and until when it will do."""

    number: int = 0
    written: bytes = b""
    good_until: float = 0.0


class Service:
    """Answers about the graph as it is now. ``StoreError`` when there is none; close it to end the processes."""

    def __init__(self, root: Path, limits: Limits, part: Part, *, processes: int = 2, queries: str | None = None) -> None:
        self.limits, self.part, self.queries = limits, part, queries
        self.live = Live(root)
        self.workers = Workers(processes, limits, queries)
        self._first = _First()
        self._making = asyncio.Lock()

    def close(self) -> None:
        """End the processes and remove the snapshots."""
        self.workers.close()
        self.live.close()

    async def task(self, name: str, seconds: float | None = None, **arguments: Any) -> bytes:
        """What a task of ``kg.serving.tasks`` says about the graph as it is now."""
        with self.live.current() as snapshot:
            return await self.workers.run(name, snapshot.folder, seconds or self.limits.seconds, **arguments)

    async def overview(self) -> bytes:
        """The first picture, made once for each state of the graph.

        While a build goes on there is a new state every second: the former picture will do for some times as long as the new
        one would take.
        """
        async with self._making:
            with self.live.current() as snapshot:
                first = self._first
                if first.number != snapshot.number and time.monotonic() > first.good_until:
                    begun = time.monotonic()
                    made = await self.workers.run("overview", snapshot.folder, self.limits.indexing, part=asdict(self.part))
                    now = time.monotonic()
                    self._first = _First(snapshot.number, made, now + _PATIENCE * (now - begun))
                return self._first.written

    async def prepare(self) -> None:
        """Start the processes and make the first picture, before anybody asks for it."""
        self.workers.warm()
        with suppress(KGError):
            await self.overview()

    async def cypher(self, name: str, **arguments: Any) -> bytes:
        """A task that needs the index for Cypher, which is made before the time of the query begins."""
        with self.live.current() as snapshot:
            if await self.workers.run("indexed", snapshot.folder, self.limits.seconds) != b"true":
                await self.workers.run("index", snapshot.folder, self.limits.indexing)
            return await self.workers.run(name, snapshot.folder, self.limits.seconds, **arguments)
