"""``kg stats``: how much is in a graph."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.commands.options import confidence_option, graph_option
from kg.store import open_store


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@confidence_option
@graph_option
def stats(as_json: bool, min_confidence: float, graph: Path) -> None:
    """Count posts, entities and claims (--min-confidence: only claims so sure; posts and entities are counted all the same)."""
    from kg.build_report import STATES, last_build
    from kg.stats import count

    with open_store(graph) as store:
        counted = count(store, min_confidence)
    if as_json:
        click.echo(json.dumps(counted.as_dict() | {"last_build": last_build(graph)}, ensure_ascii=False, indent=2))
        return
    period = f", {counted.first_post} to {counted.last_post}" if counted.first_post else ""
    click.echo(f"{counted.posts} posts{period}")
    for title, counts in (
        ("by state", counted.posts_by_state), ("by channel", counted.posts_by_channel), ("by language", counted.posts_by_language)
    ):  # fmt: skip
        _show(title, counts)
    _show("failed because of", counted.failures)
    build = last_build(graph)
    if build:
        states = ", ".join(f"{build[state]:,} {state}" for state in STATES)
        click.echo(f"  the last build read {build['read']:,} posts: {states}; problems: {build['problems']:,}")
    elif build is not None:
        click.echo("  the last build did not come to its end: give the same command again")
    click.echo(f"{counted.entities} entities, mentioned {counted.mentions} times (once a post)")
    _show("by type", counted.entities_by_type)
    click.echo(f"{counted.claims} claims" + (f" with a confidence of {min_confidence:g} or more" if min_confidence else ""))
    _show("by predicate", counted.claims_by_predicate)


def _show(title: str, counts: object) -> None:
    from kg.output import clip

    if isinstance(counts, dict) and counts:
        click.echo(f"  {title}:")
        for name, number in counts.items():
            click.echo(f"    {number:>8}  {clip(str(name).replace(chr(10), ' '), 60)}")
