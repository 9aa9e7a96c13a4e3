"""What does Spark cost, and what does it bring? One core plain beside two executors of one core each, on the same posts.

    python -m benchmarks.spark posts.jsonl -o docs/performance.md

Both are whole commands (``kg extract POSTS -o DIR``), in turns; a run on ten posts tells what starting costs. Beside the seconds
that pass stand those that processors worked, which others on the machine change much less. Sizes are those of the files
written. From all that the size of a cluster for a billion posts is worked out in the open: nothing here ran on one.
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
KINDS = DRIVER, EXECUTORS, WORKERS = "driver", "executors (Java)", "Python workers"
SHARED = (
    " **The machine was shared**: the seconds that passed, and ratios of them, are no measure of Spark; those worked are better, "
    "though too high as well."
)
STEPS = ("reading", "extracting", "writing")


@dataclass(frozen=True)
class Measured:
    """A whole command: seconds, what the manifest says about it, bytes by table, the most memory of a Python worker in MB."""

    seconds: float
    worked: dict[str, float]
    """Seconds of processors by kind of process."""
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
    plain: list[Measured] = []
    spark: list[Measured] = []
    starts: list[Measured] = []
    loads: list[float] = []
    for turn in range(rounds):
        loads.append(os.getloadavg()[0])
        plain.append(_run(posts, work / f"plain-{turn}"))
        starts.append(_run(few, work / f"few-{turn}", spark=True))
        spark.append(_run(posts, work / f"spark-{turn}", spark=True))
    return _section(number, plain, spark, starts, max(loads))


def _run(posts: Path, output: Path, *, spark: bool = False) -> Measured:
    options = ["--engine", "spark", "--spark-conf", f"spark.master={CLUSTER}", "--spark-conf", "spark.ui.enabled=false"]
    command = [sys.executable, "-m", "kg", "extract", str(posts), "-o", str(output), *(options if spark else [])]
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    watch = _Watch(process.pid)
    status = process.wait()
    seconds = time.monotonic() - started
    watch.stop()
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with status {status}")
    sizes = {table: _size(output / table) for table in TABLES}
    return Measured(seconds, watch.worked(), json.loads((output / "postkg-claims.json").read_text()), sizes, watch.most)


class _Watch(threading.Thread):
    """Looks twice a second what the processes of a run have worked, and how much memory its Python workers take."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        """MB of a Python worker."""
        self._root = root
        self._worked: dict[int, tuple[str, float]] = {}
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        """Until ``stop``."""
        while not self._over.wait(0.5):
            for pid, worked in _below(self._root).items():
                kind = self._worked[pid][0] if pid in self._worked else _kind(pid)
                self._worked[pid] = kind, worked
                if kind == WORKERS:
                    self.most = max(self.most, _resident(pid))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()

    def worked(self) -> dict[str, float]:
        """Seconds by kind of process."""
        found = dict.fromkeys(KINDS, 0.0)
        for kind, seconds in self._worked.values():
            found[kind] += seconds
        return found


def _below(root: int) -> dict[int, float]:
    """A process and all that come from it, with the seconds each has worked."""
    parents, worked = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(status.parent.name)
        parents[pid], worked[pid] = int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return {pid: worked[pid] for pid in found if pid in worked}


def _kind(pid: int) -> str:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return DRIVER
    if b"pyspark.daemon" in command or b"pyspark/daemon" in command:
        return WORKERS
    return EXECUTORS if b"CoarseGrainedExecutorBackend" in command else DRIVER


def _resident(pid: int) -> float:
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("part-*") if path.is_file())


def _section(number: int, plain: list[Measured], spark: list[Measured], starts: list[Measured], load: float) -> str:
    alone = statistics.median(one.seconds for one in plain)
    whole = statistics.median(one.seconds for one in spark)
    start = statistics.median(one.seconds for one in starts)
    steps = {step: statistics.median(_steps(one)[step] for one in spark) for step in STEPS}
    sizes = spark[0].sizes
    alone_worked = statistics.median(sum(one.worked.values()) for one in plain)
    worked = {kind: statistics.median(one.worked[kind] for one in spark) for kind in KINDS}
    small = statistics.median(sum(one.worked.values()) for one in starts)
    all_worked = sum(worked.values())
    grown = max(0.0, all_worked - small)
    hours, slots = MANY * grown / number / 3600, MANY * CORES * sum(steps.values()) / number / 3600
    size = sum(sizes.values())
    lines = [
        f"{number:,} posts; whole commands, median of {len(plain)} run(s) in turns on a machine of {os.cpu_count()} cores "
        f"(load before it began: {load:.1f}). *Worked* are seconds of processors, of all processes of a command."
        + (SHARED if load > 1 else ""),
        "",
        "| what | seconds | posts/s | worked | posts per second worked |",
        "|---|---|---|---|---|",
        f"| `kg extract POSTS -o DIR`, one process | {alone:.1f} | {number / alone:,.0f} | {alone_worked:.1f} | "
        f"{number / alone_worked:,.0f} |",
        f"| the same with `--engine spark`, `{CLUSTER}` | {whole:.1f} | {number / whole:,.0f} | {all_worked:.1f} | "
        f"{number / all_worked:,.0f} |",
        f"| of it, as a run on 10 posts shows: starting | {start:.1f} | | {small:.1f} | |",
        *(f"| of it: {step} | {steps[step]:.1f} | {number / steps[step]:,.0f} | | |" for step in STEPS),
        *(f"| of it: {kind} | | | {worked[kind]:.1f} | {number / worked[kind]:,.0f} |" for kind in KINDS),
        "",
        f"Two executors against one process: {alone / whole:.2f} times as fast as a whole, "
        f"{alone / steps['extracting']:.2f} times while "
        f"extracting; {all_worked / alone_worked:.2f} times the work, starting included. A Python worker takes up to "
        f"{max(one.memory for one in spark):,.0f} MB.",
        "",
        "| bytes per post read | " + " | ".join(TABLES) + " | all |",
        "|---|" + "---|" * (len(TABLES) + 1),
        "| written | " + " | ".join(f"{sizes[table] / number:,.0f}" for table in TABLES) + f" | {size / number:,.0f} |",
        "",
        f"Extrapolated in proportion to 10^9 such posts, starting left out: {hours:,.0f} core hours of work, "
        f"{hours / 1000:,.1f} hours on "
        f"1,000 cores that are never idle (from the seconds that passed here, waiting and load included: "
        f"{slots:,.0f} core hours); "
        f"{MANY * size / number / 1e12:.2f} TB written, and while it runs about as much again below `_work`.",
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
