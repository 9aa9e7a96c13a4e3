"""The merge report: in which forms posts write an entity, and why each form is taken for it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms as t
from kg.corrected import corrections_of
from kg.records import read_entity, str_of
from kg.store import Store

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Merge:
    """One written form of an entity: why it is merged (empty when the graph does not know) and how many posts use it."""

    entity: str
    type: str
    alias: str
    reason: str
    posts: int
    key: str


def merges(store: Store, iri: str = "") -> list[Merge]:
    """The aliases of the entity with this IRI, or of all entities that have any: by key, the most used alias first.

    >>> from kg.model import Entity, Extraction, Mention, Post
    >>> gpt = Entity("model/gpt-4o", "Model", "GPT-4o")
    >>> mention = Mention(0, 6, "Model", "GPT-4o", gpt.key, "listed alias")
    >>> with Store.memory() as store:
    ...     change = store.put(Extraction(Post("1", "ГПТ-4o вышла"), (mention,), (gpt,)))
    ...     [(merge.entity, merge.alias, merge.reason, merge.posts) for merge in merges(store)]
    [('GPT-4o', 'ГПТ-4o', 'listed alias', 1)]
    """
    with_alias = store.graph.quads_for_pattern(ox.NamedNode(iri) if iri else None, t.ALT_LABEL, None)
    nodes = sorted({str_of(quad.subject) for quad in with_alias})
    return [merge for node in nodes for merge in _of_entity(store, node)]


def _of_entity(store: Store, iri: str) -> list[Merge]:
    entity = read_entity(store, iri)
    if entity is None:
        return []
    used: Counter[tuple[str, str]] = Counter()
    for mention in store.graph.quads_for_pattern(None, t.NAMES, ox.NamedNode(iri)):
        said = (_text(quad).partition(": ") for quad in _statements(store, mention, t.MERGE))
        reasons = {t.search_key(form): reason for reason, _, form in sorted(said)}
        other = next(iter(reasons.values()), "")  # the label of a post need not be written in it
        # An alias is the name or a form of the mention that brings it.
        forms = {_text(quad) for predicate in (t.LABEL, t.SURFACE) for quad in _statements(store, mention, predicate)}
        used.update((form, reasons.get(t.search_key(form), other)) for form in forms if form in entity.aliases)
    rows = [
        Merge(entity.name, entity.type, form, _between(reason, form, entity.name), posts, entity.key)
        for (form, reason), posts in used.items()
    ]
    return sorted(rows, key=lambda row: (-row.posts, row.alias, row.reason))


def _between(reason: str, alias: str, label: str) -> str:
    """The reason as it looks beside the label, which all posts together give: two Russian forms are not transliterated."""
    same = t.search_key(alias) == t.search_key(label)
    if reason == "transliterated" and _CYRILLIC.search(label):
        return "same letters and digits" if same else "case ending"
    if reason == "as written":
        return "same letters and digits" if same else "with the word for what it is"
    return reason


def dropped(store: Store) -> list[Merge]:
    """The names that the corrections the graph was built with take out, without a count of posts: they are nowhere in it."""
    names = sorted(corrections_of(store.root).dropped, key=lambda correction: correction.name)
    return [Merge("", name.type, name.name, "dropped by your correction", 0, "") for name in names]


def _statements(store: Store, mention: ox.Quad, predicate: ox.NamedNode) -> list[ox.Quad]:
    return list(store.graph.quads_for_pattern(mention.subject, predicate, None))


def _text(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.Literal) else ""
