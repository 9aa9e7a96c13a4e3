"""How good the extraction is on sources it has never seen: each source is left out of the training once, and measured.

    python benchmarks/left_out_sources.py gold.jsonl --written examples/gold.jsonl --cache build/quality -o docs/quality.md

The posts of GOLD and of --also are grouped by source. For each source of GOLD, weights are trained on the posts of all other
sources and on the written posts; those weights extract the posts left out, and ``kg.score`` compares. Training takes minutes
for each source. A post of the training that has the text of a post left out is not trained on.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from hashlib import sha256
from importlib.resources import files
from json import dumps
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import click

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.left_out_page import Measured, page_with, report
from kg.digest import original
from kg.errors import InputError, KGError
from kg.model import Post
from kg.reliability import sure_document
from kg.score import Document, read_documents

Annotated = dict[str, Any]
"""A post in the gold form."""
GOLD = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(help=__doc__.split("\n\n")[0] + "\n\n" + __doc__.split("\n\n")[2])
@click.argument("gold", nargs=-1, required=True, type=GOLD)
@click.option("--written", multiple=True, type=GOLD, help="Made-up posts: always trained on, never measured.")
@click.option(
    "--also", multiple=True, type=GOLD, help="Annotated posts to train on unless their source is left out; not measured."
)
@click.option("--by", metavar="FIELD", help="Field of a post that says its source. [default: letters its id begins with]")
@click.option(
    "--group", "named", multiple=True, metavar="SOURCE=NAME", help="A name for a source; two of one name are one source."
)
@click.option("--only", multiple=True, metavar="NAME", help="Leave out this source alone (may be repeated).")
@click.option(
    "--cache", type=click.Path(file_okay=False, path_type=Path), help="Keep the trained weights here and use them again."
)
@click.option("--quick", is_flag=True, help="Train as kg train --quick does: a quarter of the time, a little worse.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Page to put the tables into, between its two marks."
)
def main(
    gold: tuple[Path, ...], written: tuple[Path, ...], also: tuple[Path, ...], by: str | None, named: tuple[str, ...],
    only: tuple[str, ...], cache: Path | None, quick: bool, output: Path | None,
) -> None:  # fmt: skip
    names = _names(named)
    measured, others, made_up = read_all(gold), read_all(also), read_all(written)
    if repeated := sorted(measured.keys() & others.keys()):
        raise InputError(f"The post {repeated[0]} is measured and in --also too. Name each file once.")
    if output:
        page_with(output, "")  # Better now than after an hour of training.
    groups: dict[str, list[str]] = {}
    for post, document in measured.items():
        groups.setdefault(source_of(document, by, names), []).append(post)
    for name in only:
        if name not in groups:
            raise InputError(f"No source is called {name!r}. There are: {', '.join(sorted(groups))}.")
    real = [*measured.values(), *others.values()]
    answers: dict[str, Document] = {}
    with nullcontext(cache) if cache else TemporaryDirectory() as folder:
        for name in sorted(set(only or groups)):
            left_out = {post: measured[post] for post in groups[name]}
            rest = [post for post in real if source_of(post, by, names) != name]
            if not rest:
                raise InputError(
                    f"All posts are of the source {name!r}: nothing is left to train on.\nSay where it stands with --by."
                )
            model = trained(name, *without_copies(rest, list(made_up.values()), left_out.values()), Path(folder), quick)
            answers |= extracted(left_out.values(), model)
    chosen = {name: groups[name] for name in sorted(set(only or groups))}
    result = Measured({post: measured[post] for posts in chosen.values() for post in posts}, answers)
    text = report(result, chosen, len(made_up))
    if output:
        output.write_text(page_with(output, text), encoding="utf-8", newline="\n")
        click.echo(f"wrote {output}", err=True)
    else:
        click.echo(text)


# ---------------------------------------------------------------- posts and their sources
def read_all(paths: Iterable[Path]) -> dict[str, Annotated]:
    """The annotated posts of all files by id. ``InputError`` for a post without text and for an id that comes twice."""
    found: dict[str, Annotated] = {}
    for path in paths:
        for post, document in read_documents(path).items():
            if not isinstance(document.get("text"), str):
                raise InputError(f"{path}: the post {post} has no text to train on.")
            if post in found:
                raise InputError(f"{path}: the post {post} is in another file too. Ids must be different.")
            found[post] = dict(document)
    return found


def source_of(post: Document, by: str | None, names: Mapping[str, str]) -> str:
    """The name of a post's source: of the field ``by``, or of the letters before the first hyphen or digit of its id."""
    match = re.match(r"[^-\d]*", str(post["id"]))
    key = str(post.get(by) or "") if by else match[0] if match else ""
    return names.get(key, key or "(none)")


def without_copies(
    real: Sequence[Annotated], written: Sequence[Annotated], left_out: Iterable[Document]
) -> tuple[list[Annotated], list[Annotated]]:
    """The posts to train on, without those that repeat a post left out."""
    seen = {_original(post) for post in left_out}
    return [post for post in real if _original(post) not in seen], [post for post in written if _original(post) not in seen]


def _original(post: Document) -> str:
    return original(Post(str(post["id"]), post["text"]))


def _names(named: Iterable[str]) -> dict[str, str]:
    for pair in named:
        if not re.fullmatch("[^=]+=[^=]+", pair):
            raise click.UsageError(f"--group takes SOURCE=NAME, such as tg=telegram, not {pair!r}.")
    return dict(pair.split("=", 1) for pair in named)


# ---------------------------------------------------------------- training and extraction
def trained(name: str, real: Sequence[Annotated], written: Sequence[Annotated], cache: Path, quick: bool = False) -> Path:
    """The folder of weights trained on these posts: that of an earlier run when posts and code are the same."""
    from kg.extract.training import train

    place = re.sub(r"[^\w.-]+", "_", name)
    folder = cache / f"{place}-{'quick-' if quick else ''}{_digest(real, written)}"
    if folder.exists():
        click.echo(f"{name}: weights of an earlier run, {folder}", err=True)
        return folder
    click.echo(f"{name}: training on {len(real)} annotated and {len(written)} written posts", err=True)
    started, partial = monotonic(), folder.with_name(folder.name + ".partial")
    rmtree(partial, ignore_errors=True)
    train(real, partial, written=written, quick=quick)
    partial.rename(folder)
    click.echo(f"{name}: trained in {monotonic() - started:.0f} s", err=True)
    return folder


def _digest(real: Sequence[Annotated], written: Sequence[Annotated]) -> str:
    """Of all that weights are made from: the posts, the code, the lists; not the weights in the tree."""
    from kg.extract.version import CLASSIFIER_FILE, TAGGER_FILE

    digest = sha256(dumps([real, written], sort_keys=True).encode())
    for place in ("extract", "schemas"):
        for path in sorted(Path(str(files("kg") / place)).iterdir()):
            if path.is_file() and path.name not in (CLASSIFIER_FILE, TAGGER_FILE):
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def extracted(posts: Iterable[Document], model: Path) -> dict[str, Document]:
    """What these weights find in the posts, with confidences."""
    from kg.extract import load_extractor

    extractor = load_extractor(model)
    given = (Post(str(post["id"]), post["text"], post.get("lang", "")) for post in posts)
    return {post.id: sure_document(extractor.extract(post)) for post in given}


if __name__ == "__main__":
    try:
        main()
    except KGError as error:
        sys.exit(f"Error: {error}")
