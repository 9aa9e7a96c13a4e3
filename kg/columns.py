"""All entities, claims and posts of a graph at once, read column by column: what pictures and networks start from.

``kg.records`` reads one noun at a time, which is right for a card; here each property is one pass over the graph,
some ten times faster per claim.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms as t
from kg.model import Claim, Entity, Evidence, Literal, Value
from kg.records import Graph, scalar, str_of
from kg.vocabulary import local_name


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with its identifier and the words that say it."""

    id: str
    """The last part of the claim's IRI: 16 hex digits."""
    claim: Claim
    sentence: str


@dataclass(frozen=True, slots=True)
class Source:
    """A post behind claims: where and when something was said, and in what words."""

    id: str
    url: str = ""
    published: str = ""
    channel: str = ""
    original: str = ""
    """Posts that repeat each other share it and count as one."""
    text: str = ""

    @property
    def day(self) -> str:
        """The date alone, ``2024-05-13``; shorter or empty when no more is known."""
        return self.published[:10]


def all_entities(store: Graph) -> dict[str, Entity]:
    """Every entity by its key, in the order of keys.

    >>> from kg.store import Store
    >>> all_entities(Store.memory())
    {}
    """
    labels = _column(store, t.LABEL)
    aliases: dict[str, list[str]] = {}
    for quad in store.graph.quads_for_pattern(None, t.ALT_LABEL, None):
        aliases.setdefault(str_of(quad.subject), []).append(_text(quad.object))
    found = {}
    for kind in sorted(store.vocabulary.types.values(), key=lambda kind: kind.name, reverse=True):
        for quad in store.graph.quads_for_pattern(None, t.TYPE, ox.NamedNode(kind.iri)):
            iri = str_of(quad.subject)
            if iri in labels:
                key = t.entity_key(iri, store.base)
                found[key] = Entity(key, kind.name, _text(labels[iri]), tuple(sorted(aliases.get(iri, []))))
    return dict(sorted(found.items()))


def all_claims(store: Graph, entities: dict[str, Entity], min_confidence: float = 0.0) -> list[Said]:
    """Every claim between these entities that is at least so sure, by post and place in it."""
    columns = {p: _column(store, p) for p in (t.SUBJECT, t.PREDICATE, t.OBJECT, t.CONFIDENCE, t.SENTENCE, t.EXTRACTOR)}
    starts, ends, posts = _column(store, t.START), _column(store, t.END), _column(store, t.DERIVED_FROM)
    predicates = {relation.iri: name for name, relation in store.vocabulary.relations.items()}
    qualifiers = _qualifiers(store)
    found = []
    for iri, subject in columns[t.SUBJECT].items():
        entity = entities.get(t.entity_key(_text(subject), store.base))
        target = _object(columns[t.OBJECT][iri], entities, store.base)
        predicate = predicates.get(_text(columns[t.PREDICATE][iri]))
        confidence = float(_text(columns[t.CONFIDENCE][iri]))
        if entity is None or target is None or predicate is None or confidence < min_confidence:
            continue
        evidence = Evidence(t.post_id(_text(posts[iri]), store.base), int(_text(starts[iri])), int(_text(ends[iri])))
        extractor = columns[t.EXTRACTOR].get(iri)
        said_with = dict(sorted(qualifiers.get(iri, {}).items()))
        claim = Claim(entity, predicate, target, evidence, said_with, confidence, _text(extractor) if extractor else "")
        found.append(Said(iri.rsplit("/", 1)[-1], claim, _text(columns[t.SENTENCE][iri])))
    return sorted(found, key=lambda said: (said.claim.evidence, said.id))


def sources(store: Graph, posts: Collection[str]) -> dict[str, Source]:
    """Where and when the posts with these ids were published, by id."""
    found = {}
    for post in sorted(posts):
        seen: dict[str, str] = {}
        for quad in store.graph.quads_for_pattern(t.post_iri(post, store.base), None, None):
            seen.setdefault(quad.predicate.value, _text(quad.object))
        columns = (t.URL, t.PUBLISHED, t.CHANNEL, t.ORIGINAL, t.TEXT)
        found[post] = Source(post, *(seen.get(column.value, "") for column in columns))
    return found


def _column(store: Graph, predicate: ox.NamedNode) -> dict[str, object]:
    return {str_of(quad.subject): quad.object for quad in store.graph.quads_for_pattern(None, predicate, None)}


def _qualifiers(store: Graph) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for name, qualifier in store.vocabulary.qualifiers.items():
        for iri, value in _column(store, ox.NamedNode(qualifier.iri)).items():
            if isinstance(value, ox.Literal):
                found.setdefault(iri, {})[name] = scalar(value)
    return found


def _object(term: object, entities: dict[str, Entity], base: str) -> Entity | Literal | None:
    if isinstance(term, ox.Literal):
        return Literal(term.value, "date" if term.datatype in t.DATES.values() else local_name(term.datatype.value))
    return entities.get(t.entity_key(_text(term), base))


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
