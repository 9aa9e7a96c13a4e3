"""``kg train``: weights from annotated posts."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False), metavar="GOLD...")
@click.option(
    "--written",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="Made-up posts: they teach, but thresholds are not chosen on them.",
)
@click.option(
    "--unannotated",
    multiple=True,
    type=click.Path(exists=True),
    help="Posts, as kg build reads them: the networks also learn from what first ones say of them.",
)
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False), help="Folder for the weights.")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Processes.")
@click.option(
    "--quick", is_flag=True, help="Without the two networks: a small part of the time, and worse. For trying things out."
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False),
    help="Folder for the weights that left out a third of the posts each, to measure with.",
)
def train(
    gold: tuple[str, ...], written: tuple[str, ...], unannotated: tuple[str, ...], output: str, jobs: int, quick: bool,
    keep: str | None,
) -> None:  # fmt: skip
    """Train the extraction on annotated posts (the form that kg extract --format gold prints).

    Use the result with --model FOLDER in kg build, kg extract and kg score. Needs pip install 'postkg[train]'.
    """
    from kg.extract.training import train as run
    from kg.posts import read_posts
    from kg.score import read_documents

    real, made_up = (
        [dict(document) for path in paths for document in read_documents(path).values()] for paths in (gold, written)
    )
    click.echo(f"{len(real)} annotated posts, {len(made_up)} made-up ones", err=True)
    posts = read_posts(*unannotated, on_problem=lambda problem: click.echo(problem, err=True))
    texts = [post.text for post in posts]
    say, kept = lambda line: click.echo(line, err=True), Path(keep) if keep else None
    run(real, Path(output), made_up, jobs, say, unannotated=texts, quick=quick, keep=kept)
    click.echo(f"Weights are in {output}. Try them with:  kg score OTHER-GOLD --model {output}")
