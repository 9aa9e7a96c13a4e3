"""Several processes that share the work on a stream: order kept, memory flat, no process left behind."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from kg.errors import KGError, RunError

Item = TypeVar("Item")
Result = TypeVar("Result")
_CHUNK = 32
"""Items that go to a worker together ..."""
_WEIGHT = 256 * 1024
"""... unless they are heavier than this."""
_AHEAD = 4
"""Chunks waiting per worker."""


def spread(
    items: Iterable[Item], start: Callable[[], Callable[[Item], Result]], jobs: int, weight: Callable[[Item], int]
) -> Iterator[tuple[Item, Result]]:
    """Each item with what ``start()(item)`` gives for it in one of ``jobs`` processes, in the order of the items.

    ``start`` can be pickled and is called once in each process. The items themselves do not come back from there: a result
    need not repeat them. A ``KGError`` that ``start`` raises is raised here; ``RunError`` when a process was ended from outside.
    """
    chunks = _chunks(items, weight)
    # A started worker must not inherit open databases and threads, so none is forked from this process.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (start,))
    try:
        waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
        for chunk in chunks:
            with _interrupts_blocked():
                waiting.append((chunk, pool.submit(_work, chunk)))
            if len(waiting) >= _AHEAD * jobs:
                yield from _finished(*waiting.popleft())
        while waiting:
            yield from _finished(*waiting.popleft())
    except BrokenProcessPool as error:
        raise RunError(
            "One of the processes was ended from outside, perhaps for want of memory.\n"
            "What was finished is kept; the same command goes on from there, with fewer --jobs if memory is short."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _finished(chunk: list[Item], future: Future[list[Result]]) -> Iterator[tuple[Item, Result]]:
    yield from zip(chunk, future.result(), strict=True)


def _chunks(items: Iterable[Item], weight: Callable[[Item], int]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    heavy = 0
    for item in items:
        chunk.append(item)
        heavy += weight(item)
        if len(chunk) == _CHUNK or heavy >= _WEIGHT:
            yield chunk
            chunk, heavy = [], 0
    if chunk:
        yield chunk


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Ctrl-C goes to every process of the terminal; a worker that is started in here never hears of it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: dict[str, Any] = {}


def _start_worker(start: Callable[[], Callable[[Any], Any]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_die_with_parent, daemon=True).start()
    try:
        _worker["does"] = start()
    except KGError as error:
        _worker["error"] = error


def _die_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(items: list[Any]) -> list[Any]:
    if "error" in _worker:
        raise _worker["error"]
    return [_worker["does"](item) for item in items]
