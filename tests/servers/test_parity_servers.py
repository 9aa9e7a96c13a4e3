"""The questions of queries/*.cypher on real Bolt servers: row by row what SPARQL gives on the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kg.bolt import Bolt
from kg.cypher_lookup import EngineDirectory
from kg.cypher_questions import answer_cypher
from kg.lookup import StoreDirectory
from kg.push_neo4j import push
from kg.questions import answer
from kg.store import Store
from tests.generated import generated_store
from tests.graphs import world
from tests.parameters import choices, names
from tests.servers.conftest import opened
from tests.test_parity import CYPHER, SPARQL, looked_up, scores, typed
from tests.test_questions import CASES

GRAPHS: dict[str, Callable[[], Store]] = {
    "world": world,
    "2000-claims": lambda: generated_store(2_000, seed=3),
    "20000-claims": lambda: generated_store(20_000),
}
PLACES = [
    ("neo4j", "world"),
    ("neo4j", "2000-claims"),
    pytest.param(("neo4j", "20000-claims"), marks=pytest.mark.slow),
    ("arcadedb", "world"),
]


@pytest.fixture(scope="module", params=PLACES, ids=lambda place: "-".join(place))
def place(request: pytest.FixtureRequest) -> Iterator[tuple[Store, Bolt]]:
    """A store and a server that it was pushed to."""
    server, graph = request.param
    store = GRAPHS[graph]()
    with opened(request.getfixturevalue(f"{server}_server")) as bolt:
        bolt.write("MATCH (n) DETACH DELETE n", [])
        push(store, bolt)
        yield store, bolt


@pytest.mark.parametrize("name", sorted(SPARQL))
def test_the_rows_are_the_same(place: tuple[Store, Bolt], name: str) -> None:
    store, bolt = place
    asked = [given for question, given in choices(store) if question == name]
    assert asked
    for given in asked:
        wanted, got = answer(store, SPARQL[name], given), answer_cypher(bolt, CYPHER[name], given)
        assert typed(got) == typed(wanted), f"{name} {given}"


@pytest.mark.parametrize(("name", "given", "rows"), CASES, ids=[f"{i}-{case[0]}" for i, case in enumerate(CASES)])
def test_the_rows_written_by_hand(name: str, given: dict[str, Any], rows: list[tuple[Any, ...]], by_hand: Bolt) -> None:
    assert answer_cypher(by_hand, CYPHER[name], given).rows == rows


@pytest.fixture(scope="module")
def by_hand(request: pytest.FixtureRequest) -> Iterator[Bolt]:
    with opened(request.getfixturevalue("neo4j_server")) as bolt:
        bolt.write("MATCH (n) DETACH DELETE n", [])
        push(world(), bolt)
        yield bolt


@pytest.mark.parametrize("name", ["neo4j", "arcadedb"])
def test_ties_of_scores_of_any_size(name: str, request: pytest.FixtureRequest) -> None:
    with opened(request.getfixturevalue(f"{name}_server")) as bolt, scores() as store:
        bolt.write("MATCH (n) DETACH DELETE n", [])
        push(store, bolt)
        wanted = answer(store, SPARQL["conflicts"], {})
        assert typed(answer_cypher(bolt, CYPHER["conflicts"], {})) == typed(wanted)


def test_names_mean_the_same(place: tuple[Store, Bolt]) -> None:
    store, bolt = place
    for name in names(store):
        for kind in ("Entity", "Model"):
            wanted, got = looked_up(StoreDirectory(store), name, kind), looked_up(EngineDirectory(bolt), name, kind)
            assert got == wanted, f"{name!r} as {kind}"
