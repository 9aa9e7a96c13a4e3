"""One way to ask from Python, wherever the graph is: a directory, a saved index, or a server.

>>> from tests.graphs import world
>>> with StoreGraph(world()) as graph:
...     graph.ask("lineage", entity="R1-Distill", depth=1)[0]["name"]
...     graph.cypher("MATCH (m:Model {name: $name})-[:BASED_ON]->(o) RETURN o.name AS base ORDER BY base", name="R1-Distill")
'DeepSeek-R1'
[{'base': 'DeepSeek-R1'}, {'base': 'Llama 3.1'}]
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from kg.errors import QueryError
from kg.question_files import Question, load_questions
from kg.question_values import Given
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx

    from kg.endpoint import Endpoint
    from kg.engine import Engine
    from kg.store import Store

Row = dict[str, Any]
"""Values by column: numbers, strings, booleans, None, and lists and dicts of them."""


class Graph(Protocol):
    """A graph that can be asked. Rows are plain dicts; errors are ``KGError`` with the next step in their words."""

    def ask(self, name: str, /, **given: Given | None) -> list[Row]:
        """The rows of the question of this name; parameters as its header names them."""
        ...

    def cypher(self, text: str, /, **parameters: Any) -> list[Row]:
        """The rows of a Cypher statement that changes nothing; ``$name`` in it is the parameter ``name``."""
        ...

    def sparql(self, text: str, /) -> list[Row]:
        """The rows of a SPARQL SELECT, or one row for an ASK."""
        ...

    def to_networkx(self, *, min_confidence: float = 0.0) -> nx.MultiDiGraph[str]:
        """One node for each entity and value, one edge for each claim at least so sure (0 to 1)."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...

    def __enter__(self) -> Graph: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


def open_graph(place: str | Path, **options: Any) -> Graph:
    """The graph in a directory, in an index kept with ``kg cypher --save`` (``*.kgl``), or on a server.

    ``bolt://HOST:PORT`` is a Bolt server (see ``kg.bolt.Bolt`` for its options: ``database``, ``login``, a ``kg.login.Login``),
    ``http://...`` a SPARQL endpoint (see ``kg.endpoint.Endpoint``: ``named_graph``, ``login``, ...). Raises ``StoreError``
    when there is no graph.
    """
    from kg.embedded import is_saved, open_embedded
    from kg.store import open_store

    if str(place).startswith(("http://", "https://")):
        from kg.endpoint import Endpoint

        return StoreGraph(Endpoint(str(place), **options))
    if "://" in str(place):
        from kg.bolt import Bolt

        return EngineGraph(Bolt(str(place), **options))
    if options:
        raise QueryError(f"{place} is no server: it is opened without {', '.join(sorted(options))}.")
    if is_saved(Path(place)):
        return EngineGraph(open_embedded(place))
    return StoreGraph(open_store(place), Path(place))


class EngineGraph:
    """A graph behind an engine: it is asked in Cypher."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary | None = None) -> None:
        self.engine = engine
        self.vocabulary = vocabulary

    def ask(self, name: str, /, **given: Given | None) -> list[Row]:
        """The rows of the question of this name, asked in Cypher."""
        from kg.cypher_questions import answer_cypher, in_cypher

        found = answer_cypher(self.engine, in_cypher(_question(name)), given, vocabulary=self.vocabulary)
        return [dict(zip(found.columns, row, strict=True)) for row in found.rows]

    def cypher(self, text: str, /, **parameters: Any) -> list[Row]:
        """The rows of a Cypher statement that changes nothing."""
        return self.engine.run(text, parameters).dicts()

    def sparql(self, text: str, /) -> list[Row]:
        """Not here: ``QueryError``."""
        raise QueryError("This graph is asked in Cypher.\nFor SPARQL open the directory that kg build made, or an endpoint.")

    def to_networkx(self, *, min_confidence: float = 0.0) -> nx.MultiDiGraph[str]:
        """The same graph as ``kg.network.to_networkx`` makes of the store."""
        from kg.network import engine_to_networkx

        return engine_to_networkx(self.engine, min_confidence)

    def close(self) -> None:
        """Close the engine."""
        self.engine.close()

    def __enter__(self) -> EngineGraph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class StoreGraph:
    """A graph in a directory or behind a SPARQL endpoint: questions are asked in SPARQL.

    The index for Cypher is opened (and built) when it is needed; for an endpoint it is made in memory.
    """

    def __init__(self, store: Store | Endpoint, root: Path | None = None) -> None:
        self.store = store
        self.root = root
        self._engine: Engine | None = None
        self._closed = False

    def ask(self, name: str, /, **given: Given | None) -> list[Row]:
        """The rows of the question of this name."""
        from kg.questions import answer

        self._check_open()
        found = answer(self.store, _question(name), given)
        return [dict(zip(found.columns, row, strict=True)) for row in found.rows]

    def cypher(self, text: str, /, **parameters: Any) -> list[Row]:
        """The rows of a Cypher statement that changes nothing."""
        return self._index().run(text, parameters).dicts()

    def sparql(self, text: str, /) -> list[Row]:
        """The rows of a SPARQL SELECT, or one row for an ASK; entities as keys."""
        from kg.questions import select

        self._check_open()
        columns, rows = select(self.store, text)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def to_networkx(self, *, min_confidence: float = 0.0) -> nx.MultiDiGraph[str]:
        """See ``kg.network.to_networkx``."""
        from kg.network import to_networkx

        self._check_open()
        return to_networkx(self.store, min_confidence)

    def close(self) -> None:
        """Let go of the directory: from then on it answers nothing."""
        self._closed = True
        self.store.close()
        if self._engine is not None:
            self._engine.close()

    def __enter__(self) -> StoreGraph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _index(self) -> Engine:
        from kg.cypher_index import make_index
        from kg.embedded import Embedded, open_embedded
        from kg.property_graph import PropertyGraph

        self._check_open()
        if self._engine is None:
            self._engine = open_embedded(self.root) if self.root else Embedded(make_index(PropertyGraph(self.store)))
        return self._engine

    def _check_open(self) -> None:
        if self._closed:
            raise QueryError("This graph is closed. Open it again with kg.open(...).")


def _question(name: str) -> Question:
    known = {question.name: question for question in load_questions()}
    if name not in known:
        raise QueryError(f"There is no question {name!r}. There are: {', '.join(known)}.")
    return known[name]
