"""Annotations without the posts they are about: names, facts and places in the text, found again by the text's SHA-256.

    python examples/stand_off.py take annotated.jsonl -o examples/stand_off.jsonl.gz
    python examples/stand_off.py fill examples/stand_off.jsonl.gz posts.jsonl ... -o annotated.jsonl

A post of others that may not be passed on can still teach: who has the corpus fills the annotations in and trains on them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click


def digest(text: str) -> str:
    """By what a text is found again: 32 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def taken(document: dict[str, Any]) -> dict[str, Any]:
    """An annotated post without its text; evidence becomes [start, end) in characters.

    >>> fact = {"s": "GPT-4o", "p": "developed_by", "o": "OpenAI", "evidence": "OpenAI released GPT-4o"}
    >>> post = {"id": "a/1", "text": "OpenAI released GPT-4o.", "entities": [], "triples": [fact]}
    >>> filled(taken(post), post["text"]) == post, taken(post)["triples"][0]["evidence"]
    (True, [0, 22])
    """
    text = document["text"]
    triples = []
    for triple in document["triples"]:
        start = text.find(triple["evidence"])
        triples.append({**triple, "evidence": [start, start + len(triple["evidence"])]})
    rest = {name: value for name, value in document.items() if name != "text"}
    return {**rest, "text_digest": digest(text), "triples": triples}


def filled(document: dict[str, Any], text: str) -> dict[str, Any]:
    """The annotated post, its text put back."""
    triples = [{**triple, "evidence": text[slice(*triple["evidence"])]} for triple in document["triples"]]
    rest = {name: value for name, value in document.items() if name != "text_digest"}
    return {**rest, "text": text, "triples": triples}


def lines(path: Path) -> Iterable[dict[str, Any]]:
    """The objects of a JSON Lines file, packed or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as read:
        yield from (json.loads(line) for line in read if line.strip())


def write(path: Path, documents: Iterable[dict[str, Any]]) -> None:
    """One object a line; the same objects give the same bytes."""
    data = "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents).encode("utf-8", "surrogatepass")
    path.write_bytes(gzip.compress(data, 9, mtime=0) if path.suffix == ".gz" else data)


@click.group()
def cli() -> None:
    """Annotations without the posts they are about."""


@cli.command()
@click.argument("annotated", type=click.Path(exists=True, path_type=Path), nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def take(annotated: tuple[Path, ...], output: Path) -> None:
    """Leave the texts out of annotated posts."""
    write(output, [taken(document) for path in annotated for document in lines(path)])


@cli.command()
@click.argument("annotations", type=click.Path(exists=True, path_type=Path))
@click.argument("posts", type=click.Path(exists=True, path_type=Path), nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def fill(annotations: Path, posts: tuple[Path, ...], output: Path) -> None:
    """Put the texts of these posts (JSON Lines with a text) back where they belong."""
    wanted = list(lines(annotations))
    missing = {document["text_digest"] for document in wanted}
    texts = {key: post["text"] for path in posts for post in lines(path) if (key := digest(post["text"])) in missing}
    found = [filled(document, texts[document["text_digest"]]) for document in wanted if document["text_digest"] in texts]
    write(output, found)
    click.echo(f"{len(found)} of {len(wanted)} posts found", err=True)


if __name__ == "__main__":
    cli()
