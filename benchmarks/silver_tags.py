"""A second check by other people's tags: of the models and companies that news posts were tagged with, how many are found?

    python benchmarks/silver_tags.py ainews.jsonl

Each line of FILE is a post with ``text`` and lists ``models`` and ``companies``. Recall is the share of the tags that stand in
the text and that were found with the right type; a tag and a name are the same when their letters and digits are. Precision is
the share of the models and organizations found that are tags of the post: a lower bound, since taggers leave out what is beside
the point, and tag no sizes and versions. Posts that the weights were trained on flatter them: leave them out with --without.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from kg.errors import InputError, KGError
from kg.matching import normal
from kg.model import Extraction, Post
from kg.output import write_rows
from kg.score import read_documents

TYPES = {"models": "Model", "companies": "Organization"}
_PIECE = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Count:
    """What became of the tags of one field, and of what was found of its type."""

    tags: int = 0
    in_text: int = 0
    found: int = 0
    other_type: int = 0
    """Tags in the text that were found as something else."""
    ours: int = 0
    tagged: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    """Tags in the text that were not found with the right type, as they are written."""
    untagged: Counter[str] = field(default_factory=Counter)
    """Names found that are no tag."""

    @property
    def recall(self) -> float:
        return self.found / self.in_text if self.in_text else 1.0

    @property
    def precision(self) -> float:
        return self.tagged / self.ours if self.ours else 1.0


@click.command(help=__doc__.split("\n\n")[0] + "\n\n" + __doc__.split("\n\n")[2])
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--model", type=click.Path(exists=True, file_okay=False),
    help="Folder made by kg train, instead of the built-in weights.",
)  # fmt: skip
@click.option(
    "--without", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Annotated posts the weights were trained on: posts with the same id or text are not counted.",
)  # fmt: skip
@click.option(
    "--errors", type=click.IntRange(0), default=0, metavar="N",
    help="List the N commonest tags missed and names untagged.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def main(file: Path, model: str | None, without: tuple[Path, ...], errors: int, as_json: bool) -> None:
    from kg.extract import load_extractor

    extractor = load_extractor(model)
    known = {key for path in without for post in read_documents(path).values() for key in (str(post["id"]), post.get("text"))}
    counts, counted, left_out = {name: Count() for name in TYPES}, 0, 0
    for number, post in enumerate(read_tagged(file), 1):
        given = Post(str(post.get("id", number)), post["text"], post.get("lang", ""))
        if given.id in known or given.text in known:
            left_out += 1
            continue
        counted += 1
        count_tags(post, extractor.extract(given), counts)
    click.echo(f"{counted} posts" + (f", {left_out} left out" if without else ""), err=True)
    columns = ("tags of", "all", "in text", "found", "other type", "recall", "we found", "tagged", "precision")
    rows = [
        (name, c.tags, c.in_text, c.found, c.other_type, round(c.recall, 3), c.ours, c.tagged, round(c.precision, 3))
        for name, c in counts.items()
    ]
    write_rows(columns, rows, sys.stdout, "json" if as_json else "table")
    for name, count in counts.items() if errors and not as_json else ():
        for title, names in (("missed", count.missed), ("untagged", count.untagged)):
            ranked = sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))[:errors]
            click.echo(f"\n{name} {title}: " + ", ".join(f"{' '.join(word.split())} {times}" for word, times in ranked))


def read_tagged(path: Path) -> Iterator[dict[str, Any]]:
    """The posts of a file with tags. ``InputError`` names the line that has no text or whose tags are no list of words."""
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            post = json.loads(line)
            sound = isinstance(post["text"], str) and all(isinstance(tag, str) for name in TYPES for tag in post[name])
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(f"{path}:{number}: {error!s}. Each line has text, models and companies.") from error
        if not sound:
            raise InputError(f"{path}:{number}: text must be text, models and companies lists of words.")
        yield post


def count_tags(post: Mapping[str, Any], found: Extraction, counts: Mapping[str, Count]) -> None:
    """Add one post to the counts."""
    forms = {entity.key: {normal(entity.name), *map(normal, entity.aliases)} for entity in found.entities}
    for mention in found.mentions:
        forms[mention.entity] |= {normal(mention.name), normal(post["text"][mention.start : mention.end])}
    for name, kind in TYPES.items():
        count, tags = counts[name], {normal(tag): tag for tag in post[name] if normal(tag)}
        right = set().union(*(forms[entity.key] for entity in found.entities if entity.type == kind))
        anything = set().union(*forms.values())
        standing = runs_in(post["text"], tags)
        count.tags += len(tags)
        count.in_text += len(standing)
        count.found += len(standing & right)
        count.other_type += len((standing & anything) - right)
        count.missed.update(tags[tag] for tag in standing - right)
        ours = [entity for entity in found.entities if entity.type == kind]
        tagged = [entity for entity in ours if forms[entity.key] & tags.keys()]
        count.ours += len(ours)
        count.tagged += len(tagged)
        count.untagged.update(entity.name for entity in ours if entity not in tagged)


def runs_in(text: str, names: Iterable[str]) -> set[str]:
    """Those of the normalised names that stand in the text: as a run of whole words that no version or hyphen carries on.

    ``gpt4`` stands in "GPT-4 is out", not in "GPT-4.5", "GPT-4-turbo" or "GPT-4o".
    """
    pieces = list(_PIECE.finditer(text))
    found, wanted = set(), set(names)
    longest = max(map(len, wanted), default=0)
    for first, piece in enumerate(pieces):
        if first and text[pieces[first - 1].end() : piece.start()] in ("-", "."):
            continue
        run = ""
        for last in range(first, len(pieces)):
            run += normal(pieces[last][0])
            if len(run) > longest:
                break
            after = text[pieces[last].end() : pieces[last + 1].start()] if last + 1 < len(pieces) else ""
            if run in wanted and after not in ("-", "."):
                found.add(run)
    return found


if __name__ == "__main__":
    try:
        main()
    except KGError as error:
        sys.exit(f"Error: {error}")
