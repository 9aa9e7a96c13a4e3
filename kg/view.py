"""What of a graph is drawn: entities as nodes, facts with their evidence, and which of it comes first.

Posts are evidence, not nodes. A fact is what all claims with the same subject, predicate, object and qualifiers say
together; rumours (``hedged``) are part of it and marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2

from kg.columns import Said, Source, all_claims, all_entities, sources
from kg.errors import InputError
from kg.lookup import find_entity
from kg.model import Entity, Value
from kg.store import Store
from kg.terms import entity_key

CORE = 300
"""So many nodes are drawn at first."""
MOST = 50_000
"""So many nodes a page holds at all: more cannot be read, nor drawn smoothly."""
_SWAPS = 5
"""How often nodes of the core without a neighbour in it make room for others."""
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a graph is wanted; the defaults mean all of it."""

    around: str = ""
    """Name, alias or key of the entity in the middle."""
    depth: int = 1
    """How many steps from there."""
    types: tuple[str, ...] = ()
    min_support: int = 1
    min_confidence: float = 0.0
    since: str = ""
    """First day of the posts, ``2024-05-13``; a month or a year will do."""
    until: str = ""
    """Last day, month or year of the posts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim many posts may make: what is said, and every place where it is."""

    subject: str
    """Key of the entity."""
    predicate: str
    object: str
    """Key of an entity, or a value."""
    datatype: str
    """Empty for an entity, else the XSD name: ``integer``, ``date``, ``anyURI``."""
    qualifiers: tuple[tuple[str, Value], ...] = ()
    claims: tuple[Said, ...] = ()
    """Those that say it, the oldest post first."""
    support: int = 0
    """Number of independent posts: reposts count once."""

    @property
    def confidence(self) -> float:
        """0 to 1: that of the surest claim."""
        return max((said.claim.confidence for said in self.claims), default=0.0)

    @property
    def hedged(self) -> bool:
        """Whether every post that says it says it as a rumour, a guess or a plan."""
        return all(said.claim.qualifiers.get("hedged", False) for said in self.claims)


@dataclass(frozen=True, slots=True)
class View:
    """A part of a graph, ready to be laid out: nodes in the order in which they should appear."""

    nodes: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict)
    core: int = 0
    """The first ``core`` nodes make a picture of their own."""
    total: int = 0
    """How many nodes there were before the page was cut to ``MOST``."""
    around: str = ""
    """Key of the entity in the middle; empty when there is none."""

    def links(self) -> list[tuple[int, int]]:
        """Which nodes are joined by a fact: pairs of positions in ``nodes``, the smaller first, each once."""
        place = {node.key: i for i, node in enumerate(self.nodes)}
        pairs = {(place[a], place[b]) for a, b in joined(self.facts) if a in place and b in place}
        return sorted({(min(pair), max(pair)) for pair in pairs})


def select(store: Store, part: Part | None = None, *, core: int = CORE, most: int = MOST) -> View:
    """The wanted part of a graph, the nodes that matter most first.

    Raises ``QueryError`` with suggestions when no entity is called ``part.around``, ``InputError`` for what is no type
    or no date.
    """
    part = part or Part()
    for day in (part.since, part.until):
        if day and not _DAY.fullmatch(day):
            raise InputError(f"{day!r} is not a date. Write a day, a month or a year: 2024-05-13, 2024-05 or 2024")
    unknown = sorted(set(part.types) - store.vocabulary.types.keys())
    if unknown:
        known = ", ".join(sorted(store.vocabulary.types))
        raise InputError(f"No type is called {unknown[0]!r}. Known: {known}.\nSeveral are written --types Model,Organization")
    centre = entity_key(find_entity(store, part.around).value, store.base) if part.around else ""
    entities = all_entities(store)
    wanted = {key: entity for key, entity in entities.items() if not part.types or entity.type in part.types or key == centre}
    claims = all_claims(store, wanted)
    posts = sources(store, {said.claim.evidence.post for said in claims})
    facts = [fact for fact in group_facts(claims_within(claims, posts, part), posts) if fact.support >= part.min_support]
    kept = _kept(wanted, facts, part, centre)
    order = rank(kept, facts, core, centre, {post: source.day for post, source in posts.items()})[:most]
    drawn = set(order)
    facts = [fact for fact in facts if fact.subject in drawn and (fact.datatype or fact.object in drawn)]
    used = {said.claim.evidence.post for fact in facts for said in fact.claims}
    told = {post: source for post, source in posts.items() if post in used}
    return View(tuple(wanted[key] for key in order), tuple(facts), told, min(core, len(order)), len(kept), centre)


def claims_within(claims: Iterable[Said], posts: dict[str, Source], part: Part) -> list[Said]:
    """Those sure enough and said between the two dates; a post without a date is never between dates."""

    def within(day: str) -> bool:
        return bool(day) and day >= part.since and (not part.until or day[: len(part.until)] <= part.until)

    dated = bool(part.since or part.until)
    sure = (said for said in claims if said.claim.confidence >= part.min_confidence)
    return [said for said in sure if not dated or within(posts[said.claim.evidence.post].day)]


def group_facts(claims: Iterable[Said], posts: dict[str, Source]) -> list[Fact]:
    """Claims that say the same as one fact each, sorted by what they say."""
    groups: dict[tuple[str, str, str, str, tuple[tuple[str, Value], ...]], list[Said]] = {}
    for said in claims:
        claim = said.claim
        datatype = "" if isinstance(claim.object, Entity) else claim.object.datatype
        qualifiers = tuple(sorted((name, value) for name, value in claim.qualifiers.items() if name != "hedged"))
        groups.setdefault((claim.subject.key, claim.predicate, claim.object_key, datatype, qualifiers), []).append(said)
    facts = []
    for same, members in sorted(groups.items(), key=lambda group: repr(group[0])):
        days = {said.id: posts[said.claim.evidence.post].day or "9999" for said in members}
        oldest_first = sorted(members, key=lambda said: (days[said.id], said.claim.evidence, said.id))
        support = len({posts[said.claim.evidence.post].original or said.claim.evidence.post for said in members})
        facts.append(Fact(*same, tuple(oldest_first), support))
    return facts


def joined(facts: Iterable[Fact]) -> list[tuple[str, str]]:
    """Subject and object of each fact between two different entities."""
    return [(fact.subject, fact.object) for fact in facts if not fact.datatype and fact.subject != fact.object]


def rank(
    keys: Iterable[str], facts: Iterable[Fact], core: int, centre: str = "", days: Mapping[str, str] | None = None
) -> list[str]:
    """Keys, those that matter most first; the first ``core`` of them hang together as far as they can.

    What matters: how many neighbours there are, how many independent posts speak of it, and how late the last of them is among
    all posts (``days``: the day of each post). ``centre`` leads.
    """
    facts = list(facts)
    neighbours: dict[str, set[str]] = {key: set() for key in keys}
    for a, b in joined(facts):
        if a in neighbours and b in neighbours:
            neighbours[a].add(b)
            neighbours[b].add(a)
    support: Counter[str] = Counter()
    for fact in facts:
        for key in {fact.subject, fact.object}:
            support[key] += fact.support
    recent = _recency(facts, days or {})
    weights = {
        key: round(log2(1 + len(near)) + log2(1 + support[key]) / 2 + recent.get(key, 0.0), 6) for key, near in neighbours.items()
    }
    order = sorted(neighbours, key=lambda key: (key != centre, -weights[key], key))
    head = order[:core]
    for _ in range(_SWAPS):
        first = set(head)
        lonely = {key for key in head if key != centre and not neighbours[key] & first}
        waiting = [key for key in order if key not in first and neighbours[key] & (first - lonely)][: len(lonely)]
        if not waiting:
            break
        swapped = {key for _, key in zip(waiting, sorted(lonely, key=lambda key: (weights[key], key)), strict=False)}
        head = [key for key in head if key not in swapped] + waiting
    placed = set(head)
    return head + [key for key in order if key not in placed]


def _recency(facts: Iterable[Fact], days: Mapping[str, str]) -> dict[str, float]:
    """For each entity how late its last post is: 0 for the first day of all, 1 for the last."""
    last: dict[str, str] = {}
    for fact in facts:
        day = max((days.get(said.claim.evidence.post, "") for said in fact.claims), default="")
        for key in (fact.subject, fact.object):
            last[key] = max(last.get(key, ""), day)
    known = sorted(set(filter(None, days.values())))
    place = {day: i / max(len(known) - 1, 1) for i, day in enumerate(known)}
    return {key: place[day] for key, day in last.items() if day}


def _kept(wanted: dict[str, Entity], facts: list[Fact], part: Part, centre: str) -> list[str]:
    """Entities to draw: those near the centre; those of which something is left when facts were filtered; else all."""
    if centre:
        return sorted(_near(centre, joined(facts), part.depth))
    if part.min_support > 1 or part.min_confidence > 0 or part.since or part.until:
        named = {key for fact in facts for key in (fact.subject, fact.object)}
        return [key for key in wanted if key in named]
    return list(wanted)


def _near(centre: str, pairs: list[tuple[str, str]], depth: int) -> set[str]:
    reached = {centre}
    for _ in range(depth):
        reached |= {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
    return reached
