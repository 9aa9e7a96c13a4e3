"""Progress on stderr while long work runs, problems as lines in between; silent when stderr is no terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

from kg.model import Problem

_INTERVAL = 0.2
"""Seconds between two updates."""


_BAR = 24


def bar(done: int, total: int) -> str:
    """How far something is, as a bar and in numbers.

    >>> bar(1_500, 6_000)
    '[######                  ]  25% 1,500 of 6,000'
    """
    share = done / total if total else 1.0
    return f"[{'#' * int(_BAR * share):{_BAR}}] {share:4.0%} {done:,} of {total:,}"


class Progress:
    """A line that rewrites itself; ``problem`` prints above it and counts.

    >>> with Progress("reading") as progress:
    ...     progress.update("3 posts")
    >>> progress.problems
    0
    """

    def __init__(self, what: str) -> None:
        self.what = what
        self.problems = 0
        self._shown = sys.stderr.isatty()
        self._last = 0.0
        self._width = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._clear()

    def update(self, state: str) -> None:
        """Show the state of the work, at most a few times a second."""
        now = time.monotonic()
        if self._shown and now - self._last >= _INTERVAL:
            self._last = now
            line = f"{self.what}: {state}"
            click.echo("\r" + line.ljust(self._width), nl=False, err=True)
            self._width = len(line)

    def problem(self, problem: Problem) -> None:
        """Print a problem on its own line."""
        self.problems += 1
        self._clear()
        click.echo(f"problem: {problem}", err=True)

    def _clear(self) -> None:
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
            self._width = 0
