"""Snapshots of a graph that changes, and that they go away."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from kg.errors import StoreError
from kg.serving import live
from kg.serving.live import Live
from kg.store import Store, open_store
from tests.generated import generated_posts
from tests.graphs import EXTRACTIONS


def claims(folder: Path) -> int:
    with open_store(folder) as store:
        found: Any = store.query("SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }")
        return int(next(found)[0].value)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "graph", "write") as store:
        store.put(EXTRACTIONS[0], "hand/1")
    return tmp_path / "graph"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_PAUSE", 0.0)


def test_a_snapshot_stays_and_the_next_one_is_new(small: Path) -> None:
    watched = Live(small)
    with watched.current() as first:
        before = claims(first.folder)
        with Store.open(small, "write") as store:
            for extraction in EXTRACTIONS:
                store.put(extraction, "hand/1")
            store.graph.optimize()
        with watched.current() as second:
            assert claims(second.folder) > before
        assert (claims(first.folder), first.folder == second.folder) == (before, False)
    watched.close()
    assert sorted(path.name for path in small.iterdir()) == ["cypher", "postkg.json", "rdf", "writer"]


def test_nothing_changed_nothing_taken(small: Path) -> None:
    watched = Live(small)
    with watched.current() as first, watched.current() as second:
        assert first is second
    watched.close()


def test_the_writer_is_not_locked_out(small: Path) -> None:
    watched = Live(small)
    with watched.current() as snapshot, open_store(snapshot.folder), Store.open(small, "write") as store:
        store.put(EXTRACTIONS[1], "hand/1")
    watched.close()


def test_a_writer_that_merges_files_disturbs_nobody(tmp_path: Path) -> None:
    root = tmp_path / "graph"
    with Store.open(root, "write") as store:
        store.put(EXTRACTIONS[0], "hand/1")
    done = threading.Event()

    def write() -> None:
        with Store.open(root, "write") as store:
            for number, extraction in enumerate(generated_posts(1_500)):
                store.put(extraction, "made/1")
                if number % 60 == 0:
                    store.graph.flush()
                    store.graph.optimize()
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    watched, seen = Live(root), [0]
    while not done.is_set():
        with watched.current() as snapshot:
            seen.append(claims(snapshot.folder))
    writer.join()
    with watched.current() as snapshot:
        assert claims(snapshot.folder) == claims(root)
    watched.close()
    assert seen == sorted(seen)


def test_what_a_killed_server_left_is_removed(small: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    left = small / live.FOLDER / ended.stdout.strip()
    left.mkdir(parents=True)
    other = small / live.FOLDER / str(os.getppid())
    other.mkdir()
    Live(small).close()
    assert (left.exists(), other.exists()) == (False, True)


def test_there_must_be_a_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build POSTS"):
        Live(tmp_path / "nothing")
