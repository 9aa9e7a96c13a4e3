"""The database of a graph on disk, opened."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.disk_errors import disk_errors
from kg.errors import StoreError


def open_rdf(root: Path, rdf: Path, mode: Literal["read", "write"]) -> ox.Store:
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
