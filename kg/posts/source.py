"""Where posts come from: one file or stdin, opened once, unpacked, its encoding known, its first bytes looked at."""

from __future__ import annotations

import codecs
import io
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from kg.model import Problem
from kg.posts.encoding import encoding_of

HEAD = 64 * 1024
RECORD_LIMIT = 16 * 1024 * 1024
LINE_LIMIT = 4 * RECORD_LIMIT  # JSON may spell a character of two bytes with six
FILE_LIMIT = 4 * RECORD_LIMIT
BOMB_SIZE = FILE_LIMIT
BOMB_RATIO = 200

UNREADABLE = (OSError, EOFError, zlib.error)
"""What a broken or vanished file raises while it is read."""


class TooLarge(Exception):
    """A file that has to be read whole is larger than the limit."""


class Bomb(Exception):
    """A packed file that unpacks to far more than texts do."""


class _Unpacked(io.RawIOBase):
    """A gzip stream, watched: text shrinks to a fifth or a twentieth, not to a two hundredth."""

    def __init__(self, packed: BinaryIO) -> None:
        import gzip

        self._packed = _Counted(packed)
        self._stream = gzip.GzipFile(fileobj=cast(BinaryIO, self._packed))
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's WriteableBuffer
        piece = self._stream.read1(len(buffer))
        self._unpacked += len(piece)
        if self._unpacked > BOMB_SIZE and self._unpacked > BOMB_RATIO * self._packed.count:
            raise Bomb
        buffer[: len(piece)] = piece
        return len(piece)


class _Counted:
    """What is read of a file, counted."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.count += len(piece)
        return piece


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were taken for a look, with these bytes in front again."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's WriteableBuffer
        piece = self._head[: len(buffer)]
        if piece:
            self._head = self._head[len(piece) :]
        else:
            piece = self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._rest.close()
        super().close()


@dataclass
class Source:
    """One file (or stdin) while its posts are read; use it as a context manager."""

    name: str
    """As the user wrote it; every problem begins with it."""
    path: Path | None
    """None is stdin."""
    report: Callable[[Problem], None]
    columns: Mapping[str, str] = field(default_factory=dict)
    """Our field to theirs, for JSON Lines and CSV."""
    head: bytes = b""
    """Up to 64 KB of what the stream begins with, unpacked."""
    encoding: str = "utf-8"
    line: int = 1
    """Where the post stands that was read last."""

    def __enter__(self) -> Source:
        raw: BinaryIO = self.path.open("rb") if self.path else sys.stdin.buffer
        self._raw = raw
        start = raw.read(2)
        self._stream: BinaryIO = io.BufferedReader(_Rejoined(start, raw), HEAD)
        if start == b"\x1f\x8b":
            self._stream = io.BufferedReader(_Unpacked(self._stream), HEAD)
        self.head = self._stream.read(HEAD)
        self._stream = io.BufferedReader(_Rejoined(self.head, self._stream), HEAD)
        self.encoding, self._bom = encoding_of(self.head)
        return self

    def __exit__(self, *_: object) -> None:
        if self.path:
            self._raw.close()

    @property
    def suffix(self) -> str:
        """The extension in lower case, ``.gz`` set aside; empty for stdin."""
        return _named(self.path).suffix.lower() if self.path else ""

    @property
    def stem(self) -> str:
        """The file name without its extension, for ids; ``stdin`` for stdin."""
        return _named(self.path).stem if self.path else "stdin"

    def problem(self, line: int | str, what: str, hint: str = "") -> None:
        """Report what is wrong in a line of this source."""
        self.report(Problem(f"{self.name}:{line}", what, hint))

    def preview(self) -> str:
        """The head as text, for finding out the format."""
        return codecs.getincrementaldecoder(self.encoding)("replace").decode(self.head[self._bom :])

    def stream(self) -> BinaryIO:
        """The rest of the stream, for a parser that knows its own encodings."""
        return self._stream

    def text(self) -> str:
        """All of it as text, for the formats that cannot be cut into lines; ``TooLarge`` beyond 64 MB.

        A byte that is not of the encoding is reported with its line and stands as U+FFFD.
        """
        data = self._stream.read(FILE_LIMIT + 1)
        if len(data) > FILE_LIMIT:
            raise TooLarge
        data = data[self._bom :]
        try:
            return data.decode(self.encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.problem(line, f"not {self.encoding.upper()}", "the characters are replaced; convert it with iconv to keep them")
            return data.decode(self.encoding, "replace")

    def pieces(self) -> Iterator[tuple[int, bytes]]:
        """All of it as UTF-8, a line or 64 KB at a time, each piece with the number of its line."""
        self._stream.read(self._bom)
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        number = 1
        if self.encoding == "utf-8":
            while piece := self._stream.readline(HEAD):
                yield number, piece
                number += piece.endswith(b"\n")
            return
        while chunk := self._stream.read(HEAD):
            for part in decoder.decode(chunk).splitlines(keepends=True):
                yield number, part.encode()
                number += part.endswith("\n")

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line with its number (from 1) and its ending, broken or endless lines reported and left out."""
        if self.encoding != "utf-8":
            for number, line in self._wide_lines():
                self.line = number
                yield number, line
            return
        self._stream.read(self._bom)
        for number, encoded in self._byte_lines():
            self.line = number
            try:
                yield number, encoded.decode()
            except UnicodeDecodeError:
                self.problem(number, "not UTF-8", "convert it with:  iconv -f cp1251 -t utf-8")

    def _byte_lines(self) -> Iterator[tuple[int, bytes]]:
        number = 0
        while line := self._stream.readline(LINE_LIMIT):
            number += 1
            if len(line) < LINE_LIMIT:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(LINE_LIMIT)
            self.problem(number, f"a line of more than {LINE_LIMIT >> 20} MB", "cut it into several posts")

    def _wide_lines(self) -> Iterator[tuple[int, str]]:
        # surrogatepass: half an emoji is dealt with where all formats meet, not by losing the file.
        decoder = codecs.getincrementaldecoder(self.encoding)("surrogatepass" if "16" in self.encoding else "replace")
        self._stream.read(self._bom)
        rest: list[str] = []  # pieces: adding to a string would copy a long line again with every piece
        length, number, skipping = 0, 0, False
        while chunk := self._stream.read(HEAD):
            first, *others = decoder.decode(chunk).split("\n")
            rest.append(first)
            length += len(first)
            for other in others:
                number += 1
                if not skipping:
                    yield number, "".join(rest) + "\n"
                rest, length, skipping = [other], len(other), False
            if length > LINE_LIMIT and not skipping:
                self.problem(number + 1, f"a line of more than {LINE_LIMIT >> 20} MB", "cut it into several posts")
                skipping = True
            if skipping:
                rest.clear()
        rest.append(decoder.decode(b"", False))
        if any(rest) and not skipping:
            yield number + 1, "".join(rest)


def _named(path: Path) -> Path:
    return Path(path.stem) if path.suffix.lower() == ".gz" else path
