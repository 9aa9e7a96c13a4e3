"""What a run on Spark did, in numbers and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.claim_rows import STATES


@dataclass(slots=True)
class SparkReport:
    """What a run did: records by what became of them, claims, parts.

    >>> report = SparkReport(parts=1)
    >>> report.add({"read": 3, "extracted": 1, "empty": 1, "failed": 1, "claims": 4})
    >>> report.in_words(), report.adds_up
    ('3 posts read: 1 extracted, 1 empty, 0 duplicate, 1 failed', True)
    """

    parts: int
    kept: int = 0
    """Parts that were there from an earlier run."""
    finished: int = 0
    """Parts that this run did."""
    seconds: dict[str, float] = field(default_factory=dict)
    """What each step took: ``reading``, ``extracting``, ``writing``."""
    unpacked: int = 0
    """Python processes of executors that unpacked the extractor."""
    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    """Parts that Spark could not do, each with the reason."""

    def add(self, counts: Mapping[str, int]) -> None:
        """One part more."""
        self.counts.update(counts)

    @property
    def adds_up(self) -> bool:
        """Whether the states account for every record."""
        return self.counts["read"] == sum(self.counts[state] for state in STATES)

    def in_words(self) -> str:
        """The number read and what became of it."""
        return f"{self.counts['read']:,} posts read: " + ", ".join(f"{self.counts[state]:,} {state}" for state in STATES)
