"""What of a graph is drawn: entities as nodes, facts with their evidence, and which of it comes first.

Posts are evidence, not nodes. A fact is what all claims with the same subject, predicate, object and qualifiers say
together; rumours (``hedged``) are part of it and marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.columns import Said, Source, sources
from kg.gathering import gathered, joined
from kg.lookup import find_entity
from kg.model import Entity, Value
from kg.part import Part as Part
from kg.part import check_part, claims_within
from kg.ranking import rank as rank
from kg.store import Store
from kg.terms import entity_key

CORE = 300
"""So many nodes are drawn at first."""
MOST = 50_000
"""So many nodes a page holds at all: more cannot be read, nor drawn smoothly."""


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

    def cut(self, count: int = 0) -> View:
        """The first ``count`` nodes alone, or the core, with what joins them; ``total`` still counts all."""
        nodes = self.nodes[: count or self.core]
        facts = tuple(_between((node.key for node in nodes), self.facts))
        return View(nodes, facts, _told(facts, self.sources), len(nodes), self.total, self.around)

    def links(self) -> list[tuple[int, int]]:
        """Which nodes are joined by a fact: pairs of positions in ``nodes``, the smaller first, each once."""
        place = {node.key: i for i, node in enumerate(self.nodes)}
        pairs = {(place[a], place[b]) for a, b in joined(self.facts) if a in place and b in place}
        return sorted({(min(pair), max(pair)) for pair in pairs})


def select(store: Store, part: Part | None = None, *, core: int = CORE, most: int = MOST) -> View:
    """The wanted part of a graph, the nodes that matter most first. Page, picture and server all draw what this gives.

    Raises ``QueryError`` with suggestions when no entity is called ``part.around``, ``InputError`` for what is no type
    or no date.
    """
    part = part or Part()
    check_part(part, store.vocabulary)
    centre = entity_key(find_entity(store, part.around).value, store.base) if part.around else ""
    wanted, claims = gathered(store, part, centre, most)
    posts = sources(store, {said.claim.evidence.post for said in claims})
    facts = [fact for fact in group_facts(claims_within(claims, posts, part), posts) if _meant(fact, part)]
    kept = _kept(wanted, facts, part, centre)
    facts = _between(kept, facts)
    days = {post: source.day for post, source in _told(facts, posts).items()}
    order = rank(kept, facts, core, centre, days)[:most]
    facts = _between(order, facts)
    return View(tuple(wanted[key] for key in order), tuple(facts), _told(facts, posts), min(core, len(order)), len(kept), centre)


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


def _told(facts: Iterable[Fact], posts: Mapping[str, Source]) -> dict[str, Source]:
    used = {said.claim.evidence.post for fact in facts for said in fact.claims}
    return {post: source for post, source in posts.items() if post in used}


def _between(keys: Iterable[str], facts: Iterable[Fact]) -> list[Fact]:
    inside = set(keys)
    return [fact for fact in facts if fact.subject in inside and (fact.datatype or fact.object in inside)]


def _meant(fact: Fact, part: Part) -> bool:
    if fact.support < part.min_support or (part.predicates and fact.predicate not in part.predicates):
        return False
    return not part.claims or any(said.id in part.claims for said in fact.claims)


def _kept(wanted: dict[str, Entity], facts: list[Fact], part: Part, centre: str) -> list[str]:
    """Entities to draw: those near the centre; those asked for; those of which something is left when facts were filtered."""
    if centre:
        return sorted(_near(centre, joined(facts), part.depth))
    if part.filters_facts and not part.keys:
        named = {key for fact in facts for key in (fact.subject, fact.object)}
        return [key for key in wanted if key in named]
    return list(wanted)


def _near(centre: str, pairs: list[tuple[str, str]], depth: int) -> set[str]:
    reached = {centre}
    for _ in range(depth):
        reached |= {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
    return reached
