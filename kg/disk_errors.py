"""What the disk refuses, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

_KEPT = "What was finished is kept; the same command goes on from there."
_REFUSALS = {
    "No space left on device": f"the disk is full. Make room and give the same command again. {_KEPT}",
    "Disk quota exceeded": f"your share of the disk is used up. Make room and give the same command again. {_KEPT}",
    "File too large": f"a file would become larger than is allowed here (ulimit -f). {_KEPT}",
    "Too many open files": f"too many files are open. Allow more with: ulimit -n 4096. {_KEPT}",
    "Read-only file system": "it is on a disk that can only be read. Name another directory with -o.",
    "Permission denied": "you may not write there. Name another directory with -o, or change its owner.",
    "Not a directory": "a part of the path is a file. Name another directory with -o.",
    "File name too long": "the name is too long. Name another directory with -o.",
}
"""By the words of the operating system, which the database passes on inside its own."""


@contextmanager
def disk_errors(root: Path) -> Iterator[None]:
    """Turn refusals of the disk into ``StoreError``; other errors pass.

    >>> with disk_errors(Path("graph")):
    ...     raise OSError(28, "No space left on device")
    Traceback (most recent call last):
    kg.errors.StoreError: graph cannot be written: the disk is full. Make room and give the same command again...
    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        for words, advice in _REFUSALS.items():
            if words in str(error):
                raise StoreError(f"{root} cannot be written: {advice}") from error
        raise
