"""Which extractor it is: everything its answers depend on, as one short word. Loads nothing of what it names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from kg.errors import InputError

TAGGER_FILE = "mentions.crfsuite"
CLASSIFIER_FILE = "relations.json.gz"
READER_FILE, SPOTTER_FILE = "reader.npz", "spotter.npz"
"""Only ``kg train`` without ``--quick`` makes them."""
WORDS_FILE = "words.tsv.gz"
"""Clusters of words (``words.py``), which all weights are fitted with."""


class WeightFiles(NamedTuple):
    """Where the weights of an extractor are; those of the two networks need not be there."""

    tagger: Path
    classifier: Path
    reader: Path
    spotter: Path


def extractor_version(
    model: str | Path | None = None, names: Sequence[str | Path] = (), ontology: Sequence[str | Path] = (),
    corrections: str | Path | None = None,
) -> str:  # fmt: skip
    """The ``version`` of what ``load_extractor`` makes of the same, without the seconds that making it takes.

    Raises ``InputError`` when the folder of a model has no weights.

    >>> extractor_version()[:7]
    'postkg/'
    """
    schemas = sorted(Path(str(path)) for path in (files("kg") / "schemas").iterdir() if path.name.endswith((".tsv", ".ttl")))
    code = sorted(Path(str(files("kg") / "extract")).glob("*.py"))
    own = [*map(Path, names), *map(Path, ontology), *([Path(corrections)] if corrections else [])]
    found = weights(model)
    for path in (found.tagger, found.classifier):
        if not path.is_file():
            raise InputError(f"{path}: no weights here. Make them with:  kg train GOLD... -o MODEL")
    words = Path(str(files("kg") / "extract" / WORDS_FILE))
    used = [path for path in (*found, words) if path.is_file()]
    return f"postkg/{_digest([*used, *code, *schemas, *own])}"


def weights(model: str | Path | None = None) -> WeightFiles:
    """The files in a folder made by ``kg train``, or the built-in ones."""
    folder = Path(model) if model else Path(str(files("kg") / "extract"))
    return WeightFiles(*(folder / name for name in (TAGGER_FILE, CLASSIFIER_FILE, READER_FILE, SPOTTER_FILE)))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        written = path.read_bytes()
        digest.update(f"{path.name} {len(written)}:".encode("utf-8", "surrogateescape"))  # the name of a list tells its type
        digest.update(written)
    return digest.hexdigest()[:12]
