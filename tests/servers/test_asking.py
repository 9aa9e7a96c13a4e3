"""kg ask, kg cypher and kg.open on servers: the same files, the same rows, and nothing changed by asking."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

import kg as package
from kg.endpoint import Endpoint
from kg.login import Login
from kg.network import to_networkx
from kg.push_neo4j import push
from kg.push_sparql import push as push_sparql
from kg.questions import ask
from tests.graphs import world
from tests.servers.conftest import opened
from tests.servers.processes import Server


@pytest.fixture
def filled(bolt_server: Server) -> Server:
    """Each Bolt server in turn, with the small world."""
    with opened(bolt_server) as bolt:
        push(world(), bolt)
    return bolt_server


def at(server: Server) -> list[str]:
    return ["--uri", server.url, "--user", server.user, "--database", "neo4j"]


def test_a_question(filled: Server, kg: Callable[..., Result]) -> None:
    asked = kg("ask", "leaderboard", "--benchmark", "mmlu", "--json", *at(filled), password=filled.password)
    assert asked.exit_code == 0, asked.output
    wanted = ask(world(), "leaderboard", benchmark="MMLU")
    assert [tuple(row.values()) for row in json.loads(asked.output)] == wanted.rows


def test_an_unknown_name_gets_suggestions(filled: Server, kg: Callable[..., Result]) -> None:
    asked = kg("ask", "leaderboard", "--benchmark", "MMUL", *at(filled), password=filled.password)
    assert asked.exit_code == 1
    assert "Did you mean MMLU" in asked.output


def test_a_statement_with_parameters(filled: Server, kg: Callable[..., Result]) -> None:
    text = (
        "MATCH (m:Model)-[r:EVALUATED_ON]->(b {name: $name}) "
        "RETURN m.name AS model, max(r.score) AS score ORDER BY score DESC, model"
    )
    asked = kg("cypher", text, "-p", "name=MMLU", "--csv", *at(filled), password=filled.password)
    assert asked.output.splitlines()[:2] == ["model,score", "DeepSeek-R1,90.8"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("MATCH (m:Model RETURN m", "cannot answer this Cypher"), ("RETURN $missing", "cannot answer this Cypher")],
)
def test_a_wrong_statement(filled: Server, kg: Callable[..., Result], text: str, said: str) -> None:
    asked = kg("cypher", text, *at(filled), password=filled.password)
    assert asked.exit_code == 1
    assert said in asked.output


def test_asking_changes_nothing(neo4j_server: Server, kg: Callable[..., Result]) -> None:
    asked = kg("cypher", "CREATE (n:Intruder) RETURN n", *at(neo4j_server), password=neo4j_server.password)
    assert asked.exit_code == 1
    assert "only kg push may" in asked.output
    with opened(neo4j_server) as bolt:
        assert bolt.run("MATCH (n:Intruder) RETURN count(n)").rows == [(0,)]


def test_nodes_relationships_and_dates_are_plain(filled: Server) -> None:
    text = (
        "MATCH (a:Model {id: 'model/r1-distill'})-[r:BASED_ON]->(b {id: 'model/deepseek-r1'}) "
        "RETURN a, r, b, date('2025-02-10') AS day, [1, {x: null}] AS nested"
    )
    with opened(filled) as bolt:
        ((start, joined, _, day, nested),) = bolt.run(text).rows
    assert (start["labels"], start["name"], joined["type"]) == (["Entity", "Model"], "R1-Distill", "BASED_ON")
    assert (joined["sentence"], day, nested) == ("distilled from DeepSeek-R1", "2025-02-10", [1, {"x": None}])


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "conflicts", "--uri", "bolt://localhost", "--endpoint", "http://localhost/ds"),
        ("ask", "conflicts", "--endpoint", "http://localhost/ds", "--cypher"),
        ("ask", "conflicts", "--user", "ann"),
        ("ask", "conflicts", "--database", "x"),
        ("cypher", "RETURN 1", "--uri", "bolt://localhost", "--write"),
        ("sparql", "ASK { ?s ?p ?o }", "--named-graph", "http://g"),
    ],
)
def test_options_that_do_not_go_together(arguments: tuple[str, ...], kg: Callable[..., Result]) -> None:
    assert kg(*arguments).exit_code == 2


def test_from_python(filled: Server) -> None:
    login = Login(filled.user, filled.password)
    with package.open(filled.url, database="neo4j", login=login) as graph:
        found = graph.ask("leaderboard", benchmark="MMLU")
        assert [tuple(row.values()) for row in found] == ask(world(), "leaderboard", benchmark="MMLU").rows
        assert graph.cypher("MATCH (m:Model {name: $name}) RETURN m.id AS id", name="GPT-4o") == [{"id": "model/gpt-4o"}]
        assert everything(graph.to_networkx()) == everything(to_networkx(world()))


@pytest.mark.parametrize("name", ["fuseki", "oxigraph"])
def test_from_python_an_endpoint(request: pytest.FixtureRequest, name: str) -> None:
    server: Server = request.getfixturevalue(f"{name}_server")
    with Endpoint(server.url) as endpoint:
        endpoint.update("CLEAR ALL")
        push_sparql(world(), endpoint)
    with package.open(server.url) as graph:
        found = graph.ask("leaderboard", benchmark="MMLU")
        assert [tuple(row.values()) for row in found] == ask(world(), "leaderboard", benchmark="MMLU").rows
        assert graph.sparql("SELECT ?m { ?m kg:developedBy <https://postkg.example/organization/meta> }") == [
            {"m": "model/llama-3.1"}
        ]
        assert graph.cypher("MATCH (m:Model {name: $name}) RETURN m.id AS id", name="GPT-4o") == [{"id": "model/gpt-4o"}]
        assert everything(graph.to_networkx()) == everything(to_networkx(world()))


def everything(graph: Any) -> tuple[dict[str, Any], dict[Any, Any]]:
    """Nodes and edges with what is known of them."""
    return dict(graph.nodes(data=True)), {(a, b, key): known for a, b, key, known in graph.edges(keys=True, data=True)}
