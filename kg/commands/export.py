"""``kg export``: the graph in other formats."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from kg.commands.options import confidence_option, graph_option
from kg.errors import InputError
from kg.store import Store, open_store

_TITLES = {
    "turtle": "RDF with prefixes, to read",
    "ntriples": "RDF, one statement a line",
    "trig": "RDF with a named graph per post",
    "nquads": "the same, one statement a line",
    "jsonld": "RDF as JSON, context inside",
    "graphml": "network for Gephi, yEd, networkx",
    "csv": "tables of nodes and edges, two files",
    "jsonl": "claims with evidence, one JSON object a line",
}
"""Written out here so that help needs no exporter; a test compares them with ``kg.export.FORMATS``."""
_RDF12 = ("turtle", "ntriples", "trig", "nquads")


def _help() -> str:
    width = max(map(len, _TITLES))
    return "\n".join(f"{name:{width}}  {title}" for name, title in _TITLES.items())


@click.command(
    help=f"""Write the graph in another format, to standard output or a file.

    \b
    {_help().replace(chr(10), chr(10) + "    ")}

    CSV needs -o: NAME.csv gives NAME-nodes.csv and NAME-edges.csv, an existing folder nodes.csv and edges.csv in it. Cells that a
    spreadsheet would take for a formula begin with an apostrophe.
    """
)
@click.argument("format_name", metavar="FORMAT", type=click.Choice(list(_TITLES), case_sensitive=False))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write to. [default: standard output]")
@click.option("--rdf12", is_flag=True, help="Add in RDF 1.2 which triple each claim is about: rdf:reifies <<( s p o )>>.")
@confidence_option
@graph_option
def export(format_name: str, output: Path | None, rdf12: bool, min_confidence: float, graph: Path) -> None:
    if rdf12 and format_name not in _RDF12:
        raise click.UsageError(f"--rdf12 goes with {', '.join(_RDF12)}.")
    if output == Path("-"):
        output = None
    if output is None and format_name == "csv":
        raise click.UsageError("CSV is two files. Name them with -o: -o NAME.csv gives NAME-nodes.csv and NAME-edges.csv.")
    with open_store(graph) as store:
        try:
            _write(store, format_name, output, rdf12, min_confidence)
        except BrokenPipeError:
            # The reader (head, less) has seen enough; Python would complain once more when it closes standard output.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        except OSError as error:
            raise InputError(f"{output or 'standard output'} cannot be written: {error}\nName another file with -o.") from error


def _write(store: Store, format_name: str, output: Path | None, rdf12: bool, min_confidence: float) -> None:
    if format_name == "csv" and output is not None:
        from kg.export_csv import write_csv

        for path in write_csv(store, output, min_confidence=min_confidence):
            click.echo(f"wrote {path}", err=True)
        return
    from kg.export import write

    if output is None:
        write(store, format_name, sys.stdout.buffer, rdf12=rdf12, min_confidence=min_confidence)
        return
    if output.exists() and not output.is_file():  # a device or a pipe is written to, not replaced
        with output.open("wb") as out:
            write(store, format_name, out, rdf12=rdf12, min_confidence=min_confidence)
        return
    target = output.resolve()  # a link stays one
    partial = target.with_name(target.name + ".partial")
    try:
        with partial.open("wb") as out:
            write(store, format_name, out, rdf12=rdf12, min_confidence=min_confidence)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    click.echo(f"wrote {output}", err=True)
