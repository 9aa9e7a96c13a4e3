"""``kg draw``: the graph as one page to look at."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.options import confidence_option, graph_option


@click.command("draw")
@graph_option
@click.option("-o", "--output", default="graph.html", show_default=True, help="The page to write; - for standard output.")
@click.option("--around", default="", metavar="ENTITY", help="Draw what surrounds this entity: a name, an alias or a key.")
@click.option("--depth", default=1, show_default=True, type=click.IntRange(0), help="How many steps around it.")
@click.option("--types", default="", metavar="TYPE,...", help="Only entities of these types: Model,Organization.")
@click.option("--min-support", default=1, show_default=True, type=click.IntRange(1), help="Facts with so many independent posts.")
@confidence_option
@click.option("--since", default="", metavar="DATE", help="Posts from this day, month or year on: 2024-05-13, 2024-05, 2024.")
@click.option("--until", default="", metavar="DATE", help="Posts up to this day, month or year.")
@click.option("--limit", default=300, show_default=True, type=click.IntRange(1), help="Nodes in the first picture.")
@click.option("--lang", default="en", show_default=True, type=click.Choice(["en", "ru"]), help="Language of the page.")
@click.option("--title", default="", help="Title of the page.")
def draw(
    graph: Path, output: str, around: str, depth: int, types: str, min_support: int, min_confidence: float, since: str,
    until: str, limit: int, lang: str, title: str,
) -> None:  # fmt: skip
    """Draw the graph as one interactive HTML page.

    The page is a single file: it opens without a network, can be searched and filtered, and shows for every node and link
    which posts say so, with the sentence, the date and the link.
    """
    from kg.drawing import draw_page
    from kg.store import open_store
    from kg.view import Part, select

    kinds = tuple(name.strip() for name in types.split(",") if name.strip())
    part = Part(around, depth, kinds, min_support, min_confidence, since, until)
    with open_store(graph) as store:
        view = select(store, part, core=limit)
        page = draw_page(view, store.vocabulary, lang=lang, title=title)
    write(page, output)
    if output != "-":
        click.echo(f"{output}: {len(view.nodes)} nodes, {len(view.links())} links, {len(view.facts)} facts", err=True)


def write(page: str, output: str) -> None:
    """Write the page as UTF-8, line ends as they are: its policy counts every character."""
    if output == "-":
        click.echo(page.encode(), nl=False)
        return
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    Path(output).write_bytes(page.encode())
