"""The graph as two tables: nodes (entities) and edges (claims), for spreadsheets, pandas, Gephi and bulk loaders.

A cell that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@`` and is no number) gets an
apostrophe before it, which ``undefused`` takes off again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from kg.columns import Said, Source, all_claims, all_entities, sources
from kg.model import Entity, Value
from kg.store import Store

NODES = ("key", "type", "name", "aliases")
EDGES_BEFORE = ("id", "subject", "predicate", "object", "datatype")
EDGES_AFTER = ("confidence", "extractor", "sentence", "start", "end", "post", "url", "published", "channel")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def write_csv(store: Store, target: Path, *, min_confidence: float = 0.0) -> tuple[Path, Path]:
    """Write both tables and say where: ``NAME.csv`` gives ``NAME-nodes.csv`` and ``NAME-edges.csv``, a folder
    ``nodes.csv`` and ``edges.csv`` in it.

    In ``edges``, ``object`` is the key of a node, or a value when ``datatype`` says of which type; each qualifier is a column.
    ``aliases`` are separated by ``|``. UTF-8, commas, one header line. Edges are the claims at least so sure, nodes all entities.
    """
    nodes, edges = _files(target)
    claims = all_claims(store, entities := all_entities(store), min_confidence)
    posts = sources(store, {said.claim.evidence.post for said in claims})
    qualifiers = sorted(store.vocabulary.qualifiers)
    with nodes.open("w", encoding="utf-8", newline="") as out:
        write_table(out, NODES, ((e.key, e.type, e.name, "|".join(e.aliases)) for e in entities.values()))
    with edges.open("w", encoding="utf-8", newline="") as out:
        rows = (_edge(said, posts[said.claim.evidence.post], qualifiers) for said in claims)
        write_table(out, (*EDGES_BEFORE, *qualifiers, *EDGES_AFTER), rows)
    return nodes, edges


def write_table(out: TextIO, columns: Iterable[str], rows: Iterable[Iterable[Value]]) -> None:
    """A header and rows, no cell a formula."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([defused(_text(value)) for value in row] for row in rows)


def defused(cell: str) -> str:
    """The cell, with an apostrophe before it when a spreadsheet would compute it.

    >>> defused("=1+1"), defused("-0.5"), defused("GPT-4")
    ("'=1+1", '-0.5', 'GPT-4')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def undefused(cell: str) -> str:
    """The cell as it was before ``defused``.

    >>> undefused("'=1+1"), undefused("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _files(target: Path) -> tuple[Path, Path]:
    if target.is_dir():
        return target / "nodes.csv", target / "edges.csv"
    stem = target.stem if target.suffix == ".csv" else target.name
    return target.with_name(f"{stem}-nodes.csv"), target.with_name(f"{stem}-edges.csv")


def _edge(said: Said, source: Source, qualifiers: list[str]) -> Iterator[Value]:
    claim = said.claim
    yield from (said.id, claim.subject.key, claim.predicate, claim.object_key)
    yield "" if isinstance(claim.object, Entity) else claim.object.datatype
    yield from (claim.qualifiers.get(name, "") for name in qualifiers)
    yield from (claim.confidence, claim.extractor, said.sentence, claim.evidence.start, claim.evidence.end)
    yield from (claim.evidence.post, source.url, source.published, source.channel)


def _text(value: Value) -> str:
    return ("false", "true")[value] if isinstance(value, bool) else str(value)
