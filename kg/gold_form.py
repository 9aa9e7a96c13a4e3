"""The gold form: one line per post with its entities, surfaces and triples, which any scorer can read."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kg.model import Claim, Entity, Extraction, Value


def gold_document(extraction: Extraction) -> dict[str, Any]:
    """What was found in one post, as the annotation guide writes it.

    Names are the forms the post uses, so that a reader (and a scorer) finds them in the text.

    >>> from kg.model import Post
    >>> gold_document(Extraction(Post(id="1", text="Hi", lang="en")))
    {'id': '1', 'lang': 'en', 'text': 'Hi', 'entities': [], 'triples': []}
    """
    post = extraction.post
    surfaces: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for mention in sorted(extraction.mentions, key=lambda m: (len(m.name), m.start), reverse=True):
        surfaces[mention.entity].add(post.text[mention.start : mention.end])
        names.setdefault(mention.entity, mention.name)
    entities = [
        {"name": names.get(entity.key, entity.name), "type": entity.type, "surfaces": sorted(surfaces[entity.key])}
        for entity in extraction.entities
    ]
    names |= {entity.key: entity.name for entity in extraction.entities if entity.key not in names}
    triples = [_triple(claim, post.text, names) for claim in extraction.claims]
    return {"id": post.id, "lang": post.lang, "text": post.text, "entities": entities, "triples": triples}


def _triple(claim: Claim, text: str, names: dict[str, str]) -> dict[str, Any]:
    value: Value = names[claim.object.key] if isinstance(claim.object, Entity) else claim.object.value
    if claim.predicate == "parameter_count":
        value = int(value)
    triple: dict[str, Any] = {"s": names[claim.subject.key], "p": claim.predicate, "o": value}
    if claim.qualifiers:
        triple["q"] = {name: claim.qualifiers[name] for name in sorted(claim.qualifiers)}
    triple["evidence"] = text[claim.evidence.start : claim.evidence.end]
    return triple
