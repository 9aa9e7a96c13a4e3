"""The servers as fixtures. Each is started once for all tests; one that cannot be had skips its tests and says why."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.bolt import Bolt
from kg.cli import cli
from kg.login import BOLT, Login
from kg.store import Store
from tests.graphs import EXTRACTIONS
from tests.servers import processes
from tests.servers.processes import Server, Unavailable

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here speaks to servers on this machine, and to nothing else."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("servers")
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"]))


def started(make: Callable[[], Server]) -> Server:
    """The server, or the test skipped with the reason."""
    try:
        return make()
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real Neo4j: the empty one of ``NEO4J_URI`` when that is set, else one started here."""
    uri = os.environ.get("NEO4J_URI")
    if uri:
        login = Login.from_environment(BOLT)
        with Bolt(uri) as bolt:
            if bolt.run("MATCH (n) RETURN count(n)").rows != [(0,)]:
                pytest.fail(f"The database at {uri} is not empty. These tests write and delete: give them one of their own.")
        yield Server(uri, login.user, login.password, [], Path(), lambda server: True)
        return
    server = started(lambda: processes.neo4j(tmp_path_factory.mktemp("neo4j") / "home"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def arcadedb_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Bolt server that needs nothing but Python."""
    server = started(lambda: processes.arcadedb(tmp_path_factory.mktemp("arcadedb") / "home"))
    yield server
    server.stop()


@pytest.fixture(params=["neo4j", "arcadedb"])
def bolt_server(request: pytest.FixtureRequest) -> Server:
    """Each Bolt server in turn, empty."""
    server: Server = request.getfixturevalue(f"{request.param}_server")
    with opened(server) as bolt:
        bolt.write("MATCH (n) DETACH DELETE n", [])
    return server


def opened(server: Server) -> Bolt:
    """A connection to it."""
    return Bolt(server.url, database="neo4j", login=Login(server.user, server.password))


@pytest.fixture(scope="session")
def fuseki_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Apache Jena Fuseki."""
    server = started(lambda: processes.fuseki(tmp_path_factory.mktemp("fuseki") / "home"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The Oxigraph server."""
    server = started(lambda: processes.oxigraph(tmp_path_factory.mktemp("oxigraph") / "home"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world of ``tests.graphs`` on disk."""
    folder = tmp_path_factory.mktemp("world") / "graph"
    write(folder, [])
    return folder


def write(folder: Path, without: list[str], extra: list[Any] | None = None) -> Path:
    """A graph of the small world without these posts."""
    with Store.open(folder, "write") as store:
        for extraction in [*EXTRACTIONS, *(extra or [])]:
            if extraction.post.id not in without:
                store.put(extraction, "hand/1")
    return folder


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command line: ``kg("push", "neo4j", ..., password=...)``."""

    def run(*arguments: object, password: str = "", token: str = "", stdin: str | None = None) -> Result:
        for name in ("NEO4J_PASSWORD", "NEO4J_USERNAME", "SPARQL_PASSWORD", "SPARQL_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        if password:
            monkeypatch.setenv("NEO4J_PASSWORD", password)
            monkeypatch.setenv("SPARQL_PASSWORD", password)
        if token:
            monkeypatch.setenv("SPARQL_TOKEN", token)
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin, catch_exceptions=False)

    return run
