"""A real ``kg serve`` on a free port of this machine, asked over real HTTP."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

import httpx
import pytest

from kg.store import Store
from tests.graphs import EXTRACTIONS

HERE = Path(__file__).parent
SECONDS = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts a server speaks to it, and to nothing else."""
    for item in items:
        if HERE in item.path.parents and {"serving", "served"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("servers")
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"]))


@dataclass
class Serving:
    """A server: where it is, and what it said."""

    url: str
    process: subprocess.Popen[str]
    graph: Path
    log: Path

    def get(self, path: str, **more: Any) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", timeout=SECONDS, **more)

    def post(self, path: str, body: Any, **more: Any) -> httpx.Response:
        return httpx.post(f"{self.url}{path}", json=body, timeout=SECONDS, **more)

    def sparql(self, query: str) -> httpx.Response:
        return self.post("/api/sparql", {"query": query})

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """End it as Ctrl-C would; the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(20)


Starter = Callable[..., Serving]


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world as a graph directory."""
    folder = tmp_path_factory.mktemp("served") / "graph"
    with Store.open(folder, "write") as store:
        for extraction in EXTRACTIONS:
            store.put(extraction, "hand/1")
    return folder


def start(graph: Path, log: Path, *options: str, token: str = "") -> Serving:
    """Start it and wait until it has said where it is."""
    command = [sys.executable, "-m", "kg", "serve", "-g", str(graph), "--port", "0", *options]
    environment = {**os.environ, "KG_TOKEN": token}
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
    lines: Queue[str] = Queue()
    assert process.stdout is not None
    Thread(target=lambda: lines.put(process.stdout.readline() if process.stdout else ""), daemon=True).start()
    try:
        url = lines.get(timeout=SECONDS).strip()
    except Empty:
        url = ""
    if not url:
        process.kill()
        pytest.fail(f"kg serve did not start: {log.read_text()}")
    return Serving(url.rstrip("/"), process, graph, log)


@pytest.fixture
def serving(graph: Path, tmp_path: Path) -> Iterator[Starter]:
    """Starts servers; all are ended after the test."""
    started: list[Serving] = []

    def begin(*options: str, at: Path | None = None, token: str = "") -> Serving:
        started.append(start(at or graph, tmp_path / f"{len(started)}.log", *options, token=token))
        return started[-1]

    yield begin
    for server in started:
        with suppress(subprocess.TimeoutExpired):
            server.stop()
        server.process.kill()
        if server.process.stdout:
            server.process.stdout.close()


@pytest.fixture(scope="session")
def served(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One server for all tests that only ask."""
    server = start(graph, tmp_path_factory.mktemp("log") / "served.log", "--time-limit", "4", "--max-rows", "50")
    yield server
    server.stop()
    if server.process.stdout:
        server.process.stdout.close()
