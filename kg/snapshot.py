"""A graph as it is at one moment while another process goes on writing it.

Oxigraph must not read a directory that is written. Its files of data never change once they are there, so a second directory of
links to them, with copies of the few small files that do change, is the graph at one moment; reading it disturbs nobody.
"""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import time
from pathlib import Path

FOLDER = "reading"
"""Where snapshots stand in a graph directory, one folder for each: ``HOST-PROCESS-NUMBER``."""
_TRIES = 100
_PAUSE = 0.02
_number = itertools.count()


def take_snapshot(root: Path, rdf: Path) -> Path | None:
    """A directory with the database as it is now; None where none can be made (no links, nothing may be written)."""
    folder = root / FOLDER / f"{socket.gethostname()}-{os.getpid()}-{next(_number)}"
    try:
        for _ in range(_TRIES):
            folder.mkdir(parents=True)
            if _copied(rdf, folder):
                return folder
            shutil.rmtree(folder)
            time.sleep(_PAUSE)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
    return None


def drop_snapshot(folder: Path) -> None:
    """Take a snapshot away again."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep_snapshots(root: Path) -> None:
    """Take away what readers of this host have left that were killed."""
    for folder in (root / FOLDER).glob(f"{socket.gethostname()}-*"):
        process = folder.name.removeprefix(f"{socket.gethostname()}-").partition("-")[0]
        if process.isdecimal() and not _runs(int(process)):
            drop_snapshot(folder)


def _copied(rdf: Path, folder: Path) -> bool:
    """Copy, and tell whether all of it is of one moment: the list of files (MANIFEST) is the same before and after."""
    before = _listed(rdf)
    if before is None:
        return False
    current, manifest, _ = before
    (folder / "CURRENT").write_bytes(current)
    shutil.copyfile(rdf / manifest, folder / manifest)
    for file in rdf.iterdir():
        try:
            if file.suffix == ".sst":
                os.link(file, folder / file.name)
            elif file.suffix == ".log" or file.name.startswith("OPTIONS"):
                shutil.copyfile(file, folder / file.name)
        except FileNotFoundError:
            continue  # gone since: if it was wanted, the list has changed too
    return _listed(rdf) == before


def _listed(rdf: Path) -> tuple[bytes, str, int] | None:
    try:
        current = (rdf / "CURRENT").read_bytes()
        manifest = current.decode().strip()
        return current, manifest, (rdf / manifest).stat().st_size
    except FileNotFoundError:
        return None


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
