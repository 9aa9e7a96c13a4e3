"""Every question in both languages on every engine: rows, times, and whether they agree; into docs/performance.md.

    python -m benchmarks.questions --claims 20000 --claims 200000

Oxigraph and kglite run in this process on one core, Neo4j (community, heap 512 MB) beside it when Java and Maven are here;
``--no-neo4j`` leaves it out. What was measured is kept in ``benchmarks/graphs``, so sizes can be measured one by one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.cypher import commands, graph, index, one_core
from benchmarks.results import ENGINES, keep
from kg.bolt import Bolt
from kg.cypher_questions import answer_cypher
from kg.embedded import open_embedded
from kg.login import Login
from kg.push_neo4j import push
from kg.question_files import load_questions
from kg.questions import Answer, answer
from kg.store import Store, open_store
from tests.parameters import choices
from tests.servers import processes

PATIENCE = 10.0
"""Seconds after which a question is no longer asked of an engine."""
Ask = Callable[[str, dict[str, Any]], Answer]


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, action="append")
    parser.add_argument("--no-neo4j", action="store_true")
    arguments = parser.parse_args()
    for claims in arguments.claims or [20_000, 200_000]:
        root = graph(claims)
        with neo4j(root, wanted=not arguments.no_neo4j) as server:
            one_core()
            built = index(root)
            print(claims, built, flush=True)
            asked = questions(root, server)
        keep(claims, index=built, questions=asked, commands=commands(root))


@contextmanager
def neo4j(root: Path, *, wanted: bool) -> Iterator[Bolt | None]:
    """A server that has the graph; None where there is none to be had."""
    with tempfile.TemporaryDirectory() as work:
        try:
            server = processes.neo4j(Path(work) / "neo4j") if wanted else None
        except processes.Unavailable as error:
            print(f"without Neo4j: {error}", file=sys.stderr)
            server = None
        if server is None:
            yield None
            return
        try:
            with Bolt(server.url, login=Login(server.user, server.password)) as bolt, open_store(root) as store:
                push(store, bolt)
                bolt.schema("CALL db.awaitIndexes(300)")
                yield bolt
        finally:
            server.stop()


def questions(root: Path, server: Bolt | None) -> list[dict[str, Any]]:
    """Name, number of askings and rows, milliseconds by engine, and for which parameters the rows differ."""
    store, embedded = open_store(root), open_embedded(root)
    cypher = {question.name: question for question in load_questions(suffix=".cypher")}
    ways: dict[str, Ask] = {
        ENGINES[0]: sparql(store),
        ENGINES[1]: lambda name, given: answer_cypher(embedded, cypher[name], given),
    }
    if server is not None:
        ways[ENGINES[2]] = lambda name, given: answer_cypher(server, cypher[name], given)
    found: dict[str, dict[str, Any]] = {}
    for name, given in choices(store):
        row = found.setdefault(name, {"name": name, "asked": 0, "rows": 0, "ms": defaultdict(list), "differ": []})
        answers = {}
        for engine, ask in ways.items():
            if sum(row["ms"][engine]) < 1000 * PATIENCE:
                started = perf_counter()
                answers[engine] = ask(name, given)
                row["ms"][engine].append(round(1000 * (perf_counter() - started), 2))
        row["asked"] += 1
        row["rows"] += max((len(one.rows) for one in answers.values()), default=0)
        if any(one.rows != other.rows for one in answers.values() for other in answers.values()):
            row["differ"].append(str(given))
            print(f"rows differ: {name} {given}", file=sys.stderr)
    return sorted(found.values(), key=lambda row: str(row["name"]))


def sparql(store: Store) -> Ask:
    """Ask in SPARQL."""
    known = {question.name: question for question in load_questions()}
    return lambda name, given: answer(store, known[name], given)


if __name__ == "__main__":
    main()
