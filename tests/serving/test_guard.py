"""Who may ask: names of the host, pages of other sites, tokens, sizes; over real HTTP, header by header."""

from __future__ import annotations

import socket
import time
from contextlib import nullcontext

import httpx
import pytest
from click.testing import CliRunner

from kg.cli import cli
from tests.serving.conftest import Serving, Starter

TOKEN = "correct-horse-battery"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def raw(server: Serving, text: str) -> str:
    """What the server says to exactly these bytes."""
    with socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1])), timeout=20) as line:
        line.sendall(text.encode("latin-1"))
        line.settimeout(20)
        said = b""
        while chunk := line.recv(65536):
            said += chunk
    return said.decode("utf-8", "replace")


HOSTS = [
    ("127.0.0.1", 200), ("localhost", 200), ("LOCALHOST:1", 200), ("[::1]", 200),
    ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("localhost.evil.example", 421), ("127.0.0.1@evil.example", 421),
    ("evil.example:80", 421), ("0.0.0.0", 421), ("127.0.0.2", 421), ("", 421), ("localhost/", 421), ("localhost:x", 421),
]  # fmt: skip


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_the_host_must_be_this_one(served: Serving, host: str, status: int) -> None:
    assert raw(served, f"GET /api/questions HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").startswith(
        f"HTTP/1.1 {status} "
    )


@pytest.mark.parametrize("request_", ["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.0\r\nConnection: close\r\n\r\n"])
def test_without_a_host_nothing_is_said(served: Serving, request_: str) -> None:
    assert raw(served, request_).split()[1] in ("400", "421")


def test_two_hosts_are_no_host(served: Serving) -> None:
    said = raw(served, "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    assert said.split()[1] in ("400", "421")


PAGES: list[tuple[str, str, dict[str, str], int]] = [
    ("POST", "/api/sparql", {}, 200),
    ("POST", "/api/sparql", {"Origin": "OWN", "Sec-Fetch-Site": "same-origin"}, 200),
    ("POST", "/api/sparql", {"Origin": "https://evil.example"}, 403),
    ("POST", "/api/sparql", {"Origin": "null"}, 403),
    ("POST", "/api/sparql", {"Origin": "http://localhost:1"}, 403),
    ("POST", "/api/sparql", {"Sec-Fetch-Site": "cross-site"}, 403),
    ("GET", "/api/overview", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
    ("GET", "/api/overview", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403),
    ("GET", "/api/overview", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 403),
    ("GET", "/", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
    ("GET", "/", {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
    ("OPTIONS", "/api/sparql", {"Origin": "OWN"}, 405),
    ("PUT", "/api/sparql", {}, 405),
    ("DELETE", "/", {}, 405),
    ("GET", "/api/sparql", {}, 405),
    ("POST", "/api/overview", {}, 405),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), PAGES)
def test_pages_of_other_sites_may_not_ask(served: Serving, method: str, path: str, headers: dict[str, str], status: int) -> None:
    told = {name: served.url if value == "OWN" else value for name, value in headers.items()}
    body = {"query": "ASK { ?s ?p ?o }"} if method == "POST" else None
    answer = httpx.request(method, served.url + path, headers=told, json=body, timeout=30)
    assert answer.status_code == status, answer.text
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read(served: Serving, kind: str) -> None:
    answer = httpx.post(f"{served.url}/api/sparql", content=b'{"query": "ASK {}"}', headers={"Content-Type": kind})
    assert (answer.status_code, "must be JSON" in answer.text) == (400, True)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 30_000])
def test_bodies_that_are_no_json(served: Serving, body: bytes) -> None:
    answer = httpx.post(f"{served.url}/api/sparql", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400 and "error" in answer.json()


def test_big_requests_are_refused(served: Serving) -> None:
    assert served.sparql("#" * 100_000).status_code == 413
    assert served.get("/api/find", params={"text": "x" * 400}).status_code == 400
    assert raw(served, f"GET /{'x' * 40_000} HTTP/1.1\r\nHost: localhost\r\n\r\n").split()[1] in ("400", "414", "431")
    chunked = "POST /api/sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    chunk = f"{8_000:x}\r\n{'x' * 8_000}\r\n"
    assert raw(served, chunked + chunk * 9 + "0\r\n\r\n").split()[1] == "413"
    assert raw(served, "POST /api/sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n").split()[1] in ("400", "413")


def test_slow_requests_are_ended(served: Serving) -> None:
    begun = time.monotonic()
    said = raw(served, "POST /api/sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{")
    assert (said.split()[1], time.monotonic() - begun < 18) == ("408", True)


def test_a_token_is_asked_for(serving: Starter) -> None:
    server = serving(token=TOKEN)
    for path in ("/api/overview", "/api/questions", "/nothing"):
        assert server.get(path).status_code == 401
    assert server.post("/api/sparql", {"query": "ASK {}"}).headers["www-authenticate"] == "Bearer"
    assert server.get("/api/questions", headers=BEARER).status_code == 200
    for wrong in ("Bearer x", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN[:-1]}"):
        assert server.get("/api/questions", headers={"Authorization": wrong}).status_code == 401
    assert server.get(f"/api/questions?token={TOKEN}").status_code == 401


def test_logging_in(serving: Starter) -> None:
    server = serving(token=TOKEN)
    assert server.get("/").headers["location"] == "/login"
    form = server.get("/login")
    assert "<script" not in form.text and "form-action 'self'" in form.headers["content-security-policy"]
    wrong = httpx.post(f"{server.url}/login", data={"token": "no"})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (403, False)
    with httpx.Client(base_url=server.url) as browser:
        right = browser.post("/login", data={"token": TOKEN})
        cookie = right.headers["set-cookie"]
        assert right.status_code == 303 and "HttpOnly" in cookie and "SameSite=Strict" in cookie and TOKEN not in cookie
        assert browser.get("/").status_code == 200
        assert browser.get("/api/overview").status_code == 200
    name = cookie.partition("=")[0]
    assert server.get("/api/overview", cookies={name: "x" * 43}).status_code == 401
    elsewhere = httpx.post(f"{server.url}/login", data={"token": TOKEN}, headers={"Origin": "https://evil.example"})
    assert elsewhere.status_code == 403


def test_guessing_takes_time(serving: Starter) -> None:
    server = serving(token=TOKEN)
    begun = time.monotonic()
    for _ in range(3):
        server.get("/api/questions", headers={"Authorization": "Bearer guess"})
    assert time.monotonic() - begun > 1.4


def test_the_token_is_in_no_log(serving: Starter) -> None:
    server = serving(token=TOKEN)
    server.get("/api/questions", headers=BEARER)
    httpx.post(f"{server.url}/login", data={"token": TOKEN})
    server.stop()
    assert TOKEN not in server.log.read_text()


def test_other_machines_need_a_token_and_it_names_its_hosts(serving: Starter) -> None:
    server = serving("--host", "0.0.0.0", "--allow-remote", "--allow-host", "graph.example", token=TOKEN)
    url = server.url.replace("0.0.0.0", "127.0.0.1")
    for host, status in (("192.0.2.7", 200), ("graph.example", 200), ("evil.example", 421), ("[2001:db8::1]:80", 200)):
        answer = httpx.get(f"{url}/api/questions", headers={**BEARER, "Host": host})
        assert (host, answer.status_code) == (host, status)
    assert httpx.get(f"{url}/api/questions").status_code == 401
    assert "not encrypted" in server.log.read_text()


LINES = [
    ("--host 0.0.0.0", "", 2, "--allow-remote"),
    ("--host example.org", TOKEN, 2, "--allow-remote"),
    ("--host 0.0.0.0 --allow-remote", "", 2, "KG_TOKEN=$(openssl"),
    ("--host 0.0.0.0 --allow-remote", "short", 2, "16 characters or more"),
    ("--port 99999", "", 2, "--port"),
    ("-g nowhere --port 0", "", 1, "kg build POSTS"),
    ("--types Modle --port 0", "", 1, "Did you mean Model?"),
]


@pytest.mark.parametrize(("line", "token", "status", "words"), LINES)
def test_command_lines(line: str, token: str, status: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TOKEN", token)
    monkeypatch.setattr("kg.serving.server.listen", lambda host, port: nullcontext())
    result = CliRunner().invoke(cli, ["serve", *line.split()])
    assert (result.exit_code, words in result.output) == (status, True), result.output


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "starlette", None)
    result = CliRunner().invoke(cli, ["serve", "--port", "0"])
    assert (result.exit_code, "pip install 'postkg[serve]'" in result.output) == (1, True)


def test_a_port_that_is_taken(served: Serving, graph: object) -> None:
    result = CliRunner().invoke(cli, ["serve", "-g", str(graph), "--port", served.url.rsplit(":", 1)[1]])
    assert (result.exit_code, "--port 0" in result.output) == (1, True)
