"""``kg build``: posts in, graph out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.progress import Progress
from kg.commands.sources import extractor_options, make_extractor, posts_or_none_options, read

if TYPE_CHECKING:
    from kg.model import Post
    from kg.pipeline import Extractor


@click.command()
@posts_or_none_options
@click.option(
    "-o",
    "--output",
    "graph",
    default="graph",
    show_default=True,
    envvar="KG_GRAPH",
    help="Folder of the graph; made when missing.",
)
@click.option("--from-claims", metavar="DIR", help="Load the folder that kg extract -o wrote, instead of reading POSTS.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that extract.")
@click.option("--prune", is_flag=True, help="Remove posts of the graph that are not among POSTS.")
@click.option("--base", help="Base IRI of a new graph's identifiers.")
@extractor_options
def build(
    posts: tuple[str, ...], format_: str | None, columns: tuple[str, ...], graph: str, from_claims: str | None, jobs: int,
    prune: bool, base: str | None, model: str | None, names: tuple[str, ...], ontology: tuple[str, ...], corrections: str | None,
) -> None:  # fmt: skip
    """Read POSTS (files, folders, - for stdin), extract their claims and store them.

    Only new and changed posts are worked on, so building twice changes nothing. Formats: Telegram exports
    (result.json, messages.html), saved t.me/s pages, plain channel dumps, JSON Lines, CSV, RSS and Atom,
    Markdown and HTML articles, all of them gzipped or not.
    """
    from kg.claim_folder import ClaimFolder
    from kg.pipeline import BuildReport
    from kg.pipeline import build as run
    from kg.store import Store
    from kg.vocabulary import load_vocabulary

    if bool(posts) == bool(from_claims):
        raise click.UsageError("Give either POSTS or --from-claims DIR.")
    if from_claims and (format_ or columns or jobs != 1 or model or names or corrections):
        raise click.UsageError(
            "With --from-claims nothing is read or extracted again: of its options only --ontology goes with it."
        )
    started = time.monotonic()
    with Progress("building") as progress:
        source: Iterable[Post]
        extractor: Extractor
        if from_claims:
            extractor = claims = ClaimFolder(Path(from_claims), progress.problem)
            source = claims.posts()
        else:
            source = read(posts, format_, columns, progress)
            extractor = make_extractor(model, names, ontology, corrections)

        def show(report: BuildReport) -> None:
            rate = report.read / max(0.001, time.monotonic() - started)
            progress.update(f"{report.read:,} posts, {report.claims_added:,} claims, {rate:,.0f} posts/s")

        try:
            with Store.open(graph, "write", base=base or "", vocabulary=load_vocabulary(ontology)) as store:
                factory = None if from_claims else partial(make_extractor, model, names, ontology, corrections)
                report = run(source, extractor, store, jobs=jobs, factory=factory, prune=prune, on_progress=show)
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
