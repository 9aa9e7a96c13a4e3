"""The merge report: every alias of the graph with its reason, and the file of corrections from the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.extract import load_extractor
from kg.merges import merges
from kg.model import Extraction, Post
from kg.pipeline import build
from kg.records import read_entity, str_of
from kg.store import Store
from kg.terms import LABEL
from tests.graphs import world

TEXTS = [
    "OpenAI выпустила модель ГПТ-4o.",
    "OpenAI released GPT-4o. OpenAI also sells gpt 4o.",
    "Гугл представил модель Gemini. Модель Гугла бесплатна.",
    "Google released Gemini.",
    "Модель Орион-7 обучена на A100.",
    "BLOOM was trained on 384 A100 GPUs.",
    "Модель Orion-7 обучена на A100. Модель Ориона-7 доступна.",
]
REASONS = [
    ("Google", "Гугл", "listed alias", 1),
    ("Google", "Гугла", "listed alias, case ending", 1),
    ("GPT-4o", "ГПТ-4o", "listed family, own version", 1),
    ("Orion-7", "Орион-7", "transliterated", 1),
    ("GPT-4o", "gpt 4o", "listed name", 1),
]


def posts(texts: list[str]) -> list[Post]:
    return [Post(f"a/{number}", text) for number, text in enumerate(texts)]


def dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump_sorted(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def graph() -> Store:
    store = Store.memory()
    build(posts(TEXTS), load_extractor(), store)
    return store


@pytest.mark.parametrize("row", REASONS, ids=lambda row: row[1])
def test_each_alias_says_why(graph: Store, row: tuple[str, str, str, int]) -> None:
    assert row in [(merge.entity, merge.alias, merge.reason, merge.posts) for merge in merges(graph)]


def test_every_alias_of_the_graph_is_there_with_a_reason(graph: Store) -> None:
    found = merges(graph)
    nodes = {str_of(quad.subject) for quad in graph.graph.quads_for_pattern(None, LABEL, None)}
    known = [entity for node in nodes if (entity := read_entity(graph, node))]
    assert {(merge.key, merge.alias) for merge in found} == {(entity.key, alias) for entity in known for alias in entity.aliases}
    assert [merge for merge in found if not merge.reason or merge.posts < 1] == []


def test_an_abbreviation_in_brackets(tmp_path: Path) -> None:
    known = tmp_path / "corrections.tsv"
    known.write_text("type\tZRI\tOrganization\n", encoding="utf-8")
    post = Post("1", "Researchers at Zorbl Research Institute (ZRI) released the model Orion-7.")
    found = {post.text[m.start : m.end]: m for m in load_extractor(corrections=known).extract(post).mentions}
    assert (found["ZRI"].entity, found["ZRI"].reason) == ("organization/zorbl-research-institute", "abbreviation in brackets")


def test_the_reasons_do_not_depend_on_the_order(graph: Store) -> None:
    with Store.memory() as other:
        build(reversed(posts(TEXTS)), load_extractor(), other)
        assert dump(other) == dump(graph)
        other.put(Extraction(Post("a/0", "Nothing.")), "x")
        build(posts(TEXTS), load_extractor(), other)
        assert (dump(other), merges(other)) == (dump(graph), merges(graph))


def test_an_extractor_that_gives_no_reason() -> None:
    with world() as store:
        assert {merge.reason for merge in merges(store)} == {""}


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_from_the_report_to_a_correction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, graph, mine = (str(tmp_path / name) for name in ("posts.jsonl", "graph", "corrections.tsv"))
    Path(source).write_text("".join(json.dumps({"id": p.id, "text": p.text}) + "\n" for p in posts(TEXTS)), encoding="utf-8")
    run("build", source, "-o", graph)
    rows = json.loads(run("merges", "-g", graph, "--entity", "Google", "--json"))
    assert {row["alias"] for row in rows} == {"Гугл", "Гугла"}
    assert run("merges", "-g", graph, "--csv").startswith("entity,type,alias,reason,posts,key\n")

    Path(mine).write_text("split\tГугл\tOrganization\n", encoding="utf-8")
    monkeypatch.setenv("KG_CORRECTIONS", mine)
    assert "0 unchanged" in run("build", source, "-o", graph)
    assert "7 unchanged" in run("build", source, "-o", graph)
    assert json.loads(run("merges", "-g", graph, "--entity", "organization/google", "--json")) == []
    rows = json.loads(run("merges", "-g", graph, "--entity", "Гугл", "--json"))
    assert [(row["alias"], row["reason"]) for row in rows] == [("Гугла", "your correction")]

    Path(mine).write_text("drop\tОрион*\ndrop\tгпт-4o\tModel\nmerge\tПоисковик\tOrganization\tGoogle\n", encoding="utf-8")
    run("build", source, "-o", graph)
    monkeypatch.delenv("KG_CORRECTIONS")  # the graph remembers them
    rows = json.loads(run("merges", "-g", graph, "--json"))
    dropped = [(row["alias"], row["type"], row["reason"]) for row in rows if not row["entity"]]
    assert dropped == [("Орион*", "", "dropped by your correction"), ("гпт-4o", "Model", "dropped by your correction")]
    assert json.loads(run("show", "Поисковик", "-g", graph, "--json"))["entity"]["name"] == "Google"
    result = CliRunner().invoke(cli, ["show", "Ориона", "-g", graph])
    assert result.exit_code == 1
    assert "dropped by your corrections" in result.stderr
    run("build", source, "-o", graph)
    assert not [row for row in json.loads(run("merges", "-g", graph, "--json")) if not row["entity"]]
    monkeypatch.setenv("KG_CORRECTIONS", mine)

    Path(mine).write_text("# x\nsplitt\tГугл\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["build", source, "-o", graph])
    assert result.exit_code == 1
    assert f"{mine}:2: no action is called 'splitt'" in result.stderr
