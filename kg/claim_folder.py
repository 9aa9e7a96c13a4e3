"""Claims in a folder: ``posts/`` and ``claims/`` as Parquet or JSON Lines, with ``postkg-claims.json`` beside them.

``kg extract -o DIR`` writes such folders, on one machine (JSON Lines) or on Spark (Parquet); ``kg build --from-claims DIR`` reads
both. A folder whose extraction was broken off has no manifest that says ``complete``, and is not read.
"""

from __future__ import annotations

import gzip
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.claim_rows import DUPLICATE, FAILED, Row, claim_rows, extraction_of, post_of, post_row, unread_row
from kg.errors import ExtractionFailed, InputError, MissingExtra
from kg.model import Extraction, Post, Problem
from kg.vocabulary import BASE, Vocabulary, load_vocabulary

MANIFEST = "postkg-claims.json"
FORMAT = 1
POSTS, CLAIMS = "posts", "claims"
_NEEDED = {
    POSTS: ("id", "text", "state", "extractor", "mentions", "entities"),
    CLAIMS: ("post", "subject", "subject_type", "subject_name", "predicate", "object", "object_type", "object_name",
             "object_datatype", "qualifiers", "confidence", "extractor", "start", "end"),
}  # fmt: skip


class ClaimFolder:
    """The posts of a folder, and an extractor that knows their claims: what ``kg.pipeline.build`` needs.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with ClaimWriter(Path(folder), "postkg/1") as writer:
    ...         writer.put(Extraction(Post("a/1", "No news.")))
    ...     claims = ClaimFolder(Path(folder))
    ...     [claims.extract(post) == Extraction(post) for post in claims.posts()]
    [True]
    """

    def __init__(
        self, folder: Path, on_problem: Callable[[Problem], None] = lambda problem: None,
        on_duplicate: Callable[[Post], None] = lambda post: None,
    ) -> None:  # fmt: skip
        """Raises ``InputError`` when the folder holds no claims, or not all of them."""
        self._folder = folder
        self._on_problem = on_problem
        self._on_duplicate = on_duplicate
        self._now: deque[tuple[Row, list[Row]]] = deque(maxlen=1)
        manifest = _manifest(folder)
        self.version = str(manifest["extractor"])
        """The extractor that found the claims."""

    def posts(self) -> Iterator[Post]:
        """Every post that was understood or failed, part by part; duplicates and records that are no posts are told.

        Memory holds the claims of one part. Raises ``InputError`` for a table that lacks a column.
        """
        for part in _parts(self._folder / POSTS):
            claims: dict[str, list[Row]] = {}
            for row in _rows(self._folder / CLAIMS, part, CLAIMS):
                claims.setdefault(row["post"], []).append(row)
            for row in _rows(self._folder / POSTS, part, POSTS):
                if row["state"] == FAILED and not row["text"]:
                    self._on_problem(Problem(row.get("where") or row["id"], row.get("reason") or "failed"))
                elif row["state"] == DUPLICATE:
                    self._on_duplicate(post_of(row))
                else:
                    self._now.append((row, claims.pop(row["id"], [])))
                    yield post_of(row)

    def extract(self, post: Post) -> Extraction:
        """What the folder has about the post that came last; raises ``ExtractionFailed`` with the reason for one that failed."""
        row, claims = self._now[-1]
        if row["state"] == FAILED:
            raise ExtractionFailed(row.get("reason") or "the extraction failed")
        return extraction_of(row, claims)


class ClaimWriter:
    """Writes extractions into a folder as JSON Lines; the manifest comes last."""

    def __init__(self, folder: Path, extractor: str, *, vocabulary: Vocabulary | None = None, base: str = BASE) -> None:
        """Raises ``InputError`` when the folder holds something else already."""
        if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MANIFEST).exists())):
            raise InputError(f"{folder} exists and holds no claims.\nName a new folder with -o.")
        self._folder = folder
        self._extractor = extractor
        self._vocabulary = vocabulary or load_vocabulary()
        self._base = base

    def __enter__(self) -> ClaimWriter:
        (self._folder / MANIFEST).unlink(missing_ok=True)
        self._files = {}
        for table in (POSTS, CLAIMS):
            (self._folder / table).mkdir(parents=True, exist_ok=True)
            self._files[table] = (self._folder / table / "part-00000.jsonl").open("w", encoding="utf-8")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for file in self._files.values():
            file.close()
        if kind is None:
            done = {"format": FORMAT, "extractor": self._extractor, "base": self._base, "complete": True}
            (self._folder / MANIFEST).write_text(json.dumps(done, indent=2) + "\n", encoding="utf-8")

    def put(self, extraction: Extraction) -> None:
        """A post with what was found in it."""
        self._write(POSTS, [post_row(extraction, self._extractor)])
        self._write(CLAIMS, claim_rows(extraction, self._vocabulary, self._base))

    def fail(self, post: Post, reason: str) -> None:
        """A post that could not be extracted."""
        self._write(POSTS, [unread_row(post, FAILED, self._extractor, reason=reason)])

    def _write(self, table: str, rows: Iterable[Row]) -> None:
        self._files[table].writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _manifest(folder: Path) -> dict[str, Any]:
    if "://" in str(folder) or str(folder).startswith("hdfs:"):
        raise InputError(f"{folder} is not on this machine.\nFetch it first, e.g.:  hdfs dfs -get {folder} claims")
    if folder.is_file():
        raise InputError(
            f"{folder} is a file; --from-claims reads a folder that has the posts beside the claims.\n"
            "Make one with:  kg extract POSTS -o DIR"
        )
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        manifest = None
    if not isinstance(manifest, dict) or "extractor" not in manifest:
        raise InputError(f"{folder} holds no claims ({MANIFEST} is missing).\nMake such a folder with:  kg extract POSTS -o DIR")
    if manifest.get("format") != FORMAT:
        raise InputError(f"{folder} has format {manifest.get('format')}, this postkg reads {FORMAT}.\nExtract the posts again.")
    if not manifest.get("complete"):
        raise InputError(f"The extraction into {folder} is not finished.\nGive the same kg extract command again: it goes on.")
    return manifest


def _parts(table: Path) -> list[str]:
    """The parts of a table by name, ``part=00000`` or a file's name without its extensions."""
    if not table.is_dir():
        raise InputError(f"There is no table {table}.\nExtract the posts again with:  kg extract POSTS -o DIR")
    return sorted({path.name.split(".")[0] for path in table.iterdir() if not path.name.startswith((".", "_"))})


def _rows(table: Path, part: str, name: str) -> Iterator[Row]:
    files = [path for path in sorted(table.glob(f"{part}.*")) if path.is_file()]
    files += [path for path in sorted((table / part).glob("*")) if not path.name.startswith((".", "_"))]
    for file in files:
        yield from _parquet(file, name) if file.suffix == ".parquet" else _jsonl(file, name)


def _jsonl(file: Path, name: str) -> Iterator[Row]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InputError(f"{file}:{number}: broken JSON: {error}\nExtract the posts again.") from error
            _check_columns(f"{file}:{number}", row if isinstance(row, dict) else (), name)
            yield row


def _parquet(file: Path, name: str) -> Iterator[Row]:
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("spark", "pyarrow") from None
    try:
        with pq.ParquetFile(file) as table:
            _check_columns(str(file), table.schema_arrow.names, name)
            for batch in table.iter_batches(1_000):
                yield from batch.to_pylist()
    except (OSError, ValueError) as error:
        raise InputError(f"{file} cannot be read as Parquet: {error}\nFetch or extract it again.") from error


def _check_columns(where: str, columns: Iterable[str], name: str) -> None:
    missing = [column for column in _NEEDED[name] if column not in columns]
    if missing:
        raise InputError(
            f"{where}: the table of {name} lacks the column {missing[0]!r}.\n"
            f"It needs {', '.join(_NEEDED[name])}: as kg extract POSTS -o DIR writes it."
        )
