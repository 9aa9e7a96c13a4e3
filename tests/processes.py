"""Commands of kg as processes of their own: started, killed, counted."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from kg.store import open_store

ROOT = Path(__file__).parent.parent


def command(*args: str | Path) -> list[str]:
    """A command line of kg."""
    return [sys.executable, "-m", "kg", *map(str, args)]


def environment() -> dict[str, str]:
    """The environment in which ``python -m kg`` is this checkout's."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}


def run(*args: str | Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    return subprocess.run(command(*args), env=environment(), capture_output=True, text=True, timeout=timeout, check=False)


def start(*args: str | Path) -> subprocess.Popen[str]:
    """Start it, in a process group of its own as a terminal does."""
    return subprocess.Popen(
        command(*args), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def kill_after(seconds: float, *args: str | Path) -> bool:
    """Start it and kill it alone (not its children) after so long; whether it was still at work."""
    process = start(*args)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def canonical(graph: Path) -> bytes:
    """The graph as canonical N-Quads: there are no blank nodes, so each statement in its one written form, sorted."""
    out = io.BytesIO()
    with open_store(graph) as store:
        store.dump_sorted(out)
    return out.getvalue()


def orphans(patience: float = 5.0) -> list[str]:
    """Worker processes without a parent that are still there after so many seconds."""
    deadline = time.monotonic() + patience
    while (found := _workers_of_init()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def _workers_of_init() -> list[str]:
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in listed if "multiprocessing.spawn" in line and line.split()[1] == "1"]
