"""Names, texts and parameters that are SPARQL, Cypher or HTML stay what they are: they are found, shown, and do nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.cypher_index import make_index
from kg.cypher_questions import answer_cypher, in_cypher
from kg.embedded import Embedded
from kg.errors import KGError
from kg.model import Claim, Entity, Evidence, Extraction, Mention, Post
from kg.property_graph import PropertyGraph
from kg.question_files import load_questions
from kg.questions import answer
from kg.store import Store, open_store
from tests.graphs import EXTRACTIONS

PAYLOADS = (
    "x> } ; DROP ALL ; #",
    '" } ; INSERT DATA { <a:b> <a:c> <a:d> } ; #',
    "$model } UNION { ?s ?p ?o",
    "') DETACH DELETE n //",
    "x' OR '1'='1",
    "`) MATCH (n) DETACH DELETE n //",
    '"}) CREATE (:Evil) //',
    "$name",
    "<script>window.x=1</script>",
    "<img src=x onerror=alert(1)>",
    "]]><!--{{7*7}}${7*7}",
    "\\u0022\\x22\\",
)


def dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump_sorted(out)
    return out.getvalue()


def said_of(name: str, number: int) -> list[Extraction]:
    """A model, an organization and a benchmark of this name, which claims join."""
    things = [
        Entity(f"{kind.lower()}/{name.casefold()}", kind, name) for kind in ("Model", "Organization", "Benchmark", "Hardware")
    ]
    model, maker, benchmark, chip = things
    post = Post(f"{name}/{number}", f"{name} and {name}", "en", name, "2024-05-13", name)
    where = Evidence(post.id, 0, len(post.text))
    claims = (
        Claim(model, "developed_by", maker, where), Claim(model, "runs_on", chip, where),
        Claim(model, "evaluated_on", benchmark, where, {"score": 88.7, "metric": name}),
    )  # fmt: skip
    mentions = tuple(Mention(0, len(name), thing.type, name, thing.key) for thing in things)
    return [Extraction(post, mentions, tuple(things), claims)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile") / "g"
    with Store.open(place, "write") as store, store.batching():
        for found in [*EXTRACTIONS, *(found for number, name in enumerate(PAYLOADS) for found in said_of(name, number))]:
            store.put(found, "hand/1")
    return place


@pytest.mark.parametrize("payload", PAYLOADS)
def test_questions_about_such_names(root: Path, payload: str) -> None:
    """Every parameter of every question, in both languages: the same rows, about that name alone, and the graph stays."""
    with open_store(root) as store:
        before, engine, answered = dump(store), Embedded(make_index(PropertyGraph(store))), 0
        nodes = engine.run("MATCH (n) RETURN count(n) AS n", {}).rows
        for question in load_questions():
            for parameter in question.parameters:
                given = {p.name: payload for p in question.parameters if p.required} | {parameter.name: payload}
                try:
                    rows = answer(store, question, given).rows
                except KGError:
                    with pytest.raises(KGError):
                        answer_cypher(engine, in_cypher(question), given)
                    continue
                assert answer_cypher(engine, in_cypher(question), given).rows == rows
                answered += bool(rows)
        assert answered >= 5
        assert dump(store) == before
        assert engine.run("MATCH (n) RETURN count(n) AS n", {}).rows == nodes


@pytest.mark.parametrize("payload", PAYLOADS)
def test_commands_with_such_names(root: Path, payload: str, tmp_path: Path) -> None:
    with open_store(root) as store:
        before = dump(store)
    cypher = "MATCH (m:Model {name: $name}) RETURN m.name AS name"
    key, page = f"model/{payload.casefold()}", tmp_path / "page.html"
    commands = (
        ["show", key],
        ["ask", "model-card", "--model", payload],
        ["ask", "leaderboard", "--benchmark", payload, "--cypher"],
        ["cypher", cypher, "-p", f"name={payload}", "--json"],
        ["draw", "--around", key, "-o", str(page)],
    )
    for command in commands:
        done = CliRunner().invoke(cli, [*command, "-g", str(root)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    assert "<script>window.x" not in page.read_text(encoding="utf-8")
    assert "<img src=x" not in page.read_text(encoding="utf-8")
    with open_store(root) as store:
        assert dump(store) == before
