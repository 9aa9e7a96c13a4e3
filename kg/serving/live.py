"""A graph that may be written while it is read: what is read is a snapshot, taken again when the graph has changed.

RocksDB never changes a file of statements (``.sst``) once it is there, so a snapshot is a folder of hard links to them and
copies of the few small files that grow: it costs milliseconds, no lock, and a build that merges files in the meantime takes
nothing away from readers. In the folder the logs are copied first, then the list of files, then the files on it: whatever the
writer does in between, the result is the graph as it was at some moment, or a file is missing and it is tried again.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.cypher_index import DIRECTORY
from kg.errors import StoreError
from kg.manifest import FILE, RDF_DIR, Manifest

FOLDER = "serving"
"""Where snapshots are kept: in the graph's directory, since hard links do not leave their file system."""
_PAUSE = 1.0
"""Seconds for which a snapshot is taken as new, whatever a build does."""
_TRIES = 20
State = tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class Snapshot:
    """A graph directory that does not change."""

    folder: Path
    number: int
    users: int = 0


class Live:
    """The present state of a graph directory, as snapshots.

    ``StoreError`` when there is no graph. Close it to remove the snapshots.
    """

    def __init__(self, root: Path) -> None:
        Manifest.read(root)
        self.root = root
        self._folder = _own_folder(root)
        self._lock = threading.Lock()
        self._snapshots: list[Snapshot] = []
        self._state: State | None = None
        self._taken = 0.0
        self._number = 0

    @contextmanager
    def current(self) -> Iterator[Snapshot]:
        """The snapshot of now (at most a second old); it stays until the block ends."""
        with self._lock:
            snapshot = self._newest()
            snapshot.users += 1
        try:
            yield snapshot
        finally:
            with self._lock:
                snapshot.users -= 1
                self._remove_old()

    def close(self) -> None:
        """Remove all snapshots."""
        shutil.rmtree(self._folder, ignore_errors=True)
        with suppress(OSError):
            self._folder.parent.rmdir()

    def _newest(self) -> Snapshot:
        if self._snapshots and time.monotonic() - self._taken < _PAUSE:
            return self._snapshots[-1]
        state = _state(self.root)
        if not self._snapshots or state != self._state:
            self._snapshots.append(self._take())
            self._state = state
        self._taken = time.monotonic()
        return self._snapshots[-1]

    def _take(self) -> Snapshot:
        problem: Exception | None = None
        for attempt in range(_TRIES):
            self._number += 1
            folder = self._folder / str(self._number)
            try:
                _copy(self.root, folder)
                ox.Store.read_only(str(folder / RDF_DIR))
                return Snapshot(folder, self._number)
            except (OSError, RuntimeError) as error:
                problem = error
                shutil.rmtree(folder, ignore_errors=True)
                time.sleep(0.01 * 2 ** min(attempt, 5))
        raise StoreError(
            f"{self.root} cannot be read: {problem}\n"
            f"If it was never built to the end, build it again: kg build POSTS... -o {self.root}"
        ) from problem

    def _remove_old(self) -> None:
        for old in [snapshot for snapshot in self._snapshots[:-1] if not snapshot.users]:
            shutil.rmtree(old.folder, ignore_errors=True)
            self._snapshots.remove(old)


def _state(root: Path) -> State:
    found = []
    for path in (root / RDF_DIR).iterdir():
        if path.suffix in (".sst", ".log") or path.name.startswith("MANIFEST"):
            # A file may be gone between the listing and the look at it.
            with suppress(FileNotFoundError):
                stat = path.stat()
                found.append((path.name, stat.st_size, stat.st_mtime_ns))
    return tuple(sorted(found))


def _copy(root: Path, folder: Path) -> None:
    source, target = root / RDF_DIR, folder / RDF_DIR
    target.mkdir(parents=True)
    shutil.copy2(root / FILE, folder / FILE)
    for log in source.glob("*.log"):
        with suppress(FileNotFoundError):
            shutil.copy2(log, target / log.name)
    current = (source / "CURRENT").read_text()
    shutil.copy2(source / current.strip(), target / current.strip())
    (target / "CURRENT").write_text(current)
    for path in source.iterdir():
        if path.suffix == ".sst":
            with suppress(FileNotFoundError):
                _link(path, target / path.name)
        elif path.name.startswith("OPTIONS"):
            with suppress(FileNotFoundError):
                shutil.copy2(path, target / path.name)
    # The index for Cypher is named after the state of the graph, so both can use the same ones.
    (root / DIRECTORY).mkdir(exist_ok=True)
    with suppress(OSError):
        (folder / DIRECTORY).symlink_to((root / DIRECTORY).resolve(), target_is_directory=True)


def _link(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(path, target)


def _own_folder(root: Path) -> Path:
    """A folder of this process in the graph's directory, or, when nothing can be written there, where temporary files are."""
    try:
        (root / FOLDER).mkdir(exist_ok=True)
        for old in (root / FOLDER).iterdir():
            if not _alive(old.name):
                shutil.rmtree(old, ignore_errors=True)
        own = root / FOLDER / str(os.getpid())
        shutil.rmtree(own, ignore_errors=True)
        own.mkdir()
        return own
    except OSError:
        return Path(tempfile.mkdtemp(prefix="kg-serving-"))


def _alive(name: str) -> bool:
    """Whether a process with this number runs; on Windows asking would end it, so there all count as running."""
    if not name.isdecimal() or sys.platform == "win32":
        return sys.platform == "win32"
    try:
        os.kill(int(name), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
