"""``kg build``: posts in, graph out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.interrupted import Interrupted
from kg.commands.progress import Progress
from kg.commands.sources import extractor_options, late_extractor, posts_or_none_options, read, read_claims, strict_option

if TYPE_CHECKING:
    from kg.model import Post
    from kg.pipeline import Extractor


def _absolute(ctx: click.Context, option: click.Parameter, base: str | None) -> str | None:
    from pyoxigraph import NamedNode

    try:
        return base and NamedNode(base).value
    except ValueError:
        raise click.BadParameter(f"{base!r} is no absolute IRI. One is: https://example.org/kg/") from None


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
@strict_option
@click.option("--prune", is_flag=True, help="Remove posts of the graph that are not among POSTS.")
@click.option("--base", callback=_absolute, help="Base IRI of a new graph's identifiers.")
@extractor_options
def build(
    posts: tuple[str, ...], format_: str | None, columns: tuple[str, ...], graph: str, from_claims: str | None, jobs: int,
    strict: bool, prune: bool, base: str | None, model: str | None, names: tuple[str, ...], ontology: tuple[str, ...],
    corrections: str | None,
) -> None:  # fmt: skip
    """Read POSTS (files, folders, - for stdin), extract their claims and store them.

    Only new and changed posts are worked on, so building twice changes nothing. Formats: Telegram exports
    (result.json, messages.html), saved t.me/s pages, plain channel dumps, JSON Lines, CSV, RSS and Atom,
    Markdown and HTML articles, all of them gzipped or not.

    Every post ends as one of: extracted (has claims), empty, duplicate (its id was read before) or failed. A failed post is
    reported with its reason, which the graph keeps, and tried again by the next build.
    """
    from kg.build_report import BuildReport, begin_build
    from kg.corrected import keep_corrections
    from kg.pipeline import build as run
    from kg.store import Store
    from kg.vocabulary import load_vocabulary

    if bool(posts) == bool(from_claims):
        raise click.UsageError("Give either POSTS or --from-claims DIR.")
    if from_claims and (format_ or columns or jobs != 1 or model or names):
        raise click.UsageError(
            "With --from-claims nothing is read or extracted again: only --ontology and --corrections go with it."
        )
    started = time.monotonic()
    report = BuildReport()
    with Progress("building") as progress:
        source: Iterable[Post]
        extractor: Extractor
        if from_claims:
            extractor = claims = read_claims(from_claims, progress, report)
            source = claims.posts()
        else:
            source = read(posts, format_, columns, progress, report)
            extractor = late_extractor(model, names, ontology, corrections)
        interrupted = Interrupted(f"Stopping after this post; what is finished is kept in {graph}. Ctrl-C again stops at once.")

        def show(report: BuildReport) -> None:
            interrupted.check()
            rate = report.read / max(0.001, time.monotonic() - started)
            progress.update(f"{report.read:,} posts, {report.claims_added:,} claims, {rate:,.0f} posts/s")

        vocabulary = load_vocabulary(ontology)
        if corrections:
            from kg.extract.corrections_file import read_corrections

            read_corrections(Path(corrections), vocabulary.types)  # a file with mistakes is refused before it is kept
        try:
            with interrupted, Store.open(graph, "write", base=base or "", vocabulary=vocabulary) as store:
                begin_build(Path(graph))
                keep_corrections(Path(graph), corrections)
                run(
                    source, extractor, store, jobs=jobs, prune=prune, complete=lambda: not progress.problems,
                    on_progress=show, report=report,
                )  # fmt: skip
                failed = store.failed()
        except KeyboardInterrupt:
            click.echo(f"Stopped after {report.read:,} posts. The same command goes on from there.", err=True)
            sys.exit(130)
        unread = progress.problems  # those of the extraction follow: they keep no post from being removed
        for problem in report.problems:
            progress.problem(problem)
    kept = prune and (unread > 0 or not report.read)
    report.write(Path(graph), progress.problems)
    click.echo(f"{report.in_words()} ({report.unchanged:,} unchanged), {time.monotonic() - started:.1f} s")
    click.echo(
        f"claims: {report.claims_added:,} added, {report.claims_removed:,} removed, {report.claims_refused:,} refused"
        + (f"; posts removed: {report.removed:,}" if prune else "")
        + f"; graph in {graph}"
    )
    if progress.problems:
        click.echo(f"{progress.problems} problems, listed above; everything else is in the graph.", err=True)
    if kept:
        reason = "there were problems in what was read" if unread else "no posts were read"
        click.echo(f"No post was removed (--prune): {reason}. Mend that and give the same command again.", err=True)
    if strict and not report.read:
        click.echo("No posts were read (--strict).", err=True)
    if strict and failed:
        click.echo(f"{failed:,} posts of the graph failed (--strict); kg stats -g {graph} has the reasons.", err=True)
    if progress.problems or kept or (strict and (failed or not report.read)):
        sys.exit(1)
