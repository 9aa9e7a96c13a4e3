"""Fuzzing for as long as there is time: how many inputs were tried at each door, and whether any of them broke something.

    python -m benchmarks.fuzz --seconds 300
    python -m benchmarks.fuzz --seconds 300 --atheris     # guided by coverage; wants: pip install atheris

An input that breaks something is kept in ``build/fuzz`` and named; a test with it comes first, the correction second.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from benchmarks.report import Table
from tests.fuzz_seeds import mutated, seeds
from tests.fuzz_targets import TARGETS

KEPT = Path(__file__).parent.parent / "build" / "fuzz"


def main() -> None:
    """Print one line per door; status 1 when something broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="for each door")
    parser.add_argument("--target", choices=TARGETS, action="append", help="only this door")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true", help="inputs guided by coverage (atheris) instead of blind mutation")
    parser.add_argument("--one", choices=TARGETS, help=argparse.SUPPRESS)
    Table.options(parser)
    given, others = parser.parse_known_args()
    if given.one:
        _guided(given.one, others)
        return
    table = Table(given, "fuzz-atheris" if given.atheris else "fuzz", ("door", "inputs", "seconds", "broke"))
    broken = 0
    for target in given.target or TARGETS:
        count, broke, taken = _guided_apart(target, given.seconds) if given.atheris else _mutations(target, given)
        table.row(target, f"{count:,}", round(taken), broke)
        broken += broke
    table.write()
    sys.exit(broken > 0)


def _mutations(target: str, given: argparse.Namespace) -> tuple[int, int, float]:
    random, known = Random(f"{target} {given.seed}"), seeds(target)
    started, count, broke = time.monotonic(), 0, 0
    TARGETS[target](known[0])  # what is loaded at first use is not counted
    while time.monotonic() - started < given.seconds:
        data = mutated(random.choice(known), known, random)
        count += 1
        try:
            TARGETS[target](data)
        except Exception as error:
            broke += 1
            print(f"{target}: {type(error).__name__}: {str(error)[:200]} -> {_keep(target, data)}", flush=True)
            if broke == 20:
                break
    return count, broke, time.monotonic() - started


def _keep(target: str, data: bytes) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{target}-{hashlib.sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    return path


def _guided_apart(target: str, seconds: float) -> tuple[int, int, float]:
    """libFuzzer ends the process it runs in."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(seeds(target)):
            Path(corpus, str(number)).write_bytes(data)
        KEPT.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        options = [
            f"-max_total_time={int(seconds)}",
            "-print_final_stats=1",
            "-max_len=6000",
            f"-artifact_prefix={KEPT}/{target}-",
        ]
        command = [sys.executable, "-m", "benchmarks.fuzz", "--one", target, *options, corpus]
        run = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    counted = [line.split(":")[-1] for line in run.stderr.splitlines() if "number_of_executed_units" in line]
    if run.returncode:
        print(run.stderr[-3_000:], flush=True)
    return int(counted[0]) if counted else 0, int(run.returncode != 0), time.monotonic() - started


def _guided(target: str, options: list[str]) -> None:
    import atheris

    TARGETS[target](seeds(target)[0])
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *options], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
