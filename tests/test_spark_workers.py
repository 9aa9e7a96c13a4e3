"""What runs on the executors, without Spark: the same posts as one machine reads, the same states, the same copies."""

# ruff: noqa: E402 - the extra has to be there before what needs it

from __future__ import annotations

import gzip
import pickle
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="the extra spark is not installed")

from kg.claim_rows import post_of
from kg.copies import Words
from kg.errors import ClusterError, MissingExtra
from kg.extract.version import extractor_version
from kg.model import Extraction, Post
from kg.posts import read_posts
from kg.spark import session
from kg.spark.copies import joining_pairs
from kg.spark.extracting import Setup, Worker, check_installed, found_row
from kg.spark.reading import Reader
from kg.vocabulary import BASE, load_vocabulary
from tests.spark.corpus import BROKEN, write_corpus


class Stumbling:
    """Fails on the word "crash", in ways an extractor can."""

    version = "hand/1"

    def extract(self, post: Post) -> Extraction:
        if "crash" in post.text:
            raise RecursionError("too deep") if "deep" in post.text else ValueError("stumbled")
        return Extraction(post)


def read(reader: Reader, files: dict[str, list[bytes]], batch: int) -> list[dict[str, Any]]:
    """What a reader makes of lines that come in batches of this size."""
    records = [{"line": line, "path": path, "start": 0} for path, lines in files.items() for line in lines]
    batches = [pa.RecordBatch.from_pylist(records[at : at + batch]) for at in range(0, len(records), batch)]
    return [row for found in reader(batches) for row in found.to_pylist()]


@pytest.mark.parametrize("batch", [1, 7, 1000])
def test_lines_are_read_as_on_one_machine(batch: int, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "posts", 30)
    files = {}
    for path in sorted(corpus.iterdir()):
        data = path.read_bytes()
        files[str(path)] = (gzip.decompress(data) if path.suffix == ".gz" else data).split(b"\n")
    problems: list[str] = []
    expected = list(read_posts(corpus, on_problem=lambda problem: problems.append(str(problem))))
    rows = read(Reader("jsonl", {}, {path: place for place, path in enumerate(files)}), files, batch)
    kept: dict[str, Post] = {}
    for row in sorted(rows, key=lambda row: (row["file"], row["start"], row["number"])):
        if not row["state"]:
            kept.setdefault(row["id"], post_of(row))
    assert list(kept.values()) == expected
    failed = [f"{row['where']}: {row['reason']}" for row in rows if row["state"] == "failed"]
    assert len(failed) == len(BROKEN)
    assert set(failed) == {said for said in problems if "comes again" not in said and "surrogate" not in said}


def test_one_json_value_over_many_lines_fails_line_by_line() -> None:
    rows = read(Reader("jsonl", {}, {}), {"a.json": [b"[", b'{"id": "1", "text": "x"},', b"]"]}, 100)
    assert [row["state"] for row in rows] == ["failed"] * 3
    assert all("not one object per line" in row["reason"] for row in rows)


def test_rows_of_columns_are_read_with_a_mapping() -> None:
    batch = pa.RecordBatch.from_pylist(
        [{"n": 7, "body": "GPT-4", "path": "f.parquet", "start": 3}, {"n": 8, "path": "f.parquet", "start": 4}]
    )
    rows = [row for found in Reader("parquet", {"id": "n", "text": "body"}, {})([batch]) for row in found.to_pylist()]
    assert [(row["id"], row["text"], row["state"]) for row in rows] == [("7", "GPT-4", ""), ("f.parquet:5", None, "failed")]


@dataclass
class Shared:
    """Stands where Spark has a broadcast or an accumulator."""

    value: Any
    added: int = 0

    def add(self, number: int) -> None:
        self.added += number


SETUP = Setup(Stumbling(), load_vocabulary(), BASE, extractor_version())


def record(text: str, **fields: str) -> dict[str, Any]:
    return {"id": "a/1", "text": text, "state": "", "where": "f:1", "reason": "", **fields}


@pytest.mark.parametrize(
    ("given", "state", "reason"),
    [
        (record("nothing"), "empty", ""),
        (record("nothing", reason="half of a pair"), "empty", "half of a pair"),
        (record("crash"), "failed", "ValueError: stumbled"),
        (record("deep crash"), "failed", "RecursionError: too deep"),
        (record("", state="failed", reason="no text"), "failed", "no text"),
        (record("", state="duplicate", reason="read before"), "duplicate", "read before"),
    ],
)
def test_every_record_ends_in_one_state(given: dict[str, Any], state: str, reason: str) -> None:
    row = found_row(given, SETUP)
    assert (row["state"], row["reason"], row["where"]) == (state, reason, "f:1")


def test_the_setup_is_unpacked_once_for_many_tasks() -> None:
    counter = Shared(0)
    worker = Worker(Shared(SETUP), counter)
    for _ in range(3):
        batches = list(worker([pa.RecordBatch.from_pylist([record("nothing")])]))
        assert [batch.num_rows for batch in batches] == [1]
    assert counter.added <= 1


def test_another_postkg_on_an_executor_is_refused() -> None:
    with pytest.raises(ClusterError, match="another postkg"):
        check_installed("postkg/0")


def test_an_extractor_travels_with_its_lists_and_weights() -> None:
    from kg.extract import load_extractor

    extractor = load_extractor()
    copy = pickle.loads(pickle.dumps(extractor))
    post = Post("1", "DeepMind представила модель RETRO с 7,5 млрд параметров.")
    assert copy.version == extractor.version
    assert copy.extract(post) == extractor.extract(post)


def test_pairs_join_every_group_of_copies_and_no_others() -> None:
    words = [f"{one}{other}" for one in ("la", "ro", "mi", "ze", "tu") for other in ("n", "k", "s", "v", "d", "x")]
    chain = [" ".join(words[3 * n : 3 * n + 14]) for n in range(5)]
    texts = [
        {"original": Words.of_text(text).digest, "text": text, "links": []} for text in (*chain, "something else altogether here")
    ]
    groups = {str(text["original"]): {str(text["original"])} for text in texts}
    for one, other in joining_pairs(texts):
        union = groups[one] | groups[other]
        groups.update(dict.fromkeys(union, union))
    assert sorted(map(len, groups.values())) == [1, 5, 5, 5, 5, 5]
    assert all(Words.of_text(one).alike(Words.of_text(other)) for one, other in pairwise(chain))


# ---------------------------------------------------------------- what a run needs
def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: None if name == "pyspark" else object())
    with pytest.raises(MissingExtra, match=r"postkg\[spark\]"):
        session.start({})


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("", "there is none in JAVA_HOME"),
        ('openjdk version "11.0.2" 2019-01-15', "is Java 11"),
        ('java version "1.8.0_292"', "is Java 8"),
    ],
)
def test_without_a_java_the_error_says_which(version: str, said: str, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    if version:
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "java").write_text(f"#!/bin/sh\necho '{version}' >&2\n")
        (tmp_path / "bin" / "java").chmod(0o755)
    (tmp_path / "p.jsonl").write_text('{"id": "1", "text": "x"}\n')
    command = [sys.executable, "-m", "kg", "extract", "--engine", "spark", str(tmp_path / "p.jsonl"), "-o", str(tmp_path / "out")]
    done = subprocess.run(
        command, capture_output=True, text=True, env={"JAVA_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, check=False
    )
    assert done.returncode == 1 and said in done.stderr and "Java 17" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
