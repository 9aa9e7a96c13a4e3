"""What a build did with the posts it read: every post ends in exactly one state, and the states add up to the number read.

The counts stay beside the graph, in ``build.json``, for ``kg stats``. A build empties the file when it begins and writes it when
it has gone through: where it is empty, a build was broken off.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from kg.disk_errors import disk_errors
from kg.model import Extraction, Problem

FILE = "build.json"
STATES = ("extracted", "empty", "duplicate", "failed")


@dataclass(slots=True)
class BuildReport:
    """Posts by what became of them, claims in and out, what went wrong.

    >>> report = BuildReport(read=3, extracted=1, empty=1, duplicate=1)
    >>> report.in_words(), report.adds_up
    ('3 posts read: 1 extracted, 1 empty, 1 duplicate, 0 failed', True)
    """

    read: int = 0
    extracted: int = 0
    """Posts with claims."""
    empty: int = 0
    """Posts without."""
    duplicate: int = 0
    """Posts whose id came before in the same run; the first one counts."""
    failed: int = 0
    """Posts that could not be extracted or stored; the graph has their reason."""
    unchanged: int = 0
    """Of these, posts that the graph had already as they are."""
    removed: int = 0
    claims_added: int = 0
    claims_removed: int = 0
    claims_refused: int = 0
    """Claims the vocabulary does not allow."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def adds_up(self) -> bool:
        """Whether the states account for every post that was read."""
        return self.read == sum(self.states().values())

    def count(self, extraction: Extraction) -> None:
        """One post more that was read and understood."""
        self.extracted += bool(extraction.claims)
        self.empty += not extraction.claims

    def states(self) -> dict[str, int]:
        """Posts by state."""
        return {state: getattr(self, state) for state in STATES}

    def in_words(self) -> str:
        """The number read and what became of it."""
        return f"{self.read:,} posts read: " + ", ".join(f"{number:,} {state}" for state, number in self.states().items())

    def write(self, root: Path, problems: int) -> None:
        """Keep the counts beside the graph, with the number of problems that were reported."""
        _write(root, {"read": self.read, **self.states(), "problems": problems})


def begin_build(root: Path) -> None:
    """Until ``BuildReport.write`` the build of this graph is unfinished."""
    _write(root, {})


def last_build(root: Path) -> dict[str, int] | None:
    """What the last build read, by state and with the number of ``problems``.

    Empty when it did not come to its end; None when nobody counted: the graph was made from Python.

    >>> last_build(Path("nowhere")) is None
    True
    """
    try:
        counts = json.loads((root / FILE).read_text(encoding="utf-8"))
        return {name: int(counts[name]) for name in ("read", *STATES, "problems")} if counts else {}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(root: Path, counts: dict[str, int]) -> None:
    partial = root / f"{FILE}.partial"
    with disk_errors(root):
        partial.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
        partial.replace(root / FILE)
