"""Kill ``kg build --jobs 2`` at random moments, give the same command again, and compare with a build that was left in peace.

    python -m benchmarks.kills --kills 50

Half of the kills meet a new graph, half the graph of an earlier version of the same posts (so that a third of them is replaced).
Equal means: the same canonical N-Quads, byte for byte. Workers that outlive their build count as failures too.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.report import Table
from tests.made_posts import json_line, made_posts
from tests.processes import canonical, kill_after, orphans, run


def main() -> None:
    """Print one line per kill, then the counts; status 1 when a graph differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--posts", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    Table.options(parser)
    given = parser.parse_args()
    chance = Random(given.seed)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        posts, edited = _written(folder, given.posts, edited=False), _written(folder, given.posts, edited=True)
        run("build", edited, "-o", folder / "earlier")
        started = time.monotonic()
        run("build", posts, "-o", folder / "whole", "--jobs", "2")
        seconds, whole = time.monotonic() - started, canonical(folder / "whole")
        while counts["killed"] < given.kills:
            graph = folder / "g"
            shutil.rmtree(graph, ignore_errors=True)
            if counts["killed"] % 2:
                shutil.copytree(folder / "earlier", graph)
            moment = chance.uniform(0, seconds)
            if not kill_after(moment, "build", posts, "-o", graph, "--jobs", "2"):
                seconds = moment  # the machine is faster now than when the first build was timed
                continue
            left = orphans()
            again = run("build", posts, "-o", graph, "--jobs", "2")
            equal = again.returncode == 0 and canonical(graph) == whole
            counts.update(killed=1, equal=equal, workers_left=len(left))
            said = f"{counts['killed']}: killed after {moment:.1f} s of {seconds:.1f}: {'equal' if equal else 'DIFFERENT'}"
            print(said, again.stdout.splitlines()[:1], left or "", flush=True)
            if not equal:
                print(again.stdout, again.stderr, file=sys.stderr)
    table = Table(given, "kills", ("killed", "equal to the unkilled build", "workers left behind"))
    table.row(counts["killed"], counts["equal"], counts["workers_left"])
    table.write()
    sys.exit(counts["equal"] < given.kills or counts["workers_left"] > 0)


def _written(folder: Path, count: int, *, edited: bool) -> Path:
    path = folder / ("edited.jsonl" if edited else "posts.jsonl")
    with path.open("w", encoding="utf-8") as out:
        for number, post in enumerate(made_posts(count, about_models=1)):
            text = "OpenAI released Orion-1." if edited and number % 3 == 0 else post.text
            out.write(json_line(replace(post, text=text)))
    return path


if __name__ == "__main__":
    main()
