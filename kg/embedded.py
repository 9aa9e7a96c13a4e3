"""Cypher without a server: kglite on the index beside the store, read-only unless changes are asked for."""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cypher_index import Progress, index_path, make_index, write_index
from kg.engine import Rows
from kg.errors import QueryError, StoreError
from kg.index_names import FILE, IndexNames
from kg.manifest import Manifest
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    import kglite

SUFFIX = ".kgl"
_PUBLISHED = "CURRENT"
"""What every index on disk has."""
_STRINGS = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
_LOAD_CSV = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)
_STRUCTURAL = ("title", "type")
"""What kglite adds to the properties of every node."""


class Embedded:
    """The engine over one index; use ``open_embedded`` or ``Embedded.of``.

    >>> from kg.property_graph import PropertyGraph
    >>> from tests.graphs import world
    >>> engine = Embedded(make_index(PropertyGraph(world())))
    >>> engine.run("MATCH (m:Model {id: $id})<-[:BASED_ON]-(n) RETURN n.name AS name", {"id": "model/deepseek-r1"}).dicts()
    [{'name': 'R1-Distill'}]
    """

    def __init__(self, graph: kglite.KnowledgeGraph, names: IndexNames | None = None) -> None:
        self.graph = graph
        self.names = names
        """The names of its entities, when they stand in a table."""
        self.root: Path | None = None
        """The directory of the graph; None for a saved index."""
        self.copy: Path | None = None
        """A directory that goes when the engine is closed."""

    def run(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, write: bool = False, limit: int | None = None
    ) -> Rows:
        """The rows of a statement, at most ``limit``.

        With ``write`` it may change the graph in memory; the index stays as it is.
        """
        import kglite

        if _LOAD_CSV.search(_STRINGS.sub("''", text)):
            raise QueryError("LOAD CSV reads files and is not allowed.\nPass what it would read as a parameter: -p rows='[...]'")
        self.graph.read_only(not write)
        if write:
            self.forget_names()
        try:
            found = self.graph.cypher(text, params=dict(parameters or {}), row_limit=limit, hide_structural_keys=True)
            if isinstance(found, str):
                return Rows(("plan",), [(line,) for line in found.splitlines()])
            return Rows(tuple(found.columns), [tuple(plain(value) for value in row.values()) for row in found])
        except kglite.ReadOnlyError as error:
            raise QueryError(
                "This changes the graph, which is read-only.\n"
                "To change a copy of it in memory: kg cypher --write (--save FILE keeps the copy)"
            ) from error
        except kglite.KgError as error:
            raise QueryError(f"Cypher cannot be answered: {error}") from error

    def save(self, path: Path) -> None:
        """Keep the graph with its changes in an index of its own, which ``open_embedded`` opens; nothing is overwritten."""
        if path.exists():
            raise StoreError(f"{path} is there already.\nName another place, or remove it.")
        try:
            self.graph.save(str(path))
        except OSError as error:
            raise StoreError(f"{path} cannot be written: {error}\nName another place.") from error

    def forget_names(self) -> None:
        """Look names up in the graph from now on: what may change it does not change their table."""
        if self.names:
            self.names.close()
        self.names = None

    def close(self) -> None:
        """Forget the graph."""
        import kglite

        self.graph = kglite.KnowledgeGraph()
        self.forget_names()
        if self.copy is not None:
            shutil.rmtree(self.copy, ignore_errors=True)


def open_embedded(
    place: str | Path, *, vocabulary: Vocabulary | None = None, progress: Progress | None = None, copy: bool = False
) -> Embedded:
    """The engine for a graph directory, whose index is built when there is none of its present state; or for a saved ``.kgl``.

    With ``copy`` it is a copy of the index, gone when the engine is closed. Raises ``StoreError`` when there is no graph.
    """
    import kglite

    root = Path(place)
    kglite.set_query_warning_policy("silent")
    if is_saved(root):
        return _opened(root, copy)
    Manifest.read(root)
    path = index_path(root)
    engine = (None if path.exists() else _build(root, path, vocabulary, progress)) or _opened(path, copy)
    engine.root = root
    return engine


def is_saved(place: Path) -> bool:
    """Whether this is an index kept with ``kg cypher --save``."""
    return place.suffix == SUFFIX and (place.is_file() or (place / _PUBLISHED).is_file())


def _build(root: Path, path: Path, vocabulary: Vocabulary | None, progress: Progress | None) -> Embedded | None:
    """Build the index in its place; an engine over one in memory where it cannot be kept."""
    import kglite

    from kg.property_graph import PropertyGraph
    from kg.store import open_store

    with open_store(root, vocabulary=vocabulary) as store:
        graph = PropertyGraph(store)
        try:
            write_index(graph, path, progress)
        except (OSError, kglite.FileError, sqlite3.Error) as error:
            print(f"The index cannot be kept ({error}): it is made in memory, each time anew.", file=sys.stderr)
            return Embedded(make_index(graph, progress))
    return None


def _opened(path: Path, copy: bool) -> Embedded:
    if not copy or path.is_file():
        # What is read from a file is in memory, and so is what changes it.
        return _load(path)
    copied = Path(tempfile.mkdtemp(prefix="kg-cypher-"))
    try:
        shutil.copytree(path, copied / path.name)
        engine = _load(copied / path.name)
        engine.copy = copied
        return engine
    except BaseException:
        shutil.rmtree(copied, ignore_errors=True)
        raise


def _load(path: Path) -> Embedded:
    import kglite

    try:
        # A saved copy has no names of its own.
        names = IndexNames(path / FILE) if (path / FILE).is_file() else None
        return Embedded(kglite.load(str(path)), names)
    except (kglite.KgError, OSError, ValueError, sqlite3.Error) as error:
        raise StoreError(f"The index {path} cannot be read: {error}\nRemove it, and it is built again.") from error


def plain(value: Any) -> Any:
    """A value of kglite as ``Rows`` promises it."""
    if isinstance(value, dict):
        properties = value.get("properties")
        if isinstance(properties, dict) and "labels" in value:
            kept = {key: plain(item) for key, item in properties.items() if key not in _STRUCTURAL}
            return {"labels": value["labels"], **kept}
        if isinstance(properties, dict) and {"type", "start", "end"} <= value.keys():
            return {"type": value["type"], **{key: plain(item) for key, item in properties.items()}}
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
