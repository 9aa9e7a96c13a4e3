"""The embedded index: the property graph of a store in a directory beside it, made again when the store has changed.

The directory is named after the state of the store: ``cypher/3f2a....kgl``. It is there or it is not, so a rebuild that is
killed leaves the old one as it was, and two processes that build at once do each other no harm. It is kglite's form for disks:
opened by mapping it into memory, so that a command waits for what its question reads and not for the whole graph. The names of
the entities stand beside it in a table of their own (``kg.index_names``).
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.index_names import FILE, write_names
from kg.manifest import RDF_DIR

if TYPE_CHECKING:
    import kglite

    from kg.property_graph import PropertyGraph

FORMAT = 6
"""Raised whenever nodes or relationships are made otherwise, so that older indexes are built again."""
DIRECTORY = "cypher"
_DATA = (".sst", ".log")
"""Files of RocksDB that hold statements; its other files change when it is only read."""
_ABANDONED = 3600
"""Seconds after which a half-written index is one of a build that was killed."""
_NAMED = """MATCH (n:Entity)
RETURN n.id, [label IN labels(n) WHERE label <> 'Entity'][0], n.name, COUNT { (n)<-[:MENTIONS]-(:Post) }, n.search_keys"""
Progress = Callable[[int], None]
"""Called with the number of nodes and relationships written so far."""


def index_path(root: Path) -> Path:
    """Where the index of this state of the graph belongs, whether it is there or not."""
    files = sorted((root / RDF_DIR).glob("*"))
    state = [
        [path.name, stat.st_size, stat.st_mtime_ns]
        for path in files
        if path.suffix in _DATA
        for stat in (path.stat(),)
        if stat.st_size
    ]
    written = json.dumps([FORMAT, version("kglite"), state])
    return root / DIRECTORY / f"{sha256(written.encode()).hexdigest()[:16]}.kgl"


def write_index(graph: PropertyGraph, path: Path, progress: Progress | None = None) -> None:
    """Build the index and put it in its place in one step; indexes of older states are removed."""
    made = make_index(graph, progress)
    path.parent.mkdir(exist_ok=True)
    partial = path.with_name(f"{path.stem}.{os.getpid()}.partial")
    try:
        made.enable_disk_mode(str(partial))
        named = [tuple(row.values()) for row in cast("kglite.ResultView", made.cypher(_NAMED))]
        del made
        write_names(named, partial / FILE)
        try:
            partial.rename(path)
        except OSError:
            # Where another process was faster, its index is as good as ours.
            if not path.exists():
                raise
    finally:
        remove_index(partial)
    old = [other for other in path.parent.glob("*.kgl") if other != path]
    left = [other for other in path.parent.glob("*.partial") if time.time() - other.stat().st_mtime > _ABANDONED]
    for other in (*old, *left):
        remove_index(other)


def remove_index(path: Path) -> None:
    """Remove an index, whether it is a directory or, from earlier versions, a file."""
    # On Windows a file that another process reads cannot be removed; the next build does it.
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def make_index(graph: PropertyGraph, progress: Progress | None = None) -> kglite.KnowledgeGraph:
    """The property graph in kglite, in memory."""
    # Millions of rows come and none of them is part of a cycle: looking for cycles would take a tenth of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _made(graph, progress)
    finally:
        if collecting:
            gc.enable()


def _made(graph: PropertyGraph, progress: Progress | None) -> kglite.KnowledgeGraph:
    import kglite

    from kg.property_schema import MENTIONS, quoted

    kglite.set_query_warning_policy("silent")
    made = kglite.KnowledgeGraph()
    written = 0

    def run(text: str, rows: list[dict[str, object]]) -> None:
        nonlocal written
        made.cypher(text, params={"rows": rows})
        written += len(rows)
        if progress:
            progress(written)

    for label, batches in groupby(graph.nodes(), key=lambda batch: batch.label):
        # All of a label at once and every property written out: only then does kglite keep them in columns that load at once.
        found = list(batches)
        rows = [row for batch in found for row in batch.rows]
        names = [quoted(name) for name in sorted({name for row in rows for name in row["properties"]})]
        labels = quoted(label) + (f":{quoted(found[0].second)}" if found[0].second else "")
        written_out = "".join(f", {name}: row.properties.{name}" for name in names)
        run(f"UNWIND $rows AS row CREATE (n:{labels} {{id: row.id{written_out}}})", rows)
    for links in graph.relationships():
        ends = f"MATCH (a:{quoted(links.start_label)} {{id: row.start}}) MATCH (b:{quoted(links.end_label)} {{id: row.`end`}})"
        kind = quoted(links.type)
        made_so = f"[:{kind}]->(b)" if links.type == MENTIONS else f"[r:{kind} {{id: row.id}}]->(b) SET r += row.properties"
        run(f"UNWIND $rows AS row {ends} CREATE (a)-{made_so}", links.rows)
    return made
