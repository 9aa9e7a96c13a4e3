"""A Bolt server (Neo4j 5.23 and newer, or one that speaks like it) through the official driver: log in, ask, write in batches.

Everything that can go wrong on the way is said in words: who cannot be reached, who is not let in, what is too old.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from kg.engine import Rows
from kg.errors import KGError, QueryError, ServerError

if TYPE_CHECKING:
    import neo4j

SCHEMES = ("bolt", "neo4j", "bolt+s", "neo4j+s", "bolt+ssc", "neo4j+ssc")
PASSWORD, USER = "NEO4J_PASSWORD", "NEO4J_USERNAME"
OLDEST = (5, 23)
"""The first with ``CALL (x) { ... }``, which the questions use."""
_AGENT = re.compile(r"Neo4j/v?(\d+)\.(\d+)")
_CONNECT_SECONDS = 10.0
_RETRY_SECONDS = 30.0
"""How long a transaction is tried again when the server is busy or gone."""
_FETCHED = 5_000
"""Rows that come at once."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BoltLogin:
    """Who logs in; without a password the server is asked as nobody.

    >>> BoltLogin("neo4j", "secret")
    BoltLogin(user='neo4j')
    """

    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, user: str = "", password: str | None = None) -> BoltLogin:
        """This user, or the one of ``NEO4J_USERNAME`` (else ``neo4j``), with this password or that of ``NEO4J_PASSWORD``."""
        secret = os.environ.get(PASSWORD, "") if password is None else password
        return cls(user or os.environ.get(USER, "neo4j"), secret)


class Bolt:
    """One database of a server, as an ``Engine``; the driver loads and connects when it is first used.

    >>> Bolt("bolt://localhost:7687").uri
    'bolt://localhost:7687'
    """

    def __init__(self, uri: str, *, database: str = "", login: BoltLogin | None = None) -> None:
        if urlsplit(uri).scheme not in SCHEMES or not urlsplit(uri).hostname:
            raise QueryError(f"{uri!r} is no address of a Bolt server.\nIt looks like bolt://localhost:7687 or neo4j+s://HOST.")
        if urlsplit(uri).username or urlsplit(uri).password:
            raise QueryError(f"A password does not belong into an address.\nUse --user and --password-stdin, or {PASSWORD}.")
        self.uri = uri
        self.database = database
        self.login = login or BoltLogin.from_environment()
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
            _stop_if_interrupted(error)
            raise self._explained(error) from error

    def write(self, cypher: str, rows: list[Any], **parameters: Any) -> Any:
        """One statement over ``$rows`` in a transaction of its own, tried again when the server is busy: its counters."""

        def run(transaction: neo4j.ManagedTransaction) -> Any:
            return transaction.run(cypher, {"rows": rows, **parameters}).consume().counters

        return self._session(lambda session: session.execute_write(run))

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
            _stop_if_interrupted(error)
            raise self._explained(error) from error

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
            raise self._explained(error, first=True) from error
        version = _AGENT.match(agent)
        if version and (int(version[1]), int(version[2])) < OLDEST:
            driver.close()
            raise ServerError(
                f"The server at {self.uri} is {agent}, which is too old.\n"
                f"postkg needs Neo4j {'.'.join(map(str, OLDEST))} or newer; older ones do not know the Cypher it uses."
            )
        self._driver = driver
        return driver

    def _explained(self, error: Exception, *, first: bool = False) -> KGError:
        """What the driver raised, in words and with the next step."""
        from neo4j import exceptions as e

        if isinstance(error, KGError):
            return error
        code = str(getattr(error, "code", "") or "")
        said = str(getattr(error, "message", "") or error).strip()
        if isinstance(error, e.AuthError) or code.startswith("Neo.ClientError.Security"):
            return ServerError(self._refused(code, said))
        if isinstance(error, e.ServiceUnavailable | e.SessionExpired | OSError):
            return ServerError(self._lost(error, first))
        if code == "Neo.ClientError.Database.DatabaseNotFound":
            return ServerError(f"The server at {self.uri} has no database {self.database!r}.\nName another one with --database.")
        if isinstance(error, e.ConstraintError) or "Schema.Constraint" in code:
            return ServerError(
                f"The server at {self.uri} has nodes that postkg did not write and that have an id of ours: {said}\n"
                "They stay as they are. Push into another database: --database NAME, or another server."
            )
        if code.startswith("Neo.ClientError.Statement") or isinstance(error, e.CypherSyntaxError | e.CypherTypeError):
            return QueryError(f"The server cannot answer this Cypher: {said}")
        if isinstance(error, e.ClientError) and "access mode" in said.lower():
            return QueryError(f"This changes the graph, and only kg push may: {said}")
        return ServerError(f"The server at {self.uri} failed: {said or type(error).__name__}")

    def _refused(self, code: str, said: str) -> str:
        how = f"--user and --password-stdin (or the variables {USER} and {PASSWORD})"
        if code.endswith("CredentialsExpired"):
            return (
                f"The password of {self.login.user} at {self.uri} must be changed before it can be used.\nThe server says: {said}"
            )
        if code.endswith("AuthenticationRateLimit"):
            return f"{self.uri} lets nobody in for a while after too many wrong passwords.\nWait some seconds, then use {how}."
        if code.endswith("Forbidden"):
            return f"{self.login.user} may not do this at {self.uri}: {said}"
        if not self.login.password:
            return f"The server at {self.uri} wants a password.\nGive it with {how}."
        return f"The server at {self.uri} does not accept the password of {self.login.user}.\nCheck it and give it with {how}."

    def _lost(self, error: BaseException, first: bool) -> str:
        reason = _reason(error)
        if not first:
            return f"The server at {self.uri} went away: {reason}.\nWhen it is back, give the same command again."
        if "HTTP" in str(error):
            return f"The server at {self.uri} speaks HTTP, not Bolt.\nBolt has a port of its own, usually 7687: bolt://HOST:7687"
        hint = "Is it running, and the address right? Bolt is usually on port 7687."
        return f"The server at {self.uri} cannot be reached: {reason}.\n{hint}"


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


def _stop_if_interrupted(error: BaseException) -> None:
    """Ctrl-C in the middle of a message comes back as what the driver says of the broken message."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, KeyboardInterrupt):
            raise inner
        inner = inner.__cause__ or inner.__context__


def _reason(error: BaseException) -> str:
    """The innermost reason, in the words of the operating system where there are any."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError) and inner.strerror:
            return inner.strerror
        inner = inner.__cause__ or inner.__context__
    return " ".join(str(error).split())[:300]
