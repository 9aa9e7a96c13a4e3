"""``kg schema``: what there is to ask for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands.options import output_options, show_rows


@click.command()
@click.option("--cypher", is_flag=True, help="As a property graph: labels, relationship types, properties, constraints.")
@click.option(
    "--ontology", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Turtle file with more types and relations.",
)  # fmt: skip
@output_options
def schema(cypher: bool, ontology: tuple[Path, ...], form: str | None) -> None:
    """Show the types and predicates of the ontology; with --cypher as labels and relationship types.

    Made from schemas/ontology.ttl; it needs no graph.
    """
    from kg.vocabulary import load_vocabulary

    vocabulary = load_vocabulary(ontology)
    if not cypher:
        rows = [
            (name, ", ".join(sorted(relation.domain)), ", ".join(sorted(relation.range)), ", ".join(sorted(relation.qualifiers)))
            for name, relation in sorted(vocabulary.relations.items())
        ]
        show_rows(("predicate", "from", "to", "said with"), rows, form)
        return
    from kg.property_schema import all_labels, constraints, described

    found = [(row.kind, row.name, row.of, row.means) for row in described(vocabulary)]
    show_rows(("kind", "name", "of", "means"), found, form)
    if form is None:
        click.echo("\n" + ";\n".join(constraints(all_labels(vocabulary))) + ";", file=sys.stdout)
