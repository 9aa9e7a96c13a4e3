"""Options that several commands share."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.embedded import Embedded
    from kg.part import Part

Command = TypeVar("Command", bound=Callable[..., Any])


def graph_option(command: Command) -> Command:
    """``-g/--graph DIR``, given to the command as ``graph``."""
    return click.option(
        "-g", "--graph", type=click.Path(path_type=Path), default="graph", envvar="KG_GRAPH", show_default=True, show_envvar=True,
        help="Directory of the graph.",
    )(command)  # fmt: skip


class Confidence(click.FloatRange):
    """A number from 0 to 1; unlike its base it refuses NaN, which no claim could reach."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number from 0 to 1.", param, ctx)
        return number


def confidence_option(command: Command) -> Command:
    """``--min-confidence X``, given to the command as ``min_confidence``: a fact is shown if a claim at least so sure says it."""
    return click.option(
        "--min-confidence", metavar="X", type=Confidence(), default=0.0, show_default=True,
        help="Only claims at least so sure, 0 to 1.",
    )(command)  # fmt: skip


_SUPPORT = "Facts with so many independent posts."


def part_options(command: Command) -> Command:
    """Which part of the graph: ``around``, ``depth``, ``types``, ``min_support``, ``min_confidence``, ``since``, ``until``."""
    for option in reversed(
        (
            click.option("--around", default="", metavar="ENTITY", help="What surrounds this entity: a name, an alias or a key."),
            click.option("--depth", default=1, show_default=True, type=click.IntRange(0), help="How many steps around it."),
            click.option("--types", default="", metavar="TYPE,...", help="Only entities of these types: Model,Organization."),
            click.option("--min-support", default=1, show_default=True, type=click.IntRange(1), help=_SUPPORT),
            confidence_option,
            click.option(
                "--since", default="", metavar="DATE", help="Posts from this day, month or year on: 2024-05-13, 2024-05, 2024."
            ),
            click.option("--until", default="", metavar="DATE", help="Posts up to this day, month or year."),
        )
    ):
        command = option(command)
    return command


def part_of(given: dict[str, Any]) -> Part:
    """What ``part_options`` say, as a part of a graph."""
    from kg.part import Part

    types = tuple(name.strip() for name in given["types"].split(",") if name.strip())
    named = ("around", "depth", "min_support", "min_confidence", "since", "until")
    return Part(types=types, **{name: given[name] for name in named})


def output_options(command: Command) -> Command:
    """``--json`` and ``--csv``, given to the command as ``form``."""
    command = click.option("--csv", "form", flag_value="csv", type=click.UNPROCESSED, help="Write CSV.")(command)
    return click.option("--json", "form", flag_value="json", type=click.UNPROCESSED, help="Write JSON.")(command)


def open_index(graph: Path, *, copy: bool = False) -> Embedded:
    """The embedded Cypher engine of a graph, or of a copy of it; says on the screen when it builds the index first."""
    from kg.commands.progress import Progress
    from kg.embedded import open_embedded

    with Progress("indexing for Cypher") as progress:
        return open_embedded(graph, progress=lambda written: progress.update(f"{written} nodes and relationships"), copy=copy)


def show_rows(columns: tuple[str, ...], rows: list[Any], form: str | None) -> None:
    """Print rows in the form asked for; a table fits the screen when there is one."""
    from kg.output import screen_width, write_rows

    write_rows(columns, rows, sys.stdout, form or "table", width=screen_width(sys.stdout))
