"""The words of the graph as RDF terms, and the identifiers of entities, posts, claims and mentions.

Identifiers are made from content, so that the same posts give the same graph wherever they are read.
"""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.model import Claim, Literal, Value
from kg.vocabulary import BASE, NS, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, Vocabulary

TYPE, LABEL, ALT_LABEL = ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "label"), ox.NamedNode(SKOS + "altLabel")
SUBJECT, PREDICATE, OBJECT = (ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
DERIVED_FROM = ox.NamedNode(PROV + "wasDerivedFrom")
URL, LANGUAGE = ox.NamedNode(SCHEMA + "url"), ox.NamedNode(SCHEMA + "inLanguage")
POST, CLAIM, MENTION = (ox.NamedNode(NS + name) for name in ("Post", "Claim", "Mention"))
NAMES, SURFACE, MERGE = (ox.NamedNode(NS + name) for name in ("names", "surface", "merge"))
SEARCH_KEY = ox.NamedNode(NS + "searchKey")
SENTENCE, START, END = (ox.NamedNode(NS + name) for name in ("sentence", "start", "end"))
CONFIDENCE, EXTRACTOR, HEDGED = (ox.NamedNode(NS + name) for name in ("confidence", "extractor", "hedged"))
TEXT, PUBLISHED, CHANNEL = (ox.NamedNode(NS + name) for name in ("text", "published", "channel"))
FORWARDED_FROM, LINK = ox.NamedNode(NS + "forwardedFrom"), ox.NamedNode(NS + "link")
ORIGINAL, BAND, DIGEST, STATE, REASON = (ox.NamedNode(NS + n) for n in ("original", "band", "digest", "state", "reason"))

STRING, INTEGER, DECIMAL, BOOLEAN = (ox.NamedNode(XSD + name) for name in ("string", "integer", "decimal", "boolean"))
DATES = {10: ox.NamedNode(XSD + "date"), 7: ox.NamedNode(XSD + "gYearMonth"), 4: ox.NamedNode(XSD + "gYear")}
"""The datatype of a date by its length: ``2024-05-13``, ``2024-05``, ``2024``."""
DATE_TIME = ox.NamedNode(XSD + "dateTime")

# RFC 3987: what may stand in a path as it is. Invisible characters are encoded although the standard lets them through.
_UNSAFE = re.compile(
    r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/"
    "\u00a1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef\U00010000-\U0001fffd]"
)


@lru_cache(16384)
def entity_iri(key: str, base: str = BASE) -> ox.NamedNode:
    """The identifier of an entity; letters of every alphabet stay as they are.

    >>> entity_iri("model/гига чат").value
    'https://postkg.example/model/гига%20чат'
    """
    return ox.NamedNode(base + _quoted(key))


def post_iri(post: str, base: str = BASE) -> ox.NamedNode:
    """The identifier of the post with this id."""
    return ox.NamedNode(base + "post/" + _quoted(post))


def post_id(iri: str, base: str = BASE) -> str:
    """The id of the post with this identifier: ``post_iri`` undone."""
    return unquote(iri.removeprefix(base + "post/"))


def entity_key(iri: str, base: str = BASE) -> str:
    """The key of the entity with this identifier: ``entity_iri`` undone."""
    return unquote(iri.removeprefix(base))


def claim_iri(claim: Claim, vocabulary: Vocabulary, base: str = BASE) -> ox.NamedNode:
    """The identifier of a claim: 16 hex digits of all that it says and where."""
    qualifiers = {name: qualifier_term(name, value, vocabulary).value for name, value in claim.qualifiers.items()}
    said = [claim.subject.key, claim.predicate, claim.object_key, qualifiers]
    where = [claim.evidence.post, claim.evidence.start, claim.evidence.end]
    return ox.NamedNode(f"{base}claim/{_hash([*said, *where])}")


def mention_iri(post: str, entity: str, base: str = BASE) -> ox.NamedNode:
    """The identifier of "this post names this entity"."""
    return ox.NamedNode(f"{base}mention/{_hash([post, entity])}")


@lru_cache(16384)
def search_key(name: str) -> str:
    """A name with case, spaces and punctuation taken off: what look-ups compare.

    >>> search_key("GPT-4o"), search_key("Ёж Чат")
    ('gpt4o', 'ежчат')
    """
    folded = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return "".join(c for c in folded if c.isalnum()) or folded


def text_term(value: str) -> ox.Literal:
    """A plain string."""
    return ox.Literal(value)


def number_term(value: int | float) -> ox.Literal:
    """A number as it is written in decimal: never with an exponent, never with trailing zeros."""
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=INTEGER)
    return ox.Literal(format(Decimal(str(value)).normalize(), "f"), datatype=DECIMAL)


def date_term(value: str) -> ox.Literal:
    """A date or a date and time, typed by its length; anything else stays a string."""
    if len(value) > 10 and value[10] == "T":
        return ox.Literal(value, datatype=DATE_TIME)
    return ox.Literal(value, datatype=DATES.get(len(value), STRING))


def value_term(value: Literal) -> ox.Literal:
    """The object of a claim that is a value."""
    if value.datatype == "date":
        return date_term(value.value)
    return ox.Literal(value.value, datatype=ox.NamedNode(XSD + value.datatype))


def qualifier_term(name: str, value: Value, vocabulary: Vocabulary) -> ox.Literal:
    """What is said about a claim, typed as the ontology says when it can be read so, else a string.

    >>> from kg.vocabulary import load_vocabulary
    >>> qualifier_term("score", "91.20", load_vocabulary()).value
    '91.2'
    """
    if name not in vocabulary.qualifiers:
        known = ", ".join(sorted(vocabulary.qualifiers))
        raise VocabularyError(f"No qualifier is called {name!r}. Known: {known}.")
    datatype = vocabulary.qualifiers[name].datatype
    if datatype == "boolean":
        return ox.Literal("true" if value in (True, "true", "1") else "false", datatype=BOOLEAN)
    number = _decimal(value) if datatype in ("decimal", "integer") else None
    if number is None or (datatype == "integer" and number != number.to_integral_value()):
        return ox.Literal(str(value))
    return ox.Literal(format(number.normalize(), "f"), datatype=ox.NamedNode(XSD + datatype))


def _decimal(value: Value) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _quoted(text: str) -> str:
    return _UNSAFE.sub(lambda match: quote(match.group(), safe=""), text)


_written = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode


def _hash(parts: list[object]) -> str:
    return sha256(_written(parts).encode()).hexdigest()[:16]
