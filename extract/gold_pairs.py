"""Annotated posts as documents, and what the annotator says of their pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.extract.document import Document, Span
from kg.extract.extractor import read_document
from kg.extract.gold import gold_spans, nested_owners
from kg.extract.mentions import find_mentions
from kg.extract.names import Names
from kg.extract.pairs import VALUE_TYPES, Pair
from kg.extract.resolve import Resolver
from kg.extract.tagger import Tagger
from kg.extract.tokens import Tokens
from kg.matching import normal, same_value
from kg.vocabulary import Vocabulary

Post = dict[str, Any]
"""A line of the gold form."""


def found_document(post: Post, names: Names, tagger: Tagger) -> Document:
    """The post with the mentions that the tagger finds."""
    tokens = Tokens(post["text"])
    return read_document(tokens, find_mentions(tokens, names, tagger))


def annotated_document(post: Post) -> Document:
    """The post with the mentions that the annotator marked."""
    tokens = Tokens(post["text"])
    spans = gold_spans(tokens, post["entities"])
    owners = {form: e["name"] for e in post["entities"] if e["type"] == "Organization" for form in (*e["surfaces"], e["name"])}
    nested = [
        Span(first, last, kind, owners[name], "nested joined sure" if tokens.items[last + 1].glued else "nested apart sure")
        for first, last, kind, name in nested_owners(tokens, spans, set(owners))
    ]
    return read_document(tokens, [Span(*span) for span in spans] + nested)


def labelled_pairs(
    post: Post, document: Document, pairs: Iterable[Pair], names: Names, vocabulary: Vocabulary
) -> Iterator[tuple[Pair, set[str]]]:
    """Each pair of the document with the predicates the annotator gave it."""
    resolver = Resolver(names)
    forms = {key: _forms(document, spans, resolver) for key, spans in document.entities.items()}
    gold = {e["name"]: {normal(form) for form in (*e["surfaces"], e["name"])} for e in post["entities"]}
    for pair in pairs:
        holds = set()
        for triple in post["triples"]:
            subject, object_ = gold.get(triple["s"], set()), gold.get(str(triple["o"]), set())
            score = (triple.get("q") or {}).get("score")
            if pair.near_object.type == "score":
                named = forms[pair.subject] & subject or forms[pair.subject] & object_
                if score is not None and named and str(score).rstrip("%") == pair.near_object.name:
                    holds.add("score")
            elif forms[pair.subject] & subject and _same_object(triple, pair, forms, object_, vocabulary):
                holds.add(triple["p"])
        yield pair, holds


def _forms(document: Document, spans: list[Span], names: Resolver) -> set[str]:
    """All normalised ways in which the post names an entity, as written and uninflected."""
    items, text = document.tokens.items, document.tokens.text
    forms = {normal(span.name) for span in spans}
    for span in spans:
        for first, last in document.ranges(span):
            written = text[items[first].start : items[last].end]
            forms |= {normal(written), normal(names.natural(span.type, written))}
    return forms


def _same_object(triple: Post, pair: Pair, forms: dict[str, set[str]], names: set[str], vocabulary: Vocabulary) -> bool:
    relation = vocabulary.relation(triple["p"])
    if not relation.to_value:
        return bool(forms[pair.object] & names)
    kinds = {VALUE_TYPES[datatype] for datatype in relation.range}
    return pair.near_object.type in kinds and same_value(triple["p"], triple["o"], pair.near_object.name)
