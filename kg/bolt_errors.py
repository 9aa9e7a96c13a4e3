"""What goes wrong with a Bolt server, in words: what the driver raises becomes an error of ours that says what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KGError, QueryError, ServerError
from kg.login import BOLT

if TYPE_CHECKING:
    from kg.bolt import Bolt


def explained(error: Exception, bolt: Bolt, *, first: bool = False) -> KGError:
    """The error of ours; ``first`` when the server has not answered yet. Raises ``KeyboardInterrupt`` when that is behind it.

    >>> from kg.bolt import Bolt
    >>> print(explained(ConnectionRefusedError(111, "Connection refused"), Bolt("bolt://localhost"), first=True))
    The server at bolt://localhost cannot be reached: Connection refused.
    Is it running, and the address right? Bolt is usually on port 7687.
    """
    from neo4j import exceptions as e

    _stop_if_interrupted(error)
    if isinstance(error, KGError):
        return error
    code = str(getattr(error, "code", "") or "")
    said = str(getattr(error, "message", "") or error).strip()
    if isinstance(error, e.AuthError) or code.startswith("Neo.ClientError.Security"):
        return ServerError(_refused(bolt, code, said))
    if isinstance(error, e.ServiceUnavailable | e.SessionExpired | OSError):
        return ServerError(_lost(bolt.uri, error, first))
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return ServerError(f"The server at {bolt.uri} has no database {bolt.database!r}.\nName another one with --database.")
    if isinstance(error, e.ConstraintError) or "Schema.Constraint" in code:
        return ServerError(
            f"The server at {bolt.uri} has nodes that postkg did not write and that have an id of ours: {said}\n"
            "They stay as they are. Push into another database: --database NAME, or another server."
        )
    if code.endswith("Statement.AccessMode"):
        return QueryError(f"This changes the graph, and only kg push may.\nThe server says: {said}")
    if code.startswith("Neo.ClientError.Statement") or isinstance(error, e.CypherSyntaxError | e.CypherTypeError):
        return QueryError(f"The server cannot answer this Cypher: {said}")
    return ServerError(f"The server at {bolt.uri} failed: {said or type(error).__name__}")


def _refused(bolt: Bolt, code: str, said: str) -> str:
    how, user = f"--user and --password-stdin (or the variables {BOLT.user} and {BOLT.password})", bolt.login.user
    if code.endswith("CredentialsExpired"):
        return f"The password of {user} at {bolt.uri} must be changed before it can be used.\nThe server says: {said}"
    if code.endswith("AuthenticationRateLimit"):
        return f"{bolt.uri} lets nobody in for a while after too many wrong passwords.\nWait some seconds, then use {how}."
    if code.endswith("Forbidden"):
        return f"{user} may not do this at {bolt.uri}: {said}"
    if not bolt.login.password:
        return f"The server at {bolt.uri} wants a password.\nGive it with {how}."
    return f"The server at {bolt.uri} does not accept the password of {user}.\nCheck it and give it with {how}."


def _lost(uri: str, error: BaseException, first: bool) -> str:
    reason = _reason(error)
    if not first:
        return f"The server at {uri} went away: {reason}.\nWhen it is back, give the same command again."
    if "HTTP" in str(error):
        return f"The server at {uri} speaks HTTP, not Bolt.\nBolt has a port of its own, usually 7687: bolt://HOST:7687"
    hint = "Is it running, and the address right? Bolt is usually on port 7687."
    return f"The server at {uri} cannot be reached: {reason}.\n{hint}"


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
