"""``kg extract``: claims as JSON Lines, without a graph."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from kg.commands.options import confidence_option
from kg.commands.progress import Progress
from kg.commands.sources import extractor_options, late_extractor, posts_options, read, strict_option
from kg.model import Claim, Entity, Extraction


@click.command()
@posts_options
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that extract.")
@strict_option
@confidence_option
@extractor_options
def extract(
    posts: tuple[str, ...], format_: str | None, columns: tuple[str, ...], jobs: int, strict: bool,
    min_confidence: float, model: str | None, names: tuple[str, ...], ontology: tuple[str, ...], corrections: str | None,
) -> None:  # fmt: skip
    """Print the claims of POSTS as JSON Lines, one claim a line, each with its evidence.

    --format gold prints one line per post instead, in the form of annotated posts (id, entities with
    surfaces, triples with qualifiers and evidence): what kg score and kg train read. What became of the posts is said at the end,
    on stderr.
    """
    from kg.build_report import BuildReport
    from kg.gold_form import gold_document
    from kg.pipeline import extract as run

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
