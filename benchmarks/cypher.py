"""How fast Cypher is without a server: building the index, and whole commands beside their SPARQL form.

    python -m benchmarks.cypher --claims 200000

All on one core and in one run. The graph is made up (``tests/generated.py``) and kept in ``benchmarks/graphs`` for the next
run. ``benchmarks.questions`` measures the questions themselves and writes all of it into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from kg.cypher_index import index_path, write_index
from kg.output import write_rows
from kg.property_graph import PropertyGraph
from kg.store import open_store
from tests.generated import generated_store
from tests.parameters import entities_of

GRAPHS = Path(__file__).parent / "graphs"
COMMANDS = (
    ("leaderboard", "--benchmark", "Benchmark"), ("model-card", "--model", "Model"), ("evidence", "--subject", "Model"),
    ("hardware-users", "--hardware", "Hardware"), ("lineage", "--entity", "Model"),
)  # fmt: skip
REPEATS = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=200_000)
    arguments = parser.parse_args()
    one_core()
    root = graph(arguments.claims)
    print(index(root))
    write_rows(("command", "cypher ms", "sparql ms"), commands(root), sys.stdout)


def one_core() -> None:
    """Run on one core from now on, and every process started from here too."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def graph(claims: int) -> Path:
    """The made-up graph of so many claims, as it is after a first ``kg build``."""
    root = GRAPHS / str(claims)
    if not root.exists():
        partial = root.with_name(f"{claims}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        started = perf_counter()
        generated_store(claims, path=partial).close()
        partial.rename(root)
        print(f"made the graph in {perf_counter() - started:.0f} s")
    return root


def index(root: Path) -> dict[str, float]:
    """Build the index from nothing, as the first ``kg cypher`` does: seconds, those of the processor, and megabytes."""
    shutil.rmtree(root / "cypher", ignore_errors=True)
    started, used = perf_counter(), os.times()
    with open_store(root) as store:
        write_index(PropertyGraph(store), index_path(root))
    spent = os.times()
    cpu = spent.user + spent.system - used.user - used.system
    size = sum(file.stat().st_size for file in index_path(root).rglob("*") if file.is_file()) / 1e6
    return {"seconds": round(perf_counter() - started, 1), "processor": round(cpu, 1), "MB": round(size)}


def commands(root: Path) -> list[tuple[str | float, ...]]:
    """Whole commands, from the shell's point of view: name, and milliseconds in Cypher and in SPARQL."""
    with open_store(root) as store:
        named = {kind: entities_of(store, kind)[1] for *_, kind in COMMANDS}
    rows: list[tuple[str | float, ...]] = []
    for question, option, kind in COMMANDS:
        command = [sys.executable, "-m", "kg", "ask", question, option, named[kind], "-g", str(root), "--json"]
        rows.append((f"kg ask {question}", *(round(1000 * seconds(command + more)) for more in (["--cypher"], []))))
    return rows


def seconds(command: list[str]) -> float:
    """The median time of a command."""
    times = []
    for _ in range(REPEATS):
        started = perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(perf_counter() - started)
    return median(times)


if __name__ == "__main__":
    main()
