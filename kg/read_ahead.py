"""Reading from the store while a server works: batches wait in a queue, so that neither side waits for the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from queue import Full, Queue
from threading import Event, Thread
from types import TracebackType
from typing import Generic, TypeVar

Item = TypeVar("Item")
_AHEAD = 4
"""Items that are read before they are wanted."""


class ReadAhead(Generic[Item]):
    """The same items, read by a thread that is a few of them ahead; it begins at once.

    >>> with ReadAhead(range(3)) as items:
    ...     list(items)
    [0, 1, 2]
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = items
        self._waiting: Queue[tuple[Item | None, BaseException | None]] = Queue(_AHEAD)
        self._stopped = Event()
        self._reader = Thread(target=self._read, daemon=True)

    def __enter__(self) -> Iterator[Item]:
        self._reader.start()
        return self._taken()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stopped.set()
        self._reader.join()

    def _taken(self) -> Iterator[Item]:
        while True:
            item, error = self._waiting.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item

    def _read(self) -> None:
        try:
            for item in self._items:
                self._offer(item)
                if self._stopped.is_set():
                    return
            self._offer(None)
        except BaseException as error:  # raised where the items are used
            self._offer(None, error)

    def _offer(self, item: Item | None, error: BaseException | None = None) -> None:
        while not self._stopped.is_set():
            try:
                return self._waiting.put((item, error), timeout=0.2)
            except Full:
                continue
