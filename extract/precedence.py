"""Which of several claims goes before the others: those of one object by their subjects."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import TypeAlias

from kg.extract.document import Document, Span, plain
from kg.extract.pairs import Pair
from kg.extract.respective import respective_counts
from kg.extract.sites import code_page, site_of
from kg.extract.stance import TURNS

_SURE = 0.75
"""Of an object with a subject in its own clause, one in another must be so likely: of 78 that were not, 69 were wrong
on posts left out of the training."""
_SHORT = 2
"""Letters of a name that a path may have by chance."""
Held: TypeAlias = tuple[Pair, str, float]
"""A pair, a predicate that holds for it, and its probability."""


def own_clause_first(document: Document, held: list[Held]) -> Iterator[Held]:
    """Without those whose subject stands in another clause than an object that has a subject in its own.

    "but" and the like begin a clause: of 22 claims across them 20 were wrong on posts left out of the training.
    """
    clause = list(zip(document.sentence, accumulate(word in TURNS for word in document.tokens.folded), strict=True))
    within = [clause[pair.near_subject.first] == clause[pair.near_object.first] for pair, _, _ in held]
    told = {(predicate, pair.object) for (pair, predicate, _), near in zip(held, within, strict=True) if near}
    for (pair, predicate, probability), near in zip(held, within, strict=True):
        if near or probability >= _SURE or pair.near_object.type == "link" or (predicate, pair.object) not in told:
            yield pair, predicate, probability


def own_device_first(held: list[Held]) -> list[Held]:
    """Without devices of a system that has another one before the next system that has them: "A runs on C, B needs a D" says
    nothing of A and D. Lists of systems, or of devices, share what they have."""
    systems: dict[str, list[Span]] = {}
    devices: dict[str, list[Span]] = {}
    for pair, predicate, _ in held:
        if predicate == "runs_on":
            systems.setdefault(pair.object, []).append(pair.near_subject)
            devices.setdefault(pair.subject, []).append(pair.near_object)
    for spans in (*systems.values(), *devices.values()):
        spans.sort(key=_first)
    return [
        (pair, predicate, probability)
        for pair, predicate, probability in held
        if predicate != "runs_on" or not _has_own(pair, devices[pair.subject], systems[pair.object])
    ]


def _has_own(pair: Pair, devices: list[Span], systems: list[Span]) -> bool:
    """Whether behind a system another one of its devices stands first, and then another system of the device of the pair."""
    system, device = pair.near_subject, pair.near_object
    next_device = bisect_right(devices, system.first, key=_first)
    last_system = bisect_left(systems, device.first, key=_first) - 1
    if next_device == len(devices) or last_system < 0:
        return False
    own, owner = devices[next_device], systems[last_system]
    return own.first < owner.first and own.group != device.group and owner.group != system.group


def _first(span: Span) -> int:
    return span.first


def one_owner_of_a_count(document: Document, held: list[Held]) -> Iterator[Held]:
    """Without those to whom a number of parameters belongs less surely than to another model, unless both stand in one list: of
    31 numbers that several would have, 21 belonged to one at most on posts left out of the training. "A and B (7B)" is one of B;
    "A and B have 7B and 13B respectively" says it of each.
    """
    counts = [(p, pair.near_subject, pair.near_object) for pair, predicate, p in held if predicate == "parameter_count"]
    counts.sort(key=lambda one: (one[0], one[1].key))
    owners = {(number.first, number.key): owner for _, owner, number in counts}
    sure = respective_counts(document) if counts else {}
    sure |= {(n.first, n.key): owner.key for _, owner, n in counts if _in_its_brackets(document, owner, n)}
    for pair, predicate, probability in held:
        if predicate == "parameter_count":
            number, owner = (pair.near_object.first, pair.object), pair.near_subject
            listed = owner.group == owners[number].group
            if sure[number] != owner.key if number in sure else not listed:
                continue
        yield pair, predicate, probability


def _in_its_brackets(document: Document, owner: Span, number: Span) -> bool:
    """Whether the brackets behind the name begin with the number and list no others: "(702B MoE)", not "(3B, 7B)"."""
    texts = document.tokens.texts
    return (
        owner.last == number.first - 2 and texts[number.first - 1] == "(" and "," not in texts[number.last + 1 : number.last + 2]
    )


def named_in_link_first(held: list[Held]) -> Iterator[Held]:
    """Without the systems that a link does not name, where it names another one that it belongs to as well: the weights at
    ".../lumo-lite" are not those of Lumo Pro."""
    named = {
        (predicate, pair.object): found
        for pair, predicate, _ in held
        if pair.near_object.type == "link" and (found := _in_path(pair.near_object.name))
    }
    known = {(predicate, pair.object) for pair, predicate, _ in held if _names(named.get((predicate, pair.object), ""), pair)}
    for pair, predicate, probability in held:
        if (predicate, pair.object) not in known or _names(named[predicate, pair.object], pair):
            yield pair, predicate, probability


def one_link_a_repository(held: list[Held]) -> Iterator[Held]:
    """Without links into a repository to which itself the post links as well: its releases, its examples."""
    roots = {(pair.subject, _repository(pair)) for pair, predicate, _ in held if predicate == "has_code" and _is_root(pair)}
    for pair, predicate, probability in held:
        if predicate != "has_code" or _is_root(pair) or (pair.subject, _repository(pair)) not in roots:
            yield pair, predicate, probability


def _repository(pair: Pair) -> str:
    """Host, owner and name of the repository that a link leads to or into."""
    _, host, path = site_of(pair.near_object.name)
    return "/".join([host, *path.casefold().strip("/").split("/")[:2]])


def _is_root(pair: Pair) -> bool:
    return site_of(pair.near_object.name)[0] == "repository" and bool(code_page(pair.near_object.name))


def _in_path(url: str) -> str:
    return plain(site_of(url)[2])


def _names(path: str, pair: Pair) -> bool:
    name = plain(pair.near_subject.name)
    return len(name) > _SHORT and name in path
