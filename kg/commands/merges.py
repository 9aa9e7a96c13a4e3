"""``kg merges``: which written forms are one entity, and why."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import click

from kg.commands.options import graph_option, output_options, show_rows
from kg.store import open_store

_COLUMNS = ("entity", "type", "alias", "reason", "posts", "key")


@click.command()
@click.option("--entity", default="", metavar="NAME", help="This entity only: a name, an alias or a key.")
@output_options
@graph_option
def merges(entity: str, form: str | None, graph: Path) -> None:
    """List every entity with more than one written form: each alias, why it was merged, and the posts that use it.

    Names that the corrections of the build drop stand at the end. A wrong merge is put right with a line in a file of
    corrections: kg build --corrections FILE (see kg build --help).
    """
    from kg.lookup import find_entity
    from kg.merges import dropped
    from kg.merges import merges as find

    with open_store(graph) as store:
        found = find(store, find_entity(store, entity).value) if entity else find(store) + dropped(store)
    if not found and form is None:
        click.echo(f"{entity or 'Every entity'} has one written form only: nothing was merged.", err=True)
        return
    show_rows(_COLUMNS, [astuple(merge) for merge in found], form)
    if not all(merge.reason for merge in found):
        click.echo("Some reasons are not in this graph. Bring it up to date with: kg build", err=True)
