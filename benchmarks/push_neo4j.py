"""How long does kg push neo4j take beside a bare driver loop that sends the same rows?

    python -m benchmarks.push_neo4j --claims 200000

Each run gets a new Neo4j (community, heap 512 MB) on this machine; bare loop and ``kg push`` take turns. The bare loop has all
rows in memory before its clock starts; ``kg push`` is the whole command, reading the store included. Then the same push again,
and one whose server is killed half-way, given again when the server is back.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j

from benchmarks.cypher import graph
from benchmarks.results import keep
from kg.property_graph import NodeBatch, PropertyGraph, RelationshipBatch
from kg.property_schema import MENTIONS, quoted
from kg.store import open_store
from tests.servers import processes


def main() -> None:
    """Print one line per measurement."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--claims", type=int, default=200_000)
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--no-kill", action="store_true", help="Leave out the push whose server is killed.")
    given = arguments.parse_args()
    keep(given.claims, push=measured(graph(given.claims), given.rounds, kill=not given.no_kill))


def measured(graph: Path, rounds: int, *, kill: bool) -> dict[str, Any]:
    """Seconds of the bare loops and of the pushes, of the same push again and what it said, and of the killed one."""
    found: dict[str, Any] = {"bare": [], "push": [], "again": []}
    with tempfile.TemporaryDirectory() as work:
        statements, batches = _read(graph)
        found["rows"] = sum(len(rows) for _, rows in batches)
        print(f"{found['rows']:,} nodes and relationships in {len(batches)} batches", flush=True)
        for number in range(rounds):
            found["bare"].append(_bare(Path(work) / f"bare-{number}", statements, batches))
            print(f"bare loop       {found['bare'][-1]:7.1f} s", flush=True)
            first, again, found["said"] = _pushes(Path(work) / f"kg-{number}", graph)
            found["push"].append(first)
            found["again"].append(again)
        ratio = statistics.median(found["push"]) / statistics.median(found["bare"])
        print(f"median ratio kg push / bare loop: {ratio:.2f}", flush=True)
        if kill:
            found["killed"] = _killed(Path(work) / "killed", graph, after=statistics.median(found["push"]) / 2)
    return found


def _read(graph: Path) -> tuple[list[str], list[tuple[str, list[dict[str, object]]]]]:
    """The constraints, and every batch with a statement that writes it."""
    with open_store(graph) as store:
        view = PropertyGraph(store)
        nodes = [
            (f"UNWIND $rows AS row MERGE (n:{_labels(batch)} {{id: row.id}}) SET n += row.properties", batch.rows)
            for batch in view.nodes()
        ]
        relationships = [
            (
                f"UNWIND $rows AS row MATCH (a:{quoted(batch.start_label)} {{id: row.start}}) "
                f"MATCH (b:{quoted(batch.end_label)} {{id: row.end}}) MERGE (a)-[r:{_type(batch)}]->(b) SET r += row.properties",
                batch.rows,
            )
            for batch in view.relationships()
        ]
        return view.constraints(), [*nodes, *relationships]


def _labels(batch: NodeBatch) -> str:
    return ":".join(quoted(label) for label in (batch.label, batch.second) if label)


def _type(batch: RelationshipBatch) -> str:
    return batch.type if batch.type == MENTIONS else f"{quoted(batch.type)} {{id: row.id}}"


def _bare(home: Path, constraints: list[str], batches: list[tuple[str, list[dict[str, object]]]]) -> float:
    server = processes.neo4j(home)
    started = time.perf_counter()
    with neo4j.GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver, driver.session() as session:
        for constraint in constraints:
            session.run(constraint).consume()
        for statement, rows in batches:
            session.execute_write(_run, statement, rows)
    seconds = time.perf_counter() - started
    server.stop()
    return seconds


def _run(transaction: neo4j.ManagedTransaction, statement: str, rows: list[dict[str, object]]) -> None:
    transaction.run(statement, rows=rows).consume()


def _pushes(home: Path, graph: Path) -> tuple[float, float, str]:
    server = processes.neo4j(home)
    seconds, said = _push(server, graph)
    print(f"kg push neo4j   {seconds:7.1f} s\n{said}", flush=True)
    again, said = _push(server, graph)
    print(f"the same again  {again:7.1f} s\n{said}", flush=True)
    server.stop()
    return seconds, again, said


def _push(server: processes.Server, graph: Path) -> tuple[float, str]:
    started = time.perf_counter()
    done = subprocess.run(_command(server, graph), env=_environment(server), capture_output=True, text=True, check=False)
    return time.perf_counter() - started, "".join(f"    {line}\n" for line in _lines(done.stdout + done.stderr)).rstrip()


def _killed(home: Path, graph: Path, after: float) -> dict[str, Any]:
    """Kill server and all while it writes, then give the same command again: what both said."""
    server = processes.neo4j(home)
    started = time.perf_counter()
    push = subprocess.Popen(
        _command(server, graph), env=_environment(server), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    time.sleep(after)
    server.kill()
    first, _ = push.communicate()
    print(
        f"server killed after {after:.1f} s; kg push ended after {time.perf_counter() - started:.1f} s, status {push.returncode}"
    )
    print("".join(f"    {line}\n" for line in _lines(first)), end="", flush=True)
    server.start()
    seconds, said = _push(server, graph)
    print(f"server back, the same command  {seconds:7.1f} s\n{said}", flush=True)
    server.stop()
    return {"after": after, "status": push.returncode, "first": first.splitlines(), "seconds": seconds, "said": said.splitlines()}


def _command(server: processes.Server, graph: Path) -> list[str]:
    return [sys.executable, "-m", "kg", "push", "neo4j", "--uri", server.url, "--user", server.user, "-g", str(graph)]


def _environment(server: processes.Server) -> dict[str, str]:
    return {**os.environ, "NEO4J_PASSWORD": server.password}


def _lines(text: str) -> Iterator[str]:
    yield from (line for line in text.splitlines() if line.strip() and not line.startswith("pushed "))


if __name__ == "__main__":
    main()
