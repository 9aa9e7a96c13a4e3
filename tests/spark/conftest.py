"""Spark as a fixture: real processes on this machine; where it cannot be had the tests are skipped and say why."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CLUSTER = "spark.master=local-cluster[2,1,1024]"
"""Two executors of one core and 1024 MB each, as processes of their own."""
_SECONDS = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here starts Spark and takes its time."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("spark")
            item.add_marker("slow")


@dataclass
class Running:
    """``kg extract`` on Spark while it runs."""

    process: subprocess.Popen[str]
    work: Path

    def done(self) -> list[str]:
        """The parts that have their mark."""
        return sorted(path.stem for path in (self.work / "done").glob("*.json"))

    def wait_for_parts(self, number: int) -> None:
        """Until so many parts are finished; fails when the run ends before."""
        end = time.monotonic() + _SECONDS
        while len(self.done()) < number:
            if self.process.poll() is not None:
                pytest.fail("the run ended too early: " + "\n".join(self.process.communicate()))
            assert time.monotonic() < end, "no part was finished"
            time.sleep(0.02)

    def executors(self) -> list[int]:
        """The process ids of the executors."""
        return self._running(b"CoarseGrainedExecutorBackend")

    def drivers(self) -> list[int]:
        """The process id of Spark's driver."""
        return self._running(b"org.apache.spark.deploy.SparkSubmit")

    def _running(self, name: bytes) -> list[int]:
        return _outermost(self.process.pid, name)

    def finish(self) -> tuple[int, str, str]:
        """Exit status, output, errors."""
        out, errors = self.process.communicate(timeout=_SECONDS)
        return self.process.returncode, out, errors

    def kill(self) -> None:
        """End the driver and its Java in the middle of whatever they do; executors end when they miss it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture(scope="session")
def spark_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Spark looks for itself: the one inside PySpark's wheel, with a place of ours for what executors write."""
    pyspark = pytest.importorskip("pyspark", reason="the extra spark is not installed")
    for package in ("pyarrow", "pandas"):
        pytest.importorskip(package, reason="the extra spark is not installed")
    if shutil.which("java") is None:
        pytest.skip("there is no Java")
    home = tmp_path_factory.mktemp("spark")
    for path in Path(pyspark.__file__).parent.iterdir():
        if path.name != "work":
            (home / path.name).symlink_to(path)
    return home


@pytest.fixture
def spark(spark_home: Path) -> Iterator[Callable[..., Running]]:
    """Starts ``kg extract --engine spark POSTS -o DIR ...``; what still runs afterwards is ended."""
    started: list[Running] = []

    def start(*arguments: str | Path, output: Path, settings: tuple[str, ...] = (CLUSTER,)) -> Running:
        options = [option for pair in (*settings, "spark.ui.enabled=false") for option in ("--spark-conf", pair)]
        command = [sys.executable, "-m", "kg", "extract", "--engine", "spark", *map(str, arguments), "-o", str(output), *options]
        environment = {**os.environ, "SPARK_HOME": str(spark_home), "SPARK_LOCAL_IP": "127.0.0.1"}
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
        )
        started.append(Running(process, output / "_work"))
        return started[-1]

    yield start
    for running in started:
        if running.process.poll() is None:
            running.kill()


def _outermost(parent: int, name: bytes) -> list[int]:
    """The processes under `parent` with `name` in their command, without what they start themselves.

    Java starts a program by a copy of itself, which carries its command line until the program takes its place: Hadoop does so
    for every `chmod`, and a look at that moment sees two drivers.
    """
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found: list[int] = []
    waiting = [parent]
    while waiting:
        for child in children.get(waiting.pop(), []):
            (found if name in _command(child) else waiting).append(child)
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
