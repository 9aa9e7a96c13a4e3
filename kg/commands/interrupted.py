"""Ctrl-C at a moment that suits."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType, TracebackType
from typing import Any


class Interrupted:
    """Inside, Ctrl-C waits for ``check``, so that no post or message is broken off; a second one does not wait.

    ``said`` is what the user sees meanwhile.
    """

    def __init__(self, said: str = "") -> None:
        self._said = said
        self._asked = False
        self._before: Any = None

    def __enter__(self) -> Interrupted:
        self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        signal.signal(signal.SIGINT, self._before)

    def check(self) -> None:
        """Raise ``KeyboardInterrupt`` when it was asked for."""
        if self._asked:
            raise KeyboardInterrupt

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        if self._said:
            os.write(sys.stderr.fileno(), f"\n{self._said}\n".encode())  # a print could be broken into by this very signal
