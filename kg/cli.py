"""The command ``kg``: finds its commands in ``kg.commands`` by name and loads one only when it is asked for."""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from typing import Any

import click

from kg.errors import KGError

COMMANDS = {
    "build": "Posts in, graph out: extract what is new or changed and store it.",
    "extract": "Print the claims of posts as JSON Lines.",
    "ask": "Ask the graph one of the questions; without a name, list them.",
    "sparql": "Ask the graph in SPARQL (read-only).",
    "cypher": "Ask the graph in Cypher (read-only).",
    "schema": "Show the types and predicates there are, also as labels for Cypher.",
    "show": "Show all that is known of an entity, or of a post.",
    "merges": "List the written forms of entities, and why each was merged.",
    "stats": "Count posts, entities and claims.",
    "draw": "Write an interactive page of the graph: one HTML file.",
    "serve": "Explore the graph in a browser: the page over the live graph, with questions.",
    "push": "Bring a Neo4j or SPARQL server up to date with the graph.",
    "export": "Write the graph as Turtle, JSON-LD, GraphML, CSV, ...",
    "check": "Check the graph against the ontology and the shapes.",
    "score": "Measure the extraction against annotated posts.",
    "train": "Train the extraction on annotated posts of your own.",
}
"""In the order people meet them."""


_REFUSALS = (errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.EDQUOT, errno.EFBIG)
"""What the disk, or whoever owns it, does not allow: no fault of the program."""


class Commands(click.Group):
    """A group that knows its commands' names and help without importing them: ``kg --help`` stays instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"kg.commands.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Errors raised on purpose end the run with their message and status 1."""
        try:
            return super().invoke(ctx)
        except KGError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(1)
        except UnicodeEncodeError as error:
            click.echo(f"Error: {error.encoding} has no {error.object[error.start]!a}. Set PYTHONIOENCODING=utf-8.", err=True)
            sys.exit(1)
        except (RuntimeError, OSError) as error:
            if isinstance(error, OSError) and error.errno in _REFUSALS:
                click.echo(f"Error: {error.filename or 'the output'} cannot be used: {error.strerror}.", err=True)
                sys.exit(1)
            if "Corruption" not in str(error) or ".sst" not in str(error):
                raise
            click.echo("Error: the graph was rewritten by another process while it was read (a running kg build?).", err=True)
            click.echo("Ask again when that is done.", err=True)
            sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="postkg", prog_name="kg")
def cli() -> None:
    """Build a knowledge graph from posts about AI, ask it, draw it.

    \b
    kg build posts/ -o graph            read posts, extract claims, store them
    kg ask models-by-organization --organization Google
    kg show GPT-4o                      a card with the evidence
    kg draw -o page.html                an interactive page
    """
