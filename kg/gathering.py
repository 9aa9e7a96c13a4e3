"""The claims a part of a graph is made of: near a centre, of certain entities, or all there are.

A few are read one by one, many in one pass over the whole graph: the result is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from kg.columns import Said, all_claims, all_entities, sources
from kg.model import Entity
from kg.nearby import Nearby
from kg.part import Part, claims_within
from kg.store import Store

_FEW = 20_000
"""Claims from which on one pass over the whole graph is quicker than reading each."""


class Joins(Protocol):
    """What joins a subject and an object: a claim or a fact."""

    @property
    def subject(self) -> str: ...
    @property
    def object(self) -> str: ...
    @property
    def datatype(self) -> str: ...


def joined(facts: Iterable[Joins]) -> list[tuple[str, str]]:
    """Subject and object of each fact between two different entities."""
    return [(fact.subject, fact.object) for fact in facts if not fact.datatype and fact.subject != fact.object]


def gathered(store: Store, part: Part, centre: str, most: int) -> tuple[dict[str, Entity], list[Said]]:
    """Entities by key, sorted, and the claims between them: at least all that the part is made of."""
    if part.keys:
        return _between(store, part)
    if centre:
        return _around(store, part, centre, most) or _all(store, part, centre)
    return _all(store, part, centre)


def _all(store: Store, part: Part, centre: str) -> tuple[dict[str, Entity], list[Said]]:
    entities = all_entities(store)
    wanted = {key: entity for key, entity in entities.items() if _wanted(entity, part, centre)}
    return wanted, all_claims(store, wanted)


def _between(store: Store, part: Part) -> tuple[dict[str, Entity], list[Said]]:
    near = Nearby(store)
    found = [entity for key in sorted(set(part.keys)) if (entity := near.entity(key)) is not None]
    wanted = {entity.key: entity for entity in found if not part.types or entity.type in part.types}
    return wanted, _inside(wanted, (said for key in wanted for said in near.said_of(key, wanted)))


def _around(store: Store, part: Part, centre: str, most: int) -> tuple[dict[str, Entity], list[Said]] | None:
    """Ring after ring, of one that is too big the best connected; None when there is too much to read."""
    near = Nearby(store)
    reached: dict[str, Entity] = {}
    ring = {centre}
    for step in range(part.depth + 1):
        entities = {key: entity for key in ring if (entity := near.entity(key)) and _wanted(entity, part, centre)}
        reached |= entities
        if step == part.depth or not entities:
            break
        beyond = _beyond(store, near, part, entities)
        ring = {key for key in beyond if key not in reached}
        if len(near.claims) > _FEW:
            return None
        if len(reached) + len(ring) > most:
            best = sorted(ring, key=lambda key: (-beyond[key], key))
            ring = set(best[: max(most - len(reached), 0)])
    claims = (said for key in reached for said in near.said_of(key, reached))
    found = _inside(reached, claims)
    return (dict(sorted(reached.items())), found) if len(near.claims) <= _FEW else None


def _beyond(store: Store, near: Nearby, part: Part, entities: Iterable[str]) -> Counter[str]:
    """What claims join with these entities, and how many do; those the part leaves out do not count.

    Support is checked when facts are made.
    """
    claims: dict[str, Said] = {}
    for key in entities:
        claims |= {said.id: said for said in near.said_about(key)}
        if len(claims) > _FEW:
            break
    dated = part.since or part.until
    posts = sources(store, {said.claim.evidence.post for said in claims.values()}) if dated else {}
    kept = claims_within(claims.values(), posts, part)
    ends = Counter(said.claim.subject.key for said in kept)
    ends.update(said.claim.object.key for said in kept if isinstance(said.claim.object, Entity))
    return ends


def _inside(wanted: dict[str, Entity], claims: Iterable[Said]) -> list[Said]:
    """Each once, with both ends among the wanted, by post and place in it."""
    found = {
        said.id: said
        for said in claims
        if said.claim.subject.key in wanted and (not isinstance(said.claim.object, Entity) or said.claim.object.key in wanted)
    }
    return sorted(found.values(), key=lambda said: (said.claim.evidence, said.id))


def _wanted(entity: Entity, part: Part, centre: str) -> bool:
    return not part.types or entity.type in part.types or entity.key == centre
