"""What the graph is in Cypher: labels, relationship types, properties and constraints, all made from the ontology.

A class is a label, a predicate a relationship type in capitals. An entity has a second label, ``Entity``, the class above all
of them in the ontology. Two labels more stand for what is no entity: ``Post`` for who says so and ``Literal`` for values
(numbers, dates, links); ``MENTIONS`` leads from a post to everything it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.vocabulary import Vocabulary

ENTITY, POST, LITERAL = "Entity", "Post", "Literal"
MENTIONS = "MENTIONS"
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

NODE_PROPERTIES = {
    ENTITY: {
        "id": "key of the entity: model/gpt-4o",
        "name": "what it is called",
        "aliases": "all other forms, a list of strings",
        "search_keys": "name and aliases without case, spaces and punctuation, a list of strings",
        "support": "independent posts that name it: posts that repeat each other count once",
        "first_seen": "the first day of a post that names it, as far as known",
        "last_seen": "the last one",
        "said": "types of what is claimed of it other than as a rumour: ['DEVELOPED_BY', 'RUNS_ON']",
        "confidence": "of the surest claim that it is part of, 0 to 1",
        "path": "the id as it stands in an IRI, where that differs",
    },
    POST: {
        "id": "id of the post: channel/number, a link, a file",
        "name": "the same",
        "url": "where it can be read",
        "date": "day it was published, YYYY-MM-DD; shorter when no more is known",
        "published": "date and time as the post has them",
        "channel": "channel, feed or file",
        "forwarded_from": "channel it was forwarded from",
        "lang": "ru, en, ...",
        "original": "digest of its words: posts that repeat each other share it",
        "path": "the id as it stands in an IRI, where that differs",
    },
    LITERAL: {
        "id": "datatype/value: integer/70000000000, date/2024-05, anyURI/https://...",
        "name": "the value as a string",
        "datatype": "integer, date, anyURI",
        "number": "the value of a number",
    },
}
"""Properties of nodes and what they mean. Absent when not known; every node has ``id`` and ``name``."""

CLAIM_PROPERTIES = {
    "id": "id of the claim",
    "confidence": "0 to 1",
    "hedged": "true for a rumour, a guess or a plan",
    "sentence": "the words that say so",
    "char_start": "where they begin in the text of the post, from 0",
    "char_end": "where they end",
    "post": "id of the post",
    "post_path": "path of the post, where it differs from its id",
    "post_url": "url of the post",
    "date": "day of the post, as far as known",
    "published": "date and time of the post, where it has a time",
    "channel": "channel of the post",
    "original": "digest of the words of the post: count(DISTINCT r.original) is the support of a fact",
    "extractor": "what found the claim",
}
"""Properties of every relationship made from a claim; the qualifiers of the ontology come to these."""


@dataclass(frozen=True, slots=True)
class RelationshipKind:
    """A relationship type and the labels it joins."""

    type: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    properties: tuple[str, ...]


def entity_labels(vocabulary: Vocabulary) -> list[str]:
    """The labels of entities, sorted.

    >>> from kg.vocabulary import load_vocabulary
    >>> entity_labels(load_vocabulary())[:3]
    ['Benchmark', 'Dataset', 'Event']
    """
    return sorted(vocabulary.types)


def all_labels(vocabulary: Vocabulary) -> list[str]:
    """Every label there can be: entities, then posts and values."""
    return [ENTITY, *entity_labels(vocabulary), POST, LITERAL]


def relationship_type(predicate: str) -> str:
    """A predicate as relationship type.

    >>> relationship_type("developed_by")
    'DEVELOPED_BY'
    """
    return predicate.upper()


def relationship_kinds(vocabulary: Vocabulary) -> list[RelationshipKind]:
    """Every relationship type there can be, with what it joins; ``MENTIONS`` is the last."""
    kinds = []
    for name, relation in sorted(vocabulary.relations.items()):
        end = (LITERAL,) if relation.to_value else tuple(sorted(relation.range))
        qualifiers = sorted(relation.qualifiers - {"hedged"})
        kinds.append(RelationshipKind(relationship_type(name), tuple(sorted(relation.domain)), end, tuple(qualifiers)))
    return [*kinds, RelationshipKind(MENTIONS, (POST,), (ENTITY,), ())]


@dataclass(frozen=True, slots=True)
class Described:
    """A line of the table that ``kg schema --cypher`` prints."""

    kind: str
    """``label``, ``relationship`` or ``property``."""
    name: str
    of: str
    """For a relationship what it joins, for a property what has it."""
    means: str


def described(vocabulary: Vocabulary) -> Iterator[Described]:
    """Everything there is in the property graph, line by line.

    >>> from kg.vocabulary import load_vocabulary
    >>> next(line.of for line in described(load_vocabulary()) if line.name == "RUNS_ON")
    '(:Model|Software)-->(:Hardware)'
    """
    for name in entity_labels(vocabulary):
        yield Described("label", name, f"also {ENTITY}", vocabulary.types[name].comment)
    yield Described("label", POST, "", "One message, article or feed entry that names something.")
    yield Described("label", LITERAL, "", "A value: a number, a date or a link.")
    comments = {relationship_type(name): relation.comment for name, relation in vocabulary.relations.items()}
    for kind in relationship_kinds(vocabulary):
        joins = f"(:{'|'.join(kind.start)})-->(:{'|'.join(kind.end)})"
        yield Described(
            "relationship", kind.type, joins, comments.get(kind.type, "The post names it. One for each post and entity.")
        )
    for label, properties in NODE_PROPERTIES.items():
        for name, means in properties.items():
            yield Described("property", name, f"(:{label})", means)
    for name, means in CLAIM_PROPERTIES.items():
        yield Described("property", name, "every claim", means)
    for name, qualifier in sorted(vocabulary.qualifiers.items()):
        said_of = [kind.type for kind in relationship_kinds(vocabulary) if name in kind.properties]
        if said_of:
            means = f"{qualifier.datatype}; as written in {name}_text when it is none"
            yield Described("property", name, ", ".join(said_of), means if qualifier.datatype != "string" else "string")


def constraints(labels: Iterable[str]) -> list[str]:
    """One statement for each label: its ``id`` is unique. Running them again changes nothing.

    >>> constraints(["Model"])
    ['CREATE CONSTRAINT model_id IF NOT EXISTS FOR (n:Model) REQUIRE n.id IS UNIQUE']
    """
    return [
        f"CREATE CONSTRAINT {quoted(f'{label.lower()}_id')} IF NOT EXISTS FOR (n:{quoted(label)}) REQUIRE n.id IS UNIQUE"
        for label in labels
    ]


def quoted(name: str) -> str:
    """A label, type or property as Cypher writes it: in backticks when it is no plain word.

    >>> quoted("Model"), quoted("My class")
    ('Model', '`My class`')
    """
    return name if _PLAIN.fullmatch(name) else "`" + name.replace("`", "``") + "`"
