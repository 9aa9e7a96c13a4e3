"""Values in a text: what a claim may have as its object beside an entity."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """``text[start:end]`` stands for ``value``; ``kind`` is ``size``, ``date`` or ``link``."""

    start: int
    end: int
    kind: str
    value: str
    hint: str = ""
    """What the writing of a size says by itself: ``parameters``, ``letter`` for a bare 7B, ``word`` for 7 billion."""
