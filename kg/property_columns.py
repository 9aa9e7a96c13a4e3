"""What the property graph is made of, read from the store column by column: entities, posts, mentions and claims.

Oxigraph joins and writes the rows, Python reads them as CSV: twice as fast as asking for terms. The queries are written so that
whole columns are joined (each in a SELECT of its own) instead of looking up one claim after the other: that is faster again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import pyoxigraph as ox

from kg import terms as t
from kg.property_schema import LITERAL, relationship_type
from kg.records import Asked
from kg.vocabulary import local_name

Properties: TypeAlias = dict[str, Any]
"""Strings, integers, floats, booleans and lists of strings by name; never None."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LARGEST = 2**63
"""Integers in Cypher have 64 bits."""
_CLAIM = (
    ("subject", "rdf:subject"), ("object", "rdf:object"), ("post", "prov:wasDerivedFrom"), ("confidence", "kg:confidence"),
    ("sentence", "kg:sentence"), ("start", "kg:start"), ("end", "kg:end"),
)  # fmt: skip


class ClaimRow(NamedTuple):
    """A claim as it is kept until its relationship is made; sorted by labels, then subject, then id."""

    start_label: str
    end_label: str
    start: str
    id: str
    end: str
    post: Properties
    """What every claim of the post repeats of it."""
    sentence: str
    confidence: str
    char_start: str
    char_end: str
    extractor: str


class StoreColumns:
    """The columns of a store; what several parts need is read once."""

    def __init__(self, store: Asked) -> None:
        self.store = store
        self.keys = Keys(store.base)

    def types(self) -> dict[str, str]:
        """Label by IRI of every class of entities, those of the store that the ontology does not have among them."""
        known = {kind.iri: name for name, kind in self.store.vocabulary.types.items()}
        found = {iri: local_name(iri) for (iri,) in self._rows("SELECT DISTINCT ?class { ?e kg:searchKey ?any ; a ?class }")}
        return found | known

    def predicate(self, iri: str) -> str:
        """The name of a predicate: that of the ontology, else made from its IRI."""
        known = {relation.iri: name for name, relation in self.store.vocabulary.relations.items()}
        return known.get(iri) or _CAPITAL.sub("_", local_name(iri)).lower()

    @cached_property
    def labels(self) -> dict[str, str]:
        """Label of every entity by its IRI."""
        found: dict[str, str] = {}
        # Of two classes the first name is taken, as everywhere.
        for iri, label in sorted(self.types().items(), key=lambda pair: pair[1], reverse=True):
            found.update({e: label for (e,) in self._rows(f"SELECT ?e {{ ?e a <{iri}> }}")})
        return found

    @cached_property
    def named(self) -> dict[str, list[str]]:
        """The posts that name an entity, both as IRIs."""
        rows = self._rows(
            "SELECT ?entity ?post { { SELECT ?m ?entity { ?m kg:names ?entity } }"
            " { SELECT ?m ?post { ?m prov:wasDerivedFrom ?post } } }"
        )
        found: dict[str, list[str]] = {}
        once: dict[str, str] = {}
        for entity, post in rows:
            found.setdefault(entity, []).append(once.setdefault(post, post))
        return found

    @cached_property
    def posts(self) -> dict[str, Properties]:
        """What is known of every post that names something, its ``id`` too, by IRI."""
        named = {post for posts in self.named.values() for post in posts}
        names = {
            "original": "kg:original", "published": "kg:published", "channel": "kg:channel", "url": "schema:url",
            "lang": "schema:inLanguage", "forwarded_from": "kg:forwardedFrom",
        }  # fmt: skip
        columns = {name: dict(self._rows(f"SELECT ?post ?value {{ ?post {iri} ?value }}")) for name, iri in names.items()}
        found = {}
        for iri in columns["original"].keys() & named:
            path, key = iri.removeprefix(self.store.base + "post/"), t.post_id(iri, self.store.base)
            known: Properties = {"id": key, "name": key, **{name: column.get(iri, "") for name, column in columns.items()}}
            known |= {"date": known["published"][:10], "path": "" if path == key else path}
            found[iri] = {name: value for name, value in known.items() if value}
        return found

    def entities(self) -> Iterator[tuple[str, str, Properties]]:
        """Label, key and properties of every entity."""
        aliases = self._lists("SELECT ?e ?alias { ?e skos:altLabel ?alias }")
        keys = self._lists("SELECT ?e ?key { ?e kg:searchKey ?key }")
        names = dict(self._rows("SELECT ?e ?name { ?e kg:searchKey ?any ; rdfs:label ?name }"))
        said, surest = self._said(), self._surest()
        for iri, label in self.labels.items():
            key = self.keys[iri]
            row: Properties = {
                "name": names.get(iri, key), "aliases": aliases.get(iri, []), "search_keys": keys.get(iri, []),
                "said": said.get(iri, []),
            }  # fmt: skip
            path = iri.removeprefix(self.store.base)
            sure = {"confidence": surest[label, key]} if (label, key) in surest else {}
            yield label, key, {**row, **sure, **self._seen(iri), **({} if path == key else {"path": path})}

    def _said(self) -> dict[str, list[str]]:
        """The types of what is claimed of an entity other than as a rumour, sorted, by its IRI."""
        found: dict[str, list[str]] = {}
        predicates = sorted((self.predicate(iri), iri) for (iri,) in self._rows("SELECT DISTINCT ?p { ?c rdf:predicate ?p }"))
        for name, iri in predicates:
            for (entity,) in self._rows(f"SELECT DISTINCT ?e {{ ?e <{iri}> ?any }}"):
                found.setdefault(entity, []).append(relationship_type(name))
        return found

    def _surest(self) -> dict[tuple[str, str], float]:
        """The highest confidence of a claim that an entity is part of, by its label and key."""
        found: dict[tuple[str, str], float] = {}
        for rows in self.claims.values():
            for row in rows:
                confidence = float(row.confidence)
                for end in ((row.start_label, row.start), (row.end_label, row.end)):
                    if confidence > found.get(end, 0.0):
                        found[end] = confidence
        return found

    def _seen(self, entity: str) -> Properties:
        """How many independent posts name an entity, the first and the last day as far as known."""
        posts = [self.posts[post] for post in self.named.get(entity, ()) if post in self.posts]
        seen: Properties = {"support": len({post["original"] for post in posts})}
        days = [post["date"] for post in posts if "date" in post]
        return {**seen, "first_seen": min(days), "last_seen": max(days)} if days else seen

    def literals(self) -> Iterator[tuple[str, Properties]]:
        """Id and properties of every value."""
        for value, datatype in self._rows(
            "SELECT DISTINCT ?o (DATATYPE(?o) AS ?type) { ?c rdf:object ?o FILTER(isLiteral(?o)) }"
        ):
            name = _datatype(datatype)
            row: Properties = {"name": value, "datatype": name}
            if name == "integer" and abs(int(value)) < _LARGEST:
                row["number"] = int(value)
            yield f"{name}/{value}", row

    def take_claims(self) -> dict[str, list[ClaimRow]]:
        """The claims, to be used up: who wants them again reads them again."""
        claims = self.claims
        del self.claims
        return claims

    @cached_property
    def claims(self) -> dict[str, list[ClaimRow]]:
        """Every claim between what has a label, by the IRI of its predicate, sorted."""
        joined = " ".join(f"{{ SELECT ?claim ?{name} {{ ?claim {iri} ?{name} }} }}" for name, iri in _CLAIM)
        columns = " ".join(f"?{name}" for name, _ in _CLAIM)
        rows = self._rows(
            f"SELECT ?predicate ?claim (DATATYPE(?object) AS ?type) {columns} {{ ?claim rdf:predicate ?predicate . {joined} }}"
        )
        labels, keys, posts, cut = self.labels, self.keys, self._repeated(), len(self.store.base)
        # Not every claim says what found it, so this is no part of the join.
        extractors = dict(self._rows("SELECT ?claim ?value { ?claim kg:extractor ?value }"))
        found: dict[str, list[ClaimRow]] = {}
        for predicate, iri, datatype, subject, target, post, confidence, sentence, start, end in rows:
            start_label, end_label = labels.get(subject), LITERAL if datatype else labels.get(target)
            if start_label is None or end_label is None:
                continue
            there = f"{_datatype(datatype)}/{target}" if datatype else keys[target]
            extractor = extractors.pop(iri, "")
            row = ClaimRow(
                start_label, end_label, keys[subject], iri[cut:], there, posts[post], sentence, confidence, start, end, extractor
            )
            found.setdefault(predicate, []).append(row)
        for claims in found.values():
            claims.sort(key=_order)
        return found

    def qualifiers(self) -> dict[str, Properties]:
        """Qualifiers by the id of the claim. A number that cannot be read as one is a string with the name ``score_text``."""
        found: dict[str, Properties] = {}
        cut = len(self.store.base)
        for name, qualifier in sorted(self.store.vocabulary.qualifiers.items()):
            for iri, value in self._rows(f"SELECT ?claim ?value {{ ?claim <{qualifier.iri}> ?value }}"):
                found.setdefault(iri[cut:], {}).update(_qualifier(name, value, qualifier.datatype))
        return found

    def _repeated(self) -> dict[str, Properties]:
        """What a claim repeats of its post, by IRI: a question about claims then needs no second step."""
        names = {"id": "post", "url": "post_url", "path": "post_path"}
        kept = ("id", "url", "date", "published", "channel", "original", "path")
        found = {}
        for iri, known in self.posts.items():
            # The time stands there only where the post has one.
            left_out = "published" if known.get("published") == known.get("date") else ""
            found[iri] = {names.get(name, name): known[name] for name in kept if name in known and name != left_out}
        return found

    def _rows(self, sparql: str) -> Iterator[list[str]]:
        """Rows of a SELECT as strings; what is not bound is empty."""
        found = self.store.query(sparql)
        assert isinstance(found, ox.QuerySolutions)
        written = found.serialize(format=ox.QueryResultsFormat.CSV) or b""
        rows = csv.reader(io.TextIOWrapper(io.BytesIO(written), "utf-8", newline=""))
        next(rows)
        return rows

    def _lists(self, sparql: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for iri, value in self._rows(sparql):
            found.setdefault(iri, []).append(value)
        return {iri: sorted(values) for iri, values in found.items()}


class Keys(dict[str, str]):
    """Key of an entity by its IRI; each is worked out once."""

    def __init__(self, base: str) -> None:
        self.base = base

    def __missing__(self, iri: str) -> str:
        self[iri] = t.entity_key(iri, self.base)
        return self[iri]


def _order(row: ClaimRow) -> tuple[str, ...]:
    return row[:4]


def _datatype(iri: str) -> str:
    """The name of a datatype as the nouns have it: every precision of a date is ``date``."""
    return "date" if any(iri == date.value for date in t.DATES.values()) else local_name(iri)


def _qualifier(name: str, value: str, datatype: str) -> Properties:
    if datatype == "boolean":
        return {name: value == "true"}
    if datatype not in ("integer", "decimal"):
        return {name: value}
    if not _NUMBER.fullmatch(value) or (datatype == "integer" and "." in value):
        return {f"{name}_text": value}
    return {name: int(value) if datatype == "integer" else float(value)}
