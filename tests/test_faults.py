"""Nothing is lost: kills, full and read-only disks, two writers, Ctrl-C, reading beside writing."""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.pipeline import build
from kg.store import Store, open_store
from tests.graphs import EXTRACTIONS
from tests.made_posts import json_line, made_posts
from tests.processes import canonical, kill_after, orphans, run, start
from tests.test_store_pipeline import ByHand, many_posts


def posts_file(path: Path, count: int, edited: bool = False) -> Path:
    """Posts that state facts; in the edited version every third says something else."""
    posts = (
        replace(post, text="OpenAI released Orion-1.") if edited and number % 3 == 0 else post
        for number, post in enumerate(made_posts(count, about_models=1))
    )
    path.write_text("".join(map(json_line, posts)), encoding="utf-8")
    return path


# ---------------------------------------------------------------- kill -9
@pytest.mark.slow
@pytest.mark.parametrize("before", ["no graph", "a graph of an earlier version"])
def test_killed_at_any_moment_and_given_again(tmp_path: Path, before: str) -> None:
    """Five moments here; ``benchmarks/kills.py`` tries fifty."""
    posts = posts_file(tmp_path / "posts.jsonl", 400)
    earlier = tmp_path / "earlier"
    if before != "no graph":
        assert run("build", posts_file(tmp_path / "edited.jsonl", 400, edited=True), "-o", earlier).returncode == 0
    started = time.monotonic()
    assert run("build", posts, "-o", tmp_path / "whole", "--jobs", "2").returncode == 0
    whole, seconds = canonical(tmp_path / "whole"), time.monotonic() - started
    chance = random.Random(before)
    for number in range(5):
        graph = tmp_path / f"g{number}"
        if earlier.exists():
            shutil.copytree(earlier, graph)
        kill_after(chance.uniform(0, seconds), "build", posts, "-o", graph, "--jobs", "2")
        assert orphans() == []
        again = run("build", posts, "-o", graph, "--jobs", "2")
        assert (again.returncode, again.stderr) == (0, "")
        assert canonical(graph) == whole


# ---------------------------------------------------------------- the disk
@contextmanager
def small_disk(path: Path, megabytes: int) -> Iterator[Path]:
    path.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", path], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=True)


def resized(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", disk], check=True)


def dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump_sorted(out)
    return out.getvalue()


@pytest.mark.parametrize("megabytes", [1, 3, 6])
def test_a_full_disk(tmp_path: Path, megabytes: int) -> None:
    with small_disk(tmp_path / "disk", megabytes) as disk:
        graph = disk / "g"
        with pytest.raises(StoreError, match="the disk is full"):  # noqa: SIM117
            with Store.open(graph, "write") as store:
                build(many_posts(), ByHand(), store)
        resized(disk, "size=200m")
        with Store.open(graph, "write") as store:
            build(many_posts(), ByHand(), store)
        with open_store(graph) as store, Store.memory() as whole:
            build(many_posts(), ByHand(), whole)
            assert dump(store) == dump(whole)


def test_a_full_disk_from_the_command_line(tmp_path: Path) -> None:
    posts = posts_file(tmp_path / "posts.jsonl", 200)
    with small_disk(tmp_path / "disk", 1) as disk:
        full = run("build", posts, "-o", disk / "g")
        assert (full.returncode, "the disk is full" in full.stderr, "Traceback" in full.stderr) == (1, True, False)


def test_a_read_only_disk(tmp_path: Path) -> None:
    posts = posts_file(tmp_path / "posts.jsonl", 5)
    with small_disk(tmp_path / "disk", 50) as disk:
        assert run("build", posts, "-o", disk / "g").returncode == 0
        resized(disk, "ro")
        for place in (disk / "g", disk / "new"):
            refused = run("build", posts, "-o", place)
            assert refused.returncode == 1
            assert refused.stderr.startswith(f"Error: {place} cannot be written: it is on a disk that can only be read.")
        assert run("stats", "-g", disk / "g").returncode == 0


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    refused = run("build", posts_file(tmp_path / "posts.jsonl", 5), "-o", tmp_path / "locked" / "g")
    assert (refused.returncode, "you may not write there" in refused.stderr) == (1, True)


def test_a_part_of_the_path_is_a_file(tmp_path: Path) -> None:
    posts = posts_file(tmp_path / "posts.jsonl", 5)
    refused = run("build", posts, "-o", posts / "g")
    assert (refused.returncode, "a part of the path is a file" in refused.stderr) == (1, True)


# ---------------------------------------------------------------- others at work
def test_a_second_writer_is_told_whom_to_wait_for(tmp_path: Path) -> None:
    posts = posts_file(tmp_path / "posts.jsonl", 5)
    with Store.open(tmp_path / "g", "write"):
        refused = run("build", posts, "-o", tmp_path / "g")
    assert refused.returncode == 1
    assert f"is being written by another process: process {os.getpid()} on " in refused.stderr
    assert run("build", posts, "-o", tmp_path / "g").returncode == 0


def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "g").mkdir()
    (tmp_path / "g" / "writer").write_text('{"pid": 1, "host": "elsewhere", "since": "yesterday"}')
    Store.open(tmp_path / "g", "write").close()


def test_reading_beside_writing_sees_whole_posts(tmp_path: Path) -> None:
    """Each look is a moment between two transactions: no error, never half a batch, never less than before."""
    with Store.open(tmp_path / "g", "write") as writer:
        writer.put(EXTRACTIONS[0], "hand/1")
        last = 0
        for number in range(300):
            found = EXTRACTIONS[number % len(EXTRACTIONS)]
            writer.put(replace(found, post=replace(found.post, id=f"n/{number}"), mentions=(), entities=(), claims=()), "hand/1")
            if number % 30 == 0:
                writer.graph.optimize()
            if number % 10 == 0:
                with open_store(tmp_path / "g") as reader:
                    seen = len(list(reader.post_ids()))
                    assert len(list(reader.graph.quads_for_pattern(None, None, None))) >= 5 * seen
                assert seen >= last
                last = seen
        assert last == 292
    assert list((tmp_path / "g" / "reading").iterdir()) == []


def test_snapshots_of_killed_readers_are_swept(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    Store.open(tmp_path / "g", "write").close()
    left = tmp_path / "g" / "reading" / f"{os.uname().nodename}-{ended.pid}-0"
    left.mkdir(parents=True)
    mine = left.with_name(f"{os.uname().nodename}-{os.getpid()}-99")
    mine.mkdir()
    Store.open(tmp_path / "g", "write").close()
    assert (left.exists(), mine.exists()) == (False, True)


# ---------------------------------------------------------------- Ctrl-C
@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_finishes_the_post_and_says_how_to_go_on(tmp_path: Path, jobs: str) -> None:
    posts, graph = posts_file(tmp_path / "posts.jsonl", 3_000), tmp_path / "g"
    process = start("build", posts, "-o", graph, "--jobs", jobs)
    deadline = time.monotonic() + 60
    while not (graph / "build.json").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(4)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Stopping after this post" in err
    assert "The same command goes on from there." in err
    assert "Traceback" not in err
    assert orphans() == []
    with open_store(graph) as store:
        kept = len(list(store.post_ids()))
    assert kept < 3_000
    again = run("build", posts, "-o", graph, "--jobs", "2")
    assert f"({kept:,} unchanged)" in again.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_standard_output_on_a_full_disk_is_said_in_words() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "kg", "schema"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (1, "Error: the output cannot be used: No space left on device.\n")
