"""``kg check``: does the graph keep to the ontology and the shapes?"""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.options import graph_option
from kg.errors import MissingExtra
from kg.store import Store, open_store
from kg.vocabulary import load_vocabulary

_WHOLE = 200_000
"""Statements up to which a SHACL engine reads the whole graph, within a minute."""
_SAMPLE = 500
"""Posts it reads of a larger one."""


@click.command()
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the W3C report (Turtle) to this file.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help=f"Shapes: N posts only ({_SAMPLE} of a large graph).")
@click.option("--all", "whole", is_flag=True, help="Shapes: all posts, however many.")
@click.option("--lang", type=click.Choice(["en", "ru"]), default="en", show_default=True, help="Language of SHACL messages.")
@click.option(
    "--ontology", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Turtle file with more types, relations and shapes.",
)  # fmt: skip
@graph_option
def check(report: Path | None, sample: int | None, whole: bool, lang: str, ontology: tuple[Path, ...], graph: Path) -> None:
    """Check that the graph is sound: one line for each problem, status 1 when there is any.

    First every claim, quotation, fact and entity of the whole graph; then the SHACL shapes (schemas/shapes.ttl), which
    needs pySHACL:  pip install 'postkg[shacl]'
    """
    if sample and whole:
        raise click.UsageError("Give --sample or --all, not both.")
    with open_store(graph, vocabulary=load_vocabulary(ontology)) as store:
        problems = _check_claims(store)
        if not whole and sample is None and len(store.graph) > _WHOLE:
            sample = _SAMPLE
            click.echo(f"A large graph: SHACL looks at {sample} posts (--all for all, which takes long).", err=True)
        try:
            problems += _check_shapes(store, sample, lang, ontology, report)
        except MissingExtra as error:
            if report:
                raise
            click.echo(f"Checked without the SHACL shapes. {error}", err=True)
    click.echo(f"{problems} problems." if problems else "The graph is sound.", err=True)
    if problems:
        raise SystemExit(1)


def _check_claims(store: Store) -> int:
    from kg.audit import check_graph

    count = 0
    for problem in check_graph(store):
        click.echo(_printable(str(problem)))
        count += 1
    return count


def _check_shapes(store: Store, posts: int | None, lang: str, ontology: tuple[Path, ...], target: Path | None) -> int:
    from kg.shacl import check_shapes, sample

    quads = sample(store, posts) if posts else store.graph.quads_for_pattern(None, None, None)
    found = check_shapes(quads, lang=lang, vocabulary=ontology)
    for violation in found.violations:
        click.echo(_printable(str(violation)))
    if target:
        target.write_text(found.turtle, encoding="utf-8", newline="\n")
    return len(found.violations)


def _printable(line: str) -> str:
    """A post may hold control characters, which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in line)
