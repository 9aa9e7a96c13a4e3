"""What the processes that answer can do, each a function from a graph and plain arguments to JSON.

They run in processes of their own (``kg.serving.workers``), because neither Oxigraph nor a layout can be told to stop.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.answer_part import answer_part, predicates_of, question_part
from kg.cypher_index import index_path
from kg.cypher_questions import answer_cypher, in_cypher
from kg.drawing import json_text
from kg.embedded import Embedded, open_embedded
from kg.errors import QueryError
from kg.lookup import StoreDirectory, find_entity
from kg.nearby import Nearby
from kg.page_data import evidence_data, graph_data
from kg.part import Part, alike
from kg.question_files import Question, load_questions
from kg.questions import Answer, answer, cell
from kg.serving.limits import Limits
from kg.serving.paths import between
from kg.serving.refusals import refuse_network
from kg.store import Store, open_store
from kg.terms import entity_key, search_key
from kg.view import CORE, View, select

_HITS = 20


class Reader:
    """A snapshot of a graph, opened when it is first needed; another one when the graph has changed."""

    def __init__(self, limits: Limits, queries: str | None = None) -> None:
        self.limits, self.queries = limits, queries
        self._folder: Path | None = None
        self._store: Store | None = None
        self._engine: Embedded | None = None

    def open(self, folder: Path) -> None:
        """From now on everything is about this snapshot."""
        if folder != self._folder:
            self.close()
            self._folder = folder

    @property
    def store(self) -> Store:
        """The snapshot, for SPARQL and pictures."""
        if self._store is None:
            self._store = open_store(self._place())
        return self._store

    @property
    def engine(self) -> Embedded:
        """The snapshot, for Cypher: its index must have been made."""
        if self._engine is None:
            self._engine = open_embedded(self._place())
        return self._engine

    def close(self) -> None:
        """Let go of the snapshot."""
        if self._store is not None:
            self._store.close()
        if self._engine is not None:
            self._engine.close()
        self._store = self._engine = self._folder = None

    def question(self, name: str) -> Question:
        """The question of this name. ``QueryError`` when there is none."""
        known = {question.name: question for question in load_questions(self.queries)}
        if name not in known:
            raise QueryError(f"There is no question {name!r}.{alike(name, known)}")
        return known[name]

    def _place(self) -> Path:
        if self._folder is None:
            raise QueryError("There is no graph to ask.")
        return self._folder


def overview(reader: Reader, part: dict[str, Any], core: int = CORE) -> bytes:
    """The first picture: the best connected nodes of the part that is served."""
    return _written(reader, select(reader.store, Part(**part), core=core, most=reader.limits.nodes), positions=True)


def around(reader: Reader, part: dict[str, Any]) -> bytes:
    """What surrounds an entity."""
    return _written(reader, select(reader.store, Part(**part), most=reader.limits.neighbours + 1))


def find(reader: Reader, text: str, part: dict[str, Any]) -> bytes:
    """The entities whose names begin so or hold this, the most mentioned first; ``null`` when there are none."""
    wanted = search_key(text)
    if not wanted:
        return b"null"
    names = StoreDirectory(reader.store)
    best: dict[str, int] = {}
    for key, name in names.search_keys():
        at = name.find(wanted)
        if at >= 0:
            grade = 0 if name == wanted else 1 if at == 0 else 2
            best[key] = min(grade, best.get(key, grade))
    hits = _most_mentioned(names, best)
    if not hits:
        try:
            hits = [entity_key(find_entity(reader.store, text).value, reader.store.base)]
        except QueryError:
            return b"null"
    return _written(reader, select(reader.store, _limited(part, keys=tuple(hits)), most=reader.limits.nodes))


def path(reader: Reader, start: str, end: str, part: dict[str, Any]) -> bytes:
    """The entities on the shortest ways between two, and the facts between them; ``null`` when there is no way of few steps."""
    keys = between(Nearby(reader.store), start, end)
    if not keys:
        return b"null"
    return _written(reader, select(reader.store, _limited(part, keys=tuple(keys)), most=reader.limits.nodes))


def ask(reader: Reader, question: str, parameters: dict[str, Any], language: str) -> bytes:
    """The answer to a question with a name, as a table and as a part to draw."""
    asked = reader.question(question)
    given = {name: value for name, value in parameters.items() if value not in (None, "")}
    begun = time.monotonic()
    found = answer_cypher(reader.engine, in_cypher(asked), given) if language == "cypher" else answer(reader.store, asked, given)
    taken = time.monotonic() - begun
    found = Answer(found.columns, found.rows[: reader.limits.rows + 1])
    part = question_part(reader.store, asked, given, found) if found.rows else Part()
    return _answer(reader, found.columns, found.rows, taken, part, predicates_of(reader.store, asked))


def sparql(reader: Reader, query: str) -> bytes:
    """The answer to SPARQL; of CONSTRUCT and DESCRIBE each statement is a row."""
    refuse_network(query)
    begun = time.monotonic()
    found = reader.store.query(query)
    most = reader.limits.rows + 1
    columns: tuple[str, ...] = ("subject", "predicate", "object")
    rows: list[tuple[Any, ...]]
    try:
        if isinstance(found, ox.QueryBoolean):
            columns, rows = ("answer",), [(bool(found),)]
        elif isinstance(found, ox.QueryTriples):
            triples = islice(found, most)
            rows = [tuple(cell(reader.store, term) for term in (s.subject, s.predicate, s.object)) for s in triples]
        else:
            columns = tuple(variable.value for variable in found.variables)
            rows = [tuple(cell(reader.store, row[i]) for i in range(len(columns))) for row in islice(found, most)]
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"SPARQL cannot be answered: {error}") from error
    taken = time.monotonic() - begun
    return _answer(reader, columns, rows, taken, answer_part(reader.store, rows[: reader.limits.rows]))


def cypher(reader: Reader, query: str, parameters: dict[str, Any]) -> bytes:
    """The answer to Cypher that changes nothing."""
    engine = reader.engine
    begun = time.monotonic()
    found = engine.run(query, parameters, limit=reader.limits.rows + 1)
    taken = time.monotonic() - begun
    return _answer(reader, found.columns, found.rows, taken, answer_part(reader.store, found.rows[: reader.limits.rows]))


def indexed(reader: Reader) -> bytes:
    """Whether Cypher can be asked at once."""
    return b"true" if index_path(reader._place()).exists() else b"false"


def index(reader: Reader) -> bytes:
    """Make the index for Cypher when there is none of this state of the graph."""
    return b"true" if reader.engine else b"false"


TASKS: Mapping[str, Callable[..., bytes]] = {
    task.__name__: task for task in (overview, around, find, path, ask, sparql, cypher, indexed, index)
}


def _answer(
    reader: Reader,
    columns: tuple[str, ...],
    rows: list[tuple[Any, ...]],
    taken: float,
    part: Part,
    predicates: tuple[str, ...] = (),
) -> bytes:
    picture: dict[str, Any] | None = None
    if part.keys:
        view = select(reader.store, part, core=reader.limits.nodes, most=reader.limits.nodes)
        if view.nodes:
            picture = {"graph": graph_data(view, reader.store.vocabulary), "evidence": evidence_data(view)}
    most = reader.limits.rows
    said = {
        "columns": columns,
        "rows": [[_plain(value, reader.limits.cell) for value in row] for row in rows[:most]],
        "truncated": len(rows) > most,
        "seconds": round(taken, 3),
        "predicates": predicates,
        "picture": picture,
    }
    return json_text(said).encode()


def _written(reader: Reader, view: View, *, positions: bool = False) -> bytes:
    """A part as the page takes it. It places neighbours, finds and paths itself."""
    graph = graph_data(view, reader.store.vocabulary, positions=positions)
    return json_text({"graph": graph, "evidence": evidence_data(view)}).encode()


def _plain(value: Any, length: int) -> Any:
    """A cell that JSON can hold."""
    if isinstance(value, str):
        return value if len(value) <= length else value[: length - 1] + "…"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int) and abs(value) > 2**53:
        return str(value)
    if isinstance(value, dict):
        return {str(name): _plain(item, length) for name, item in islice(value.items(), 100)}
    if isinstance(value, list | tuple):
        return [_plain(item, length) for item in value[:100]]
    return value


def _limited(part: dict[str, Any], **more: Any) -> Part:
    """The limits of what is served, for a part of other entities."""
    return Part(**{name: value for name, value in part.items() if name not in ("around", "depth", "keys")}, **more)


def _most_mentioned(names: StoreDirectory, best: Mapping[str, int]) -> list[str]:
    first = sorted(best, key=lambda key: (best[key], len(key), key))[: 10 * _HITS]
    return sorted(first, key=lambda key: (best[key], -names.candidate(key).mentions, key))[:_HITS]
