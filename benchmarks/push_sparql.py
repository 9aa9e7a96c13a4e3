"""How long does kg push sparql take, and the same again, on a real Oxigraph server?

    python -m benchmarks.push_sparql --claims 200000

The graph is the one of ``benchmarks.cypher``; the figures go into docs/performance.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.cypher import graph
from benchmarks.results import keep
from tests.servers import processes


def main() -> None:
    """Print what both pushes said."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=200_000)
    claims = parser.parse_args().claims
    root = graph(claims)
    with tempfile.TemporaryDirectory() as work:
        server = processes.oxigraph(Path(work) / "oxigraph")
        try:
            found = [pushed(root, server.url) for _ in range(2)]
        finally:
            server.stop()
    keep(claims, sparql=found)


def pushed(root: Path, url: str) -> tuple[float, list[str]]:
    """Seconds of the whole command, and what it said."""
    started = perf_counter()
    command = [sys.executable, "-m", "kg", "push", "sparql", "--endpoint", url, "-g", str(root)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = perf_counter() - started
    print(f"{seconds:.1f} s", done.stdout, flush=True)
    return seconds, [line for line in done.stdout.splitlines() if line.startswith("subjects")]


if __name__ == "__main__":
    main()
