"""``kg push``: the graph to a database server."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from kg.commands.options import graph_option
from kg.commands.progress import Progress, bar
from kg.commands.servers import EndpointChoice, endpoint_options
from kg.store import open_store


@click.group()
def push() -> None:
    """Bring a database server up to date with the graph. What is there already is left as it is, so the same command
    again changes nothing, and goes on where another one was stopped.

    \b
    kg push neo4j --uri bolt://localhost:7687
    kg push sparql --endpoint http://localhost:3030/ds
    """


_prune = click.option("--prune", is_flag=True, help="Also remove what an earlier push wrote and the graph no longer has.")


@push.command()
@endpoint_options(required=True)
@click.option("--update-endpoint", metavar="URL", default="", help="Where changes go, if that cannot be told from --endpoint.")
@_prune
@graph_option
def sparql(endpoint: EndpointChoice, update_endpoint: str, prune: bool, graph: Path) -> None:
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
    with open_store(graph) as store, endpoint.open(update_url=update_endpoint) as server, Progress("pushing") as progress:

        def show(report: PushReport) -> None:
            progress.update(f"{bar(report.done, report.total)} subjects, {report.statements:,} statements sent")

        try:
            report = run(store, server, prune=prune, on_progress=show)
        except KeyboardInterrupt:
            _stopped(endpoint.url)
    seconds = time.monotonic() - started
    click.echo(
        f"{report.total:,} subjects in {seconds:.1f} s: {report.created:,} created, {report.updated:,} updated, "
        f"{report.unchanged:,} unchanged, {report.removed:,} removed; {report.statements:,} statements sent"
    )
    if report.left:
        click.echo(f"{report.left:,} subjects there are not in {graph} (any more). To remove them: --prune", err=True)


def _stopped(where: str) -> None:
    click.echo(f"Stopped. What was sent is at {where}; the same command goes on from there.", err=True)
    sys.exit(130)
