"""Processes that answer, so that what takes too long or too much can be ended without ending the server."""

from __future__ import annotations

import asyncio
import multiprocessing
import queue
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kg.errors import KGError, QueryError
from kg.serving.limits import Limits


class Busy(KGError):
    """All processes that answer have been at work for too long."""


class Workers:
    """So many processes; each answers one request at a time.

    A query that is not done in its time, or takes too much memory, ends with its process, and a new one takes its place.
    """

    def __init__(self, count: int, limits: Limits, queries: str | None = None) -> None:
        self._limits = limits
        self._closed = threading.Event()
        self._all = [_Worker(limits, queries) for _ in range(count)]
        self._free: queue.Queue[_Worker] = queue.Queue()
        for worker in self._all:
            self._free.put(worker)

    def warm(self) -> None:
        """Start all of them, so that the first question need not wait for it."""
        for worker in self._all:
            threading.Thread(target=self._warm, args=(worker,), daemon=True).start()

    def _warm(self, worker: _Worker) -> None:
        with suppress(QueryError), worker.lock:
            if not self._closed.is_set():
                worker.start()

    async def run(self, task: str, folder: Path, seconds: float, **arguments: Any) -> bytes:
        """What a task of ``kg.serving.tasks`` says. ``QueryError`` when it cannot, ``Busy`` when nobody is free."""
        return await asyncio.to_thread(self._run, task, folder, seconds, arguments)

    def close(self) -> None:
        """End all of them."""
        self._closed.set()
        for worker in self._all:
            worker.stop()

    def _run(self, task: str, folder: Path, seconds: float, arguments: dict[str, Any]) -> bytes:
        try:
            worker = self._free.get(timeout=self._limits.patience)
        except queue.Empty:
            raise Busy("Others are asking too much at the moment.\nTry again in a few seconds.") from None
        try:
            if self._closed.is_set():
                raise Busy("The server is being stopped.")
            return worker.run(task, folder, seconds, arguments)
        finally:
            self._free.put(worker)


class _Worker:
    """One process, started when it is first needed."""

    def __init__(self, limits: Limits, queries: str | None) -> None:
        self.lock = threading.Lock()
        """Held while it starts."""
        self._limits, self._queries = limits, queries
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def run(self, task: str, folder: Path, seconds: float, arguments: dict[str, Any]) -> bytes:
        with self.lock:
            pipe = self.start()
        try:
            pipe.send((task, folder, arguments))
            if not pipe.poll(seconds):
                self.stop()
                raise QueryError(
                    f"This took longer than {seconds:g} seconds and was stopped.\n"
                    "Ask for less (LIMIT, a type, a name), or allow more with: kg serve --time-limit SECONDS"
                )
            done, value = pipe.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise QueryError(
                "The process that answered ended: this needed too much memory, or is nested too deeply.\nAsk for less."
            ) from error
        if not done:
            raise QueryError(value)
        answer: bytes = value
        return answer

    def stop(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is not None:
            process.kill()
            process.join(5)
        if pipe is not None:
            pipe.close()

    def start(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self.stop()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            given = (theirs, self._limits, self._queries)
            self._process = context.Process(target=work, args=given, daemon=True, name="kg-answers")
            self._process.start()
            theirs.close()
            # The time limit is for the work, not for starting up.
            if not self._pipe.poll(60) or self._pipe.recv() != "ready":
                raise QueryError("A process that answers cannot be started.")
        return self._pipe


def work(pipe: Connection, limits: Limits, queries: str | None) -> None:
    """Answer what comes through the pipe until it is closed. This is what a process runs."""
    # Ctrl-C reaches every process of the terminal; the server ends the others when it is done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(limits.memory)
    from kg.serving.tasks import TASKS, Reader

    reader = Reader(limits, queries)
    pipe.send("ready")
    while True:
        try:
            task, folder, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            reader.open(folder)
            said: tuple[bool, Any] = (True, TASKS[task](reader, **arguments))
        except KGError as error:
            said = (False, str(error))
        except MemoryError:
            return
        except (RuntimeError, ValueError, OSError, RecursionError) as error:
            said = (False, f"This cannot be answered: {error}")
        with suppress(BrokenPipeError):
            pipe.send(said)


def _limit_memory(size: int) -> None:
    """Where the system can: the first allocation beyond ends the process, and no other one has to."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
