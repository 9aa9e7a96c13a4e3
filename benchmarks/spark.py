"""What does Spark cost, and what does it bring? One core plain beside two executors of one core each, on the same posts.

    python -m benchmarks.spark posts.jsonl -o docs/performance.md

Both are whole commands (``kg extract POSTS -o DIR``), in turns; a run on ten posts tells what starting costs. Sizes are those of
the files written. From all that the size of a cluster for a billion posts is worked out in the open: nothing here ran on one.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- spark: begin (written by benchmarks/spark.py) -->", "<!-- spark: end -->"
CLUSTER = "local-cluster[2,1,1024]"
CORES = 2
MANY = 1_000_000_000
TABLES = ("posts", "claims", "copies", "facts", "quads")
STEPS = ("reading", "extracting", "writing")


@dataclass(frozen=True)
class Measured:
    """A whole command: seconds, what the manifest says about it, bytes by table, the most memory of a Python worker in MB."""

    seconds: float
    manifest: dict[str, object]
    sizes: dict[str, int]
    memory: float


def main() -> None:
    """Measure, print, and write the section between the markers of a document."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("posts", type=Path)
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("-o", "--output", type=Path, help="Markdown file whose section is replaced.")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        section = _measure(given.posts, given.rounds, Path(folder))
    print(section)
    if given.output:
        _replace(given.output, section)


def _measure(posts: Path, rounds: int, work: Path) -> str:
    with posts.open("rb") as lines:
        number = sum(1 for _ in lines)
    few = work / "few.jsonl"
    with posts.open("rb") as lines:
        few.write_bytes(b"".join(line for line, _ in zip(lines, range(10), strict=False)))
    plain, spark, starts, loads = [], [], [], []
    for turn in range(rounds):
        loads.append(os.getloadavg()[0])
        plain.append(_run(posts, work / f"plain-{turn}"))
        starts.append(_run(few, work / f"few-{turn}", spark=True).seconds)
        spark.append(_run(posts, work / f"spark-{turn}", spark=True))
    return _section(number, plain, spark, starts, max(loads))


def _run(posts: Path, output: Path, *, spark: bool = False) -> Measured:
    options = ["--engine", "spark", "--spark-conf", f"spark.master={CLUSTER}", "--spark-conf", "spark.ui.enabled=false"]
    command = [sys.executable, "-m", "kg", "extract", str(posts), "-o", str(output), *(options if spark else [])]
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    watch = _Memory(process.pid)
    status = process.wait()
    seconds = time.monotonic() - started
    watch.stop()
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with status {status}")
    sizes = {table: _size(output / table) for table in TABLES}
    return Measured(seconds, json.loads((output / "postkg-claims.json").read_text()), sizes, watch.most)


class _Memory(threading.Thread):
    """Looks twice a second how much memory the Python workers of a run take."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._root = root
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        """Until ``stop``."""
        while not self._over.wait(0.5):
            self.most = max([self.most, *(_resident(pid) for pid in _below(self._root) if _is_python(pid))])

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _below(root: int) -> list[int]:
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found)


def _is_python(pid: int) -> bool:
    try:
        return b"pyspark.daemon" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _resident(pid: int) -> float:
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("part-*") if path.is_file())


def _section(number: int, plain: list[Measured], spark: list[Measured], starts: list[float], load: float) -> str:
    alone = statistics.median(one.seconds for one in plain)
    whole = statistics.median(one.seconds for one in spark)
    start = statistics.median(starts)
    steps = {step: statistics.median(_steps(one)[step] for one in spark) for step in STEPS}
    sizes = spark[0].sizes
    core_seconds = {step: CORES * seconds / number for step, seconds in steps.items()}
    hours = {step: MANY * seconds / 3600 for step, seconds in core_seconds.items()}
    total = sum(hours.values())
    lines = [
        f"{number:,} posts; whole commands, median of {len(plain)} runs in turns on this machine of {os.cpu_count()} cores "
        f"(load before the first one: {load:.1f}).",
        "",
        "| what | seconds | posts/s | posts/s and core |",
        "|---|---|---|---|",
        f"| `kg extract POSTS -o DIR`, one process | {alone:.1f} | {number / alone:,.0f} | {number / alone:,.0f} |",
        f"| the same with `--engine spark`, `{CLUSTER}` | {whole:.1f} | {number / whole:,.0f} | {number / whole / CORES:,.0f} |",
        f"| of it: session, Python workers, jobs on 10 posts (start-up) | {start:.1f} | | |",
        *(
            f"| of it: {step} | {steps[step]:.1f} | {number / steps[step]:,.0f} | {number / steps[step] / CORES:,.0f} |"
            for step in STEPS
        ),
        "",
        f"Two executors against one process, whole commands: {alone / whole:.2f} times as fast; while extracting: "
        f"{alone / steps['extracting']:.2f}. A Python worker takes up to {max(one.memory for one in spark):,.0f} MB.",
        "",
        "| bytes per post read | " + " | ".join(TABLES) + " | all |",
        "|---|" + "---|" * (len(TABLES) + 1),
        "| written | "
        + " | ".join(f"{sizes[table] / number:,.0f}" for table in TABLES)
        + f" | {sum(sizes.values()) / number:,.0f} |",
        "",
        f"Extrapolated to 10^9 such posts, in proportion and with start-up left out: {total:,.0f} core hours "
        f"({', '.join(f'{step} {hours[step]:,.0f}' for step in STEPS)}), so {total / 1000:,.1f} hours on 1,000 cores; "
        f"{MANY * sum(sizes.values()) / number / 1e12:.2f} TB written, and while it runs about as much again below `_work`.",
    ]
    return "\n".join(lines)


def _steps(measured: Measured) -> dict[str, float]:
    seconds = measured.manifest["seconds"]
    assert isinstance(seconds, dict)
    return {step: max(0.1, float(seconds[step])) for step in STEPS}


def _replace(document: Path, section: str) -> None:
    text = document.read_text("utf-8") if document.exists() else "# Performance\n"
    if BEGIN not in text:
        text = f"{text.rstrip()}\n\n## On Spark\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    document.write_text(f"{before}{BEGIN}\n{section}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
