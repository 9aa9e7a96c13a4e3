"""The options of every command that reads posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from kg.build_report import BuildReport
    from kg.claim_folder import ClaimFolder
    from kg.commands.progress import Progress
    from kg.extract import Extractor
    from kg.model import Post
    from kg.pipeline import LateExtractor

Command = TypeVar("Command", bound=Callable[..., object])


def posts_options(command: Command) -> Command:
    """POSTS... with ``--format`` and ``--column``."""
    return _posts_options(command, required=True)


def posts_or_none_options(command: Command) -> Command:
    """The same for a command that can do without POSTS."""
    return _posts_options(command, required=False)


def _posts_options(command: Command, *, required: bool) -> Command:
    for option in (
        click.option(
            "--column",
            "columns",
            multiple=True,
            metavar="FIELD=COLUMN",
            help="Where a field of JSON Lines or CSV stands, e.g. text=body.",
        ),
        click.option(
            "--format",
            "format_",
            metavar="NAME",
            help="Read all sources as this format instead of recognising it (--format list names them).",
        ),
        click.argument("posts", nargs=-1, required=required, metavar="POSTS..." if required else "[POSTS...]"),
    ):
        command = option(command)
    return command


def strict_option(command: Command) -> Command:
    """``--strict``."""
    return click.option(
        "--strict",
        is_flag=True,
        help="End with status 1 also for what is no problem of this run: no posts at all, or posts that failed before.",
    )(command)


def extractor_options(command: Command) -> Command:
    """``--model``, ``--names``, ``--ontology``, ``--corrections``: the user's own weights, names, relations and corrections."""
    for option in (
        click.option(
            "--corrections",
            type=click.Path(exists=True, dir_okay=False),
            envvar="KG_CORRECTIONS",
            show_envvar=True,
            metavar="FILE",
            help="Corrections of names that win over everything: lines of action, name, type, entity with tabs between, e.g. "
            "merge Ламе Model Llama; split R1 Model; type LightGBM Software; drop Модуль.",
        ),
        click.option(
            "--ontology",
            multiple=True,
            type=click.Path(exists=True, dir_okay=False),
            help="Turtle file with more types and relations.",
        ),
        click.option("--names", multiple=True, type=click.Path(exists=True, dir_okay=False), help="Your own names-TYPE.tsv."),
        click.option(
            "--model",
            type=click.Path(exists=True, file_okay=False),
            help="Folder made by kg train, instead of the built-in weights.",
        ),
    ):
        command = option(command)
    return command


def read(
    posts: tuple[str, ...], format_: str | None, columns: tuple[str, ...], progress: Progress, report: BuildReport | None = None
) -> Iterator[Post]:
    """The posts of all sources; what cannot be read is printed and counted, duplicates are counted in the report."""
    from kg.posts import FORMATS, read_posts

    if format_ == "list" or (format_ and format_ not in FORMATS):
        raise click.UsageError(f"--format is one of: {', '.join(FORMATS)}.")
    mapping = column_mapping(columns)
    return read_posts(*posts, columns=mapping, format=format_, on_problem=progress.problem, on_duplicate=_counting(report))


def read_claims(folder: str, progress: Progress, report: BuildReport) -> ClaimFolder:
    """The same of a folder that ``kg extract -o`` wrote."""
    from kg.claim_folder import ClaimFolder

    return ClaimFolder(Path(folder), progress.problem, _counting(report))


def _counting(report: BuildReport | None) -> Callable[[Post], None]:
    from kg.build_report import BuildReport

    counted = report or BuildReport()

    def duplicate(post: Post) -> None:
        counted.read += 1
        counted.duplicate += 1

    return duplicate


def column_mapping(columns: tuple[str, ...]) -> dict[str, str]:
    """The pairs of ``--column``; a usage error for what is no pair.

    >>> column_mapping(("text=body",))
    {'text': 'body'}
    """
    for column in columns:
        if "=" not in column:
            raise click.UsageError(f"--column takes FIELD=COLUMN, not {column!r}.")
    return dict(column.split("=", 1) for column in columns)


def make_extractor(
    model: str | None, names: tuple[str, ...], ontology: tuple[str, ...], corrections: str | None = None
) -> Extractor:
    """The extractor that these options describe; can be pickled with ``functools.partial``."""
    import gc

    from kg.extract import load_extractor

    extractor = load_extractor(model, [Path(path) for path in names], [Path(path) for path in ontology], corrections)
    gc.freeze()  # names and weights stay to the end: no need to look through them for garbage again and again
    return extractor


def late_extractor(
    model: str | None, names: tuple[str, ...], ontology: tuple[str, ...], corrections: str | None = None
) -> LateExtractor:
    """The same, made when the first post needs it; in the form in which other processes can make it too."""
    from kg.extract.version import extractor_version
    from kg.pipeline import LateExtractor

    version = extractor_version(model, names, ontology, corrections)
    return LateExtractor(version, partial(make_extractor, model, names, ontology, corrections))
