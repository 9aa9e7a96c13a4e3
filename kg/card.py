"""The card of an entity: what it is, what is said about it, by whom, in which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms as t
from kg.model import Claim, Entity, Post
from kg.records import claims_about, read_entity, read_original, read_post
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Fact:
    """What all claims with one subject, predicate, object and qualifiers say together."""

    subject: Entity
    predicate: str
    object: str
    qualifiers: tuple[tuple[str, str], ...]
    support: int
    """Independent posts: copies of one text count once."""
    first_seen: str
    claims: tuple[Claim, ...]

    @property
    def hedged(self) -> bool:
        """Whether it is said as a rumour, a guess or a plan."""
        return ("hedged", "True") in self.qualifiers


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a post that say something."""

    text: str
    post: Post


@dataclass(frozen=True, slots=True)
class Card:
    """An entity with its facts (as subject, then as object), quotes (newest first) and channels (most quoted first)."""

    entity: Entity
    facts: tuple[Fact, ...]
    said_of_it: tuple[Fact, ...]
    quotes: tuple[Quote, ...]
    channels: tuple[tuple[str, int], ...]
    mentions: int
    unsure: int = 0
    """Claims that were left out because they are less sure than was asked for."""


def make_card(store: Store, iri: str, min_confidence: float = 0.0) -> Card | None:
    """The card of the entity with this IRI, from claims at least so sure; None when the graph does not know it.

    >>> from tests.graphs import world
    >>> card = make_card(world(), "https://postkg.example/model/gpt-4o")
    >>> [(fact.predicate, fact.object, fact.support) for fact in card.facts if fact.predicate == "developed_by"]
    [('developed_by', 'OpenAI', 2)]
    """
    entity = read_entity(store, iri)
    if entity is None:
        return None
    every = [claim for _, claim in claims_about(store, iri)]
    claims = [claim for claim in every if claim.confidence >= min_confidence]
    posts = _posts(store, claims)
    originals = {post_id: read_original(store, t.post_iri(post_id, store.base).value) for post_id in posts}
    quotes = {Quote(posts[c.evidence.post].text[c.evidence.start : c.evidence.end], posts[c.evidence.post]) for c in claims}
    ranked = sorted(quotes, key=lambda quote: (quote.post.published, quote.post.id, quote.text), reverse=True)
    count: dict[str, int] = {}
    for post in posts.values():
        count[post.channel] = count.get(post.channel, 0) + 1
    mentions = sum(1 for _ in store.graph.quads_for_pattern(None, t.NAMES, ox.NamedNode(iri)))
    return Card(
        entity,
        facts([c for c in claims if c.subject.key == entity.key], posts, originals),
        facts([c for c in claims if c.subject.key != entity.key], posts, originals),
        tuple(ranked),
        tuple(sorted(count.items(), key=lambda item: (-item[1], item[0]))),
        mentions,
        len(every) - len(claims),
    )


def facts(claims: Iterable[Claim], posts: Mapping[str, Post], originals: Mapping[str, str]) -> tuple[Fact, ...]:
    """Claims put together into facts, by predicate, the best supported first; posts of one original are one source."""
    groups: dict[tuple[str, str, str, tuple[tuple[str, str], ...]], list[Claim]] = {}
    for claim in claims:
        qualifiers = tuple(sorted((name, str(value)) for name, value in claim.qualifiers.items()))
        groups.setdefault((claim.subject.key, claim.predicate, claim.object_key, qualifiers), []).append(claim)
    found = []
    for (_, predicate, _, qualifiers), said in groups.items():
        sources = {originals[claim.evidence.post] for claim in said}
        days = [posts[claim.evidence.post].published[:10] for claim in said]
        first = min((day for day in days if day), default="")
        target = said[0].object
        name = target.name if isinstance(target, Entity) else target.value
        found.append(Fact(said[0].subject, predicate, name, qualifiers, len(sources), first, tuple(said)))
    return tuple(sorted(found, key=lambda f: (f.predicate, f.hedged, -f.support, f.subject.key, f.object, f.qualifiers)))


def _posts(store: Store, claims: Iterable[Claim]) -> dict[str, Post]:
    ids = {claim.evidence.post for claim in claims}
    read = ((post_id, read_post(store, t.post_iri(post_id, store.base).value)) for post_id in sorted(ids))
    return {post_id: post for post_id, post in read if post is not None}
