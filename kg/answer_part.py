"""What of the graph an answer speaks of, so that it can be drawn as well as printed.

Its entities are those whose keys stand in the rows, those that the question was asked about, and objects of theirs that a row
calls by name; when no key stands anywhere, names alone will do. Rows that name claims (``claim/4f0c...``) are drawn as exactly
those claims, other rows as all facts between their entities; of a question with a name, facts of the predicates it looks at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.errors import QueryError
from kg.lookup import StoreDirectory, find_entity
from kg.model import Entity
from kg.nearby import Nearby
from kg.part import Part
from kg.question_files import PLAIN, Question
from kg.question_values import Given
from kg.questions import Answer, answer
from kg.store import Store
from kg.terms import entity_key, search_key
from kg.vocabulary import NS, local_name

_TERM = re.compile(r"\bkg:(\w+)")
_CLAIM = re.compile(r"claim/([0-9a-f]{16})")
_LONGEST = 200
"""Characters of a name that is looked up."""


def ask_part(store: Store, question: Question, given: Mapping[str, Given | None], part: Part | None = None) -> Part:
    """The part of the graph that answers a question, within the limits of ``part``.

    Raises ``QueryError`` when nothing answers it, or the answer names nothing that could be drawn.

    >>> from kg.question_files import load_questions
    >>> from tests.graphs import world
    >>> lineage = next(q for q in load_questions() if q.name == "lineage")
    >>> ask_part(world(), lineage, {"entity": "R1-Distill"}).predicates
    ('based_on',)
    """
    found = answer(store, question, given)
    if not found.rows:
        raise QueryError("Nothing in the graph answers this, so there is nothing to draw.")
    part = question_part(store, question, given, found, part)
    if not part.keys:
        raise QueryError(
            f"The answer to {question.name} names no entities, so there is nothing to draw.\nRead it with: kg ask {question.name}"
        )
    return part


def question_part(
    store: Store, question: Question, given: Mapping[str, Given | None], found: Answer, part: Part | None = None
) -> Part:
    """The part of the graph that a question's answer speaks of; without ``keys`` when it names nothing that can be drawn."""
    asked = {p.name: str(given[p.name]) for p in question.parameters if p.type not in PLAIN and given.get(p.name) is not None}
    kinds = {p.name: p.type for p in question.parameters}
    # Without a column of keys the rows are about months or channels, and a picture of what was asked about would say nothing.
    drawable = any(column in ("key", "claim") or column.endswith("_key") for column in found.columns)
    named = asked.items() if drawable else ()
    about = [entity_key(find_entity(store, name, kinds[which]).value, store.base) for which, name in named]
    return answer_part(store, found.rows, about, predicates_of(store, question), part)


def answer_part(
    store: Store,
    rows: Iterable[Sequence[Any]],
    about: Iterable[str] = (),
    predicates: tuple[str, ...] = (),
    part: Part | None = None,
) -> Part:
    """The part of the graph that rows speak of: cells as ``kg.questions`` or an engine gives them."""
    near = Nearby(store)
    rows = [list(_leaves(row)) for row in rows]
    claims = {match[1] for row in rows for cell in row if (match := _CLAIM.fullmatch(cell)) and near.claim(match[1])}
    keys: dict[str, None] = {}
    for row in rows:
        own = [key for cell in row if (key := _key(store, near, cell))]
        keys.update(dict.fromkeys([*own, *(() if claims else _named_objects(near, own, set(row)))]))
    for identifier in sorted(claims):
        said = near.claim(identifier)
        if said is not None:
            keys.update(dict.fromkeys([said.claim.subject.key, said.claim.object_key][: 2 if _joins(said.claim.object) else 1]))
    if not keys:
        keys.update(dict.fromkeys(key for row in rows for cell in row for key in _called(store, cell)))
    if keys or not claims:
        keys.update(dict.fromkeys(about))
    return replace(part or Part(), keys=tuple(keys), claims=tuple(sorted(claims)), predicates=() if claims else predicates)


def predicates_of(store: Store, question: Question) -> tuple[str, ...]:
    """The predicates that the text of a question names: what its answer is about. None named: all."""
    terms = {NS + name for name in _TERM.findall(question.text)}
    return tuple(sorted(name for name, relation in store.vocabulary.relations.items() if relation.iri in terms))


def _leaves(value: Any) -> Iterator[str]:
    """Every string in a row; of nodes and relationships of Cypher only what identifies them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _leaves(value["id"] if "id" in value else list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)


def _key(store: Store, near: Nearby, cell: str) -> str:
    """The key that a cell is; empty when it is none."""
    kind, slash, name = cell.partition("/")
    if not slash or not name or len(cell) > _LONGEST or kind not in _prefixes(store):
        return ""
    return cell if near.entity(cell) else ""


def _prefixes(store: Store) -> set[str]:
    return {local_name(kind.iri).lower() for kind in store.vocabulary.types.values()}


def _named_objects(near: Nearby, subjects: Iterable[str], cells: set[str]) -> list[str]:
    # conflicts names a benchmark together with a metric: "MMLU, accuracy".
    names = cells | {cell.partition(", ")[0] for cell in cells}
    objects = (said.claim.object for key in subjects for said in near.said_of(key))
    return [found.key for found in objects if isinstance(found, Entity) and found.name in names]


def _called(store: Store, cell: str) -> list[str]:
    """The entity labelled exactly so that most posts name."""
    if len(cell) > _LONGEST:
        return []
    found = [entity for entity in StoreDirectory(store).called(search_key(cell)) if entity.label == cell]
    return [max(found, key=lambda entity: (entity.mentions, entity.key)).key] if found else []


def _joins(target: object) -> bool:
    return isinstance(target, Entity)
