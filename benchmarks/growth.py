"""How build, questions, page and push grow with the graph, from ten thousand triples on, as a table and a log-log plot.

    python -m benchmarks.growth --triples 10000 100000 1000000 [--plot docs/growth.svg]

The graphs are made up (``tests/generated.py``) and stored on disk by the way ``kg build`` does; making them up is counted too.
Questions: the median over all questions with all choices of ``tests/parameters.py``, each asked once. Page: ``kg draw`` with its
defaults. Push: ``kg push sparql`` to an empty Oxigraph server, whose own work is not counted. Time is that of the processor, so
that a busy machine does not count. A size whose build would take longer than ``--patience`` is left out.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.building import seconds
from benchmarks.log_plot import log_plot
from benchmarks.report import Table
from kg.question_files import load_questions
from kg.questions import answer
from kg.store import open_store
from tests.generated import generated_store
from tests.parameters import choices
from tests.servers import processes

TRIPLES_A_CLAIM = 28.6
LINES = ("build", "question, median", "page", "push to SPARQL")


def main() -> None:
    """Print the table, draw the plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--patience", type=float, default=600, help="seconds for a build")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--no-push", action="store_true")
    Table.options(parser)
    given = parser.parse_args()
    columns = ("triples", "claims", "build, s", "question, median ms", "slowest question, ms", "page, s", "push, s")
    table = Table(given, "store-growth", columns)
    points: dict[str, list[tuple[float, float]]] = {line: [] for line in LINES}
    rate = 0.0
    for wanted in given.triples:
        if rate and wanted * rate > given.patience:
            table.row(f"{wanted:,}", "left out: the build would take longer than --patience")
            continue
        with tempfile.TemporaryDirectory() as work:
            claims = int(wanted / TRIPLES_A_CLAIM)
            graph = Path(work, "g")
            started = time.process_time()
            generated_store(claims, path=graph).close()
            build = time.process_time() - started
            rate = build / wanted
            with open_store(graph) as store:
                triples = sum(1 for _ in store.graph)
                known = {question.name: question for question in load_questions()}
                times = []
                for name, parameters in choices(store):
                    started = time.process_time()
                    answer(store, known[name], parameters)
                    times.append(time.process_time() - started)
            page = seconds("draw", "-g", graph, "-o", Path(work, "page.html"))
            push = 0.0 if given.no_push else _push(Path(work, "server"), graph)
        found = (build, median(times), page, push)
        for line, taken in zip(LINES, found, strict=True):
            points[line].append((triples, taken))
        ms = round(1000 * median(times), 1), round(1000 * max(times))
        table.row(f"{triples:,}", f"{claims:,}", round(build, 1), *ms, round(page, 1), round(push, 1))
    table.write()
    if given.plot:
        drawn = {line: [point for point in series if point[1] > 0] for line, series in points.items()}
        given.plot.write_text(log_plot(drawn, "triples", "seconds"), encoding="utf-8")


def _push(home: Path, graph: Path) -> float:
    server = processes.oxigraph(home)
    taken = seconds("push", "sparql", "--endpoint", server.url, "-g", graph)
    server.stop()
    return taken


if __name__ == "__main__":
    main()
