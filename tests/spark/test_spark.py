"""On a real Spark of several processes the result is that of one machine, whatever is killed on the way."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.claim_folder import MANIFEST
from kg.cli import cli
from kg.store import Store, open_store
from tests.spark.conftest import Running
from tests.spark.corpus import BROKEN, write_corpus

Start = Callable[..., Running]
PARTS = 8


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)


def dump(graph: Path) -> list[bytes]:
    """A graph as canonical N-Quads."""
    out = io.BytesIO()
    with open_store(graph) as store:
        store.dump_sorted(out)
    return out.getvalue().splitlines()


def rows(folder: Path, table: str) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    for file in sorted((folder / table).rglob("*.parquet")):
        yield from pq.ParquetFile(file).read().to_pylist()


def quads(folder: Path) -> list[bytes]:
    """The N-Quads that Spark wrote, sorted; none of them twice."""
    lines = [line for file in folder.glob("quads/**/*.nq.gz") for line in gzip.decompress(file.read_bytes()).splitlines()]
    assert len(lines) == len(set(lines))
    return sorted(lines)


def solutions(store: Store, sparql: str) -> list[ox.QuerySolution]:
    found = store.query(sparql)
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("corpus") / "posts", 360)


@pytest.fixture(scope="module")
def one_machine(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph that ``kg build`` makes of the same posts."""
    graph = tmp_path_factory.mktemp("one") / "graph"
    kg("build", corpus, "-o", graph)
    return graph


def test_a_killed_executor_changes_nothing(corpus: Path, one_machine: Path, spark: Start, tmp_path: Path) -> None:
    claims = tmp_path / "claims"
    running = spark(corpus, "--partitions", str(PARTS), output=claims)
    running.wait_for_parts(1)
    before = running.executors()
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    assert len(running.done()) < PARTS, "it was killed too late to matter"
    status, out, errors = running.finish()
    assert status == 1, errors  # the broken lines
    assert "broken" not in errors and f"{len(BROKEN)} failed" in out

    # Every record has one state, and they add up to the number read.
    posts = list(rows(claims, "posts"))
    states = Counter(str(post["state"]) for post in posts)
    assert (states["duplicate"], states["failed"]) == (2, len(BROKEN))
    assert sum(states.values()) == len(posts) == sum(1 for line in _lines(corpus) if line.strip())
    assert all(post["reason"] for post in posts if post["state"] in ("duplicate", "failed"))

    # The N-Quads of Spark are those of one machine, and so is the graph that its claims make.
    expected = dump(one_machine)
    assert quads(claims) == expected
    loaded = kg("build", "--from-claims", claims, "-o", tmp_path / "graph")
    assert loaded.exit_code == 1 and loaded.output.count("problem:") == len(BROKEN)
    assert dump(tmp_path / "graph") == expected

    # A second load changes nothing; claims and support are those that one machine counts.
    assert "claims: 0 added, 0 removed" in kg("build", "--from-claims", claims, "-o", tmp_path / "graph").output
    with open_store(one_machine) as store:
        ids = {row["c"].value.rpartition("/")[2] for row in solutions(store, "SELECT ?c { ?c a kg:Claim }")}
        said = solutions(store, _SUPPORT)
    assert {claim["id"] for claim in rows(claims, "claims")} == ids and len(ids) > 300
    supports = Counter(int(row["support"].value) for row in said)
    assert Counter(fact["support"] for fact in rows(claims, "facts")) == supports
    originals = Counter(copy["original"] for copy in rows(claims, "copies"))
    assert sum(number > 1 for number in originals.values()) > 10, "the copies were not found"

    # The extractor went once to each Python process: two, and the one of the executor that came for the killed one.
    unpacked = int(out.rpartition("unpacked in ")[2].split()[0])
    assert 2 <= unpacked <= 4 < PARTS


_SUPPORT = """SELECT ?s ?p ?o (COUNT(DISTINCT ?original) AS ?support) {
  ?c a kg:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom ?post .
  ?post kg:original ?original FILTER NOT EXISTS { ?c kg:hedged true } } GROUP BY ?s ?p ?o"""


def test_a_killed_run_goes_on(corpus: Path, one_machine: Path, spark: Start, tmp_path: Path) -> None:
    claims = tmp_path / "claims"
    first = spark(corpus, "--partitions", str(PARTS), output=claims)
    first.wait_for_parts(2)
    (driver,) = first.drivers()
    os.kill(driver, signal.SIGKILL)
    status, _, errors = first.finish()
    assert status == 1 and "Error: Spark has ended.\nWhat is finished is kept" in errors, errors
    finished = first.done()
    assert 2 <= len(finished) < PARTS
    assert not json.loads((claims / MANIFEST).read_text())["complete"]
    told = kg("build", "--from-claims", claims, "-o", tmp_path / "graph")
    assert told.exit_code == 1 and "is not finished" in told.output
    # Without their posts finished parts cannot be done again: what comes out of them now is what was kept.
    for name in finished:
        shutil.rmtree(claims / "_work" / "read" / f"part={int(name)}")
    status, out, errors = spark(corpus, output=claims).finish()
    assert status == 1 and f"{PARTS} parts, {len(finished)} of them from an earlier run" in out, errors
    assert quads(claims) == dump(one_machine)
    assert not (claims / "_work").exists()


def _lines(corpus: Path) -> list[bytes]:
    found = []
    for file in corpus.iterdir():
        data = file.read_bytes()
        found += (gzip.decompress(data) if file.suffix == ".gz" else data).split(b"\n")
    return found
