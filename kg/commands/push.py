"""``kg push``: the graph to a database server."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from kg.commands.interrupted import Interrupted
from kg.commands.options import graph_option
from kg.commands.progress import Progress, bar
from kg.commands.servers import BoltChoice, EndpointChoice, server_options
from kg.store import open_store


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

    started = time.monotonic()
    interrupted = Interrupted()
    with open_store(graph) as store, server.open() as bolt, Progress("pushing") as progress, interrupted:

        def show(report: Neo4jReport) -> None:
            interrupted.check()
            done = report.nodes.done + report.relationships.done
            rate = done / max(0.001, time.monotonic() - started)
            progress.update(f"{bar(done, max(done, report.total))} nodes and relationships, {rate:,.0f}/s")

        try:
            report = run(store, bolt, prune=prune, on_progress=show)
        except KeyboardInterrupt:
            _stopped(server.uri)
    click.echo(f"pushed {graph} to {server.uri} in {time.monotonic() - started:.1f} s")
    for name, part in (("nodes", report.nodes), ("relationships", report.relationships)):
        click.echo(
            f"{name}: {part.created:,} created, {part.updated:,} updated, {part.unchanged:,} unchanged, {part.removed:,} removed"
        )
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

    started = time.monotonic()
    interrupted = Interrupted()
    with (
        open_store(graph) as store,
        server.open(update_url=update_endpoint) as endpoint,
        Progress("pushing") as progress,
        interrupted,
    ):

        def show(report: PushReport) -> None:
            interrupted.check()
            progress.update(f"{bar(report.done, report.total)} subjects, {report.statements:,} statements sent")

        try:
            report = run(store, endpoint, prune=prune, on_progress=show)
        except KeyboardInterrupt:
            _stopped(server.url)
    click.echo(f"pushed {graph} to {server.url} in {time.monotonic() - started:.1f} s: {report.statements:,} statements sent")
    click.echo(
        f"subjects: {report.created:,} created, {report.updated:,} updated, {report.unchanged:,} unchanged, "
        f"{report.removed:,} removed"
    )
    if report.left:
        click.echo(f"{report.left:,} subjects there are not in {graph} (any more). To remove them: --prune", err=True)


def _stopped(where: str) -> None:
    click.echo(f"Stopped. What was sent is at {where}; the same command goes on from there.", err=True)
    sys.exit(130)
