"""What becomes of each post is counted, said, kept and asked for again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import kg.extract
from kg.build_report import begin_build
from kg.cli import cli
from kg.errors import QueryError
from kg.model import Extraction, Post

LINES = [
    {"id": "a/1", "text": "OpenAI released GPT-4o."},
    {"id": "a/2", "text": "Good morning, everybody!"},
    {"id": "a/1", "text": "OpenAI released GPT-4o."},
    {"id": "a/3", "text": "crash"},
]


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real extractor, but for posts that say "crash"."""
    real = kg.extract.load_extractor()

    class Stumbling:
        version = real.version

        def extract(self, post: Post) -> Extraction:
            if "crash" in post.text:
                raise RecursionError("too deep")
            return real.extract(post)

    monkeypatch.setattr(kg.extract, "load_extractor", lambda *_: Stumbling())


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, args, catch_exceptions=False)


def written(folder: Path, lines: list[dict[str, str]]) -> str:
    file = folder / "posts.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return str(file)


def stats(graph: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("stats", "--json", "-g", graph).stdout)
    return found


def test_the_states_of_a_build(tmp_path: Path, stumbling: None) -> None:
    graph, posts = str(tmp_path / "g"), written(tmp_path, LINES)
    for unchanged in (0, 2):
        done = run("build", posts, "-o", graph)
        assert done.exit_code == 1
        assert "problem: a/3: RecursionError: too deep" in done.stderr
        assert f"4 posts read: 1 extracted, 1 empty, 1 duplicate, 1 failed ({unchanged} unchanged)" in done.stdout
    counted = stats(graph)
    assert counted["posts_by_state"] == {"extracted": 1, "empty": 1, "failed": 1}
    assert counted["failures"] == {"RecursionError: too deep": 1}
    last = {"read": 4, "extracted": 1, "empty": 1, "duplicate": 1, "failed": 1, "problems": 1}
    assert counted["last_build"] == last
    said = run("stats", "-g", graph).stdout
    assert "the last build read 4 posts: 1 extracted, 1 empty, 1 duplicate, 1 failed; problems: 1" in said
    assert "RecursionError: too deep" in said


def test_strict_is_also_about_earlier_failures(tmp_path: Path, stumbling: None) -> None:
    graph = str(tmp_path / "g")
    run("build", written(tmp_path, LINES), "-o", graph)
    others = written(tmp_path, LINES[:2])
    assert run("build", others, "-o", graph).exit_code == 0
    strict = run("build", "--strict", others, "-o", graph)
    assert (strict.exit_code, "1 posts of the graph failed (--strict)" in strict.stderr) == (1, True)
    assert run("build", "--strict", "--prune", others, "-o", graph).exit_code == 0


@pytest.mark.parametrize("command", ["build", "extract"])
def test_strict_wants_posts(tmp_path: Path, command: str) -> None:
    (tmp_path / "empty").mkdir()
    where = ["-o", str(tmp_path / "g")] if command == "build" else []
    done = run(command, "--strict", str(tmp_path / "empty"), *where)
    assert (done.exit_code, "No posts were read" in done.stderr) == (1, True)


def test_the_states_of_an_extraction(tmp_path: Path, stumbling: None) -> None:
    done = run("extract", written(tmp_path, LINES))
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (1, "4 posts read: 1 extracted, 1 empty, 1 duplicate, 1 failed")
    assert [json.loads(line)["post"] for line in done.stdout.splitlines()] == ["a/1"] * len(done.stdout.splitlines())


def test_a_record_that_cannot_be_read_is_a_problem_and_no_post(tmp_path: Path) -> None:
    posts = Path(written(tmp_path, LINES[:2]))
    posts.write_text(posts.read_text() + "{broken\n")
    done = run("build", str(posts), "-o", str(tmp_path / "g"))
    assert (done.exit_code, "posts.jsonl:3: broken JSON" in done.stderr) == (1, True)
    assert stats(str(tmp_path / "g"))["last_build"] == {
        "read": 2, "extracted": 1, "empty": 1, "duplicate": 0, "failed": 0, "problems": 1
    }  # fmt: skip


def test_a_build_that_was_broken_off_is_told(tmp_path: Path) -> None:
    graph = tmp_path / "g"
    run("build", written(tmp_path, LINES[:2]), "-o", str(graph))
    begin_build(graph)
    assert "the last build did not come to its end" in run("stats", "-g", str(graph)).stdout


def test_what_could_not_be_read_takes_no_post_away(tmp_path: Path) -> None:
    graph, posts = str(tmp_path / "g"), written(tmp_path, LINES[:2])
    run("build", posts, "-o", graph)
    Path(posts).write_text(Path(posts).read_text().splitlines()[0] + "\n{broken\n")
    (tmp_path / "empty").mkdir()
    for source, reason in ((posts, "there were problems in what was read"), (str(tmp_path / "empty"), "no posts were read")):
        done = run("build", source, "--prune", "-o", graph)
        assert (done.exit_code, f"No post was removed (--prune): {reason}." in done.stderr) == (1, True)
        assert stats(graph)["posts"] == 2
    done = run("build", written(tmp_path, LINES[:1]), "--prune", "-o", graph)
    assert (done.exit_code, stats(graph)["posts"]) == (0, 1)


def test_corrections_with_mistakes_and_a_base_that_is_none_are_refused_before_anything_is_kept(tmp_path: Path) -> None:
    graph, posts, loop = str(tmp_path / "g"), written(tmp_path, LINES[:2]), tmp_path / "loop.tsv"
    assert run("build", posts, "-o", str(tmp_path / "other"), "--base", "foo").exit_code == 2
    assert not (tmp_path / "other").exists()
    run("build", posts, "-o", graph)
    loop.write_text("merge\tA\tModel\tB\nmerge\tB\tModel\tA\n")
    done = run("build", posts, "-o", graph, "--corrections", str(loop))
    assert (done.exit_code, "loop.tsv" in done.stderr) == (1, True)
    assert run("merges", "-g", graph).exit_code == 0


def test_answers_that_are_cut_say_so(tmp_path: Path) -> None:
    lines = [{"id": f"a/{n}", "text": f"The Lyra-{n} model scores {n}.5 on MMLU."} for n in range(10, 65)]
    graph = str(tmp_path / "g")
    run("build", written(tmp_path, lines), "-o", graph)
    assert "50 rows are shown; for more: --limit N." in run("ask", "leaderboard", "--benchmark", "MMLU", "-g", graph).stderr
    assert run("ask", "leaderboard", "--benchmark", "MMLU", "-g", graph, "--limit", "60").stderr == ""


def test_a_closed_graph_answers_nothing(tmp_path: Path) -> None:
    run("build", written(tmp_path, LINES[:1]), "-o", str(tmp_path / "g"))
    graph = kg.open(tmp_path / "g")
    graph.close()
    for asked in (lambda: graph.ask("conflicts"), lambda: graph.sparql("ASK {}"), graph.to_networkx):
        with pytest.raises(QueryError, match="closed"):
            asked()


def test_a_post_that_fails_keeps_none_from_being_removed(tmp_path: Path, stumbling: None) -> None:
    graph = str(tmp_path / "g")
    run("build", written(tmp_path, LINES), "-o", graph)
    done = run("build", written(tmp_path, LINES[1:2] + LINES[3:]), "--prune", "-o", graph)
    assert ("posts removed: 1" in done.stdout, "No post was removed" in done.stderr) == (True, False)
