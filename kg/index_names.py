"""The names of an index in a table of their own: kglite finds a name by reading all of them, a database by its key.

A file of SQLite in the directory of the index, written with it and read only; it holds what ``kg.lookup`` needs to know of an
entity, so that finding the one a question is about takes a tenth of a millisecond however large the graph is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from kg.lookup import Candidate
from kg.property_schema import ENTITY

FILE = "names.sqlite"
NamedEntity = tuple[str, str, str, int, list[str]]
"""Key, label, name, number of posts that name it, search keys of all its names."""

_TABLES = """
CREATE TABLE entities (key TEXT PRIMARY KEY, label TEXT NOT NULL, name TEXT NOT NULL, mentions INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE names (search_key TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (search_key, key)) WITHOUT ROWID;
"""


def write_names(entities: Iterable[NamedEntity], path: Path) -> None:
    """Write the table to a file that is not there yet."""
    known = sorted(entities)
    names = sorted({(search_key, key) for key, _, _, _, search_keys in known for search_key in search_keys})
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(_TABLES)
        database.executemany("INSERT INTO entities VALUES (?, ?, ?, ?)", (row[:4] for row in known))
        database.executemany("INSERT INTO names VALUES (?, ?)", names)


class IndexNames:
    """The names an index knows. Raises ``sqlite3.Error`` when the file is no such table.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / FILE
    ...     write_names([("model/gpt-4o", "Model", "GPT-4o", 2, ["gpt4o", "гпт4о"])], path)
    ...     names = IndexNames(path)
    ...     found = names.called("гпт4о")
    ...     names.close()
    >>> found
    [Candidate(key='model/gpt-4o', label='GPT-4o', types=frozenset({...}), mentions=2)]
    """

    def __init__(self, path: Path) -> None:
        # Nobody writes to it once it is there, so any thread may read it.
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._rows("SELECT 1 FROM names LIMIT 1")

    def has(self, key: str) -> bool:
        """Whether there is an entity with this key."""
        return bool(self._rows("SELECT 1 FROM entities WHERE key = ?", key))

    def called(self, search_key: str) -> list[Candidate]:
        """The entities with a name or alias of this search key, by key."""
        rows = self._rows(
            "SELECT key, label, name, mentions FROM names JOIN entities USING (key) WHERE search_key = ? ORDER BY key", search_key
        )
        return [_candidate(*row) for row in rows]

    def candidate(self, key: str) -> Candidate:
        """The entity with this key."""
        return _candidate(*self._rows("SELECT key, label, name, mentions FROM entities WHERE key = ?", key)[0])

    def search_keys(self) -> Iterator[tuple[str, str]]:
        """Key and search key of every name."""
        yield from self._rows("SELECT key, search_key FROM names ORDER BY key, search_key")

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _rows(self, statement: str, *values: str) -> list[Any]:
        return self._database.execute(statement, values).fetchall()


def _candidate(key: str, label: str, name: str, mentions: int) -> Candidate:
    return Candidate(key, name, frozenset((ENTITY, label)), mentions)
