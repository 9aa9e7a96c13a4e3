"""What Spark is given to read: Parquet of many shapes, and every mistake that can be told before the work begins."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kg.commands.sources import late_extractor
from kg.errors import InputError, StoreError
from kg.vocabulary import BASE, load_vocabulary
from kg.writer_lock import WriterLock
from tests.servers import processes
from tests.servers.conftest import started
from tests.spark.corpus import BROKEN, write_corpus
from tests.spark.test_spark import dump, kg, quads, rows

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
LINES = '{"id": "1", "text": "OpenAI released GPT-4."}\n'


@pytest.fixture(scope="module")
def session(spark_home: Path) -> Iterator[Any]:
    """Spark in one process, which is enough to read files."""
    from kg.spark.session import start

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(spark_home))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        started = start({"spark.master": "local[1]", "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2"})
        yield started
        started.stop()


Extract = Callable[..., Any]


@pytest.fixture
def extract(session: Any, tmp_path: Path) -> Extract:
    """``extract(paths..., **order)`` into ``claims``."""
    from kg.spark.order import Order
    from kg.spark.run import Run

    def run(*paths: str | Path, output: str = "claims", **fields: Any) -> Any:
        where = output if ":" in output else str(tmp_path / output)
        order = Order(
            [str(path) for path in paths], where, late_extractor(None, (), ()), load_vocabulary(), BASE, **fields
        )  # fmt: skip
        return Run(session, order).extract()

    return run


def parquet(path: Path, columns: dict[str, Any]) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


def test_parquet_with_other_names_and_types(extract: Extract, tmp_path: Path) -> None:
    moment = dt.datetime(2024, 5, 13, 10, 0, tzinfo=dt.UTC)
    one = {"n": [7, 8], "body": ["OpenAI released GPT-4.", None], "date": [moment, moment], "channel": ["ai", "ai"]}
    parquet(tmp_path / "posts" / "day=1" / "a.parquet", one)
    report = extract(tmp_path / "posts", columns={"id": "n", "text": "body"}, partitions=1)
    assert report.in_words() == "2 posts read: 1 extracted, 0 empty, 0 duplicate, 1 failed" and report.adds_up
    kept = {row["state"]: row for row in rows(tmp_path / "claims", "posts")}
    post = kept["extracted"]
    assert (post["id"], post["text"], post["channel"]) == ("7", "OpenAI released GPT-4.", "ai")
    assert post["published"] == "2024-05-13T10:00:00+00:00"
    assert kept["failed"]["where"].endswith("a.parquet:2") and "no text" in kept["failed"]["reason"]
    # The same order again finds everything done; another one is told what is different.
    assert extract(tmp_path / "posts", columns={"id": "n", "text": "body"}).kept == 1
    with pytest.raises(InputError, match=r"another --column.*\n.*-o"):
        extract(tmp_path / "posts", columns={"id": "n", "text": "body", "lang": "channel"})
    with pytest.raises(InputError, match="another --partitions 1"):
        extract(tmp_path / "posts", columns={"id": "n", "text": "body"}, partitions=3)
    parquet(tmp_path / "posts" / "day=2" / "b.parquet", one)
    with pytest.raises(InputError, match=r"another list of posts \(files added, removed or changed\)"):
        extract(tmp_path / "posts", columns={"id": "n", "text": "body"})


def _file(name: str, content: str = LINES) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return path

    return make


def _table(columns: dict[str, Any]) -> Callable[[Path], Path]:
    return lambda folder: parquet(folder / "a.parquet", columns)


def _folder(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def _mixed(folder: Path) -> Path:
    parquet(folder / "mixed" / "a.parquet", {"text": ["x"]})
    _file("mixed/b.jsonl")(folder)
    return folder / "mixed"


NO_TEXT = json.dumps({"id": 1, "inhalt": "GPT-4"}) + "\n"


@pytest.mark.parametrize(
    ("make", "order", "said"),
    [
        (lambda folder: folder / "nowhere.jsonl", {}, "There is no file or folder"),
        (lambda folder: "hdfs://localhost:1/posts", {}, "hdfs://localhost:1/posts cannot be read: .*\nCheck the address"),
        (lambda folder: "gopher://x/posts", {}, '(?s)gopher.*cannot be reached.*scheme "gopher".*spark.jars.packages'),
        (lambda folder: "-", {}, "cannot read standard input"),
        (_folder, {}, "is an empty folder"),
        (_mixed, {}, r"is parquet and .*b\.jsonl is jsonl; a run reads one format"),
        (_file("posts.csv"), {}, "--format jsonl or --format parquet"),
        (_file("a.parquet"), {}, "cannot be read as parquet"),
        (_file("a.jsonl", NO_TEXT), {}, r"(?s)no text, body, content or message among .* \(id, inhalt\).*--column text="),
        (_file("a.jsonl"), {"columns": {"text": "body"}}, r"(?s)no body among its columns \(id, text\)"),
        (_table({"inhalt": ["x"]}), {}, r"(?s)no column for the text.*its columns: inhalt.*--column text=COLUMN"),
        (_table({"text": ["x"]}), {"columns": {"url": "address"}}, "no column 'address' for url.\nIts columns: text"),
        (_table({"text": [["x"]]}), {}, r"The column 'text' of .* is array<string>; as text it can be string"),
        (_table({"text": ["x"], "id": [1.5]}), {}, r"(?s)The column 'id' of .* is double.*--column id=COLUMN"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_the_next_step(
    make: Callable[[Path], Any], order: dict[str, Any], said: str, extract: Extract, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=said):
        extract(make(tmp_path), **order)


def test_a_folder_with_something_else_is_left_alone(extract: Extract, tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "letters.txt").write_text("dear")
    with pytest.raises(InputError, match="holds no claims"):
        extract(_file("a.jsonl")(tmp_path))


def test_posts_and_claims_on_hdfs(session: Any, extract: Extract, tmp_path: Path) -> None:
    """Another file system than that of this machine: a real name node and data node."""
    corpus = write_corpus(tmp_path / "posts", 24)
    server = started(lambda: processes.hdfs(tmp_path / "hdfs"))
    try:
        path = session.sparkContext._jvm.org.apache.hadoop.fs.Path
        system = path(server.url).getFileSystem(session.sparkContext._jsc.hadoopConfiguration())
        for file in corpus.iterdir():
            system.copyFromLocalFile(path(str(file)), path(f"{server.url}/posts/{file.name}"))
        report = extract(f"{server.url}/posts/*.jsonl*", output=f"{server.url}/claims", partitions=2)
        assert report.adds_up and report.counts["failed"] == len(BROKEN)
        told = kg("build", "--from-claims", f"{server.url}/claims", "-o", tmp_path / "graph")
        assert told.exit_code == 1 and "hdfs dfs -get" in told.output
        system.copyToLocalFile(path(f"{server.url}/claims"), path(str(tmp_path / "claims")))
        system.close()
    finally:
        server.stop()
    kg("build", "--from-claims", tmp_path / "claims", "-o", tmp_path / "graph")
    kg("build", corpus, "-o", tmp_path / "at-once")
    assert dump(tmp_path / "graph") == dump(tmp_path / "at-once") == quads(tmp_path / "claims")


def test_copies_in_a_long_chain_are_one_group(session: Any, tmp_path: Path) -> None:
    """Each text is a copy of the next one only: the group's name has to travel through all of them."""
    from kg.spark.copies import EDGES, groups_of_copies
    from kg.spark.schemas import spark_schema

    names = [f"{number * 7919 % 100:02d}" for number in range(40)]
    pairs = [(min(pair), max(pair)) for pair in pairwise(names)] + [("x1", "x2")]
    table = session.createDataFrame(pairs, spark_schema(EDGES))
    groups = {row["node"]: row["original"] for row in groups_of_copies(session, table, str(tmp_path / "groups")).collect()}
    assert groups == {name: min(names) for name in names if name != min(names)} | {"x2": "x1"}
    assert len(list((tmp_path / "groups").glob("round-*"))) < 12


def test_a_part_that_cannot_be_done_does_not_end_the_others(session: Any, extract: Extract, tmp_path: Path) -> None:
    """One part's posts are damaged on the disk: it is reported, the others are kept, and the next run does the rest."""
    from kg.spark.order import Order
    from kg.spark.run import Run

    posts = tmp_path / "posts.jsonl"
    posts.write_text("".join(json.dumps({"id": str(n), "text": f"OpenAI released GPT-{n}."}) + "\n" for n in range(20)))
    order = Order([str(posts)], str(tmp_path / "claims"), late_extractor(None, (), ()), load_vocabulary(), BASE, partitions=3)
    run = Run(session, order)
    (tmp_path / "claims" / "_work").mkdir()
    other = WriterLock(tmp_path / "claims" / "_work")
    other.acquire()
    with pytest.raises(StoreError, match="is being written by another process"):
        run.extract()
    other.release()
    run._read()
    damaged = next((tmp_path / "claims" / "_work" / "read" / "part=1").glob("*.parquet"))
    whole = damaged.read_bytes()
    for file in (damaged, damaged.with_name(f".{damaged.name}.crc")):
        file.unlink(missing_ok=True)
    damaged.write_bytes(b"PAR1 damaged")
    report = run.extract()
    assert len(report.broken) == 1 and report.broken[0].startswith("part 00001: Spark gave up on part 00001")
    assert 0 < report.counts["read"] < 20
    damaged.write_bytes(whole)
    again = Run(session, order).extract()
    assert (again.kept, again.counts["read"], again.broken) == (2, 20, [])
