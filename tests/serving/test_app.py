"""What a running server answers: the page, parts of the graph, questions in both languages, limits."""

from __future__ import annotations

import json
import re
import signal
import socket
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.question_files import load_questions
from tests.serving.conftest import Serving, Starter

SECURITY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def keys(part: Any) -> set[str]:
    return set(part["graph"]["nodes"]["key"])


@pytest.mark.parametrize("path", ["/", "/api/overview", "/api/questions", "/nothing", "/api/around?key="])
def test_every_answer_carries_the_headers(served: Serving, path: str) -> None:
    answer = served.get(path)
    assert SECURITY.items() <= dict(answer.headers).items()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert not [name for name in answer.headers if name.startswith("access-control") or name in ("server", "set-cookie")]


def test_the_page(served: Serving) -> None:
    page = served.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "connect-src 'self'" in page.headers["content-security-policy"]
    assert '<html lang="ru">' in served.get("/?lang=ru").text and '<html lang="en">' in served.get("/?lang=xx").text
    assert " onclick=" not in page.text and "graph-data" not in page.text


def test_overview(served: Serving) -> None:
    part = served.get("/api/overview").json()
    assert (len(keys(part)), part["graph"]["total"]) == (19, 19)
    assert len(part["evidence"]["claims"]["quote"]) == len(part["graph"]["claims"])


PARTS: list[tuple[str, set[str] | None]] = [
    ("around?key=model/gigachat", {"model/gigachat", "organization/сбер", "hardware/a100", "hardware/h100"}),
    ("around?key=ГигаЧат&depth=0", {"model/gigachat"}),
    ("find?text=гпт", {"model/gpt-4o"}),
    ("find?text=gpt", {"model/gpt-4o", "model/gpt-4"}),
    ("find?text=%3Cscript%3E", None),
    ("find?text=---", None),
    ("path?from=organization/openai&to=benchmark/mmlu", {"organization/openai", "model/gpt-4o", "benchmark/mmlu"}),
    ("path?from=organization/openai&to=organization/openai", {"organization/openai"}),
    ("path?from=organization/openai&to=model/nobody", None),
]


@pytest.mark.parametrize(("path", "expected"), PARTS)
def test_parts(served: Serving, path: str, expected: set[str] | None) -> None:
    part = served.get(f"/api/{path}").json()
    assert (part and keys(part)) == expected


def test_questions_are_forms(served: Serving) -> None:
    told = {question["name"]: question for question in served.get("/api/questions").json()}
    assert set(told) == {question.name for question in load_questions()}
    first = told["leaderboard"]
    assert first["titles"]["ru"].startswith("Какие модели") and len(first["labels"]["ru"]) == len(first["columns"])
    assert {"name": "benchmark", "type": "Benchmark", "required": True}.items() <= first["parameters"][0].items()


@pytest.mark.parametrize("language", ["sparql", "cypher"])
def test_a_question_as_table_and_picture(served: Serving, language: str) -> None:
    answer = served.post(
        "/api/ask", {"question": "leaderboard", "parameters": {"benchmark": "MMLU"}, "language": language}
    ).json()
    assert answer["rows"][0][:2] == ["GPT-4o", 88.7] or answer["rows"][0][0] == "DeepSeek-R1"
    assert len(answer["rows"]) == 5 and answer["columns"][0] == "model" and not answer["truncated"]
    assert keys(answer["picture"]) == {row[-1] for row in answer["rows"]} | {"benchmark/mmlu"}
    assert answer["picture"]["graph"]["pictures"][0]["count"] == 5
    assert answer["predicates"] == ["evaluated_on"]


@pytest.mark.parametrize("name", [question.name for question in load_questions()])
def test_both_languages_give_the_same(served: Serving, name: str) -> None:
    question = next(question for question in load_questions() if question.name == name)
    some = {"model": "GPT-4o", "organization": "OpenAI", "benchmark": "MMLU", "hardware": "H100", "entity": "GPT-4o"}
    some |= {"subject": "GPT-4o", "since": "2024-01", "until": "2024-12"}
    wanted = [p.name for p in question.parameters if p.required or (p.one_of and p.name in ("hardware", "subject"))]
    given = {"question": name, "parameters": {one: some[one] for one in wanted}}
    rows = [served.post("/api/ask", {**given, "language": language}).json()["rows"] for language in ("sparql", "cypher")]
    assert rows[0] == rows[1]


def test_sparql(served: Serving) -> None:
    answer = served.sparql("SELECT ?model ?who { ?model kg:developedBy ?who } ORDER BY ?model").json()
    assert (answer["columns"], ["model/gpt-4o", "organization/openai"] in answer["rows"]) == (["model", "who"], True)
    assert {"model/gpt-4o", "organization/openai"} <= keys(answer["picture"])
    assert served.sparql("ASK { ?s kg:developedBy ?o }").json()["rows"] == [[True]]
    assert served.sparql("CONSTRUCT { ?s kg:developedBy ?o } WHERE { ?s kg:developedBy ?o }").json()["columns"] == [
        "subject",
        "predicate",
        "object",
    ]
    assert served.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["picture"] is None


def test_cypher(served: Serving) -> None:
    asked = {"query": "MATCH (m:Model {name: $name})-[r:DEVELOPED_BY]->(o) RETURN m, r, o", "parameters": {"name": "GPT-4o"}}
    answer = served.post("/api/cypher", asked).json()
    assert answer["rows"][0][0]["id"] == "model/gpt-4o" and answer["rows"][0][1]["type"] == "DEVELOPED_BY"
    assert keys(answer["picture"]) == {"model/gpt-4o", "organization/openai"}
    assert len(answer["picture"]["graph"]["facts"]["subject"]) == 1


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, 400, "read-only"),
    ("sparql", {"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}, 400, "read-only"),
    ("sparql", {"query": "LOAD <http://127.0.0.1/x>"}, 400, "read-only"),
    ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, 400, "SERVICE"),
    ("sparql", {"query": "SELEC"}, 400, "line 1"),
    ("sparql", {"query": "  "}, 400, "query is needed"),
    ("sparql", {}, 400, "query is needed"),
    ("sparql", {"query": 1}, 400, "must be a string"),
    ("sparql", {"query": "ASK {}", "more": 1}, 400, "an object with: query"),
    ("cypher", {"query": "MATCH (n) DETACH DELETE n"}, 400, "read-only"),
    ("cypher", {"query": "CREATE (n:X) RETURN n"}, 400, "read-only"),
    ("cypher", {"query": "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"}, 400, "not allowed"),
    ("cypher", {"query": "MATCH (n RETURN n"}, 400, "cannot be answered"),
    ("cypher", {"query": "RETURN 1", "parameters": []}, 400, "must be an object"),
    ("ask", {"question": "leaderbord", "parameters": {}}, 400, "Did you mean leaderboard?"),
    ("ask", {"question": "leaderboard", "parameters": {}}, 400, "needs --benchmark"),
    ("ask", {"question": "leaderboard", "parameters": {"benchmark": "MLMU"}}, 400, "Did you mean MMLU"),
    ("ask", {"question": "leaderboard", "parameters": {"benchmark": ["MMLU"]}}, 400, "strings and numbers"),
    ("ask", {"question": "leaderboard", "parameters": {"benchmark": "MMLU", "limit": "-1x"}}, 400, "whole number"),
    ("ask", {"question": "leaderboard", "parameters": {"benchmark": "MMLU"}, "language": "sql"}, 400, "sparql or cypher"),
    ("ask", {"question": "../../etc/passwd", "parameters": {}}, 400, "no question"),
]


@pytest.mark.parametrize(("where", "body", "status", "words"), REFUSED)
def test_what_cannot_be_answered_is_said(served: Serving, where: str, body: Any, status: int, words: str) -> None:
    answer = served.post(f"/api/{where}", body)
    assert (answer.status_code, words in answer.json()["error"]) == (status, True), answer.text


def test_nothing_was_changed(served: Serving) -> None:
    assert len(keys(served.get("/api/overview").json())) == 19


def test_rows_are_limited(served: Serving) -> None:
    many = served.sparql("SELECT ?s ?p ?o { ?s ?p ?o }").json()
    assert (len(many["rows"]), many["truncated"]) == (50, True)
    many = served.post("/api/cypher", {"query": "UNWIND range(1, 100000) AS n RETURN n"}).json()
    assert (len(many["rows"]), many["truncated"]) == (50, True)


@pytest.mark.parametrize(
    ("where", "query"),
    [
        ("sparql", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"),
        (
            "cypher",
            "MATCH (a), (b), (c), (d), (e), (f) WHERE a.name + b.name + c.name + d.name + e.name = f.name RETURN count(*)",
        ),
    ],
)
def test_time_is_limited(served: Serving, where: str, query: str) -> None:
    begun = time.monotonic()
    answer = served.post(f"/api/{where}", {"query": query})
    assert answer.status_code == 400 and time.monotonic() - begun < 60
    # Whichever limit is met first ends it.
    assert re.search("longer than 4 seconds|timed out|too much memory", answer.json()["error"], re.IGNORECASE), answer.json()
    assert served.sparql("ASK { ?s ?p ?o }").json()["rows"] == [[True]]


def test_memory_is_limited(serving: Starter) -> None:
    server = serving("--memory", "400", "--time-limit", "60")
    hungry = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 1"
    answer = server.sparql(hungry)
    assert (answer.status_code, "too much memory" in answer.json()["error"]) == (400, True)
    assert server.sparql("ASK { ?s ?p ?o }").json()["rows"] == [[True]]


def test_deep_nesting_ends_a_process_and_not_the_server(served: Serving) -> None:
    deep = served.sparql("SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }")
    assert deep.status_code == 400
    assert served.get("/api/questions").status_code == 200


def test_a_build_goes_on_meanwhile_and_is_seen(serving: Starter, tmp_path: Path) -> None:
    from kg.store import Store
    from tests.generated import generated_posts
    from tests.graphs import EXTRACTIONS

    root = tmp_path / "growing"
    with Store.open(root, "write") as store:
        store.put(EXTRACTIONS[0], "hand/1")
    server = serving(at=root)
    counted = "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }"
    seen = [server.sparql(counted).json()["rows"][0][0]]
    with Store.open(root, "write") as store:
        for number, extraction in enumerate(generated_posts(800)):
            store.put(extraction, "made/1")
            if number % 50 == 25:
                store.graph.flush()
                store.graph.optimize()
                time.sleep(1.2)  # a snapshot is kept for a second
                seen.append(server.sparql(counted).json()["rows"][0][0])
    time.sleep(1.2)
    seen.append(server.sparql(counted).json()["rows"][0][0])
    assert seen == sorted(seen) and seen[-1] >= 800 and len(set(seen)) == 6
    # The first picture is made again when the former one is some times as old as it takes to make.
    end = time.monotonic() + 60
    while len(keys(server.get("/api/overview").json())) < 50:
        assert time.monotonic() < end
        time.sleep(0.5)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(serving: Starter, how: signal.Signals) -> None:
    server = serving()
    server.get("/api/overview")
    status = server.stop(how)
    assert status == (0 if how == signal.SIGINT else -signal.SIGTERM)
    assert "Traceback" not in server.log.read_text()
    assert not list((server.graph / "serving").glob(str(server.process.pid)))


def test_it_ends_while_a_query_runs(serving: Starter) -> None:
    server = serving("--time-limit", "300")
    with socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1]))) as line:
        body = json.dumps({"query": ENDLESS})
        head = f"Host: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        line.sendall(f"POST /api/sparql HTTP/1.1\r\n{head}\r\n{body}".encode())
        time.sleep(2)
        assert server.stop() == 0
    assert "Traceback" not in server.log.read_text()


def test_first_picture_of_a_part(serving: Starter) -> None:
    server = serving("--around", "GigaChat", "--title", "Мир <b>", "--lang", "ru")
    assert keys(server.get("/api/overview").json()) == {"model/gigachat", "organization/сбер", "hardware/a100", "hardware/h100"}
    page = server.get("/").text
    assert "<title>Мир &lt;b&gt;</title>" in page and '<html lang="ru">' in page


def test_filters_hold_for_everything_that_is_fetched(serving: Starter) -> None:
    server = serving("--until", "2024-06")
    assert "model/deepseek-v3" not in keys(server.get("/api/around?key=benchmark/mmlu").json())


def test_connections_beyond_the_loopback_are_not_taken(served: Serving) -> None:
    port = int(served.url.rsplit(":", 1)[1])
    own = [info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    for address in {str(one) for one in own if not str(one).startswith("127.")}:
        with pytest.raises((OSError, RuntimeError, httpx.ConnectError)):
            socket.create_connection((address, port), timeout=2)
