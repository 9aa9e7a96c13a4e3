"""How much is in a graph: every list adds up to its total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import pyoxigraph as ox

from kg import terms as t
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts by name, largest first; ``(none)`` counts posts that do not say."""

    posts: int
    posts_by_state: Mapping[str, int]
    """``extracted`` has claims, ``empty`` has none, ``failed`` could not be read."""
    posts_by_channel: Mapping[str, int]
    posts_by_language: Mapping[str, int]
    first_post: str
    last_post: str
    entities: int
    entities_by_type: Mapping[str, int]
    claims: int
    claims_by_predicate: Mapping[str, int]
    mentions: int
    failures: Mapping[str, int] = field(default_factory=dict)
    """Failed posts by reason."""

    def as_dict(self) -> dict[str, object]:
        """All counts, for JSON."""
        return asdict(self)


def count(store: Store, min_confidence: float = 0.0) -> Stats:
    """Count everything in the graph; of the claims, those at least so sure.

    >>> from tests.graphs import world
    >>> counted = count(world())
    >>> counted.posts, counted.posts_by_state, counted.claims == sum(counted.claims_by_predicate.values())
    (10, {'extracted': 9, 'empty': 1}, True)
    """
    posts = _instances(store, t.POST)
    predicates = {relation.iri: name for name, relation in store.vocabulary.relations.items()}
    types = {name: _instances(store, ox.NamedNode(kind.iri)) for name, kind in store.vocabulary.types.items()}
    claims = _claims(store, min_confidence)
    dates = sorted(date[:10] for date in _objects(store, t.PUBLISHED).elements())
    return Stats(
        posts=posts,
        posts_by_state=_ranked(_objects(store, t.STATE), posts),
        posts_by_channel=_ranked(_objects(store, t.CHANNEL), posts),
        posts_by_language=_ranked(_objects(store, t.LANGUAGE), posts),
        first_post=dates[0] if dates else "",
        last_post=dates[-1] if dates else "",
        entities=sum(types.values()),
        entities_by_type=_ranked(Counter(types)),
        claims=claims.total(),
        claims_by_predicate=_ranked(Counter({predicates.get(iri, iri): number for iri, number in claims.items()})),
        mentions=_instances(store, t.MENTION),
        failures=_ranked(_objects(store, t.REASON)),
    )


def _claims(store: Store, min_confidence: float) -> Counter[str]:
    """Claims by the IRI of their predicate."""
    if min_confidence <= 0:
        return _objects(store, t.PREDICATE)
    sure = {quad.subject for quad in store.graph.quads_for_pattern(None, t.CONFIDENCE, None) if _number(quad) >= min_confidence}
    quads = (quad for quad in store.graph.quads_for_pattern(None, t.PREDICATE, None) if quad.subject in sure)
    return Counter(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode))


def _number(quad: ox.Quad) -> float:
    return float(quad.object.value) if isinstance(quad.object, ox.Literal) else 0.0


def _instances(store: Store, cls: ox.NamedNode) -> int:
    return sum(1 for _ in store.graph.quads_for_pattern(None, t.TYPE, cls))


def _objects(store: Store, predicate: ox.NamedNode) -> Counter[str]:
    quads = store.graph.quads_for_pattern(None, predicate, None)
    return Counter(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal))


def _ranked(counted: Counter[str], total: int | None = None) -> dict[str, int]:
    """Counts but zeros, largest first, then by name; what is missing from the total as ``(none)``."""
    missing = (total or counted.total()) - counted.total()
    every = counted + Counter({"(none)": missing})
    return dict(sorted(every.items(), key=lambda item: (-item[1], item[0])))
