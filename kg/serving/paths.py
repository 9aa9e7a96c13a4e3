"""The shortest ways between two entities, looked for from both ends at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from kg.model import Entity
from kg.nearby import Nearby

_FAR = 6
"""Steps of the longest path that is looked for."""
_LOOKED_AT = 20_000
"""Entities looked at for a path."""


def between(near: Nearby, start: str, end: str) -> list[str]:
    """Every entity on a shortest way, by key; nothing when there is no way of few steps.

    >>> from tests.graphs import world
    >>> between(Nearby(world()), "organization/openai", "benchmark/humaneval")
    ['benchmark/humaneval', 'model/gpt-4o', 'organization/openai']
    """
    if near.entity(start) is None or near.entity(end) is None:
        return []
    steps = [{start: 0}, {end: 0}]
    fronts = [deque([start]), deque([end])]
    for _ in range(_FAR):
        side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        fronts[side] = _next(near, fronts[side], steps[side])
        met = steps[0].keys() & steps[1].keys()
        if met:
            least = min(steps[0][key] + steps[1][key] for key in met)
            middle = [key for key in met if steps[0][key] + steps[1][key] == least]
            return sorted({key for side in (0, 1) for key in _back(near, middle, steps[side])})
        if not fronts[side] or sum(map(len, steps)) > _LOOKED_AT:
            break
    return []


def _next(near: Nearby, front: Iterable[str], steps: dict[str, int]) -> deque[str]:
    found: deque[str] = deque()
    for key in front:
        for other in _neighbours(near, key):
            if other not in steps:
                steps[other] = steps[key] + 1
                found.append(other)
    return found


def _back(near: Nearby, front: Iterable[str], steps: Mapping[str, int]) -> set[str]:
    reached = set(front)
    waiting = deque(reached)
    while waiting:
        key = waiting.popleft()
        for other in _neighbours(near, key):
            if steps.get(other, -2) == steps[key] - 1 and other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _neighbours(near: Nearby, key: str) -> list[str]:
    ends = [(said.claim.subject.key, said.claim.object) for said in near.said_about(key)]
    return sorted({b.key if a == key else a for a, b in ends if isinstance(b, Entity)} - {key})
