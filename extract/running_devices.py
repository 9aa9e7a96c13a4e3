"""Devices that are told to run something: "The H100 runs Lyra 70B", "RTX 4090 выдаёт 120 токенов/с на Lyra 8B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from kg.extract.cues import ARTICLE, BEFORE_RUNNING, PLACE, REACHES, RUNS_WHAT, SPEED, cue_words
from kg.extract.document import Document, Span
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.stance import Stance

PREDICATE = "runs_on"
_SYSTEMS = ("Model", "Software")
_REACH = 12
"""Tokens between a device and what it runs at most."""
_SAID = 0.75


def running_devices(document: Document, stance: Stance, held: Sequence[Held]) -> Iterator[Held]:
    """What runs on devices that are told to run it, neither denied nor only asked, if that is not ``held`` already."""
    told = {(pair.subject, pair.object) for pair, predicate, _ in held if predicate == PREDICATE}
    for device, first in pairwise(span for span in document.spans if not span.hint.startswith("nested")):
        if device.type != "Hardware" or first.type not in _SYSTEMS or not _runs(_between(document, device, first)):
            continue
        for system in (span for span in document.spans if span.group == first.group and span.first >= first.first):
            if (system.key, device.key) in told or stance.denied(system, device) or stance.asked(system, device):
                continue
            told.add((system.key, device.key))
            yield Pair(system.key, device.key, system, device, []), PREDICATE, _SAID


def _between(document: Document, device: Span, system: Span) -> Sequence[str]:
    """The words between them if they stand close together in one sentence."""
    near = document.sentence[device.first] == document.sentence[system.first] and system.first - device.last <= _REACH
    return document.tokens.folded[device.last + 1 : system.first] if near else ()


def _runs(words: Sequence[str]) -> bool:
    """Whether the words say that what is named before them runs what is named behind.

    >>> _runs(["can", "easily", "run", "the"]), _runs(["gets", "180", "tok", "/", "s", "on"]), _runs(["is", "run", "by"])
    (True, True, False)
    """
    before: Set[str] = cue_words(BEFORE_RUNNING)
    verb = next((i for i, word in enumerate(words) if word not in before), len(words))
    rest = words[verb + 1 :]
    if verb == len(words):
        return False
    if words[verb] in cue_words(RUNS_WHAT):
        return before.union(cue_words(ARTICLE)).issuperset(rest)
    speed = not cue_words(SPEED).isdisjoint(rest) and not cue_words(PLACE).isdisjoint(rest[-1:])
    return speed and words[verb] in cue_words(REACHES)
