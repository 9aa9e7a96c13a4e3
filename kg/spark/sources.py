"""Which files hold the posts, and their records as a Spark table: JSON Lines line by line, Parquet row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.posts.fields import KNOWN, check_columns
from kg.spark.hadoop import File, Hadoop
from kg.spark.session import reason

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LINES, PARQUET = "jsonl", "parquet"
FORMATS = (LINES, PARQUET)
_LINE_ENDINGS = (".jsonl", ".ndjson", ".json")
_PACKED = (".gz", ".bz2", ".zst", ".lz4", ".snappy", ".deflate")
_TEXT_TYPES = ("string",)
_PLAIN_TYPES = ("string", "tinyint", "smallint", "int", "bigint")
_DATE_TYPES = (*_PLAIN_TYPES, "float", "double", "date", "timestamp", "timestamp_ntz")
_LOOKED_AT = 100
"""Lines looked at before the work begins, to say at once that the text stands in another column."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, in the order in which posts count: of two with one id the first one."""

    files: tuple[File, ...]
    format: str

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    def order(self) -> dict[str, int]:
        """The place of each file by its URI."""
        return {file.uri: place for place, file in enumerate(self.files)}


def find_inputs(hadoop: Hadoop, paths: Sequence[str], format_: str | None = None) -> Inputs:
    """The files of these paths. ``InputError`` for a path without files, or with files of another format than the others."""
    files: dict[str, File] = {}
    for path in paths:
        if path == "-":
            raise InputError("Spark cannot read standard input.\nPut the posts into a file, or leave --engine spark out.")
        found = hadoop.find(path)
        if not found:
            raise InputError(f"{path} is an empty folder.\nName files or folders with JSON Lines or Parquet.")
        files.update((file.uri, file) for file in found)
    formats = {format_ or _format_of(file): file for file in files.values()}
    if len(formats) > 1:
        one, two = list(formats.items())[:2]
        raise InputError(
            f"{one[1].uri} is {one[0]} and {two[1].uri} is {two[0]}; a run reads one format.\nGive them to two runs with two -o."
        )
    return Inputs(tuple(files.values()), next(iter(formats)))


def records(session: SparkSession, inputs: Inputs, columns: Mapping[str, str]) -> DataFrame:
    """Every record as ``line`` (bytes) or one column per field, with ``path`` and ``start``: where in which file it stands.

    ``columns`` maps our fields to theirs. Raises ``InputError`` naming the column that is missing or of the wrong type.
    """
    check_columns(dict(columns))
    paths = [file.uri for file in inputs.files]
    try:
        if inputs.format == PARQUET:
            return _rows(session, paths, columns)
        # Only \n ends a line, as on one machine: Hadoop also cuts at \r. The bytes stay as they are.
        lines = session.read.option("lineSep", "\n").text(paths)
        return lines.selectExpr(
            "cast(value as binary) as line", "_metadata.file_path as path", "_metadata.file_block_start as start"
        )
    except InputError:
        raise
    except Exception as error:
        raise InputError(
            f"{paths[0]} cannot be read as {inputs.format}: {reason(error)}\nGive --format if it is another."
        ) from error


def check_lines(records: DataFrame, columns: Mapping[str, str], path: str) -> None:
    """``InputError`` when none of the first lines has a text: the field stands in another column."""
    import json

    seen: dict[str, None] = {}
    for row in records.limit(_LOOKED_AT).collect():
        try:
            record = json.loads(row["line"])
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            seen.update(dict.fromkeys(map(str, record)))
    names = _names("text", columns)
    if seen and not any(name in seen for name in names):
        raise InputError(
            f"No record at the beginning of {path} has the text of a post: there is no {_written(names)} among its columns "
            f"({', '.join(list(seen)[:20])}).\nSay where it stands with:  --column text=COLUMN"
        )


def _rows(session: SparkSession, paths: list[str], columns: Mapping[str, str]) -> DataFrame:
    table = session.read.parquet(*paths)
    types = dict(table.dtypes)
    for ours, theirs in columns.items():
        if theirs not in types:
            raise InputError(f"{paths[0]} has no column {theirs!r} for {ours}.\nIts columns: {', '.join(types)}")
    if not any(name in types for name in _names("text", columns)):
        raise InputError(
            f"{paths[0]} has no column for the text of a post ({_written(_names('text', columns))}); "
            f"its columns: {', '.join(types)}.\nSay where it stands with:  --column text=COLUMN"
        )
    chosen = []
    for ours in KNOWN:
        for name in _names(ours, columns):
            if name in types:
                _check_type(paths[0], ours, name, types[name])
                chosen.append(_plain(name, types[name]))
    where = ["_metadata.file_path as path", "cast(_metadata.row_index as bigint) as start"]
    return table.selectExpr(*chosen, *where)


def _check_type(path: str, ours: str, name: str, type_: str) -> None:
    allowed = {"text": _TEXT_TYPES, "published": _DATE_TYPES}.get(ours, _PLAIN_TYPES)
    if type_ not in allowed and not (ours == "published" and type_.startswith("decimal")):
        raise InputError(
            f"The column {name!r} of {path} is {type_}; as {ours} it can be {_written(allowed)}.\n"
            f"Convert it, or name another column with:  --column {ours}=COLUMN"
        )


def _plain(name: str, type_: str) -> str:
    """A column as the readers know it from JSON: a date in ISO 8601, a number as a number."""
    quoted = "`" + name.replace("`", "``") + "`"
    if type_ == "timestamp":
        return f"date_format({quoted}, \"yyyy-MM-dd'T'HH:mm:ss\") || '+00:00' as {quoted}"
    if type_ == "timestamp_ntz":
        return f"date_format({quoted}, \"yyyy-MM-dd'T'HH:mm:ss\") as {quoted}"
    if type_ == "date" or type_.startswith("decimal"):
        return f"cast({quoted} as string) as {quoted}"
    return quoted


def _names(ours: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    return (columns[ours],) if ours in columns else KNOWN[ours]


def _written(names: Sequence[Any]) -> str:
    return ", ".join(names[:-1]) + f" or {names[-1]}" if len(names) > 1 else str(names[0])


def _format_of(file: File) -> str:
    name = file.name.lower()
    if name.endswith(".parquet"):
        return PARQUET
    bare = next((name.removesuffix(ending) for ending in _PACKED if name.endswith(ending)), name)
    if bare.endswith(_LINE_ENDINGS):
        return LINES
    raise InputError(
        f"{file.uri}: on Spark posts are read from JSON Lines (.jsonl, .ndjson, .json, packed or not) and Parquet.\n"
        "Give --format jsonl or --format parquet if it is one of these; other formats are read on one machine."
    )
