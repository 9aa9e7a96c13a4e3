"""One writer at a time: who holds a graph directory is written in it, so that the next one can be told whom to wait for.

The lock is the operating system's and ends with the process that holds it, however that ends; the file only says who it is.
"""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path
from typing import IO

from kg.errors import StoreError

FILE = "writer"
_PATIENCE = 1.0
"""Seconds: a reader that looks whether there is a writer holds the lock for a moment."""


class WriterLock:
    """The right to write to a graph directory, from ``acquire`` to ``release``.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     lock = WriterLock(Path(folder))
    ...     lock.acquire()
    ...     is_written(Path(folder))
    ...     lock.release()
    ...     is_written(Path(folder))
    True
    False
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Raises ``StoreError`` naming process and host of another writer, ``OSError`` when nothing can be written here."""
        file = (self._root / FILE).open("a+", encoding="utf-8")
        deadline = time.monotonic() + _PATIENCE
        while not _locked(file, exclusive=True):
            if time.monotonic() >= deadline:
                file.close()
                raise StoreError(
                    f"{self._root} is being written by another process: {_holder(self._root)}.\n"
                    "Wait until it is done, or build into another directory with -o."
                )
            time.sleep(0.05)
        self._file = file
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}))
        file.flush()

    def release(self) -> None:
        """Let others write."""
        if self._file is not None:
            self._file.close()
            self._file = None


def is_written(root: Path) -> bool:
    """Whether some process writes to this directory now."""
    try:
        with (root / FILE).open(encoding="utf-8") as file:
            return not _locked(file, exclusive=False)
    except OSError:
        return False


def _holder(root: Path) -> str:
    try:
        said = json.loads((root / FILE).read_text(encoding="utf-8"))
        return f"process {said['pid']} on {said['host']}, since {said['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "one that has just begun"


def _locked(file: IO[str], *, exclusive: bool) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows: there the database's own lock is the only one, and names nobody
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
