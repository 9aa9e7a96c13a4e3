"""Which nodes matter most: what a first picture shows, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log2
from typing import TYPE_CHECKING

from kg.gathering import joined

if TYPE_CHECKING:
    from kg.view import Fact

_SWAPS = 5
"""How often nodes of the core without a neighbour in it make room for others."""


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
