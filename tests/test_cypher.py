"""Cypher without a server: the index beside the store, the commands, the Python face."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import cli
from kg.cypher_index import index_path, write_index
from kg.cypher_lookup import EngineDirectory
from kg.embedded import Embedded, open_embedded
from kg.errors import QueryError, StoreError
from kg.graph import EngineGraph
from kg.property_graph import PropertyGraph
from kg.property_schema import all_labels
from kg.store import Store
from kg.vocabulary import load_vocabulary
from tests.graphs import EXTRACTIONS, world


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small world in a directory."""
    with Store.open(tmp_path / "graph", "write") as store:
        for extraction in EXTRACTIONS[:-2]:
            store.put(extraction, "hand/1")
    return tmp_path / "graph"


def indexes(root: Path) -> list[Path]:
    return sorted((root / "cypher").glob("*"))


def count(engine: Embedded, pattern: str = "(n)") -> Any:
    return engine.run(f"MATCH {pattern} RETURN count(*) AS c").rows[0][0]


# ---------------------------------------------------------------- the index
def test_the_index_is_built_once_and_again_when_the_store_is_newer(root: Path) -> None:
    first = count(open_embedded(root), "(:Post)")
    (path,) = indexes(root)
    made = path.stat().st_mtime_ns
    assert count(open_embedded(root), "(:Post)") == first
    assert path.stat().st_mtime_ns == made
    with Store.open(root, "write") as store:
        for extraction in EXTRACTIONS:
            store.put(extraction, "hand/1")
    assert count(open_embedded(root), "(:Post)") == first + 1
    (newer,) = indexes(root)
    assert newer != path


def test_every_parallel_claim_is_kept(root: Path) -> None:
    """Two posts that say the same are two relationships, whatever labels they join."""
    engine = open_embedded(root)
    with kg.open_store(root) as store:
        rows = [row for batch in PropertyGraph(store).relationships() for row in batch.rows]
    assert count(engine, "()-[r]->()") == len(rows)
    found = engine.run("MATCH (:Entity)-[r]->() RETURN r.id AS id, r.sentence AS sentence").rows
    assert sorted(found) == sorted((row["id"], row["properties"]["sentence"]) for row in rows if row["id"].startswith("claim/"))


KILLED = """
import sys, time
import kglite
from kg.embedded import open_embedded

def told(written):
    print("building", flush=True)
    time.sleep(60)

open_embedded(sys.argv[1], progress=told)
"""


def test_a_killed_rebuild_leaves_the_old_index(root: Path) -> None:
    before = count(open_embedded(root))
    (old,) = indexes(root)
    with Store.open(root, "write") as store:
        store.put(EXTRACTIONS[-2], "hand/1")
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(root)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "building\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert count(open_embedded(old)) == before
    assert count(open_embedded(root)) > before
    assert len(indexes(root)) == 1


def test_a_half_written_index_is_never_in_place(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = index_path(root)

    class Full:
        def enable_disk_mode(self, name: str) -> None:
            Path(name).mkdir()
            (Path(name) / "half").write_bytes(b"half")
            raise OSError("disk full")

    monkeypatch.setattr("kg.cypher_index.make_index", lambda graph, progress: Full())
    with kg.open_store(root) as store, pytest.raises(OSError, match="disk full"):
        write_index(PropertyGraph(store), path)
    assert indexes(root) == []


@pytest.mark.parametrize("file", ["CURRENT", "names.sqlite"])
def test_a_broken_index_says_what_to_do(root: Path, file: str) -> None:
    open_embedded(root)
    (path,) = indexes(root)
    (path / file).write_bytes(b"no index")
    with pytest.raises(StoreError, match="Remove it, and it is built again"):
        open_embedded(root)


def test_there_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Build one with"):
        open_embedded(tmp_path / "none")


def test_an_index_that_cannot_be_kept_is_made_in_memory(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "cypher").write_text("in the way")
    assert count(open_embedded(root)) > 0
    assert "made in memory" in capsys.readouterr().err


# ---------------------------------------------------------------- the engine
@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    from kg.cypher_index import make_index

    with_world = Embedded(make_index(PropertyGraph(world())))
    yield with_world
    with_world.close()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("MATCH (n) SET n.x = 1", "read-only"),
        ("MATCH (n) DETACH DELETE n", "kg cypher --write"),
        ("CREATE (n:Model {id: 'model/x'})", "read-only"),
        ("CREATE INDEX FOR (n:Model) ON (n.name)", "read-only"),
        ("MATCH (n) RETUR n", "line 1, col 18"),
        ("MATCH (n:Model {id: $id}) RETURN n.id", r"Missing parameter: \$id"),
        ("MATCH (n) RETURN m.id", "Undefined variable 'm'"),
        ("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", "not allowed"),
        ("load  csv FROM 'file:///etc/passwd' AS line RETURN line", "not allowed"),
    ],
)
def test_what_cannot_be_run(engine: Embedded, text: str, message: str) -> None:
    before = count(engine)
    with pytest.raises(QueryError, match=message):
        engine.run(text)
    assert count(engine) == before


def test_words_in_a_string_are_no_statement(engine: Embedded) -> None:
    assert engine.run("RETURN 'LOAD CSV' AS said // LOAD CSV").rows == [("LOAD CSV",)]


NASTY = ["'", '"', "\\", "'}) DETACH DELETE n //", "$id", "\n", "é𝕏", "`", "${id}"]


@pytest.mark.parametrize("value", NASTY)
def test_values_stay_values(engine: Embedded, value: str) -> None:
    assert engine.run("MATCH (n:Entity {id: $id}) RETURN n.id AS id", {"id": value}).rows == []
    assert engine.run("RETURN $value AS value", {"value": value}).rows == [(value,)]


def test_rows_are_plain(engine: Embedded) -> None:
    found = engine.run(
        "MATCH (m:Model {name: 'GPT-4o'})-[r:PRESENTED_AT]->(e)"
        " RETURN m, r, date('2024-05-13') AS day, [1, null] AS list, {a: 1} AS map"
    )
    model, relationship, day, numbers, mapped = found.rows[0]
    assert sorted(model["labels"]) == ["Entity", "Model"]
    assert (model["id"], model["name"], model["aliases"]) == ("model/gpt-4o", "GPT-4o", ["ГПТ-4о"])
    assert not {"title", "type"} & model.keys()
    assert relationship["type"] == "PRESENTED_AT"
    assert relationship["sentence"] == "released GPT-4o at its Spring Update"
    assert (day, numbers, mapped) == ("2024-05-13", [1, None], {"a": 1})
    assert json.loads(json.dumps(found.dicts())) == found.dicts()


# ---------------------------------------------------------------- commands
def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def test_kg_cypher(root: Path) -> None:
    asked = "MATCH (m:Model {name: $name})-[:DEVELOPED_BY]->(o) RETURN DISTINCT o.name AS organization"
    done = run("cypher", asked, "-p", "name=GPT-4o", "-g", root, "--json")
    assert (done.exit_code, json.loads(done.output)) == (0, [{"organization": "OpenAI"}])
    some = "MATCH (m:Model) RETURN m.aliases AS aliases ORDER BY m.id LIMIT $limit"
    done = run("cypher", some, "-p", "limit=2", "-g", root, "--csv")
    assert done.output.splitlines()[0] == "aliases"
    assert len(done.output.splitlines()) == 3
    given = [word for pair in ("a=[1, null]", "b=true", "c=2024-05") for word in ("-p", pair)]
    done = run("cypher", "RETURN $a AS a, $b AS b, $c AS c", *given, "-g", root, "--json")
    assert json.loads(done.output) == [{"a": [1, None], "b": True, "c": "2024-05"}]


def test_kg_cypher_writes_to_a_copy_only(root: Path, tmp_path: Path) -> None:
    change = "MATCH (n:Model) SET n.seen = true RETURN count(n) AS changed"
    refused = run("cypher", change, "-g", root)
    assert refused.exit_code == 1
    assert "--write" in refused.output
    kept = tmp_path / "copy.kgl"
    done = run("cypher", change, "-g", root, "--write", "--save", kept)
    assert done.exit_code == 0
    look = "MATCH (n:Model) WHERE n.seen RETURN count(n) AS c"
    assert json.loads(run("cypher", look, "-g", root, "--json").output) == [{"c": 0}]
    assert json.loads(run("cypher", look, "-g", kept, "--json").output)[0]["c"] > 3
    gone = run("cypher", "MATCH (n) DETACH DELETE n", "-g", root, "--write")
    assert (gone.exit_code, "are gone" in gone.output) == (0, True)
    assert json.loads(run("cypher", "MATCH (n) RETURN count(n) AS c", "-g", root, "--json").output)[0]["c"] > 10


def test_names_of_an_index_are_those_of_its_nodes(root: Path) -> None:
    """Once a statement may have changed the nodes, names are looked up among them."""
    with_table, among_nodes = open_embedded(root, copy=True), open_embedded(root, copy=True)
    among_nodes.forget_names()
    tabled, scanned = EngineDirectory(with_table), EngineDirectory(among_nodes)
    assert with_table.names is not None
    known = sorted(scanned.search_keys())
    assert sorted(tabled.search_keys()) == known and len(known) > 20
    for key, search_key in known:
        assert tabled.called(search_key) == scanned.called(search_key) and tabled.candidate(key) == scanned.candidate(key)
    with_table.run("MATCH (n:Entity {id: 'model/gpt-4o'}) SET n.search_keys = ['changed']", write=True)
    assert with_table.names is None
    assert [found.key for found in EngineDirectory(with_table).called("changed")] == ["model/gpt-4o"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["cypher"], 2), (["cypher", "RETURN 1", "-f", "-"], 2), (["cypher", "RETURN 1", "-p", "x"], 2),
        (["cypher", "RETURN 1", "--save", "x.kgl"], 2), (["cypher", "RETURN 1", "-g", "nowhere"], 1), (["cypher", "RETUR 1"], 1),
    ],
)  # fmt: skip
def test_exit_status(words: list[str], status: int, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_GRAPH", str(root))
    assert run(*words).exit_code == status


def test_kg_ask_in_cypher_prints_the_same(root: Path) -> None:
    for words in (["leaderboard", "--benchmark", "mmlu"], ["conflicts"], ["models-by-organization", "--organization", "openai"]):
        wanted = run("ask", *words, "-g", root)
        assert wanted.exit_code == 0
        assert run("ask", *words, "-g", root, "--cypher").output == wanted.output
    unknown = run("ask", "leaderboard", "--benchmark", "MMLUU", "-g", root, "--cypher")
    assert unknown.exit_code == 1
    assert unknown.output == run("ask", "leaderboard", "--benchmark", "MMLUU", "-g", root).output


def test_a_question_of_ones_own_needs_both_files(root: Path, tmp_path: Path) -> None:
    head = "Which posts are there?\n{} columns: post\n"
    sparql, cypher = "SELECT ?post { ?post a kg:Post } ORDER BY ?post", "MATCH (p:Post) RETURN p.id AS post ORDER BY post"
    (tmp_path / "posts.rq").write_text("# " + head.format("#") + sparql, encoding="utf-8")
    missing = run("ask", "--queries", tmp_path, "posts", "-g", root, "--cypher")
    assert missing.exit_code == 1
    assert "posts.cypher" in missing.output
    (tmp_path / "posts.cypher").write_text("// " + head.format("//") + cypher, encoding="utf-8")
    assert "ai_news/1" in run("ask", "--queries", tmp_path, "posts", "-g", root, "--cypher").output


def test_kg_schema() -> None:
    plain, cypher = run("schema"), run("schema", "--cypher")
    assert "developed_by" in plain.output
    for word in (*all_labels(load_vocabulary()), "DEVELOPED_BY", "MENTIONS", "char_start", "CREATE CONSTRAINT model_id"):
        assert word in cypher.output
    assert len(json.loads(run("schema", "--cypher", "--json").output)) > 50


# ---------------------------------------------------------------- from Python
def test_kg_open_a_directory(root: Path) -> None:
    with kg.open(root) as graph:
        rows = graph.ask("lineage", entity="DeepSeek-R1")
        assert rows[0]["name"] == "DeepSeek-V3"
        assert graph.cypher("MATCH (m:Model {name: $name}) RETURN m.id AS id", name="GPT-4o") == [{"id": "model/gpt-4o"}]
        assert graph.sparql("SELECT ?name { ?m a kg:Model ; rdfs:label ?name } ORDER BY ?name LIMIT 1") == [
            {"name": "DeepSeek-R1"}
        ]
        assert graph.sparql("ASK { ?m a kg:Model }") == [{"answer": True}]
        with pytest.raises(QueryError, match="rows with SELECT"):
            graph.sparql("CONSTRUCT WHERE { ?m a kg:Model }")
        with pytest.raises(QueryError, match="no question 'who'"):
            graph.ask("who")
        assert graph.to_networkx().number_of_nodes() > 10


@pytest.mark.parametrize(("least", "fewer"), [(0.0, False), (0.95, True), (1.0, True)])
def test_an_engine_gives_the_same_network(root: Path, least: float, fewer: bool) -> None:
    with kg.open(root) as graph:
        wanted = graph.to_networkx(min_confidence=least)
        assert (wanted.number_of_edges() < graph.to_networkx().number_of_edges()) == fewer
    with EngineGraph(open_embedded(root)) as behind:
        found = behind.to_networkx(min_confidence=least)
        assert behind.ask("lineage", entity="DeepSeek-R1")[0]["name"] == "DeepSeek-V3"
        with pytest.raises(QueryError, match="asked in Cypher"):
            behind.sparql("ASK {}")
    assert sorted(found.nodes(data=True), key=str) == sorted(wanted.nodes(data=True), key=str)
    assert sorted(found.edges(keys=True, data=True), key=str) == sorted(wanted.edges(keys=True, data=True), key=str)


def test_two_processes_may_build_at_once(root: Path) -> None:
    code = (
        "import sys; from kg.embedded import open_embedded;"
        " print(open_embedded(sys.argv[1]).run('MATCH (n) RETURN count(n) AS c').rows)"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(root)], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = {process.communicate(timeout=60)[0] for process in both}
    (rows,) = said
    assert rows.startswith("[(")
    assert len(indexes(root)) == 1
