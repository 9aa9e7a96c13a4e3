"""Options that name a server, and how its password comes in: by the environment or standard input, never as an argument."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.endpoint import Endpoint

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class EndpointChoice:
    """A SPARQL endpoint as it was named on the command line."""

    url: str
    named_graph: str
    user: str
    password: str | None

    def open(self, *, update_url: str = "") -> Endpoint:
        """The endpoint, not yet spoken to."""
        from kg.endpoint import Endpoint
        from kg.errors import QueryError
        from kg.http import Login

        try:
            login = Login.from_environment(self.user, self.password)
            return Endpoint(self.url, update_url=update_url, named_graph=self.named_graph, login=login)
        except QueryError as error:
            raise click.UsageError(str(error)) from error


def endpoint_options(*, required: bool = False) -> Callable[[Command], Command]:
    """``--endpoint`` and what belongs to it, given to the command as ``endpoint``: an ``EndpointChoice`` or None."""

    def decorate(command: Command) -> Command:
        def choose(*args: Any, endpoint: str | None, named_graph: str, user: str, password_stdin: bool, **rest: Any) -> Any:
            if endpoint is None and (named_graph or user or password_stdin):
                raise click.UsageError("--named-graph, --user and --password-stdin go with --endpoint.")
            chosen = EndpointChoice(endpoint, named_graph, user, read_password(password_stdin, user)) if endpoint else None
            return command(*args, endpoint=chosen, **rest)

        options = (
            click.option("--endpoint", metavar="URL", required=required, help="SPARQL endpoint: http://localhost:3030/ds"),
            click.option(
                "--named-graph", metavar="IRI", default="", help="Named graph on the server. [default: its default graph]"
            ),
            click.option(
                "--user", metavar="NAME", default="", help="Log in as; password in SPARQL_PASSWORD. A token: SPARQL_TOKEN."
            ),
            password_option,
        )
        decorated: Command = _with(options, _named_like(choose, command))
        return decorated

    return decorate


password_option = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


def read_password(from_stdin: bool, user: str) -> str | None:
    """The first line of standard input when it was asked for; None leaves it to the environment."""
    if not from_stdin:
        return None
    if not user:
        raise click.UsageError("--password-stdin needs --user.")
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _with(options: tuple[Callable[[Any], Any], ...], command: Any) -> Any:
    for option in reversed(options):
        command = option(command)
    return command


def _named_like(choose: Any, command: Any) -> Any:
    """Keep name, help and the options that were added before."""
    choose.__name__, choose.__doc__ = command.__name__, command.__doc__
    choose.__click_params__ = list(getattr(command, "__click_params__", []))
    return choose
