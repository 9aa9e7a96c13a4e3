"""kg push sparql and questions to the server, on real SPARQL servers: what arrives, what stays, what is said when it fails."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import Result

from kg.endpoint import Endpoint
from kg.login import Login
from kg.model import Claim, Evidence, Extraction, Post
from kg.push_sparql import push
from kg.question_files import load_questions
from kg.questions import answer, ask
from kg.store import Store, open_store
from tests.generated import generated_store
from tests.graphs import GPT4O, OPENAI, world
from tests.parameters import choices
from tests.servers import processes
from tests.servers.conftest import started, write
from tests.servers.processes import Server
from tests.test_questions import CASES

THEIRS = "<http://example.org/me> <http://example.org/likes> <https://postkg.example/model/gpt-4o> ."
NOTE = '<https://postkg.example/model/gpt-4o> <http://example.org/note> "mine" .'


@pytest.fixture(params=["fuseki", "oxigraph"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each server in turn, empty."""
    found: Server = request.getfixturevalue(f"{request.param}_server")
    with Endpoint(found.url) as endpoint:
        endpoint.update("CLEAR ALL")
    return found


def statements(endpoint: Endpoint) -> set[str]:
    """Everything in the graph of the endpoint, decimals as postkg writes them."""
    found = endpoint.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, ox.QueryTriples)
    return {_written(triple) for triple in found}


def _written(triple: ox.Triple) -> str:
    target = triple.object
    if isinstance(target, ox.Literal) and target.datatype.value.endswith("#decimal") and target.value.endswith(".0"):
        target = ox.Literal(target.value[:-2], datatype=target.datatype)
    return f"{triple.subject} {triple.predicate} {target} ."


def local(store: Store) -> set[str]:
    return {_written(quad.triple) for quad in store.graph.quads_for_pattern(None, None, None)}


def test_pushing_twice_changes_nothing(server: Server, graph: Path, kg: Callable[..., Result]) -> None:
    first = kg("push", "sparql", "--endpoint", server.url, "-g", graph)
    assert first.exit_code == 0, first.output
    assert "114 created, 0 updated, 0 unchanged, 0 removed" in first.output
    with Endpoint(server.url) as endpoint:
        assert statements(endpoint) == local(world())
    again = kg("push", "sparql", "--endpoint", server.url, "-g", graph)
    assert "0 statements sent" in again.output
    assert "0 created, 0 updated, 114 unchanged, 0 removed" in again.output


@pytest.mark.parametrize(("name", "given", "rows"), CASES, ids=[f"{name}-{i}" for i, (name, _, _) in enumerate(CASES)])
def test_the_server_gives_the_rows_of_the_store(
    request: pytest.FixtureRequest, name: str, given: dict[str, Any], rows: list[Any]
) -> None:
    for found in request.getfixturevalue("both_with_the_world"):
        with Endpoint(found.url) as endpoint:
            assert ask(endpoint, name, **given).rows == rows


@pytest.fixture(scope="module")
def both_with_the_world(fuseki_server: Server, oxigraph_server: Server) -> list[Server]:
    for found in (fuseki_server, oxigraph_server):
        with Endpoint(found.url) as endpoint:
            endpoint.update("CLEAR ALL")
            push(world(), endpoint)
    return [fuseki_server, oxigraph_server]


def test_a_larger_graph_gives_the_same_rows(server: Server) -> None:
    store = generated_store(2_000, seed=3)
    known = {question.name: question for question in load_questions()}
    with Endpoint(server.url) as endpoint:
        push(store, endpoint)
        assert push(store, endpoint).statements == 0
        for name, given in choices(store):
            assert answer(endpoint, known[name], given) == answer(store, known[name], given), (name, given)


def test_prune_removes_what_is_gone_and_nothing_of_others(
    server: Server, graph: Path, tmp_path: Path, kg: Callable[..., Result]
) -> None:
    with Endpoint(server.url) as endpoint:
        endpoint.update(f"INSERT DATA {{ {THEIRS} {NOTE} }}")
        kg("push", "sparql", "--endpoint", server.url, "-g", graph)
        less = write(tmp_path / "less", without=["ai_news/5", "ai_news/1"])
        kept = kg("push", "sparql", "--endpoint", server.url, "-g", less)
        assert "To remove them: --prune" in kept.output
        pruned = kg("push", "sparql", "--endpoint", server.url, "-g", less, "--prune")
        assert pruned.exit_code == 0
        with open_store(less) as store:
            assert statements(endpoint) == local(store) | {THEIRS, NOTE}
        assert "0 created, 0 updated" in kg("push", "sparql", "--endpoint", server.url, "-g", less, "--prune").output


def test_a_changed_post_replaces_its_statements(server: Server, tmp_path: Path) -> None:
    text = "OpenAI released GPT-4o."
    posts = [Post("a/1", text, channel="old"), Post("a/1", text, channel="new")]
    with Endpoint(server.url) as endpoint:
        for post in posts:
            store = Store.memory()
            store.put(Extraction(post, claims=(Claim(GPT4O, "developed_by", OPENAI, Evidence("a/1", 0, 23)),)))
            push(store, endpoint)
        assert statements(endpoint) == local(store)


def test_odd_characters_arrive_as_they_are(server: Server) -> None:
    text = 'OpenAI \\u0041 \\n "q" \'\'\' """ \n\t\r \u202e <a> {b} $c ?d # e 𝕏 é'
    store = Store.memory()
    store.put(
        Extraction(
            Post('odd/1 "x" \'/ё', text), claims=(Claim(GPT4O, "developed_by", OPENAI, Evidence('odd/1 "x" \'/ё', 0, len(text))),)
        )
    )
    with Endpoint(server.url) as endpoint:
        push(store, endpoint)
        assert statements(endpoint) == local(store)
        assert push(store, endpoint).statements == 0


def test_a_named_graph_is_used_alone(server: Server, graph: Path, kg: Callable[..., Result]) -> None:
    named = ("--named-graph", "http://example.org/news")
    assert kg("push", "sparql", "--endpoint", server.url, *named, "-g", graph).exit_code == 0
    assert "0 created" in kg("push", "sparql", "--endpoint", server.url, *named, "-g", graph).output
    assert "DeepSeek-R1" in kg("ask", "leaderboard", "--benchmark", "MMLU", "--endpoint", server.url, *named).output
    with Endpoint(server.url) as endpoint:
        assert statements(endpoint) == set()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?o { ?m kg:developedBy ?o } ORDER BY ?o LIMIT 1", "organization/deepseek"),
        ("ASK { ?m kg:developedBy ?o }", "yes"),
        ("CONSTRUCT { ?m kg:developedBy ?o } WHERE { ?m kg:developedBy ?o }", "kg:developedBy"),
    ],
)
def test_a_query_of_ones_own(server: Server, graph: Path, kg: Callable[..., Result], query: str, said: str) -> None:
    kg("push", "sparql", "--endpoint", server.url, "-g", graph)
    asked = kg("sparql", "--endpoint", server.url, query)
    assert asked.exit_code == 0, asked.output
    assert said in asked.output


def test_a_wrong_query_is_said_in_the_words_of_the_server(server: Server, kg: Callable[..., Result]) -> None:
    asked = kg("sparql", "--endpoint", server.url, "SELECT ?m { ?m")
    assert asked.exit_code == 1
    assert "The server cannot answer this SPARQL: " in asked.output


def test_an_unknown_name_gets_suggestions(server: Server, graph: Path, kg: Callable[..., Result]) -> None:
    kg("push", "sparql", "--endpoint", server.url, "-g", graph)
    asked = kg("ask", "leaderboard", "--benchmark", "MMUL", "--endpoint", server.url)
    assert asked.exit_code == 1
    assert "Did you mean MMLU" in asked.output


@pytest.mark.parametrize("kind", ["basic", "digest"])
def test_logging_in(kind: str, tmp_path: Path, graph: Path, kg: Callable[..., Result]) -> None:
    server = started(lambda: processes.fuseki_with_login(tmp_path / "home", kind))
    try:
        arguments = ("push", "sparql", "--endpoint", server.url, "-g", graph)
        nobody = kg(*arguments)
        assert (nobody.exit_code, "wants to know who you are (401)" in nobody.output) == (1, True)
        wrong = kg(*arguments, "--user", server.user, password="wrong")
        assert (wrong.exit_code, f"does not let {server.user} do this (401)" in wrong.output) == (1, True)
        assert kg(*arguments, "--user", server.user, password=server.password).exit_code == 0
        piped = kg(*arguments, "--user", server.user, "--password-stdin", stdin=server.password + "\n")
        assert "0 created" in piped.output
        with Endpoint(server.url, login=Login(server.user, server.password)) as endpoint:
            assert ask(endpoint, "leaderboard", benchmark="MMLU").rows
    finally:
        server.stop()


def test_nobody_listens(graph: Path, kg: Callable[..., Result]) -> None:
    pushed = kg("push", "sparql", "--endpoint", f"http://127.0.0.1:{processes.free_port()}/ds", "-g", graph)
    assert pushed.exit_code == 1
    assert "cannot be reached: Connection refused" in pushed.output


def test_a_wrong_path(fuseki_server: Server, graph: Path, kg: Callable[..., Result]) -> None:
    pushed = kg("push", "sparql", "--endpoint", fuseki_server.url + "x", "-g", graph)
    assert pushed.exit_code == 1
    assert "There is no SPARQL endpoint at" in pushed.output


def test_a_read_only_server(tmp_path: Path, graph: Path, kg: Callable[..., Result]) -> None:
    server = started(lambda: processes.oxigraph(tmp_path / "home", read_only=True))
    try:
        pushed = kg("push", "sparql", "--endpoint", server.url, "-g", graph)
        assert pushed.exit_code == 1
        assert "Is it read-only, or must you log in" in pushed.output
    finally:
        server.stop()


@pytest.mark.parametrize("url", ["ftp://example.org/ds", "localhost:3030/ds", "http:///ds"])
def test_an_address_that_is_none(url: str, graph: Path, kg: Callable[..., Result]) -> None:
    pushed = kg("push", "sparql", "--endpoint", url, "-g", graph)
    assert pushed.exit_code == 2
    assert "is no address of a SPARQL endpoint" in pushed.output


@pytest.mark.parametrize("kind", ["fuseki", "oxigraph"])
def test_a_killed_server_and_the_same_command_again(kind: str, tmp_path: Path) -> None:
    server = started(lambda: (processes.fuseki if kind == "fuseki" else processes.oxigraph)(tmp_path / "home"))
    store = generated_store(6_000, seed=5, path=tmp_path / "graph")
    store.close()
    command = [sys.executable, "-m", "kg", "push", "sparql", "--endpoint", server.url, "-g", str(tmp_path / "graph")]
    try:
        pushing = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        with Endpoint(server.url) as endpoint:
            end = time.monotonic() + 60
            while _count(endpoint) == 0 and time.monotonic() < end:
                time.sleep(0.05)
        server.kill()
        said, _ = pushing.communicate(timeout=120)
        assert pushing.returncode == 1, said
        assert "went away" in said
        assert "give the same command again" in said
        server.start()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert " 0 unchanged" not in done.stdout
        with open_store(tmp_path / "graph") as wanted, Endpoint(server.url) as endpoint:
            assert statements(endpoint) == local(wanted)
    finally:
        server.stop()


def _count(endpoint: Endpoint) -> int:
    (row,) = endpoint.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")  # type: ignore[misc]
    return int(row[0].value)
