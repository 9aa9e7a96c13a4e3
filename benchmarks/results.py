"""Measured figures, kept between runs, and their part of docs/performance.md."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.cypher import GRAPHS

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- cypher: begin (written by benchmarks/questions.py) -->", "<!-- cypher: end -->"
ENGINES = ("SPARQL, Oxigraph", "Cypher, kglite", "Cypher, Neo4j")


def keep(claims: int, **figures: Any) -> None:
    """Add figures of a graph of so many claims to what is kept, and write the page from all of it."""
    GRAPHS.mkdir(exist_ok=True)
    path = GRAPHS / f"{claims}.json"
    # Figures of a machine that had other work to do are upper bounds; the page says so.
    load = {name: round(os.getloadavg()[1], 1) for name in figures} if hasattr(os, "getloadavg") else {}
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps(kept | figures | {"load": kept.get("load", {}) | load}, ensure_ascii=False, indent=1), "utf-8")
    results = {int(file.stem): json.loads(file.read_text("utf-8")) for file in GRAPHS.glob("*.json")}
    part = "\n".join([BEGIN, *_page(dict(sorted(results.items()))), END])
    page = PAGE.read_text("utf-8") if PAGE.exists() else "# How fast it is\n"
    before, begun, rest = page.partition(BEGIN)
    after = rest.partition(END)[2] if begun else "\n"
    PAGE.write_text(f"{before.rstrip()}\n\n{part}{after}", "utf-8")


def _page(results: dict[int, dict[str, Any]]) -> Iterator[str]:
    yield "## Questions"
    yield ""
    yield "`make bench`, on graphs made up by `tests/generated.py`. Every question is asked with all parameters of"
    yield "`tests/parameters.py`, each once, on one core (Neo4j 5 beside it, heap 512 MB, over Bolt). `rows` are those of all"
    yield "askings together, the same in all languages and engines or it says so; the times are medians of one asking, in"
    yield "brackets the slowest. SPARQL is given up on after ten seconds for one question; what is missing was not asked."
    for claims, kept in results.items():
        if "questions" in kept:
            yield from _questions(claims, kept["questions"], _load(kept, "questions"))
    yield from _table("Index and commands", results, "index", _index)
    yield from _table("Pushing to Neo4j", results, "push", _push)
    yield from _table("Pushing to a SPARQL server (Oxigraph)", results, "sparql", _sparql)


def _questions(claims: int, found: list[dict[str, Any]], load: str) -> Iterator[str]:
    yield f"\n### {claims:,} claims\n"
    yield from (load, "")
    yield f"| question | asked | rows | {' ms | '.join(ENGINES)} ms | same rows |"
    yield "|---|---|---|---|---|---|---|"
    for row in found:
        times = [_time(row["ms"].get(engine)) for engine in ENGINES]
        same = "NO" if row["differ"] else "yes"
        yield f"| {row['name']} | {row['asked']} | {row['rows']:,} | {' | '.join(times)} | {same} |"


def _load(kept: dict[str, Any], part: str) -> str:
    load = kept.get("load", {}).get(part)
    return "" if load is None else f"Load of the machine after these measurements: {load}; alone it would be about 1."


def _time(ms: list[float] | None) -> str:
    return f"{median(ms):.1f} ({max(ms):,.0f})" if ms else ""


def _table(title: str, results: dict[int, dict[str, Any]], part: str, lines: Any) -> Iterator[str]:
    found = {claims: kept for claims, kept in results.items() if part in kept}
    if found:
        yield f"\n### {title}\n"
        for claims, kept in found.items():
            yield from lines(claims, kept)
            yield f"  {_load(kept, part)}"


def _index(claims: int, kept: dict[str, Any]) -> Iterator[str]:
    index = kept["index"]
    yield f"- {claims:,} claims: the index of kglite is built in {index['seconds']} s on one core ({index['processor']} s of the"
    yield f"  processor) and takes {index['MB']:,} MB."
    for name, cypher, sparql in kept.get("commands", []):
        yield f"  - `{name}`, the whole command: {cypher} ms with `--cypher`, {sparql} ms without."


def _push(claims: int, kept: dict[str, Any]) -> Iterator[str]:
    push = kept["push"]
    bare, whole, again = (median(push[name]) for name in ("bare", "push", "again"))
    yield f"- {claims:,} claims, {push['rows']:,} nodes and relationships: a bare driver loop with the same rows {bare:.0f} s,"
    yield f"  `kg push neo4j` (the whole command, reading the store included) {whole:.0f} s: {whole / bare:.2f} times as long."
    yield f"  The same push again: {again:.0f} s, " + "; ".join(line.strip() for line in push["said"].splitlines()) + "."
    if "killed" in push:
        killed = push["killed"]
        yield f"  The server killed {killed['after']:.0f} s after the start of a push: status {killed['status']},"
        yield f'  "{" ".join(killed["first"][-2:])}" The same command with the server back: {killed["seconds"]:.0f} s,'
        yield "  " + "; ".join(line.strip() for line in killed["said"]) + "."


def _sparql(claims: int, kept: dict[str, Any]) -> Iterator[str]:
    (first, said), (again, twice) = kept["sparql"]
    yield f"- {claims:,} claims: `kg push sparql` {first:.0f} s, {'; '.join(said)}."
    yield f"  The same again: {again:.0f} s, {'; '.join(twice)}."
