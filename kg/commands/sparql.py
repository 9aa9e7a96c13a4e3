"""``kg sparql``: a query of one's own."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO, TypeVar

import click
import pyoxigraph as ox

from kg.commands.options import graph_option, output_options, show_rows
from kg.commands.servers import EndpointChoice, server_options
from kg.errors import QueryError
from kg.questions import Cell, cell
from kg.records import Asked
from kg.store import open_store
from kg.vocabulary import PREFIXES

Item = TypeVar("Item")


@click.command()
@click.argument("query", required=False)
@click.option("-f", "--file", type=click.File(encoding="utf-8"), help="Read the query from a file (- for standard input).")
@output_options
@server_options("endpoint")
@graph_option
def sparql(query: str | None, file: TextIO | None, form: str | None, server: EndpointChoice | None, graph: Path) -> None:
    """Answer a SPARQL query. SELECT and ASK give rows, CONSTRUCT and DESCRIBE Turtle.

    The prefixes kg, rdf, rdfs, xsd, skos, prov and schema are declared already. "-" reads the query from standard input.

    \b
    kg sparql 'SELECT ?model ?who { ?model kg:developedBy ?who }'
    kg sparql --endpoint http://localhost:3030/ds 'SELECT (COUNT(*) AS ?claims) { ?c a kg:Claim }'
    """
    if (query is None) == (file is None):
        raise click.UsageError("Give a query, or a file with -f, not both.")
    text = file.read() if file else sys.stdin.read() if query == "-" else str(query)
    with server.open() if server else open_store(graph) as store:
        found = store.query(text)
        if isinstance(found, ox.QueryTriples):
            out = ox.serialize(_read(found), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
            click.echo((out or b"").decode(), nl=False)
        elif isinstance(found, ox.QuerySolutions):
            columns = tuple(variable.value for variable in found.variables)
            show_rows(columns, _rows(store, found, len(columns)), form)
        else:
            show_rows(("answer",), [(bool(found),)], form)


def _rows(store: Asked, found: ox.QuerySolutions, width: int) -> list[tuple[Cell, ...]]:
    return [tuple(cell(store, row[i]) for i in range(width)) for row in _read(found)]


def _read(found: Iterable[Item]) -> list[Item]:
    try:
        return list(found)
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"SPARQL cannot be answered: {error}") from error
