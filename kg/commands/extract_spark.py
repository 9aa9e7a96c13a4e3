"""``kg extract --engine spark``: claims of a large corpus into a folder of Parquet and N-Quads."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping

import click

from kg.commands.progress import Progress
from kg.commands.sources import late_extractor
from kg.errors import ClusterError, KGError
from kg.vocabulary import BASE, load_vocabulary


def spark_settings(pairs: tuple[str, ...]) -> dict[str, str]:
    """The pairs of ``--spark-conf``; a usage error for what is no pair.

    >>> spark_settings(("spark.master=local-cluster[2,1,1024]", "spark.executor.memory=2g"))
    {'spark.master': 'local-cluster[2,1,1024]', 'spark.executor.memory': '2g'}
    """
    for pair in pairs:
        if "=" not in pair or not pair.startswith("spark."):
            raise click.UsageError(f"--spark-conf takes spark.KEY=VALUE, not {pair!r}.")
    return dict(pair.split("=", 1) for pair in pairs)


def extract_on_spark(
    posts: tuple[str, ...], output: str, settings: Mapping[str, str], partitions: int | None, format_: str | None,
    columns: Mapping[str, str], strict: bool,
    model: str | None, names: tuple[str, ...], ontology: tuple[str, ...], corrections: str | None,
) -> None:  # fmt: skip
    """Run it, say what became of the posts, and end with status 1 when some failed."""
    from kg.spark.session import attempt, is_running, start, stop

    started = time.monotonic()
    session = start(settings)
    try:
        from kg.spark.order import Order
        from kg.spark.run import Run

        with Progress("extracting on Spark") as progress:
            order = Order(
                posts, output, late_extractor(model, names, ontology, corrections), load_vocabulary(ontology), BASE,
                format_, columns, partitions,
            )  # fmt: skip
            report = attempt(lambda: Run(session, order, progress.update).extract(), "the run")
    except KGError as error:
        if is_running(session):
            raise
        raise ClusterError("Spark has ended.\nWhat is finished is kept; the same command goes on from there.") from error
    except KeyboardInterrupt:
        click.echo(f"Stopped. Finished parts are kept in {output}; the same command goes on from there.", err=True)
        sys.exit(130)
    finally:
        stop(session)
    for broken in report.broken:
        click.echo(f"problem: {broken}", err=True)
    click.echo(
        f"{report.in_words()}; {report.counts['claims']:,} claims in {output}, {time.monotonic() - started:.1f} s "
        f"({report.parts} parts, {report.kept} of them from an earlier run; extractor unpacked in {report.unpacked} processes)"
    )
    if report.broken:
        click.echo(f"{len(report.broken)} parts could not be done. The same command tries these again.", err=True)
    if report.counts["failed"]:
        click.echo(f"The reasons of failed posts are in the column reason of {output}/posts.", err=True)
    if strict and not report.counts["read"]:
        click.echo("No posts were read (--strict).", err=True)
    if report.broken or (strict and not report.counts["read"]) or report.counts["failed"]:
        sys.exit(1)
