"""How fast Cypher is without a server: the index, every question beside its SPARQL form, and whole commands.

    python benchmarks/cypher.py --claims 200000

All on one core and in one run. The graph is made up (``tests/generated.py``) and kept in ``benchmarks/graphs`` for the next
run. Each question is asked with all parameters of ``tests/parameters.py``, each once: engines remember answers.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from kg.cypher_index import index_path, write_index
from kg.cypher_questions import answer_cypher
from kg.embedded import open_embedded
from kg.output import write_rows
from kg.property_graph import PropertyGraph
from kg.questions import answer, load_questions
from kg.store import open_store
from tests.generated import generated_store
from tests.parameters import choices

GRAPHS = Path(__file__).parent / "graphs"
COMMANDS = (
    ("leaderboard", "--benchmark", "Benchmark"), ("model-card", "--model", "Model"), ("evidence", "--subject", "Model"),
    ("hardware-users", "--hardware", "Hardware"), ("lineage", "--entity", "Model"),
)  # fmt: skip
REPEATS = 5
PATIENCE = 10.0
"""Seconds after which a question is no longer asked in SPARQL too."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--no-sparql", action="store_true", help="leave out the SPARQL side")
    arguments = parser.parse_args()
    one_core()
    root = graph(arguments.claims)
    index(root)
    questions(root, sparql=not arguments.no_sparql)
    commands(root)


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


def index(root: Path) -> None:
    """Build the index from nothing, as the first ``kg cypher`` does."""
    shutil.rmtree(root / "cypher", ignore_errors=True)
    started, used = perf_counter(), os.times()
    with open_store(root) as store:
        write_index(PropertyGraph(store), index_path(root))
    spent = os.times()
    cpu = spent.user + spent.system - used.user - used.system
    size = sum(file.stat().st_size for file in index_path(root).rglob("*") if file.is_file()) / 1e6
    print(f"index: {perf_counter() - started:.1f} s ({cpu:.1f} s of the processor), {size:.0f} MB")


def questions(root: Path, *, sparql: bool) -> None:
    """Each question with all its parameters: median, the slowest, and the same in SPARQL."""
    texts = {question.name: question for question in load_questions(suffix=".cypher")}
    sparqls = {question.name: question for question in load_questions()}
    store, engine = open_store(root), open_embedded(root)
    times: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    different: list[str] = []
    for name, given in choices(store):
        started = perf_counter()
        found = answer_cypher(engine, texts[name], given)
        between = perf_counter()
        both = sparql and sum(other for _, other, _ in times[name]) < PATIENCE
        wanted = answer(store, sparqls[name], given) if both else found
        times[name].append((between - started, perf_counter() - between if both else 0.0, len(found.rows)))
        if wanted.rows != found.rows:
            different.append(f"{name} {given}")
    rows = []
    for name, measured in sorted(times.items()):
        cypher, other, counts = zip(*measured, strict=True)
        others = [value for value in other if value] or [0.0]
        ms = [round(1000 * value, 1) for value in (median(cypher), max(cypher), median(others), max(others))]
        rows.append((name, len(measured), sum(counts), *(ms if sparql else ms[:2])))
    columns = ("question", "asked", "rows", "cypher ms", "slowest", "sparql ms", "slowest")
    print()
    write_rows(columns if sparql else columns[:5], rows, sys.stdout)
    if sparql:
        print(f"\nRows that differ between the languages: {len(different)}", *different, sep="\n  ")


def commands(root: Path) -> None:
    """Whole commands, from the shell's point of view."""
    from tests.parameters import entities_of

    with open_store(root) as store:
        named = {kind: entities_of(store, kind)[1] for *_, kind in COMMANDS}
    rows: list[tuple[str | float, ...]] = []
    for question, option, kind in COMMANDS:
        command = [sys.executable, "-m", "kg", "ask", question, option, named[kind], "-g", str(root), "--json"]
        rows.append((f"kg ask {question}", *(round(1000 * seconds(command + more)) for more in (["--cypher"], []))))
    print()
    write_rows(("command", "cypher ms", "sparql ms"), rows, sys.stdout)


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
