"""From what people write (a name, an alias, a key, an IRI) to the entity they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from heapq import nlargest
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from kg import terms as t
from kg.corrected import corrections_of
from kg.errors import QueryError
from kg.records import Asked
from kg.vocabulary import local_name

if TYPE_CHECKING:
    from kg.extract.names import Names

_SUGGESTIONS = 5
_SIMILAR = 0.6
_COUNTED_MENTIONS = 100_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean."""

    key: str
    label: str
    types: frozenset[str]
    mentions: int
    """How many posts name it."""


class Directory(Protocol):
    """What finding an entity needs of a graph, wherever it is kept."""

    root: Path | None
    """Where the graph is kept, when it is a directory."""

    def identified(self, name: str) -> str | None:
        """The key of the entity with this key or IRI."""
        ...

    def called(self, search_key: str) -> Iterable[Candidate]:
        """The entities with a name or alias of this search key."""
        ...

    def candidate(self, key: str) -> Candidate:
        """The entity with this key."""
        ...

    def search_keys(self) -> Iterator[tuple[str, str]]:
        """Key and search key of every name in the graph."""
        ...


def find_entity(store: Asked, name: str, kind: str = "Entity") -> ox.NamedNode:
    """The entity of this name, alias, key (``model/gpt-4o``) or IRI, preferably of this type. See ``find_key``."""
    return t.entity_iri(find_key(StoreDirectory(store), name, kind), store.base)


def find_key(directory: Directory, name: str, kind: str = "Entity") -> str:
    """The key of the entity of this name, alias, key or IRI, preferably of this type.

    Case, spaces and punctuation do not count. Of several the one of the wanted type is taken, then the one labelled exactly
    so, then the one with most mentions. Raises ``QueryError`` with suggestions when there is none or no way to tell.
    """
    exact = directory.identified(name)
    if exact is not None:
        return exact
    found = list(directory.called(t.search_key(name))) or _listed(directory, name)
    if not found:
        raise QueryError(_unknown(directory, name, kind))
    ranks = {entity.key: (_is(entity, kind), entity.label == name, entity.mentions) for entity in found}
    best = sorted(key for key, rank in ranks.items() if rank == max(ranks.values()))
    if len(best) > 1:
        raise QueryError(f"{name!r} may be any of these: {', '.join(best)}.\nSay which one by its key.")
    return best[0]


def suggestions(store: Asked, name: str, kind: str = "Entity") -> list[str]:
    """Labels of at most five entities with a name that begins the same or is written alike, the likest first."""
    return named_alike(StoreDirectory(store), name, kind)


def named_alike(directory: Directory, name: str, kind: str = "Entity") -> list[str]:
    """The same for any directory."""
    wanted = t.search_key(name)
    likeness: dict[str, float] = {}
    for key, search_key in directory.search_keys():
        alike = _likeness(wanted, search_key)
        if alike >= _SIMILAR:
            likeness[key] = max(alike, likeness.get(key, 0.0))
    entities = ((directory.candidate(key), alike) for key, alike in likeness.items())
    ranked = nlargest(_SUGGESTIONS, ((_is(entity, kind), alike, entity.label, entity.key) for entity, alike in entities))
    return [f"{label} ({key})" for _, _, label, key in ranked]


class StoreDirectory:
    """The names of a store."""

    def __init__(self, store: Asked) -> None:
        self.store = store
        self.root = getattr(store, "root", None)

    def identified(self, name: str) -> str | None:
        """The key of the entity with this IRI or key."""
        base = self.store.base
        for iri in (name, t.entity_iri(name, base).value, t.entity_iri(name.lower(), base).value):
            try:
                node = ox.NamedNode(iri)
            except ValueError:
                continue
            if next(self.store.graph.quads_for_pattern(node, t.SEARCH_KEY, None), None) is not None:
                return t.entity_key(iri, base)
        return None

    def called(self, search_key: str) -> list[Candidate]:
        """The entities with a name or alias of this search key."""
        quads = self.store.graph.quads_for_pattern(None, t.SEARCH_KEY, t.text_term(search_key))
        return [self._candidate(quad.subject) for quad in quads if isinstance(quad.subject, ox.NamedNode)]

    def candidate(self, key: str) -> Candidate:
        """The entity with this key."""
        return self._candidate(t.entity_iri(key, self.store.base))

    def search_keys(self) -> Iterator[tuple[str, str]]:
        """Key and search key of every name in the graph."""
        for quad in self.store.graph.quads_for_pattern(None, t.SEARCH_KEY, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                yield t.entity_key(quad.subject.value, self.store.base), quad.object.value

    def _candidate(self, node: ox.NamedNode) -> Candidate:
        graph = self.store.graph
        types = frozenset(
            local_name(q.object.value) for q in graph.quads_for_pattern(node, t.TYPE, None) if isinstance(q.object, ox.NamedNode)
        )
        labels = (q.object.value for q in graph.quads_for_pattern(node, t.LABEL, None) if isinstance(q.object, ox.Literal))
        named = graph.quads_for_pattern(None, t.NAMES, node)
        mentions = sum(1 for _, _ in zip(named, range(_COUNTED_MENTIONS), strict=False))
        return Candidate(t.entity_key(node.value, self.store.base), min(labels, default=""), types, mentions)


@cache
def _names() -> Names:
    """The name lists; reading them takes a third of a second."""
    from kg.extract.names import load_names

    return load_names()


def _listed(directory: Directory, name: str) -> list[Candidate]:
    """Entities of the graph that the user's corrections or the name lists call so, though no post of it does: Yandex for Яндекс.

    Raises ``QueryError`` when the corrections drop the name.
    """
    from kg.extract.resolve import Resolver

    names, corrections = _names(), corrections_of(directory.root)
    correction = corrections.of(name)
    if correction is not None and correction.action == "drop":
        raise QueryError(f"{name!r} is dropped by your corrections.\nTake its line out of them, and build again.")
    resolver = Resolver(names, corrections)
    kinds = {entry.type for entry in names.family(name)} | ({correction.type} if correction else set())
    keys = {resolver.resolve(kind, name).key for kind in kinds}
    found = {directory.identified(key) for key in keys}
    return [directory.candidate(key) for key in sorted(key for key in found if key is not None)]


def _unknown(directory: Directory, name: str, kind: str) -> str:
    similar = named_alike(directory, name, kind)
    what = "entity" if kind == "Entity" else kind.lower()
    if not similar:
        return f"No {what} is called {name!r}, and none has a name like it.\nSee what there is with: kg stats"
    return f"No {what} is called {name!r}.\nDid you mean {', '.join(similar)}?"


def _likeness(wanted: str, key: str) -> float:
    """0 to 1: a common beginning counts, and how many letters agree in order."""
    if len(wanted) >= 2 and (key.startswith(wanted) or (len(key) >= 3 and wanted.startswith(key))):
        return 1.0 - abs(len(key) - len(wanted)) / (10 * max(len(key), len(wanted)))
    matcher = SequenceMatcher(None, wanted, key, autojunk=False)
    # The quick upper bounds spare nearly all comparisons.
    if matcher.real_quick_ratio() < _SIMILAR or matcher.quick_ratio() < _SIMILAR:
        return 0.0
    return matcher.ratio() * 0.9


def _is(entity: Candidate, kind: str) -> bool:
    return kind == "Entity" or kind in entity.types
