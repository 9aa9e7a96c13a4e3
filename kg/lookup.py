"""From what people write (a name, an alias, a key, an IRI) to the entity they mean."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from heapq import nlargest

import pyoxigraph as ox

from kg import terms as t
from kg.errors import QueryError
from kg.records import Asked
from kg.vocabulary import local_name

_SUGGESTIONS = 5
_SIMILAR = 0.6
_COUNTED_MENTIONS = 100_000


def find_entity(store: Asked, name: str, kind: str = "Entity") -> ox.NamedNode:
    """The entity of this name, alias, key (``model/gpt-4o``) or IRI, preferably of this type.

    Case, spaces and punctuation do not count. Of several the one of the wanted type is taken, then the one labelled exactly
    so, then the one with most mentions. Raises ``QueryError`` with suggestions when there is none or no way to tell.
    """
    exact = _identified(store, name)
    if exact is not None:
        return exact
    key = t.text_term(t.search_key(name))
    subjects = (quad.subject for quad in store.graph.quads_for_pattern(None, t.SEARCH_KEY, key))
    found = {subject.value for subject in subjects if isinstance(subject, ox.NamedNode)}
    if not found:
        found = _listed(store, name)
    if not found:
        raise QueryError(_unknown(store, name, kind))
    if len(found) == 1:
        return ox.NamedNode(found.pop())
    ranks = {iri: (_is(store, iri, kind), _label(store, iri) == name, _mentions(store, iri)) for iri in found}
    best = sorted(iri for iri in found if ranks[iri] == max(ranks.values()))
    if len(best) > 1:
        keys = ", ".join(t.entity_key(iri, store.base) for iri in best)
        raise QueryError(f"{name!r} may be any of these: {keys}.\nSay which one by its key.")
    return ox.NamedNode(best[0])


def _identified(store: Asked, name: str) -> ox.NamedNode | None:
    """The entity with this IRI or key."""
    for iri in (name, t.entity_iri(name, store.base).value, t.entity_iri(name.lower(), store.base).value):
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            continue
        if next(store.graph.quads_for_pattern(node, t.SEARCH_KEY, None), None) is not None:
            return node
    return None


def _listed(store: Asked, name: str) -> set[str]:
    """Entities of the graph that the name lists call so, though no post of it does: Yandex for Яндекс."""
    from kg.extract.names import load_names
    from kg.extract.resolve import Resolver

    names = load_names()
    resolver = Resolver(names)
    keys = {resolver.resolve(entry.type, name).key for entry in names.family(name)}
    nodes = (_identified(store, key) for key in keys)
    return {node.value for node in nodes if node is not None}


def _unknown(store: Asked, name: str, kind: str) -> str:
    similar = suggestions(store, name, kind)
    what = "entity" if kind == "Entity" else kind.lower()
    if not similar:
        return f"No {what} is called {name!r}, and none has a name like it.\nSee what there is with: kg stats"
    return f"No {what} is called {name!r}.\nDid you mean {', '.join(similar)}?"


def suggestions(store: Asked, name: str, kind: str = "Entity") -> list[str]:
    """Labels of at most five entities with a name that begins the same or is written alike, the likest first."""
    wanted = t.search_key(name)
    likeness: dict[str, float] = {}
    for quad in store.graph.quads_for_pattern(None, t.SEARCH_KEY, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            alike = _likeness(wanted, quad.object.value)
            if alike >= _SIMILAR:
                likeness[quad.subject.value] = max(alike, likeness.get(quad.subject.value, 0.0))
    ranked = nlargest(_SUGGESTIONS, ((_is(store, iri, kind), alike, _label(store, iri), iri) for iri, alike in likeness.items()))
    return [f"{label} ({t.entity_key(iri, store.base)})" for _, _, label, iri in ranked]


def _likeness(wanted: str, key: str) -> float:
    """0 to 1: a common beginning counts, and how many letters agree in order."""
    if len(wanted) >= 2 and (key.startswith(wanted) or (len(key) >= 3 and wanted.startswith(key))):
        return 1.0 - abs(len(key) - len(wanted)) / (10 * max(len(key), len(wanted)))
    matcher = SequenceMatcher(None, wanted, key, autojunk=False)
    # The quick upper bounds spare nearly all comparisons.
    if matcher.real_quick_ratio() < _SIMILAR or matcher.quick_ratio() < _SIMILAR:
        return 0.0
    return matcher.ratio() * 0.9


def _is(store: Asked, iri: str, kind: str) -> bool:
    types = store.graph.quads_for_pattern(ox.NamedNode(iri), t.TYPE, None)
    return kind == "Entity" or any(isinstance(q.object, ox.NamedNode) and local_name(q.object.value) == kind for q in types)


def _label(store: Asked, iri: str) -> str:
    labels: Iterable[ox.Quad] = store.graph.quads_for_pattern(ox.NamedNode(iri), t.LABEL, None)
    return min((q.object.value for q in labels if isinstance(q.object, ox.Literal)), default="")


def _mentions(store: Asked, iri: str) -> int:
    named = store.graph.quads_for_pattern(None, t.NAMES, ox.NamedNode(iri))
    return sum(1 for _, _ in zip(named, range(_COUNTED_MENTIONS), strict=False))
