"""Posts streamed through ``kg extract`` and ``kg build``: is memory flat in their number, and what do more processes bring?

    python -m benchmarks.streaming --posts 2000000 --command extract --jobs 2

The posts are made up one at a time (``tests/made_posts.py``) and go into stdin. Each process of the command is looked at twice a
second; the table has the largest memory (RSS) of any of them, after the first tenth of the posts and at the end.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.report import Table
from kg.model import Extraction, Post
from kg.pipeline import extract
from kg.posts import read_posts
from tests.made_posts import json_line, made_posts
from tests.processes import command, environment


def main() -> None:
    """Print one row for each command and number of processes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--about-models", type=float, default=0.2, help="share of posts that state facts")
    parser.add_argument("--command", choices=("extract", "build", "pass"), action="append", help="pass: all but the extraction")
    parser.add_argument("--jobs", type=int, action="append")
    Table.options(parser)
    given = parser.parse_args()
    columns = ("command", "--jobs", "posts", "seconds", "posts/s", "largest process after a tenth, MB", "at the end, MB")
    table = Table(given, "streaming", columns)
    for what in given.command or ("extract", "build"):
        for jobs in given.jobs or (1, 2):
            tenth, largest, seconds = stream(what, jobs, given.posts, given.about_models)
            table.row(f"kg {what}", jobs, f"{given.posts:,}", round(seconds, 1), round(given.posts / seconds), tenth, largest)
    table.write()


def stream(what: str, jobs: int, posts: int, about_models: float) -> tuple[int, int, float]:
    """Largest memory of a process after a tenth of the posts and at the end, in MB, and the seconds it took."""
    with tempfile.TemporaryDirectory() as folder:
        where = ("-o", Path(folder, "g")) if what == "build" else ()
        line = command(what, "-", "--format", "jsonl", "--jobs", str(jobs), *where)
        if what == "pass":
            line = [sys.executable, "-c", f"from benchmarks.streaming import pass_on; pass_on({jobs})"]
        process = subprocess.Popen(
            line, env=environment(), text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stderr is not None
        largest, tenth = [0], 0
        done = threading.Event()
        watcher = threading.Thread(target=watch, args=(process.pid, largest, done), daemon=True)
        started = time.monotonic()
        watcher.start()
        for number, post in enumerate(made_posts(posts, about_models)):
            process.stdin.write(json_line(post))
            if number == posts // 10:
                tenth = largest[0]
        process.stdin.close()
        said = process.stderr.read()
        status = process.wait()
        seconds = time.monotonic() - started
        done.set()
        watcher.join()
        process.stderr.close()
    if status:
        raise SystemExit(said)
    return tenth, largest[0], seconds


class Nothing:
    """Finds nothing in a post, at once: what is left is reading, telling duplicates, and the way to other processes and back."""

    version = "nothing/1"

    def extract(self, post: Post) -> Extraction:
        """No claims."""
        return Extraction(post)


def pass_on(jobs: int) -> None:
    """All that ``kg extract`` does with stdin, but for the extraction."""
    for _ in extract(read_posts("-", format="jsonl"), Nothing(), jobs=jobs, factory=Nothing):
        pass


def watch(root: int, largest: list[int], done: threading.Event) -> None:
    """Keep the largest memory of any process of this tree."""
    while not done.wait(0.5):
        largest[0] = max([largest[0], *(memory(process) for process in tree(root))])


def tree(root: int) -> list[int]:
    """A process and all that it has started."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(line.split()[0]): int(line.split()[1]) for line in listed.splitlines()}
    found = [root]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def memory(process: int) -> int:
    """Resident memory in MB; 0 when it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0)


if __name__ == "__main__":
    main()
