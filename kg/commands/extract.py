"""``kg extract``: claims as JSON Lines, without a graph."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from kg.commands.options import confidence_option
from kg.commands.progress import Progress
from kg.commands.sources import column_mapping, extractor_options, late_extractor, posts_options, read, strict_option
from kg.model import Claim, Entity, Extraction


@click.command()
@posts_options
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that extract.")
@click.option(
    "-o", "--output", metavar="DIR",
    help="Keep posts and claims in a new folder, for kg build --from-claims, instead of printing claims.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
    help="Where to work: this process, or Spark (pip install 'postkg[spark]'), which needs -o.",
)  # fmt: skip
@click.option("--partitions", type=click.IntRange(1), help="Spark: parts that are finished, and kept, one by one.")
@click.option("--spark-conf", multiple=True, metavar="KEY=VALUE", help="Spark: a setting, e.g. spark.master=spark://host:7077.")
@strict_option
@confidence_option
@extractor_options
def extract(
    posts: tuple[str, ...], format_: str | None, columns: tuple[str, ...], jobs: int, output: str | None, engine: str,
    partitions: int | None, spark_conf: tuple[str, ...], strict: bool, min_confidence: float,
    model: str | None, names: tuple[str, ...], ontology: tuple[str, ...], corrections: str | None,
) -> None:  # fmt: skip
    """Print the claims of POSTS as JSON Lines, one claim a line, each with its evidence.

    --format gold prints one line per post instead, in the form of annotated posts (id, entities with
    surfaces, triples with qualifiers and evidence): what kg score and kg train read. What became of the posts is said at the end,
    on stderr.

    With --engine spark POSTS are JSON Lines or Parquet on any file system of Hadoop (file:, hdfs:, s3a:, ...), files, folders or
    patterns; DIR gets posts, claims and facts as Parquet and the graph as N-Quads. A run that was stopped goes on when the same
    command is given again.
    """
    _check_options(engine, output, jobs, partitions, spark_conf, min_confidence, format_)
    if engine == "spark" and output is not None:
        from kg.commands.extract_spark import extract_on_spark, spark_settings

        settings, mapping = spark_settings(spark_conf), column_mapping(columns)
        extract_on_spark(posts, output, settings, partitions, format_, mapping, strict, model, names, ontology, corrections)
        return
    from kg.build_report import BuildReport
    from kg.gold_form import gold_document
    from kg.pipeline import extract as run

    if output is not None:
        _into_folder(posts, output, format_, columns, jobs, strict, model, names, ontology, corrections)
        return
    gold = format_ == "gold"
    report = BuildReport()
    with Progress("extracting") as progress:
        source = read(posts, None if gold else format_, columns, progress, report)
        extractor = late_extractor(model, names, ontology, corrections)
        for extraction in run(source, extractor, jobs=jobs, on_problem=progress.problem, report=report):
            sure = extraction.sure(min_confidence)
            for line in [gold_document(sure)] if gold else claim_lines(sure):
                click.echo(json.dumps(line, ensure_ascii=False))
            progress.update(f"{report.read:,} posts")
    click.echo(report.in_words(), err=True)
    if strict and not report.read:
        click.echo("No posts were read (--strict).", err=True)
    if progress.problems or (strict and not report.read):
        sys.exit(1)


def _check_options(
    engine: str, output: str | None, jobs: int, partitions: int | None, spark_conf: tuple[str, ...], min_confidence: float,
    format_: str | None,
) -> None:  # fmt: skip
    if engine == "spark":
        if output is None:
            raise click.UsageError("--engine spark needs a folder for the claims: -o DIR.")
        if jobs != 1:
            raise click.UsageError("--jobs is for one machine; Spark has --spark-conf spark.executor.instances=N.")
        if format_ not in (None, "jsonl", "parquet"):
            raise click.UsageError("--format is one of: jsonl, parquet (on Spark).")
    elif partitions is not None or spark_conf:
        raise click.UsageError("--partitions and --spark-conf go with --engine spark.")
    if output is not None and (min_confidence or format_ == "gold"):
        raise click.UsageError("A folder (-o) keeps every claim: leave --min-confidence and --format gold out.")


def _into_folder(
    posts: tuple[str, ...], output: str, format_: str | None, columns: tuple[str, ...], jobs: int, strict: bool,
    model: str | None, names: tuple[str, ...], ontology: tuple[str, ...], corrections: str | None,
) -> None:  # fmt: skip
    from kg.build_report import BuildReport
    from kg.claim_folder import ClaimWriter
    from kg.pipeline import extract as run
    from kg.vocabulary import load_vocabulary

    vocabulary, report, claims = load_vocabulary(ontology), BuildReport(), 0
    extractor = late_extractor(model, names, ontology, corrections)
    with Progress("extracting") as progress, ClaimWriter(Path(output), extractor.version, vocabulary=vocabulary) as writer:
        source = read(posts, format_, columns, progress, report)
        found = run(
            source,
            extractor,
            jobs=jobs,
            vocabulary=vocabulary,
            on_problem=progress.problem,
            report=report,
            on_failure=writer.fail,
        )
        for extraction in found:
            writer.put(extraction)
            claims += len(extraction.claims)
            progress.update(f"{report.read:,} posts")
    click.echo(f"{report.in_words()}; {claims:,} claims in {output}")
    if strict and not report.read:
        click.echo("No posts were read (--strict).", err=True)
    if progress.problems or (strict and not report.read):
        sys.exit(1)


def claim_lines(extraction: Extraction) -> list[dict[str, Any]]:
    """Each claim of a post as a JSON object."""
    return [_line(claim, extraction) for claim in extraction.claims]


def _line(claim: Claim, extraction: Extraction) -> dict[str, Any]:
    post, evidence = extraction.post, claim.evidence
    object_ = claim.object
    return {
        "subject": claim.subject.key, "subject_name": claim.subject.name, "predicate": claim.predicate,
        "object": claim.object_key, "object_name": object_.name if isinstance(object_, Entity) else object_.value,
        "qualifiers": dict(claim.qualifiers),
        "confidence": claim.confidence, "post": post.id, "start": evidence.start, "end": evidence.end,
        "quote": post.text[evidence.start : evidence.end], "url": post.url, "published": post.published,
    }  # fmt: skip
