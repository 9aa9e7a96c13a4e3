"""Options that name a server, and how its password comes in: by the environment or standard input, never as an argument."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

import click

if TYPE_CHECKING:
    from kg.bolt import Bolt
    from kg.endpoint import Endpoint

Command = TypeVar("Command", bound=Callable[..., Any])
Kind: TypeAlias = Literal["endpoint", "uri"]


@dataclass(frozen=True, slots=True)
class EndpointChoice:
    """A SPARQL endpoint as it was named on the command line."""

    url: str
    named_graph: str = ""
    user: str = ""
    password: str | None = None

    def open(self, *, update_url: str = "") -> Endpoint:
        """The endpoint, not yet spoken to."""
        from kg.endpoint import Endpoint
        from kg.errors import QueryError
        from kg.login import SPARQL, Login

        try:
            login = Login.from_environment(SPARQL, self.user, self.password)
            return Endpoint(self.url, update_url=update_url, named_graph=self.named_graph, login=login)
        except (QueryError, ValueError) as error:
            raise click.UsageError(str(error)) from error


@dataclass(frozen=True, slots=True)
class BoltChoice:
    """A Bolt server as it was named on the command line."""

    uri: str
    database: str = ""
    user: str = ""
    password: str | None = None

    def open(self) -> Bolt:
        """The server, not yet spoken to."""
        from kg.bolt import Bolt
        from kg.errors import QueryError
        from kg.login import BOLT, Login

        try:
            return Bolt(self.uri, database=self.database, login=Login.from_environment(BOLT, self.user, self.password))
        except QueryError as error:
            raise click.UsageError(str(error)) from error


def server_options(*kinds: Kind, required: bool = False) -> Callable[[Command], Command]:
    """``--endpoint`` (SPARQL) or ``--uri`` (Bolt) or both, and what belongs to them.

    The command gets them as ``server``: an ``EndpointChoice``, a ``BoltChoice`` or None.
    """

    def decorate(command: Command) -> Command:
        def choose(*args: Any, user: str, password_stdin: bool, **rest: Any) -> Any:
            endpoint, uri = rest.pop("endpoint", None), rest.pop("uri", None)
            named_graph, database = rest.pop("named_graph", ""), rest.pop("database", "")
            _check(kinds, endpoint, uri, named_graph, database, bool(user or password_stdin))
            password = _password(user or ("neo4j" if uri else "")) if password_stdin else None
            server: EndpointChoice | BoltChoice | None = None
            if endpoint:
                server = EndpointChoice(endpoint, named_graph, user, password)
            elif uri:
                server = BoltChoice(uri, database, user, password)
            return command(*args, server=server, **rest)

        choose.__name__, choose.__doc__ = command.__name__, command.__doc__
        wrapped: Any = choose
        # Options that decorators below this one added.
        wrapped.__click_params__ = list(getattr(command, "__click_params__", []))
        for option in reversed(_options(kinds, required)):
            wrapped = option(wrapped)
        return wrapped  # type: ignore[no-any-return]

    return decorate


def _options(kinds: tuple[Kind, ...], required: bool) -> list[Callable[[Any], Any]]:
    options = []
    if "uri" in kinds:
        options += [
            click.option("--uri", metavar="URI", required=required, help="Neo4j or another Bolt server: bolt://localhost:7687"),
            click.option("--database", metavar="NAME", default="", help="Database on that server. [default: the server's]"),
        ]
    if "endpoint" in kinds:
        options += [
            click.option("--endpoint", metavar="URL", required=required, help="SPARQL endpoint: http://localhost:3030/ds"),
            click.option("--named-graph", metavar="IRI", default="", help="Named graph there. [default: its default graph]"),
        ]
    known = {"uri": "NEO4J_PASSWORD", "endpoint": "SPARQL_PASSWORD, a token in SPARQL_TOKEN"}
    who = "[default for Neo4j: neo4j] " if "uri" in kinds else ""
    return [
        *options,
        click.option(
            "--user", metavar="NAME", default="",
            help=f"Log in to the server so. {who}The password is read from {' or '.join(known[kind] for kind in kinds)}.",
        ),
        click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead."),
    ]  # fmt: skip


def _check(kinds: tuple[Kind, ...], endpoint: str | None, uri: str | None, named_graph: str, database: str, login: bool) -> None:
    if endpoint and uri:
        raise click.UsageError("Name one server: --endpoint for SPARQL or --uri for Cypher.")
    if named_graph and not endpoint:
        raise click.UsageError("--named-graph goes with --endpoint.")
    if database and not uri:
        raise click.UsageError("--database goes with --uri.")
    if login and not (endpoint or uri):
        raise click.UsageError(f"--user and --password-stdin go with {' or '.join('--' + kind for kind in kinds)}.")


def _password(user: str) -> str:
    if not user:
        raise click.UsageError("--password-stdin needs --user.")
    if sys.stdin.isatty():
        return str(click.prompt(f"Password of {user}", hide_input=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
