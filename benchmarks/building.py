"""What the store costs beside the extraction, and what a second build costs.

    python -m benchmarks.building POSTS.jsonl [--unchanged 100000]

Whole commands, one process. Time is that of the processor (user and system), so that a busy machine does not count.
``--unchanged`` measures on so many made-up posts what one changed post costs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.report import Table
from kg.store import open_store
from tests.made_posts import json_line, made_posts
from tests.processes import canonical, command, environment


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", type=Path, nargs="*", help="made up when none are given")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--unchanged", type=int, default=0)
    Table.options(parser)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        table = Table(
            given, "store", ("posts", "kg extract, s", "kg build, s", "build / extract", "again, s", "build / again", "changes")
        )
        for posts in given.posts or [_made(folder, 2_000, 0.2)]:
            table.row(posts.stem, *_builds(folder, posts, given.repeats))
        table.write()
        if given.unchanged:
            table = Table(given, "store-increment", ("posts in the graph", "again, s", "again with one changed, s", "the one, s"))
            table.row(f"{given.unchanged:,}", *_one_changed(folder, given.unchanged, given.repeats))
            table.write()


def _builds(folder: Path, posts: Path, repeats: int) -> tuple[object, ...]:
    extract = median(seconds("extract", posts) for _ in range(repeats))
    graph, times = folder / "g", []
    for number in range(repeats):
        times.append(seconds("build", posts, "-o", folder / f"g{number}"))
    graph = folder / "g0"
    before = canonical(graph)
    again = median(seconds("build", posts, "-o", graph) for _ in range(repeats))
    changes = "none" if canonical(graph) == before else "SOME"
    build = median(times)
    return round(extract, 2), round(build, 2), round(build / extract, 2), round(again, 2), round(build / again, 1), changes


def _one_changed(folder: Path, count: int, repeats: int) -> tuple[object, ...]:
    posts, graph = _made(folder, count, 0.02), folder / "many"
    seconds("build", posts, "-o", graph)
    again, changed = [], []
    lines = posts.read_text(encoding="utf-8").splitlines(keepends=True)
    for number in range(repeats):
        again.append(seconds("build", posts, "-o", graph))
        lines[count // 2] = lines[count // 2].replace('"text": "', f'"text": "OpenAI released Orion-{number}. ', 1)
        posts.write_text("".join(lines), encoding="utf-8")
        changed.append(seconds("build", posts, "-o", graph))
    with open_store(graph) as store:
        assert sum(1 for _ in store.post_ids()) == count
    return round(median(again), 2), round(median(changed), 2), round(median(changed) - median(again), 2)


def _made(folder: Path, count: int, about_models: float) -> Path:
    path = folder / f"made-{count}.jsonl"
    with path.open("w", encoding="utf-8") as out:
        out.writelines(map(json_line, made_posts(count, about_models)))
    return path


def seconds(*args: str | Path) -> float:
    """Time of the processor that a command takes."""
    process = subprocess.Popen(command(*args), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{args} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
