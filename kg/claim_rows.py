"""Posts and claims as rows of two tables, and back: the form in which claims are kept outside of a graph.

A row of the posts stands for one record that was read, whatever became of it, with the mentions and entities of the post; a row
of the claims for one claim. ``kg.claim_folder`` keeps such rows in files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from kg import terms as t
from kg.model import Claim, Entity, Evidence, Extraction, Link, Literal, Mention, Post
from kg.vocabulary import BASE, Vocabulary

Row: TypeAlias = dict[str, Any]

EXTRACTED, EMPTY, DUPLICATE, FAILED = "extracted", "empty", "duplicate", "failed"
STATES = (EXTRACTED, EMPTY, DUPLICATE, FAILED)
"""What becomes of a record: it has claims, it has none, its id was read before, or it could not be used."""


def post_row(extraction: Extraction, extractor: str, *, where: str = "", reason: str = "") -> Row:
    """A post that was understood; ``extractor`` is the version that did it.

    >>> post_row(Extraction(Post("a/1", "No news.")), "postkg/1")["state"]
    'empty'
    """
    state = EXTRACTED if extraction.claims else EMPTY
    return unread_row(extraction.post, state, extractor, where=where, reason=reason) | {
        "mentions": [
            {"start": m.start, "end": m.end, "type": m.type, "name": m.name, "entity": m.entity, "reason": m.reason}
            for m in extraction.mentions
        ],
        "entities": [
            {"key": e.key, "type": e.type, "name": e.name, "aliases": list(e.aliases)} for e in extraction.entities
        ],
    }  # fmt: skip


def unread_row(post: Post, state: str, extractor: str = "", *, where: str = "", reason: str = "") -> Row:
    """A post without what is found in it: a duplicate, or one that failed for this reason."""
    return {
        "id": post.id, "text": post.text, "lang": post.lang, "url": post.url, "published": post.published,
        "channel": post.channel, "forwarded_from": post.forwarded_from,
        "links": [{"start": link.start, "end": link.end, "url": link.url} for link in post.links],
        "state": state, "reason": reason, "where": where, "extractor": extractor, "mentions": [], "entities": [],
    }  # fmt: skip


def claim_rows(extraction: Extraction, vocabulary: Vocabulary, base: str = BASE) -> list[Row]:
    """Each claim of a post; ``id`` is the one it has in the graph."""
    return [_claim_row(claim, extraction.post, vocabulary, base) for claim in extraction.claims]


def post_of(row: Mapping[str, Any]) -> Post:
    """The post of a row."""
    links = tuple(Link(link["start"], link["end"], link["url"]) for link in row.get("links") or ())
    texts = {name: row.get(name) or "" for name in ("id", "text", "lang", "url", "published", "channel", "forwarded_from")}
    return Post(**texts, links=links)


def extraction_of(row: Mapping[str, Any], claims: Iterable[Mapping[str, Any]]) -> Extraction:
    """What was found in a post: the row and those of its claims made into nouns again.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` for rows that nobody here wrote.
    """
    entities = {e["key"]: Entity(e["key"], e["type"], e["name"], tuple(e["aliases"])) for e in row.get("entities") or ()}
    mentions = [Mention(m["start"], m["end"], m["type"], m["name"], m["entity"], m["reason"]) for m in row.get("mentions") or ()]
    found = tuple(entities[key] for key in sorted(entities))
    return Extraction(post_of(row), tuple(mentions), found, tuple(_claim(claim, entities) for claim in claims))


def _claim_row(claim: Claim, post: Post, vocabulary: Vocabulary, base: str) -> Row:
    start, end = claim.evidence.start, claim.evidence.end
    return {
        "id": t.claim_iri(claim, vocabulary, base).value.rpartition("/")[2], "post": post.id,
        "subject": claim.subject.key, "subject_type": claim.subject.type, "subject_name": claim.subject.name,
        "predicate": claim.predicate, **_object(claim.object),
        "qualifiers": json.dumps(dict(claim.qualifiers), ensure_ascii=False, sort_keys=True),
        "hedged": bool(claim.qualifiers.get("hedged")), "confidence": float(claim.confidence), "extractor": claim.extractor,
        "start": start, "end": end, "quote": post.text[start:end], "url": post.url, "published": post.published,
    }  # fmt: skip


def _object(thing: Entity | Literal) -> Row:
    if isinstance(thing, Entity):
        return {"object": thing.key, "object_type": thing.type, "object_name": thing.name, "object_datatype": ""}
    return {"object": thing.value, "object_type": "", "object_name": "", "object_datatype": thing.datatype}


def _claim(row: Mapping[str, Any], entities: Mapping[str, Entity]) -> Claim:
    return Claim(
        _entity(row, "subject", entities),
        row["predicate"],
        _entity(row, "object", entities) if row["object_type"] else Literal(row["object"], row["object_datatype"]),
        Evidence(row["post"], row["start"], row["end"]),
        json.loads(row["qualifiers"] or "{}"),
        row["confidence"],
        row["extractor"] or "",
    )


def _entity(row: Mapping[str, Any], role: str, entities: Mapping[str, Entity]) -> Entity:
    """The entity with all forms the post has for it."""
    key = row[role]
    return entities.get(key) or Entity(key, row[f"{role}_type"], row[f"{role}_name"])
