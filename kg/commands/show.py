"""``kg show``: the card of an entity, or a post with what it says."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path

import click

from kg.card import Card, Fact, make_card
from kg.commands.options import confidence_option, graph_option
from kg.errors import QueryError
from kg.lookup import find_entity
from kg.model import Claim, Entity, Post
from kg.records import claims_of_post, read_post
from kg.store import open_store
from kg.terms import post_iri

_QUOTES = 10
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


@click.command()
@click.argument("name")
@click.option("--type", "kind", default="Entity", help="What the name is a name of: Model, Organization, ...")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@confidence_option
@graph_option
def show(name: str, kind: str, as_json: bool, min_confidence: float, graph: Path) -> None:
    """Show what is said about an entity (name, alias or key), or what a post (id) says."""
    with open_store(graph) as store:
        post = read_post(store, post_iri(name, store.base).value)
        if post is not None:
            every = [claim for _, claim in claims_of_post(store, post.id)]
            claims = [claim for claim in every if claim.confidence >= min_confidence]
            if as_json:
                _show_json({"post": asdict(post), "claims": [asdict(claim) for claim in claims]})
            else:
                _show_post(post, claims, len(every) - len(claims))
            return
        card = make_card(store, find_entity(store, name, kind).value, min_confidence)
    if card is None:
        raise QueryError(f"Nothing is known about {name!r}.\nSee what there is with: kg stats")
    _show_json(asdict(card)) if as_json else _show_card(card)


def _show_json(content: object) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _show_post(post: Post, claims: list[Claim], unsure: int) -> None:
    click.echo(_source(post))
    if post.forwarded_from:
        click.echo(f"forwarded from {_line(post.forwarded_from)}")
    click.echo("\n" + "\n".join(_line(line) for line in post.text.splitlines()) + "\n")
    for claim in claims:
        target = claim.object.name if isinstance(claim.object, Entity) else claim.object.value
        qualifiers = _qualifiers(tuple((name, str(value)) for name, value in claim.qualifiers.items()))
        click.echo(f"{_line(claim.subject.name)}  {claim.predicate}  {_line(target)}{qualifiers}")
        click.echo(f"    “{_line(post.text[claim.evidence.start : claim.evidence.end])}”")
    if unsure:
        _show_unsure(unsure)
    elif not claims:
        click.echo("No claims were found in it.")


def _show_card(card: Card) -> None:
    click.echo(f"{_line(card.entity.name)}  ({card.entity.type}, {card.entity.key})")
    if card.entity.aliases:
        click.echo(f"also written: {_line(', '.join(card.entity.aliases))}")
    for facts, subject in ((card.facts, False), (card.said_of_it, True)):
        _show_facts([fact for fact in facts if fact.predicate != "evaluated_on"], subject=subject)
    scores = [fact for fact in (*card.facts, *card.said_of_it) if fact.predicate == "evaluated_on"]
    if scores:
        _show_scores(scores, of=card.entity)
    if card.quotes:
        click.echo("\nsaid so")
    for quote in card.quotes[:_QUOTES]:
        click.echo(f"  “{_line(quote.text)}”\n      {_source(quote.post)}")
    if len(card.quotes) > _QUOTES:
        click.echo(f"  ... and {len(card.quotes) - _QUOTES} more: kg ask evidence --subject {card.entity.key}")
    if card.channels:
        click.echo("\nchannels: " + ", ".join(f"{_line(name) or '(none)'} {number}" for name, number in card.channels))
    if card.unsure:
        click.echo()
        _show_unsure(card.unsure)


def _show_unsure(number: int) -> None:
    """What a filter hides is said, lest a card look as if nobody had said more."""
    click.echo(f"left out: {number} claim{'s' if number > 1 else ''} less sure than --min-confidence")


def _show_facts(facts: list[Fact], *, subject: bool) -> None:
    last = ""
    for fact in facts:
        if fact.predicate != last:
            click.echo(f"\n{'… ' if subject else ''}{fact.predicate}{' it' if subject else ''}")
            last = fact.predicate
        name = fact.subject.name if subject else fact.object
        times = f"{fact.support} post{'s' if fact.support > 1 else ''}"
        since = f", first {fact.first_seen}" if fact.first_seen else ""
        click.echo(f"  {_line(name)}{_qualifiers(fact.qualifiers)}  [{times}{since}]")


def _show_scores(scores: list[Fact], of: Entity) -> None:
    from kg.output import screen_width, write_rows

    rows = []
    for fact in scores:
        said = dict(fact.qualifiers)
        other = fact.object if fact.subject.key == of.key else fact.subject.name
        rumour = "yes" if fact.hedged else None
        rows.append((other, said.get("score"), said.get("metric"), said.get("rank"), fact.support, fact.first_seen, rumour))
    click.echo("\nscores")
    columns = ("benchmark" if of.type != "Benchmark" else "model", "score", "metric", "rank", "support", "first_seen", "rumour")
    write_rows(columns, rows, sys.stdout, width=screen_width(sys.stdout))


def _qualifiers(qualifiers: tuple[tuple[str, str], ...]) -> str:
    plain = [f"{name} {value}" for name, value in sorted(qualifiers) if name != "hedged"]
    if ("hedged", "True") in qualifiers:
        plain.append("a rumour")
    return f" ({_line(', '.join(plain))})" if plain else ""


def _source(post: Post) -> str:
    return _line(", ".join(part for part in (post.published[:10], post.channel, post.url or post.id) if part))


def _line(text: str) -> str:
    """One line, with nothing in it that moves the cursor."""
    return _CONTROL.sub(" ", text)
