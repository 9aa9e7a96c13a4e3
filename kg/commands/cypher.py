"""``kg cypher``: a Cypher statement of one's own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from kg.commands.options import graph_option, open_index, output_options, show_rows
from kg.commands.servers import BoltChoice, server_options

if TYPE_CHECKING:
    from kg.engine import Engine


@click.command()
@click.argument("query", required=False)
@click.option("-f", "--file", type=click.File(encoding="utf-8"), help="Read the statement from a file (- for standard input).")
@click.option(
    "-p", "--param", "given", multiple=True, metavar="NAME=VALUE",
    help="A parameter, $NAME in the statement. VALUE is JSON (5, true, [1, 2]) or else a string.",
)  # fmt: skip
@click.option("--write", is_flag=True, help="Allow changes. They are made to a copy; the graph stays as it is.")
@click.option("--save", type=click.Path(path_type=Path), help="With --write: keep the copy here (NAME.kgl).")
@server_options("uri")
@output_options
@graph_option
def cypher(
    query: str | None, file: TextIO | None, given: tuple[str, ...], write: bool, save: Path | None, form: str | None,
    server: BoltChoice | None, graph: Path,
) -> None:  # fmt: skip
    """Answer a Cypher statement. See what there is to ask for: kg schema --cypher

    "-" reads the statement from standard input. A copy kept with --save is asked with -g NAME.kgl.

    \b
    kg cypher 'MATCH (m:Model)-[:DEVELOPED_BY]->(o) RETURN o.name, count(DISTINCT m) AS models ORDER BY models DESC LIMIT 5'
    kg cypher 'MATCH (m:Model {name: $name})-[r]->(o) RETURN type(r), o.name, r.date' -p name=GPT-4o
    kg cypher --uri bolt://localhost:7687 'MATCH (n:Entity) RETURN count(n)'
    """
    if (query is None) == (file is None):
        raise click.UsageError("Give a statement, or a file with -f, not both.")
    if save and (not write or save.suffix != ".kgl"):
        raise click.UsageError("--save goes with --write and names a place that ends in .kgl.")
    if server and write:
        raise click.UsageError("--write changes a copy, and there is none of a server. A server is changed by kg push.")
    text = file.read() if file else sys.stdin.read() if query == "-" else str(query)
    index = None if server else open_index(graph, copy=write)
    engine: Engine = server.open() if server else index  # type: ignore[assignment]
    try:
        found = engine.run(text, parameters(given), write=write)
        if save and index:
            index.save(save)
            click.echo(f"wrote {save}", err=True)
    finally:
        engine.close()
    if found.columns:
        show_rows(found.columns, found.rows if form == "json" else [tuple(map(_written, row)) for row in found.rows], form)
    if write and not save:
        click.echo("Changes were made to a copy and are gone. Keep them with: --save NAME.kgl", err=True)


def parameters(given: tuple[str, ...]) -> dict[str, Any]:
    """``NAME=VALUE`` pairs as values.

    >>> parameters(("name=GPT-4o", "limit=5", "names=[1, null]", "since='2024'"))
    {'name': 'GPT-4o', 'limit': 5, 'names': [1, None], 'since': "'2024'"}
    """
    values = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name.isidentifier():
            raise click.UsageError(f"A parameter is written NAME=VALUE, not {pair!r}.")
        try:
            values[name] = json.loads(value)
        except ValueError:
            values[name] = value
    return values


def _written(value: Any) -> Any:
    """Lists and dicts as JSON: a table has one line for a row."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
