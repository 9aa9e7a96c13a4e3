"""``kg serve``: the page over the live graph."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from kg.commands.options import graph_option, part_of, part_options

TOKEN = "KG_TOKEN"
_SHORTEST = 16


@click.command()
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one.")
@click.option("--allow-remote", is_flag=True, help="Let other machines ask. A token is needed then.")
@click.option("--allow-host", "names", multiple=True, metavar="NAME", help="A name under which a proxy reaches this server.")
@click.option(
    "--token-file", type=click.File(encoding="utf-8"),
    help=f"Ask everybody for the token in this file (- for standard input).  [env var: {TOKEN} holds a token]",
)  # fmt: skip
@click.option("--time-limit", default=10.0, show_default=True, type=click.FloatRange(0.1, 3600), help="Seconds a query may take.")
@click.option("--max-rows", default=1000, show_default=True, type=click.IntRange(1, 100_000), help="Rows of an answer.")
@click.option("--max-nodes", default=1000, show_default=True, type=click.IntRange(1, 50_000), help="Nodes of a picture.")
@click.option("--memory", default=2000, show_default=True, type=click.IntRange(200), help="MB a query may take (Linux).")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="Queries answered at a time.")
@click.option(
    "--queries", type=click.Path(exists=True, file_okay=False), envvar="KG_QUERIES", show_envvar=True,
    help="A folder with questions of your own.",
)  # fmt: skip
@part_options
@click.option("--lang", default="en", show_default=True, type=click.Choice(["en", "ru"]), help="Language of the page.")
@click.option("--title", default="", help="Title of the page.")
def serve(
    graph: Path, host: str, port: int, allow_remote: bool, names: tuple[str, ...], token_file: Any, time_limit: float,
    max_rows: int, max_nodes: int, memory: int, processes: int, queries: str | None, lang: str, title: str, **given: Any,
) -> None:  # fmt: skip
    """Explore the graph in a browser, with a box for questions, SPARQL and Cypher.

    The page is that of kg draw, but it fetches what it shows, so the graph may be of any size, and a kg build that goes on
    meanwhile is seen. Nothing can be changed through it. Ctrl-C ends it.

    \b
    kg serve
    kg serve --around GPT-4o --depth 2 --port 0
    KG_TOKEN=$(openssl rand -hex 16) kg serve --host 0.0.0.0 --allow-remote
    """
    _needs_extra()
    from kg.serving.server import is_loopback

    token = _token(token_file)
    remote = not is_loopback(host)
    if remote and not allow_remote:
        raise click.UsageError(f"{host} can be reached from other machines. If that is meant, add --allow-remote and a token.")
    if remote and not token:
        raise click.UsageError(f"Other machines need a token. Make one:  export {TOKEN}=$(openssl rand -hex 16)")
    from kg.part import check_part
    from kg.serving.app import make_app
    from kg.serving.guard import LOOPBACK
    from kg.serving.keys import Keys
    from kg.serving.limits import Limits
    from kg.serving.server import address_of, listen, run
    from kg.serving.service import Service
    from kg.vocabulary import load_vocabulary

    part = part_of(given)
    check_part(part, load_vocabulary())
    limits = Limits(seconds=time_limit, rows=max_rows, nodes=max_nodes, memory=memory * 1_000_000)
    with listen(host, port) as waiting:
        service = Service(graph, limits, part, processes=processes, queries=queries)
        try:
            hosts = LOOPBACK | {name.lower() for name in (host, *names)}
            app = make_app(service, Keys(token), hosts=hosts, remote=remote, title=title, lang=lang)
            run(app, waiting, lambda: _say(address_of(waiting, host), remote), service.workers.close)
        finally:
            service.close()
    click.echo("Stopped.", err=True)


def _say(address: str, remote: bool) -> None:
    """The address goes to standard output, so that a script can read it."""
    click.echo(address)
    sys.stdout.flush()
    if remote:
        click.echo("The connection is not encrypted: on a network you do not trust put a proxy with TLS in front.", err=True)
    click.echo("Ctrl-C ends it.", err=True)


def _token(file: Any) -> str:
    token = (file.readline() if file else os.environ.get(TOKEN, "")).strip()
    if file and not token:
        raise click.UsageError("The first line of the token file is empty.")
    if token and (len(token) < _SHORTEST or not token.isascii() or not token.isprintable() or " " in token):
        raise click.UsageError(
            f"A token has {_SHORTEST} characters or more, ASCII without blanks. Make one: openssl rand -hex 16"
        )
    return token


def _needs_extra() -> None:
    from kg.errors import MissingExtra

    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise MissingExtra("serve", str(error.name or "starlette")) from error
