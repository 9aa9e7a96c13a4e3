"""Devices that are told to run something: "The H100 runs Lyra 70B", "RTX 4090 выдаёт 120 токенов/с на Lyra 8B", or head a list
of speeds: "On the H100: Lyra 70B - 40 tok/s, Lyra 8B - 90 tok/s"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.cues import ARTICLE, BEFORE_RUNNING, PLACE, REACHES, RUNS_WHAT, SPEED, cue_words
from kg.extract.document import SYSTEMS, Document, Span
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.stance import Stance

PREDICATE = "runs_on"
_REACH = 12
"""Tokens between a device and what it runs at most."""
_SAID = 0.75
_PARAGRAPH = "\n\n"


def running_devices(document: Document, stance: Stance, held: Sequence[Held]) -> Iterator[Held]:
    """What runs on devices that are told to run it, neither denied nor only asked, if that is not ``held`` already."""
    told = {(pair.subject, pair.object) for pair, predicate, _ in held if predicate == PREDICATE}
    for device, system in (*_objects(document), *_listed(document)):
        if (system.key, device.key) in told or stance.denied(system, device) or stance.asked(system, device):
            continue
        told.add((system.key, device.key))
        yield Pair(system.key, device.key, system, device, []), PREDICATE, _SAID


def _objects(document: Document) -> Iterator[tuple[Span, Span]]:
    """Devices with the systems, or the lists of them, that are objects of what they do."""
    device, group = None, -1
    for before, span in pairwise(span for span in document.spans if not span.hint.startswith("nested")):
        if span.type in SYSTEMS and before.type == "Hardware" and _runs(_between(document, before, span)):
            device, group = before, span.group
        elif span.group != group:
            device = None
        if device:
            yield device, span


def _listed(document: Document) -> Iterator[tuple[Span, Span]]:
    """Devices that head a list ("on the H100:"), with its systems as long as each has a speed behind it."""
    folded, items, spans = document.tokens.folded, document.tokens.items, document.spans
    device, end_before = None, 0
    for i, span in enumerate(spans):
        end = min(span.last + 1 + _REACH, spans[i + 1].first if i + 1 < len(spans) else len(folded))
        behind = folded[span.last + 1 : end]
        if span.type == "Hardware":
            placed = not cue_words(PLACE).isdisjoint(folded[max(0, span.first - 2) : span.first])
            device = span if placed and behind[:1] == [":"] else None
        elif span.type in SYSTEMS:
            apart = _PARAGRAPH in document.tokens.text[end_before : items[span.first].start]
            if apart or cue_words(SPEED).isdisjoint(behind):
                device = None
            if device:
                yield device, span
        end_before = items[span.last].end


def _between(document: Document, device: Span, system: Span) -> Sequence[str]:
    """The words between them if they stand close together in one sentence."""
    near = document.sentence[device.first] == document.sentence[system.first] and system.first - device.last <= _REACH
    return document.tokens.folded[device.last + 1 : system.first] if near else ()


def _runs(words: Sequence[str]) -> bool:
    """Whether the words say that what is named before them runs what is named behind.

    >>> _runs(["can", "easily", "run", "the"]), _runs(["gets", "180", "tok", "/", "s", "on"]), _runs(["is", "run", "by"])
    (True, True, False)
    """
    before = cue_words(BEFORE_RUNNING)
    verb = next((i for i, word in enumerate(words) if word not in before), len(words))
    rest = words[verb + 1 :]
    if verb == len(words):
        return False
    if words[verb] in cue_words(RUNS_WHAT):
        return (before | cue_words(ARTICLE)).issuperset(rest)
    speed = not cue_words(SPEED).isdisjoint(rest) and not cue_words(PLACE).isdisjoint(rest[-1:])
    return speed and words[verb] in cue_words(REACHES)
