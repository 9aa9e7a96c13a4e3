"""A post as RDF: what one extraction puts into the graph, everything in the default graph.

A post contributes statements of its own (the post, its claims, its mentions) and supports shared ones: the direct
triple ``<s> kg:evaluatedOn <o>`` of each claim that is not hedged, and the names of the entities it mentions. A fact that
is only ever hedged has no direct triple: the graph knows that somebody says so, not that it is so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from kg import terms as t
from kg.copies import Words
from kg.digest import original, post_digest
from kg.errors import VocabularyError
from kg.model import Claim, Entity, Extraction, Literal, Post
from kg.vocabulary import BASE, Vocabulary, load_vocabulary


@lru_cache(16384)
def _capitals_first(name: str) -> tuple[int, str]:
    return -sum(map(str.isupper, name)), name


@dataclass(slots=True)
class Names:
    """What an entity is called: by the names of its mentions (one becomes the label) and in all other forms."""

    type: ox.NamedNode
    names: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)

    @property
    def label(self) -> str:
        """The name with most upper-case letters, of these the first in the order of characters."""
        if len(self.names) == 1:
            return next(iter(self.names))
        return min(self.names, key=_capitals_first)

    @property
    def aliases(self) -> list[str]:
        """Every name and form but the label, sorted."""
        return sorted((self.names | self.forms) - {self.label})

    def quads(self, entity: ox.NamedNode) -> Iterable[ox.Quad]:
        """Type, label, aliases and search keys of the entity."""
        yield ox.Quad(entity, t.TYPE, self.type)
        yield ox.Quad(entity, t.LABEL, t.text_term(self.label))
        for alias in self.aliases:
            yield ox.Quad(entity, t.ALT_LABEL, t.text_term(alias))
        for key in sorted({t.search_key(name) for name in self.names | self.forms}):
            yield ox.Quad(entity, t.SEARCH_KEY, t.text_term(key))


@dataclass(slots=True)
class Contribution:
    """What one post puts into the graph: its own statements, the facts it supports, the names it uses.

    Which copies it belongs to (``kg:original``) is not its own to say.
    """

    own: list[ox.Quad] = field(default_factory=list)
    facts: list[ox.Quad] = field(default_factory=list)
    names: dict[ox.NamedNode, Names] = field(default_factory=dict)
    claims: int = 0
    digest: str = ""
    words: Words | None = None
    """Of a post with claims, by which copies of it are found."""
    bands: list[str] = field(default_factory=list)
    original: str = ""
    """Digest of the post's own words."""


def contribution(
    extraction: Extraction, base: str = BASE, *, vocabulary: Vocabulary | None = None, extractor: str = ""
) -> Contribution:
    """All statements of one post. ``VocabularyError`` when a type, predicate or qualifier is not in the ontology."""
    words = vocabulary or load_vocabulary()
    found = Contribution()
    post = t.post_iri(extraction.post.id, base)
    claims = _distinct(extraction.claims, words, base)
    found.digest = post_digest(extraction.post, extractor)
    found.own += _post_quads(post, extraction.post, found.digest, empty=not claims)
    if claims:
        found.words = Words.of(extraction.post)
        found.bands = found.words.bands()
        found.own += [ox.Quad(post, t.BAND, t.text_term(band)) for band in found.bands]
    found.original = found.words.digest if found.words else original(extraction.post)
    for iri, claim in claims.items():
        found.own += _claim_quads(iri, claim, post, extraction.post, words, base)
        if not claim.qualifiers.get("hedged"):
            found.facts.append(ox.Quad(*_triple(claim, words, base)))
    found.claims = len(claims)
    reasons = _reasons(extraction)
    for entity, spans, forms in _mentioned(extraction, claims.values()):
        node, mention = t.entity_iri(entity.key, base), t.mention_iri(extraction.post.id, entity.key, base)
        found.own += _mention_quads(mention, node, entity, spans, forms, post)
        said = {(form, reasons.get((entity.key, t.search_key(form)), "")) for form in forms}
        found.own += [ox.Quad(mention, t.MERGE, t.text_term(f"{reason}: {form}")) for form, reason in sorted(said) if reason]
        found.names[node] = Names(_type(entity, words), {entity.name}, forms)
    return found


def post_quads(
    extraction: Extraction, base: str = BASE, *, vocabulary: Vocabulary | None = None, extractor: str = ""
) -> list[ox.Quad]:
    """The graph of one post alone, sorted: its own statements, its facts and its entities.

    >>> len(post_quads(Extraction(Post("a/1", "No news."))))
    5
    """
    found = contribution(extraction, base, vocabulary=vocabulary, extractor=extractor)
    entities = [quad for node, names in found.names.items() for quad in names.quads(node)]
    alone = ox.Quad(t.post_iri(extraction.post.id, base), t.ORIGINAL, t.text_term(found.original))
    return sorted({*found.own, alone, *found.facts, *entities}, key=str)


def _distinct(claims: Iterable[Claim], words: Vocabulary, base: str) -> dict[ox.NamedNode, Claim]:
    """Claims by identifier; of two that differ in confidence alone the surer one."""
    kept: dict[ox.NamedNode, Claim] = {}
    for claim in claims:
        iri = t.claim_iri(claim, words, base)
        if iri not in kept or (claim.confidence, claim.extractor) > (kept[iri].confidence, kept[iri].extractor):
            kept[iri] = claim
    return kept


FAILURE = (t.STATE, t.DIGEST, t.REASON)
"""What becomes another when a post fails."""


def failed_quads(node: ox.NamedNode, post: Post, reason: str, *, known: bool) -> list[ox.Quad]:
    """A post that could not be extracted, and why; of one that is ``known`` already only what is new.

    Its digest is that of no extractor, so that the next build tries again.
    """
    failure = [
        ox.Quad(node, t.STATE, t.text_term("failed")),
        ox.Quad(node, t.REASON, t.text_term(reason)),
        ox.Quad(node, t.DIGEST, t.text_term(post_digest(post, "failed"))),
    ]
    return failure if known else [*failure, *_read_quads(node, post), ox.Quad(node, t.ORIGINAL, t.text_term(original(post)))]


def _post_quads(node: ox.NamedNode, post: Post, digest: str, *, empty: bool) -> list[ox.Quad]:
    state = t.text_term("empty" if empty else "extracted")
    return [ox.Quad(node, t.STATE, state), ox.Quad(node, t.DIGEST, t.text_term(digest)), *_read_quads(node, post)]


def _read_quads(node: ox.NamedNode, post: Post) -> list[ox.Quad]:
    quads = [
        ox.Quad(node, t.TYPE, t.POST),
        ox.Quad(node, t.TEXT, t.text_term(post.text)),
    ]
    if post.published:
        quads.append(ox.Quad(node, t.PUBLISHED, t.date_term(post.published)))
    optional = ((t.URL, post.url), (t.CHANNEL, post.channel), (t.FORWARDED_FROM, post.forwarded_from), (t.LANGUAGE, post.lang))
    quads += [ox.Quad(node, predicate, t.text_term(value)) for predicate, value in optional if value]
    quads += [ox.Quad(node, t.LINK, t.text_term(f"{link.start} {link.end} {link.url}")) for link in post.links]
    return quads


def _triple(claim: Claim, words: Vocabulary, base: str) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]:
    target = t.value_term(claim.object) if isinstance(claim.object, Literal) else t.entity_iri(claim.object.key, base)
    return t.entity_iri(claim.subject.key, base), ox.NamedNode(words.relation(claim.predicate).iri), target


def _claim_quads(
    node: ox.NamedNode, claim: Claim, post: ox.NamedNode, source: Post, words: Vocabulary, base: str
) -> list[ox.Quad]:
    subject, predicate, target = _triple(claim, words, base)
    start, end = claim.evidence.start, claim.evidence.end
    quads = [
        ox.Quad(node, t.TYPE, t.CLAIM),
        ox.Quad(node, t.SUBJECT, subject),
        ox.Quad(node, t.PREDICATE, predicate),
        ox.Quad(node, t.OBJECT, target),
        ox.Quad(node, t.CONFIDENCE, t.number_term(float(claim.confidence))),
        ox.Quad(node, t.SENTENCE, t.text_term(source.text[start:end])),
        ox.Quad(node, t.START, t.number_term(start)),
        ox.Quad(node, t.END, t.number_term(end)),
        ox.Quad(node, t.DERIVED_FROM, post),
    ]
    if claim.extractor:
        quads.append(ox.Quad(node, t.EXTRACTOR, t.text_term(claim.extractor)))
    for name, value in claim.qualifiers.items():
        term = t.qualifier_term(name, value, words)
        quads.append(ox.Quad(node, ox.NamedNode(words.qualifiers[name].iri), term))
    return quads


def _mentioned(extraction: Extraction, claims: Iterable[Claim]) -> Iterable[tuple[Entity, list[tuple[int, int]], set[str]]]:
    """Each entity with where it stands and its forms; one that only a claim names stands in the claim's evidence."""
    text = extraction.post.text
    entities = {entity.key: entity for entity in extraction.entities}
    evidence: dict[str, tuple[int, int]] = {}
    for claim in claims:
        span = (claim.evidence.start, claim.evidence.end)
        for entity in (claim.subject, claim.object):
            if isinstance(entity, Entity):
                entities.setdefault(entity.key, entity)
                evidence[entity.key] = min(span, evidence.get(entity.key, span))
    by_name = _by_name(entities.values())
    spans: dict[str, list[tuple[int, int]]] = {}
    forms: dict[str, set[str]] = {}
    for mention in sorted(extraction.mentions):
        written = text[mention.start : mention.end]
        named = by_name.get((mention.type, t.search_key(mention.name))) or by_name.get((mention.type, t.search_key(written)))
        key = mention.entity if mention.entity in entities else named
        if key is not None:
            spans.setdefault(key, []).append((mention.start, mention.end))
            forms.setdefault(key, set()).update({written, mention.name})
    for key, entity in sorted(entities.items()):
        if key in spans or key in evidence:
            where = spans.get(key) or [_named_within(text, entity.name, *evidence[key])]
            yield entity, where, forms.get(key, set()) | set(entity.aliases)


def _reasons(extraction: Extraction) -> dict[tuple[str, str], str]:
    """Why a form of a name, without case and punctuation, is taken for an entity: as its first place in the post says."""
    found: dict[tuple[str, str], str] = {}
    for mention in sorted(extraction.mentions):
        found.setdefault((mention.entity, t.search_key(extraction.post.text[mention.start : mention.end])), mention.reason)
    for mention in sorted(extraction.mentions):
        # The name has no case ending: "listed alias, case ending" is said of what is written.
        found.setdefault((mention.entity, t.search_key(mention.name)), mention.reason.removesuffix(", case ending"))
    return found


def _by_name(entities: Iterable[Entity]) -> dict[tuple[str, str], str]:
    """Which entity a name of a type means within one post: names go before aliases."""
    known = sorted(entities, reverse=True)
    found = {(entity.type, t.search_key(alias)): entity.key for entity in known for alias in entity.aliases}
    return found | {(entity.type, t.search_key(entity.name)): entity.key for entity in known}


def _named_within(text: str, name: str, start: int, end: int) -> tuple[int, int]:
    found = text.find(name, start, end)
    return (start, end) if found < 0 else (found, found + len(name))


def _mention_quads(
    node: ox.NamedNode, entity: ox.NamedNode, named: Entity, spans: list[tuple[int, int]], forms: set[str], post: ox.NamedNode
) -> list[ox.Quad]:
    start, end = spans[0]
    return [
        ox.Quad(node, t.TYPE, t.MENTION),
        ox.Quad(node, t.NAMES, entity),
        ox.Quad(node, t.LABEL, t.text_term(named.name)),
        *(ox.Quad(node, t.SURFACE, t.text_term(form)) for form in sorted(forms)),
        ox.Quad(node, t.START, t.number_term(start)),
        ox.Quad(node, t.END, t.number_term(end)),
        ox.Quad(node, t.DERIVED_FROM, post),
    ]


def _type(entity: Entity, words: Vocabulary) -> ox.NamedNode:
    try:
        return ox.NamedNode(words.types[entity.type].iri)
    except KeyError:
        raise VocabularyError(f"No type is called {entity.type!r}. Known: {', '.join(sorted(words.types))}.") from None
