"""Annotated posts as training material: where in the text each entity stands."""

from __future__ import annotations

from typing import Any

from kg.extract.tokens import Tokens

Span = tuple[int, int, str, str]
"""First token, last token (included), type, name."""


def gold_spans(tokens: Tokens, entities: list[dict[str, Any]]) -> list[Span]:
    """Every place where a surface of an annotated entity is a run of whole tokens; longer ones win."""
    forms = sorted(
        {(surface, entity["type"], entity["name"]) for entity in entities for surface in [*entity["surfaces"], entity["name"]]},
        key=lambda form: (-len(form[0]), form),
    )
    taken: set[int] = set()
    spans: list[Span] = []
    for surface, kind, name in forms:
        start = tokens.text.find(surface)
        while start >= 0:
            first, last = tokens.starts.get(start), tokens.ends.get(start + len(surface))
            if first is not None and last is not None and taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                spans.append((first, last, kind, name))
            start = tokens.text.find(surface, start + 1)
    return sorted(spans)


def nested_owners(tokens: Tokens, spans: list[Span], owners: set[str]) -> list[Span]:
    """Organizations that stand inside a longer name ("Google" in "Google Colab"): ``owners`` are their surfaces."""
    found: list[Span] = []
    for first, last, kind, _ in spans:
        if kind in ("Organization", "Person"):
            continue
        for end in range(first, last):
            surface = tokens.text[tokens.items[first].start : tokens.items[end].end]
            if surface in owners:
                found.append((first, end, "Organization", surface))
    return found


def bio_labels(size: int, spans: list[Span]) -> list[str]:
    """``B-Model I-Model O ...``, one label per token."""
    labels = ["O"] * size
    for first, last, kind, _ in spans:
        labels[first : last + 1] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first)
    return labels
