"""The directory of a graph, opened: its database, and what has to be let go of in the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.disk_errors import disk_errors
from kg.errors import StoreError
from kg.manifest import RDF_DIR, Manifest
from kg.snapshot import drop_snapshot, sweep_snapshots, take_snapshot
from kg.writer_lock import WriterLock, is_written


@dataclass(frozen=True, slots=True)
class GraphDirectory:
    """A graph on disk that this process reads or writes, until ``release``. ``Store.open`` is what others use."""

    root: Path
    graph: ox.Store
    base: str
    lock: WriterLock | None = None
    """Held by a writer."""
    snapshot: Path | None = None
    """What is read while another process writes."""

    @classmethod
    def to_read(cls, root: Path) -> GraphDirectory:
        """The graph as it is at this moment. Raises ``StoreError`` when there is none, or it cannot be read."""
        manifest = Manifest.read(root)
        snapshot = take_snapshot(root, root / RDF_DIR) if is_written(root) else None
        return cls(root, _open(root, snapshot or root / RDF_DIR, "read"), manifest.base, snapshot=snapshot)

    @classmethod
    def to_write(cls, root: Path, base: str) -> GraphDirectory:
        """The graph, new when there is none. Raises ``StoreError`` when another process writes to it, it has another base, or
        the disk refuses."""
        lock = WriterLock(root)
        with disk_errors(root):
            Manifest.check_place(root)
            root.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        try:
            with disk_errors(root):
                manifest = Manifest.read_or_write(root, base)
                sweep_snapshots(root)
            return cls(root, _open(root, root / RDF_DIR, "write"), manifest.base, lock)
        except BaseException:
            lock.release()
            raise

    def release(self) -> None:
        """Let others write, and take away what only this process read."""
        if self.snapshot is not None:
            drop_snapshot(self.snapshot)
        if self.lock is not None:
            self.lock.release()


def _open(root: Path, rdf: Path, mode: Literal["read", "write"]) -> ox.Store:
    """The database in ``rdf`` of the graph in ``root``.

    Raises ``StoreError`` when another program holds it, when it was never written to the end, and what ``disk_errors`` raises.
    """
    try:
        with disk_errors(root):
            return ox.Store(str(rdf)) if mode == "write" else ox.Store.read_only(str(rdf))
    except OSError as error:
        if "LOCK" in str(error):
            raise StoreError(
                f"{root} is being written by another process, which is not a kg build.\n"
                "Wait until it is done, or build into another directory with -o."
            ) from error
        raise StoreError(
            f"{root} cannot be opened: {error}\nIf it was never built to the end, build it again: kg build POSTS... -o {root}"
        ) from error
