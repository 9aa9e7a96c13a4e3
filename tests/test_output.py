"""Rows as a table, JSON and CSV, and the commands that print them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.output import clip, display_width, write_rows
from kg.store import Store
from tests.graphs import EXTRACTIONS

COLUMNS = ("name", "score", "sure")
ROWS = [("GPT-4o", 88.7, True), ("ГигаЧат", None, False), ("通义", 9, None), ('a "b"\n,\x1b[31m', 10.25, None)]


def written(form: str, width: int = 0) -> str:
    out = io.StringIO()
    write_rows(COLUMNS, ROWS, out, form, width=width)
    return out.getvalue()


def test_table() -> None:
    assert written("table").splitlines() == [
        "name          score  sure",
        "------------  -----  ----",
        "GPT-4o         88.7  yes",
        "ГигаЧат              no",
        "通义              9",
        'a "b" , [31m  10.25',
    ]


def test_table_has_straight_columns_and_no_control_characters() -> None:
    lines = written("table").splitlines()
    assert len(lines) == 2 + len(ROWS)
    assert "\x1b" not in written("table")
    assert {display_width(line[: line.rindex(mark)]) for line, mark in ((lines[0], "sure"), (lines[2], "yes"))} == {
        display_width(lines[1][: lines[1].rindex("----")])
    }


def test_json_and_csv_keep_everything() -> None:
    assert json.loads(written("json")) == [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
    assert list(csv.reader(io.StringIO(written("csv"))))[4] == ['a "b"\n,\x1b[31m', "10.25", ""]
    out = io.StringIO()
    write_rows(COLUMNS, [], out, "json")
    assert json.loads(out.getvalue()) == []


@pytest.mark.parametrize("width", [20, 30, 40, 80])
def test_a_table_fits_the_screen(width: int) -> None:
    out = io.StringIO()
    write_rows(("model", "sentence"), [("GPT-4o", "long " * 50), ("x", "通义千问" * 20)], out, width=width)
    assert all(display_width(line) <= width for line in out.getvalue().splitlines())


CLIPPED = [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("通义千问", 5, "通义…"), ("", 0, "")]


@pytest.mark.parametrize(("text", "width", "clipped"), CLIPPED)
def test_clip(text: str, width: int, clipped: str) -> None:
    assert clip(text, width) == clipped


# ---------------------------------------------------------------- commands
@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("graph") / "g"
    with Store.open(path, "write") as store:
        for found in EXTRACTIONS:
            store.put(found, "hand/1")
    return str(path)


def run(*args: str, given: str | None = None) -> Any:
    return CliRunner().invoke(cli, list(args), input=given, prog_name="kg")


def test_ask_lists_the_questions() -> None:
    listed = run("ask").stdout
    assert "leaderboard " in listed
    assert "Which models score best on a benchmark?" in listed


def test_ask_help_shows_the_parameters() -> None:
    shown = run("ask", "leaderboard", "--help").stdout
    for part in ("--benchmark", "--min-support", "BENCHMARK", "What they were tested on. Needed.", "Columns: model, score"):
        assert part in shown


def test_ask_in_all_forms(graph: str) -> None:
    asked = ("ask", "models-by-organization", "--organization", "deepseek", "-g", graph)
    assert run(*asked).stdout.splitlines()[2].split() == ["DeepSeek-V3", "2024-12-26", "2024-12-26", "1", "model/deepseek-v3"]
    assert json.loads(run(*asked, "--json").stdout)[0]["model"] == "DeepSeek-V3"
    assert run(*asked, "--csv").stdout.splitlines()[0] == "model,first_seen,last_seen,support,key"


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (["ask", "leaderboard"], 2, "Missing option '--benchmark'"),
        (["ask", "leaderboard", "--benchmark", "MMLUU"], 1, "Did you mean MMLU"),
        (["ask", "nothing"], 2, "No such command"),
        (["ask", "leaderboard", "--benchmark", "MMLU", "--limit", "-1"], 2, "--limit"),
        (["ask", "evidence"], 1, "needs at least one of"),
        (["sparql", "DELETE WHERE { ?s ?p ?o }"], 1, "read-only"),
        (["sparql", "SELECT ?x {"], 1, "line 1, column"),
        (["sparql"], 2, "Give a query"),
        (["show", "GPT-5"], 1, "Did you mean GPT-4"),
    ],
)
def test_what_goes_wrong_is_said(graph: str, args: list[str], status: int, message: str) -> None:
    done = run(*args, *([] if args == ["sparql"] else ["-g", graph]))
    assert (done.exit_code, message in done.output) == (status, True), done.output


def test_no_graph(tmp_path: Path) -> None:
    for args in (["ask", "gaps"], ["stats"], ["show", "x"], ["sparql", "ASK {}"]):
        done = run(*args, "-g", str(tmp_path / "none"))
        assert done.exit_code == 1
        assert "Build one with: kg build" in done.output


def test_nothing_found_is_said_beside_the_rows(graph: str) -> None:
    done = run("ask", "gaps", "--type", "Event", "--missing", "presented_at", "--min-support", "9", "-g", graph)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Nothing in the graph answers this" in done.stderr


def test_sparql_in_all_kinds(graph: str, tmp_path: Path) -> None:
    query = "SELECT ?model ?who { ?model kg:developedBy ?who } ORDER BY ?model"
    (tmp_path / "q.rq").write_text(query)
    rows = json.loads(run("sparql", query, "--json", "-g", graph).stdout)
    assert rows[0] == {"model": "model/deepseek-r1", "who": "organization/deepseek"}
    assert json.loads(run("sparql", "-f", str(tmp_path / "q.rq"), "--json", "-g", graph).stdout) == rows
    assert json.loads(run("sparql", "-", "--json", "-g", graph, given=query).stdout) == rows
    assert json.loads(run("sparql", "ASK { ?m a kg:Model }", "--json", "-g", graph).stdout) == [{"answer": True}]
    turtle = run("sparql", "CONSTRUCT { ?m kg:developedBy ?o } WHERE { ?m kg:developedBy ?o }", "-g", graph).stdout
    assert "kg:developedBy <https://postkg.example/organization/openai>" in turtle


def test_stats_add_up(graph: str) -> None:
    counted = json.loads(run("stats", "--json", "-g", graph).stdout)
    for total in ("posts", "entities", "claims"):
        parts = [value for name, value in counted.items() if name.startswith(f"{total}_by_")]
        assert parts
        assert all(sum(part.values()) == counted[total] for part in parts)
    assert counted["posts_by_state"] == {"extracted": 9, "empty": 1}
    assert counted["claims"] == sum(len(found.claims) for found in EXTRACTIONS)
    assert "10 posts, 2024-05-13 to 2025-02-11" in run("stats", "-g", graph).stdout
