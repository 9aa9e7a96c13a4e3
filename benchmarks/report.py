"""Tables of what was measured: printed, and with ``--write`` put into their place in ``docs/performance.md``.

A place is marked ``<!-- NAME: begin (written by ...) -->`` and ``<!-- NAME: end -->``; a script rewrites its own and no other.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"


class Table:
    """Rows under a header; the same everywhere, so that runs can be compared."""

    def __init__(self, given: argparse.Namespace, name: str, columns: tuple[str, ...]) -> None:
        self._given = given
        self._name = name
        self._lines = [_line(columns), _line(tuple("---" for _ in columns))]

    @staticmethod
    def options(parser: argparse.ArgumentParser) -> None:
        """``--write``."""
        parser.add_argument("--write", action="store_true", help=f"also write the table into {PAGE.parent.name}/{PAGE.name}")

    def row(self, *cells: object) -> None:
        """One more row, printed at once."""
        self._lines.append(_line(cells))

    def write(self) -> None:
        """Print the table; put it into the page if that was asked for."""
        print("\n" + "\n".join(self._lines), flush=True)
        if self._given.write:
            put(self._name, "\n".join(self._lines))


def put(name: str, text: str, page: Path = PAGE) -> None:
    """Put a text between the marks of this name."""
    written = page.read_text(encoding="utf-8")
    marks = re.compile(rf"(<!-- {re.escape(name)}: begin[^>]*-->\n).*?(<!-- {re.escape(name)}: end -->)", re.DOTALL)
    if not marks.search(written):
        sys.exit(f"{page} has no place for {name}: <!-- {name}: begin (written by ...) --> and <!-- {name}: end -->")
    page.write_text(marks.sub(lambda found: f"{found[1]}{text}\n{found[2]}", written), encoding="utf-8")


def _line(cells: tuple[object, ...]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
