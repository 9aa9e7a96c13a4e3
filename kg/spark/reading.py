"""Records to posts, on the executors: the same fields, dates and languages as ``kg.posts`` reads on one machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import PurePosixPath
from typing import cast
from urllib.parse import unquote

import pyarrow as pa

from kg.claim_rows import FAILED, Row
from kg.claim_schemas import POST_FIELDS
from kg.model import Post, Problem
from kg.posts import completed, jsonl
from kg.posts.fields import Fields
from kg.posts.source import LINE_LIMIT, Source
from kg.spark.sources import LINES

POSTS_READ = pa.schema([(name, pa.string()) for name in (*POST_FIELDS, "state", "reason", "where")])
"""The post, and why a record is none (``state`` failed)."""
READ = pa.schema(
    [
        ("file", pa.int32()),
        ("start", pa.int64()),
        ("number", pa.int64()),
        *POSTS_READ,
    ]
)
"""The same with its place: ``file``, ``start``, ``number`` put records in order."""
_CHUNK = 200
"""Posts in one batch that goes back to Java."""


@dataclass(frozen=True)
class Reader:
    """Turns batches of records into batches of posts; goes to the executors as it is."""

    format: str
    columns: Mapping[str, str]
    order: Mapping[str, int]
    """Place of each file by URI."""

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """What ``mapInArrow`` calls, once a task."""
        posts = self._posts(batches)
        while rows := list(islice(posts, _CHUNK)):
            yield pa.RecordBatch.from_pylist(rows, READ)

    def _posts(self, batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
        piece: _Piece | None = None
        for batch in batches:
            for (path, start), records in groupby(batch.to_pylist(), lambda record: (record["path"], record["start"])):
                if self.format != LINES:
                    rows = _Piece(path, 0, self.columns, start)
                    yield from self._placed(rows, rows.of_columns(next(records)))
                    continue
                if piece is None or (piece.path, piece.start) != (path, start):
                    piece = _Piece(path, start, self.columns)
                yield from self._placed(piece, piece.of_lines([record["line"] for record in records]))

    def _placed(self, piece: _Piece, rows: Iterator[Row]) -> Iterator[Row]:
        file = self.order.get(piece.path, len(self.order))
        return (row | {"file": file, "start": piece.start} for row in rows)


class _Piece:
    """A stretch of one file, read record by record; for ``jsonl.read`` it is a source of lines."""

    def __init__(self, path: str, start: int, columns: Mapping[str, str], number: int = 0) -> None:
        self.path, self.start, self.columns = path, start, columns
        self.number = number
        """Of the record that was read last, from 1; in a file that Spark cuts, counted from where the stretch begins."""
        self.stem = _stem(path)
        self._fields = Fields(columns)
        self._waiting: list[bytes] = []
        self._failed: list[Row] = []

    def of_lines(self, lines: list[bytes]) -> Iterator[Row]:
        """A row for each line that is not blank."""
        self._waiting = lines[::-1]
        yield from map(self._row, jsonl.read(cast(Source, self)))
        # The reader gives up on a file that is one long JSON value: its other lines share the reason.
        why = self._failed[-1]["reason"] if self._failed else ""
        for _, line in self.lines():
            if line.strip():
                self.problem(self.number, why)
        yield from self._failures()

    def of_columns(self, record: Row) -> Iterator[Row]:
        """The row of a record of Parquet."""
        self.number += 1
        try:
            yield self._row(self._fields.post(record, self.stem))
        except ValueError as error:
            self.problem(self.number, str(error))
        yield from self._failures()

    def lines(self) -> Iterator[tuple[int, str]]:
        """What is left to read, as ``Source.lines`` gives it."""
        while self._waiting:
            line = self._waiting.pop()
            self.number += 1
            if len(line) >= LINE_LIMIT:
                self.problem(self.number, f"a line of more than {LINE_LIMIT >> 20} MB", "cut it into several posts")
                continue
            try:
                yield self.number, line.decode()
            except UnicodeDecodeError:
                self.problem(self.number, "not UTF-8", "convert it with:  iconv -f cp1251 -t utf-8")

    def problem(self, number: int, what: str, hint: str = "") -> None:
        """Note what is wrong with a record."""
        reason = f"{what} ({hint})" if hint else what
        row: Row = {"number": number, "id": self._where(number), "state": FAILED, "reason": reason, "where": self._where(number)}
        self._failed.append(row)

    def _row(self, post: Post) -> Row:
        notes: list[Problem] = []
        where = self._where(self.number)
        whole = completed(where, post, notes.append)
        reason = "; ".join(note.what for note in notes)
        row: Row = {"number": self.number, "id": post.id, "reason": reason, "where": where}
        if whole is None:
            return row | {"state": FAILED}
        return row | {name: getattr(whole, name) for name in POST_FIELDS} | {"state": ""}

    def _failures(self) -> Iterator[Row]:
        failed, self._failed = self._failed, []
        return iter(failed)

    def _where(self, number: int) -> str:
        return f"{self.path}:{number}" + (f" after byte {self.start}" if self.start else "")


def _stem(path: str) -> str:
    """The name of a file without its extensions, as ``kg.posts`` makes ids of it.

    >>> _stem("hdfs://host/a%20b/news.jsonl.gz")
    'news'
    """
    name = PurePosixPath(unquote(path))
    return PurePosixPath(name.stem).stem if name.suffix.lower() == ".gz" else name.stem
