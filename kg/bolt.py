"""A Bolt server (Neo4j 5.23 and newer, or one that speaks like it) through the official driver: log in, ask, write in batches.

Everything that can go wrong on the way is said in words: who cannot be reached, who is not let in, what is too old.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from kg.bolt_errors import explained
from kg.engine import Rows
from kg.errors import KGError, QueryError, ServerError
from kg.login import BOLT, Login

if TYPE_CHECKING:
    import neo4j

SCHEMES = ("bolt", "neo4j", "bolt+s", "neo4j+s", "bolt+ssc", "neo4j+ssc")
OLDEST = (5, 23)
"""The first with ``CALL (x) { ... }``, which the questions use."""
_AGENT = re.compile(r"Neo4j/v?(\d+)\.(\d+)")
_CONNECT_SECONDS = 10.0
_RETRY_SECONDS = 30.0
"""How long a transaction is tried again when the server is busy or gone."""
_FETCHED = 5_000
"""Rows that come at once."""
T = TypeVar("T")


class Bolt:
    """One database of a server, as an ``Engine``; the driver loads and connects when it is first used.

    >>> Bolt("bolt://localhost:7687").uri
    'bolt://localhost:7687'
    """

    def __init__(self, uri: str, *, database: str = "", login: Login | None = None) -> None:
        if urlsplit(uri).scheme not in SCHEMES or not urlsplit(uri).hostname:
            raise QueryError(f"{uri!r} is no address of a Bolt server.\nIt looks like bolt://localhost:7687 or neo4j+s://HOST.")
        if urlsplit(uri).username or urlsplit(uri).password:
            raise QueryError(f"A password does not belong into an address.\nUse --user and --password-stdin, or {BOLT.password}.")
        self.uri = uri
        self.database = database
        self.login = login or Login.from_environment(BOLT)
        self._driver: neo4j.Driver | None = None

    def __enter__(self) -> Bolt:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the server."""
        if self._driver is not None:
            # A connection that broke off cannot say good-bye, and need not.
            with suppress(Exception):
                self._driver.close()
        self._driver = None

    def run(self, text: str, parameters: Mapping[str, Any] | None = None, *, write: bool = False) -> Rows:
        """The rows of a statement; values come in as ``$name``, never as text.

        Raises ``QueryError`` with the server's words, ``ServerError`` when there is no answer.
        """

        def work(transaction: neo4j.ManagedTransaction) -> Rows:
            result = transaction.run(text, dict(parameters or {}))
            return Rows(tuple(result.keys()), [tuple(map(plain, record.values())) for record in result])

        return self._session(lambda session: session.execute_write(work) if write else session.execute_read(work), writes=write)

    def stream(self, cypher: str, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query while they come in; not tried again when the server goes away."""
        session = self._open().session(**self._settings(writes=False))
        try:
            with session:
                for record in session.run(cypher, parameters):
                    yield tuple(record.values())
        except Exception as error:
            raise explained(error, self) from error

    def write(self, cypher: str, rows: list[Any], **parameters: Any) -> Any:
        """One statement over ``$rows`` in a transaction of its own: its counters.

        Tried again when the server is busy or gone, so that it must bear being done twice.
        """

        def run(transaction: neo4j.ManagedTransaction) -> Any:
            return transaction.run(cypher, {"rows": rows, **parameters}).consume().counters

        def work(session: neo4j.Session) -> Any:
            from neo4j.exceptions import IncompleteCommit

            try:
                return session.execute_write(run)
            except IncompleteCommit:
                # The server went away and nobody knows whether it was done. The driver leaves such a case to its user.
                with self._open().session(**self._settings(writes=True)) as again:
                    return again.execute_write(run)

        return self._session(work)

    def schema(self, cypher: str) -> None:
        """A change of the schema, which must have a transaction of its own."""
        self._session(lambda session: session.run(cypher).consume())

    # ---------------------------------------------------------------- the driver
    def _session(self, work: Callable[[neo4j.Session], T], *, writes: bool = True) -> T:
        driver = self._open()
        try:
            with driver.session(**self._settings(writes=writes)) as session:
                return work(session)
        except KGError:
            raise
        except Exception as error:
            raise explained(error, self) from error

    def _settings(self, *, writes: bool) -> dict[str, Any]:
        import neo4j

        mode = neo4j.WRITE_ACCESS if writes else neo4j.READ_ACCESS
        return {"database": self.database or None, "default_access_mode": mode, "fetch_size": _FETCHED}

    def _open(self) -> neo4j.Driver:
        """The driver, once the server has answered, let us in and turned out to be new enough."""
        import neo4j

        if self._driver is not None:
            return self._driver
        # What the driver logs comes back as errors; its notices of retries would only break the progress line.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        logging.getLogger("neo4j").propagate = False
        auth = (self.login.user, self.login.password) if self.login.password else None
        try:
            driver = neo4j.GraphDatabase.driver(
                self.uri, auth=auth, connection_timeout=_CONNECT_SECONDS, max_transaction_retry_time=_RETRY_SECONDS,
                user_agent="postkg",
            )  # fmt: skip
        except (ValueError, neo4j.exceptions.ConfigurationError) as error:
            raise ServerError(f"{self.uri} cannot be used: {error}") from error
        try:
            agent = driver.get_server_info().agent
        except Exception as error:
            driver.close()
            raise explained(error, self, first=True) from error
        version = _AGENT.match(agent)
        if version and (int(version[1]), int(version[2])) < OLDEST:
            driver.close()
            raise ServerError(
                f"The server at {self.uri} is {agent}, which is too old.\n"
                f"postkg needs Neo4j {'.'.join(map(str, OLDEST))} or newer; older ones do not know the Cypher it uses."
            )
        self._driver = driver
        return driver


def plain(value: Any) -> Any:
    """A value of the driver as ``Rows`` promises it; a path is the list of its nodes and relationships in turn."""
    from neo4j import graph

    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, graph.Path):
        parts: list[Any] = [plain(value.nodes[0])] if value.nodes else []
        for relationship, node in zip(value.relationships, value.nodes[1:], strict=True):
            parts += [plain(relationship), plain(node)]
        return parts
    if isinstance(value, graph.Node):
        return {"labels": sorted(value.labels), **{key: plain(item) for key, item in value.items()}}
    if isinstance(value, graph.Relationship):
        return {"type": value.type, **{key: plain(item) for key, item in value.items()}}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value.iso_format() if hasattr(value, "iso_format") else value
