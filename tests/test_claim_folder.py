"""Claims kept in a folder make the graph that building at once makes; a folder that cannot be read says why."""

from __future__ import annotations

import gzip
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.build_report import BuildReport
from kg.claim_folder import CLAIMS, MANIFEST, POSTS, ClaimFolder, ClaimWriter
from kg.cli import cli
from kg.model import Extraction, Post, Problem
from kg.pipeline import build, extract
from kg.store import Store
from tests.graphs import EXTRACTIONS, WORLD

EXAMPLES = Path(__file__).parent.parent / "examples" / "posts"


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump_sorted(out)
    return out.getvalue()


class ByHand:
    """Knows the answers for the posts of the world; stumbles over the word "crash"."""

    version = "hand/1"

    def extract(self, post: Post) -> Extraction:
        if "crash" in post.text:
            raise RuntimeError("stumbled")
        return next((found for found in EXTRACTIONS if found.post == post), Extraction(post))


class Handed:
    """Has no answers of its own."""

    version = "hand/1"

    def extract(self, post: Post) -> Extraction:
        raise AssertionError(post)


def kept(folder: Path, posts: list[Post]) -> ClaimFolder:
    with ClaimWriter(folder, "hand/1") as writer:
        for found in extract(posts, ByHand(), on_failure=writer.fail):
            writer.put(found)
    return ClaimFolder(folder)


def test_the_graph_is_the_same_failures_included(tmp_path: Path) -> None:
    posts = [*(post for post, _ in WORLD), Post("a/99", "crash")]
    claims = kept(tmp_path / "claims", posts)
    with Store.memory() as at_once, Store.memory() as loaded:
        first, second = build(posts, ByHand(), at_once), build(claims.posts(), claims, loaded)
        assert dump(loaded) == dump(at_once)
        assert (second.states(), second.claims_added) == (first.states(), first.claims_added)
        assert [str(problem) for problem in second.problems] == [str(problem) for problem in first.problems]
        again = build(claims.posts(), claims, loaded)
        assert (again.claims_added, again.claims_removed) == (0, 0)


def test_the_commands_agree(tmp_path: Path) -> None:
    assert kg("build", EXAMPLES, "-o", tmp_path / "at-once").exit_code == 0
    done = kg("extract", EXAMPLES, "-o", tmp_path / "claims")
    assert done.exit_code == 0 and " claims in " in done.output
    loaded = kg("build", "--from-claims", tmp_path / "claims", "-o", tmp_path / "loaded")
    assert loaded.exit_code == 0, loaded.output
    nquads = [kg("export", "nquads", "-g", tmp_path / name).stdout for name in ("at-once", "loaded")]
    assert nquads[0] == nquads[1] and nquads[0].count("\n") > 1000


def test_parquet_is_read_like_json_lines(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra spark is not installed")
    import pyarrow as pa

    from kg import claim_schemas

    written = kept(tmp_path / "claims", [post for post, _ in WORLD])
    parquet = tmp_path / "parquet"
    for table, schema in ((POSTS, claim_schemas.POSTS), (CLAIMS, claim_schemas.CLAIMS)):
        lines = (tmp_path / "claims" / table / "part-00000.jsonl").read_text("utf-8").splitlines()
        (parquet / table / "part=0").mkdir(parents=True)
        pq.write_table(
            pa.Table.from_pylist([json.loads(line) for line in lines], schema), parquet / table / "part=0" / "x.parquet"
        )
    shutil.copy(tmp_path / "claims" / MANIFEST, parquet)
    read = ClaimFolder(parquet)
    assert [read.extract(post) for post in read.posts()] == [written.extract(post) for post in written.posts()]


def test_packed_files_and_duplicates(tmp_path: Path) -> None:
    claims = tmp_path / "claims"
    kept(claims, [post for post, _ in WORLD])
    for table in (POSTS, CLAIMS):
        file = claims / table / "part-00000.jsonl"
        rows = file.read_bytes()
        if table == POSTS:
            rows += json.dumps(json.loads(rows.splitlines()[0]) | {"state": "duplicate", "text": ""}).encode() + b"\n"
            rows += json.dumps(json.loads(rows.splitlines()[0]) | {"state": "failed", "text": "", "reason": "no post"}).encode()
        (claims / table / "part-00000.jsonl.gz").write_bytes(gzip.compress(rows))
        file.unlink()
    problems: list[Problem] = []
    report = BuildReport()
    read = ClaimFolder(claims, problems.append, lambda post: setattr(report, "duplicate", report.duplicate + 1))
    with Store.memory() as store:
        assert build(read.posts(), read, store).read == len(WORLD)
    assert report.duplicate == 1 and [problem.what for problem in problems] == ["no post"]


def _nothing(folder: Path) -> None:
    shutil.rmtree(folder)


def _a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("{}")


def _not_finished(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(manifest | {"complete": False}))


def _another_format(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(manifest | {"format": 99}))


def _no_claims(folder: Path) -> None:
    shutil.rmtree(folder / CLAIMS)
    (folder / CLAIMS).mkdir()
    (folder / CLAIMS / "part-00000.jsonl").write_text('{"post": "a/1", "subject": "model/a"}\n')


def _no_posts(folder: Path) -> None:
    shutil.rmtree(folder / POSTS)


def _broken_line(folder: Path) -> None:
    with (folder / POSTS / "part-00000.jsonl").open("a") as file:
        file.write('{"id": ')


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_nothing, "holds no claims"),
        (_a_file, "is a file"),
        (_not_finished, "is not finished"),
        (_another_format, "has format 99"),
        (_no_claims, "lacks the column 'subject_type'"),
        (_no_posts, "There is no table"),
        (_broken_line, "part-00000.jsonl:11: broken JSON"),
    ],
)
def test_what_cannot_be_read_says_why(spoil: Callable[[Path], None], said: str, tmp_path: Path) -> None:
    kept(tmp_path / "claims", [post for post, _ in WORLD])
    spoil(tmp_path / "claims")
    done = kg("build", "--from-claims", tmp_path / "claims", "-o", tmp_path / "graph")
    assert done.exit_code == 1
    assert said in done.output and "Error: " in done.output and done.output.count("\n") >= 2, done.output


def test_a_damaged_parquet_file_says_so(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra spark is not installed")
    kept(tmp_path / "claims", [post for post, _ in WORLD])
    (tmp_path / "claims" / POSTS / "part=0").mkdir()
    (tmp_path / "claims" / POSTS / "part=0" / "x.parquet").write_bytes(b"PAR1 and then nothing")
    done = kg("build", "--from-claims", tmp_path / "claims", "-o", tmp_path / "graph")
    assert done.exit_code == 1 and "cannot be read as Parquet" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build"], "either POSTS or --from-claims"),
        (["build", "posts", "--from-claims", "claims"], "either POSTS or --from-claims"),
        (["build", "--from-claims", "claims", "--jobs", "2"], "nothing is read or extracted again"),
        (["extract", "posts", "--engine", "spark"], "-o DIR"),
        (["extract", "posts", "--engine", "spark", "-o", "claims", "--jobs", "2"], "spark.executor.instances"),
        (["extract", "posts", "--engine", "spark", "-o", "claims", "--format", "csv"], "jsonl, parquet"),
        (["extract", "posts", "--engine", "spark", "-o", "claims", "--spark-conf", "master"], "spark.KEY=VALUE"),
        (["extract", "posts", "--partitions", "2"], "--engine spark"),
        (["extract", "posts", "-o", "claims", "--min-confidence", "0.5"], "keeps every claim"),
    ],
)
def test_a_wrong_command_line(arguments: list[str], said: str) -> None:
    done = kg(*arguments)
    assert done.exit_code == 2 and said in done.output, done.output


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear")
    done = kg("extract", EXAMPLES / "papers.jsonl", "-o", tmp_path)
    assert done.exit_code == 1 and "holds no claims" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
