"""``kg push``: the graph to a database server."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import click

from kg.commands.interrupted import Interrupted
from kg.commands.options import graph_option
from kg.commands.progress import Progress, bar
from kg.commands.servers import BoltChoice, EndpointChoice, server_options
from kg.store import Store, open_store

if TYPE_CHECKING:
    from kg.bolt import Bolt
    from kg.endpoint import Endpoint

Server = TypeVar("Server")
Report = TypeVar("Report")


class Counted(Protocol):
    """What a push counts."""

    created: int
    updated: int
    unchanged: int
    removed: int


@click.group()
def push() -> None:
    """Bring a database server up to date with the graph.

    What is there already is not sent again, so the same command twice changes nothing, and goes on where an earlier one was
    stopped.

    \b
    kg push neo4j --uri bolt://localhost:7687
    kg push sparql --endpoint http://localhost:3030/ds
    """


_prune = click.option("--prune", is_flag=True, help="Also remove what an earlier push wrote and the graph no longer has.")


@push.command()
@server_options("uri", required=True)
@_prune
@graph_option
def neo4j(server: BoltChoice, prune: bool, graph: Path) -> None:
    """Bring Neo4j (5.23 or newer) or another Bolt server up to date with the graph.

    Entities, posts and values become nodes, claims relationships: see kg schema --cypher. Only nodes with the property
    graph = "postkg", and relationships made from claims, are ever changed or removed.

    \b
    NEO4J_PASSWORD=... kg push neo4j --uri bolt://localhost:7687
    pass show neo4j | kg push neo4j --uri neo4j+s://HOST --user ann --password-stdin --database news
    """
    from kg.push_neo4j import Neo4jReport
    from kg.push_neo4j import push as run

    def line(report: Neo4jReport, seconds: float) -> str:
        done = report.nodes.done + report.relationships.done
        return f"{bar(done, max(done, report.total))} nodes and relationships, {done / seconds:,.0f}/s"

    def push_all(store: Store, bolt: Bolt, show: Callable[[Neo4jReport], None]) -> Neo4jReport:
        return run(store, bolt, prune=prune, on_progress=show)

    report, seconds = _pushed(graph, server.open(), server.uri, push_all, line)
    click.echo(f"pushed {graph} to {server.uri} in {seconds:.1f} s")
    for name, part in (("nodes", report.nodes), ("relationships", report.relationships)):
        click.echo(f"{name}: {_counts(part)}")
    left = report.nodes.left + report.relationships.left
    if left and not prune:
        click.echo(f"{left:,} nodes and relationships there are not in {graph} (any more). To remove them: --prune", err=True)
    elif left:
        click.echo(f"{left:,} nodes were kept: something that postkg did not write is attached to them.", err=True)


@push.command()
@server_options("endpoint", required=True)
@click.option("--update-endpoint", metavar="URL", default="", help="Where changes go, if that cannot be told from --endpoint.")
@_prune
@graph_option
def sparql(server: EndpointChoice, update_endpoint: str, prune: bool, graph: Path) -> None:
    """Bring a SPARQL server up to date with the graph.

    What is on the server is read and compared, and the difference is sent as SPARQL Update. Only statements about
    subjects under the graph's base IRI, with predicates that postkg writes, are ever changed.

    \b
    kg push sparql --endpoint http://localhost:3030/ds                  Fuseki
    kg push sparql --endpoint http://localhost:7878/query               Oxigraph
    kg push sparql --endpoint http://localhost:7200/repositories/kg     GraphDB, RDF4J
    """
    from kg.push_sparql import PushReport
    from kg.push_sparql import push as run

    def line(report: PushReport, seconds: float) -> str:
        return f"{bar(report.done, report.total)} subjects, {report.statements:,} statements sent"

    def push_all(store: Store, endpoint: Endpoint, show: Callable[[PushReport], None]) -> PushReport:
        return run(store, endpoint, prune=prune, on_progress=show)

    report, seconds = _pushed(graph, server.open(update_url=update_endpoint), server.url, push_all, line)
    click.echo(f"pushed {graph} to {server.url} in {seconds:.1f} s: {report.statements:,} statements sent")
    click.echo(f"subjects: {_counts(report)}")
    if report.left:
        click.echo(f"{report.left:,} subjects there are not in {graph} (any more). To remove them: --prune", err=True)


def _pushed(
    graph: Path,
    opened: AbstractContextManager[Server],
    where: str,
    run: Callable[[Store, Server, Callable[[Report], None]], Report],
    line: Callable[[Report, float], str],
) -> tuple[Report, float]:
    """What ``run`` reports and the seconds it took, a line of progress shown meanwhile; Ctrl-C ends it between two batches."""
    started = time.monotonic()
    interrupted = Interrupted()
    with open_store(graph) as store, opened as server, Progress("pushing") as progress, interrupted:

        def show(report: Report) -> None:
            interrupted.check()
            progress.update(line(report, max(0.001, time.monotonic() - started)))

        try:
            return run(store, server, show), time.monotonic() - started
        except KeyboardInterrupt:
            click.echo(f"Stopped. What was sent is at {where}; the same command goes on from there.", err=True)
            sys.exit(130)


def _counts(part: Counted) -> str:
    return f"{part.created:,} created, {part.updated:,} updated, {part.unchanged:,} unchanged, {part.removed:,} removed"
