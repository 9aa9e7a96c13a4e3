"""The claims as JSON Lines: each with its subject, object, qualifiers, the words that say so, and where they were published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.columns import Said, Source, all_claims, all_entities, sources
from kg.model import Entity, Literal
from kg.store import Store


def write_jsonl(store: Store, out: BinaryIO, *, min_confidence: float = 0.0) -> None:
    """One claim a line, UTF-8, by post and place in the post."""
    for record in claim_records(store, min_confidence):
        out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def claim_records(store: Store, min_confidence: float = 0.0) -> Iterator[dict[str, Any]]:
    """Each claim that is at least so sure, as plain data.

    ``subject`` and ``object`` have ``key``, ``type`` and ``name``, or ``value`` and ``datatype``; ``evidence`` has ``post``,
    ``start`` and ``end`` (characters from 0, the end not included), ``text``, and the post's ``url``, ``published``, ``channel``.
    """
    claims = all_claims(store, all_entities(store), min_confidence)
    posts = sources(store, {said.claim.evidence.post for said in claims})
    return (_record(said, posts[said.claim.evidence.post]) for said in claims)


def _record(said: Said, source: Source) -> dict[str, Any]:
    claim = said.claim
    return {
        "id": said.id,
        "subject": _thing(claim.subject),
        "predicate": claim.predicate,
        "object": _thing(claim.object),
        "qualifiers": dict(claim.qualifiers),
        "confidence": claim.confidence,
        "extractor": claim.extractor,
        "evidence": {
            "post": claim.evidence.post, "start": claim.evidence.start, "end": claim.evidence.end, "text": said.sentence,
            "url": source.url, "published": source.published, "channel": source.channel,
        },
    }  # fmt: skip


def _thing(thing: Entity | Literal) -> dict[str, str]:
    if isinstance(thing, Entity):
        return {"key": thing.key, "type": thing.type, "name": thing.name}
    return {"value": thing.value, "datatype": thing.datatype}
