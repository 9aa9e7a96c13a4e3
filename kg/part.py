"""Which part of a graph is wanted: around an entity, certain entities, types, a period, facts that are well supported."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from kg.columns import Said, Source
from kg.errors import InputError
from kg.vocabulary import Vocabulary

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
    keys: tuple[str, ...] = ()
    """Exactly these entities and the facts between them: those of an answer."""
    predicates: tuple[str, ...] = ()
    """Only facts of these predicates."""
    claims: tuple[str, ...] = ()
    """Only facts that one of these claims (16 hex digits) says."""

    @property
    def filters_facts(self) -> bool:
        """Whether facts are left out, so that an entity may be left with none."""
        return bool(self.min_support > 1 or self.min_confidence > 0 or self.since or self.until or self.predicates)


def check_part(part: Part, vocabulary: Vocabulary) -> None:
    """Raises ``InputError`` for what is no date, no type and no predicate, with the ones that are written alike.

    >>> from kg.vocabulary import load_vocabulary
    >>> check_part(Part(types=("Modle",)), load_vocabulary())
    Traceback (most recent call last):
    kg.errors.InputError: No type is called 'Modle'. Did you mean Model?
    Known: Benchmark, Dataset, Event, Hardware, Metric, Model, Organization, Person, Software.
    """
    for day in (part.since, part.until):
        if day and not _DAY.fullmatch(day):
            raise InputError(f"{day!r} is not a date. Write a day, a month or a year: 2024-05-13, 2024-05 or 2024")
    _known("type", part.types, vocabulary.types)
    _known("predicate", part.predicates, vocabulary.relations)


def alike(name: str, known: Iterable[str]) -> str:
    """ " Did you mean ...?" when something known is written alike, else nothing."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    near = [by_lower[found] for found in get_close_matches(name.lower(), by_lower, n=3)]
    return f" Did you mean {', '.join(near)}?" if near else ""


def claims_within(claims: Iterable[Said], posts: dict[str, Source], part: Part) -> list[Said]:
    """Those sure enough and said between the two dates; a post without a date is never between dates."""

    def within(day: str) -> bool:
        return bool(day) and day >= part.since and (not part.until or day[: len(part.until)] <= part.until)

    dated = bool(part.since or part.until)
    sure = (said for said in claims if said.claim.confidence >= part.min_confidence)
    return [said for said in sure if not dated or within(posts[said.claim.evidence.post].day)]


def _known(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    known = sorted(known)
    for name in names:
        if name not in known:
            raise InputError(f"No {what} is called {name!r}.{alike(name, known)}\nKnown: {', '.join(known)}.")
