"""``kg build``: posts in, graph out."""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path

import click

from kg.commands.progress import Progress
from kg.commands.sources import extractor_options, make_extractor, posts_options, read


@click.command()
@posts_options
@click.option(
    "-o",
    "--output",
    "graph",
    default="graph",
    show_default=True,
    envvar="KG_GRAPH",
    help="Folder of the graph; made when missing.",
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that extract.")
@click.option("--prune", is_flag=True, help="Remove posts of the graph that are not among POSTS.")
@click.option("--base", help="Base IRI of a new graph's identifiers.")
@extractor_options
def build(
    posts: tuple[str, ...], format_: str | None, columns: tuple[str, ...], graph: str, jobs: int, prune: bool, base: str | None,
    model: str | None, names: tuple[str, ...], ontology: tuple[str, ...], corrections: str | None,
) -> None:  # fmt: skip
    """Read POSTS (files, folders, - for stdin), extract their claims and store them.

    Only new and changed posts are worked on, so building twice changes nothing. Formats: Telegram exports
    (result.json, messages.html), saved t.me/s pages, plain channel dumps, JSON Lines, CSV, RSS and Atom,
    Markdown and HTML articles, all of them gzipped or not.
    """
    from kg.corrected import keep_corrections
    from kg.pipeline import BuildReport
    from kg.pipeline import build as run
    from kg.store import Store
    from kg.vocabulary import load_vocabulary

    started = time.monotonic()
    with Progress("building") as progress:
        source = read(posts, format_, columns, progress)
        extractor = make_extractor(model, names, ontology, corrections)

        def show(report: BuildReport) -> None:
            rate = report.read / max(0.001, time.monotonic() - started)
            progress.update(f"{report.read:,} posts, {report.claims_added:,} claims, {rate:,.0f} posts/s")

        try:
            with Store.open(graph, "write", base=base or "", vocabulary=load_vocabulary(ontology)) as store:
                keep_corrections(Path(graph), corrections)
                report = run(
                    source, extractor, store, jobs=jobs, factory=partial(make_extractor, model, names, ontology, corrections),
                    prune=prune, on_progress=show,
                )  # fmt: skip
        except KeyboardInterrupt:
            click.echo(f"Stopped. What was finished is kept in {graph}; the same command goes on from there.", err=True)
            sys.exit(130)
        for problem in report.problems:
            progress.problem(problem)
    seconds = time.monotonic() - started
    click.echo(
        f"{report.read:,} posts read in {seconds:.1f} s: {report.extracted:,} with claims, {report.empty:,} without, "
        f"{report.unchanged:,} unchanged, {report.repeated:,} repeated, {report.failed:,} failed"
        + (f", {report.removed:,} removed" if prune else "")
    )
    click.echo(
        f"claims: {report.claims_added:,} added, {report.claims_removed:,} removed, "
        f"{report.claims_refused:,} refused; graph in {graph}"
    )
    if progress.problems:
        click.echo(f"{progress.problems} problems, listed above; everything else is in the graph.", err=True)
        sys.exit(1)
