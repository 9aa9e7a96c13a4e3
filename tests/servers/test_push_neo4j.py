"""kg push neo4j on real Bolt servers: what arrives, what stays, what is said when it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kg.bolt import Bolt
from kg.model import Claim, Evidence, Extraction, Post
from kg.property_graph import PropertyGraph
from kg.push_neo4j import MARK, push
from kg.store import Store, open_store
from tests.generated import generated_store
from tests.graphs import GPT4O, MMLU, OPENAI, entity, world
from tests.servers import processes
from tests.servers.conftest import opened, started, write
from tests.servers.processes import Server

Things = set[tuple[Any, ...]]


def there(bolt: Bolt) -> tuple[Things, Things]:
    """All nodes of ours with labels and properties, and all relationships from them."""
    nodes = bolt.run("MATCH (n) WHERE n.graph = $mark RETURN labels(n), properties(n)", {"mark": MARK}).rows
    joined = bolt.run("MATCH (a)-[r]->(b) WHERE a.graph = $mark RETURN a.id, type(r), b.id, properties(r)", {"mark": MARK}).rows
    return {(frozenset(labels), _frozen(known)) for labels, known in nodes}, {(*ends, _frozen(known)) for *ends, known in joined}


def wanted(store: Store) -> tuple[Things, Things]:
    """The same, as the property graph of the store has it."""
    graph = PropertyGraph(store)
    nodes = {
        (frozenset({batch.label, batch.second} - {""}), _frozen({"id": row["id"], "graph": MARK, **row["properties"]}))
        for batch in graph.nodes()
        for row in batch.rows
    }
    joined = {
        (
            row["start"],
            batch.type,
            row["end"],
            _frozen({**({} if batch.type == "MENTIONS" else {"id": row["id"]}), **row["properties"]}),
        )
        for batch in graph.relationships()
        for row in batch.rows
    }
    return nodes, joined


def _frozen(properties: dict[str, Any]) -> frozenset[tuple[str, Any]]:
    return frozenset((name, tuple(value) if isinstance(value, list) else value) for name, value in properties.items())


def to(server: Server, *more: object) -> list[object]:
    """The command that pushes there."""
    return ["push", "neo4j", "--uri", server.url, "--user", server.user, "--database", "neo4j", *more]


def test_pushing_twice_changes_nothing(bolt_server: Server, graph: Path, kg: Callable[..., Result]) -> None:
    first = kg(*to(bolt_server, "-g", graph), password=bolt_server.password)
    assert first.exit_code == 0, first.output
    assert "nodes: 36 created, 0 updated, 0 unchanged, 0 removed" in first.output
    assert "relationships: 85 created, 0 updated, 0 unchanged, 0 removed" in first.output
    with opened(bolt_server) as bolt:
        assert there(bolt) == wanted(world())
    again = kg(*to(bolt_server, "-g", graph, "--password-stdin"), stdin=bolt_server.password + "\n")
    assert "nodes: 0 created, 0 updated, 36 unchanged, 0 removed" in again.output
    assert "relationships: 0 created, 0 updated, 85 unchanged, 0 removed" in again.output


def test_ids_are_unique(bolt_server: Server) -> None:
    with opened(bolt_server) as bolt:
        push(world(), bolt)
        with pytest.raises(Exception, match="id of ours"):
            bolt.write("CREATE (:Model {id: 'model/gpt-4o'})", [])


def test_odd_names_arrive_as_they_are(bolt_server: Server) -> None:
    store = generated_store(600, seed=4)
    with opened(bolt_server) as bolt:
        push(store, bolt)
        assert there(bolt) == wanted(store)
        report = push(store, bolt)
    assert (report.nodes.created, report.nodes.updated, report.relationships.created, report.relationships.updated) == (
        0,
        0,
        0,
        0,
    )


def test_prune_removes_what_is_gone_and_nothing_of_others(
    bolt_server: Server, graph: Path, tmp_path: Path, kg: Callable[..., Result]
) -> None:
    def theirs() -> list[Any]:
        nodes = "MATCH (n) WHERE n.graph IS NULL RETURN labels(n), properties(n) ORDER BY n.name"
        joined = "MATCH (a)-[r:LIKES]->(b) RETURN a.name, properties(r), b.name ORDER BY a.name"
        return [bolt.run(nodes).rows, bolt.run(joined).rows]

    with opened(bolt_server) as bolt:
        kg(*to(bolt_server, "-g", graph), password=bolt_server.password)
        bolt.write("CREATE (:Model {id: 'model/theirs', name: 'theirs'})", [])
        bolt.write("MATCH (g {id: 'model/r1-distill'}) CREATE (:Reader {name: 'Ann'})-[:LIKES {since: 2024}]->(g)", [])
        before = theirs()
        less = write(tmp_path / "less", without=["ai_news/5", "ai_news/1"])
        kept = kg(*to(bolt_server, "-g", less), password=bolt_server.password)
        assert "To remove them: --prune" in kept.output
        pruned = kg(*to(bolt_server, "-g", less, "--prune"), password=bolt_server.password)
        assert pruned.exit_code == 0
        assert "1 nodes were kept: something that postkg did not write is attached to them." in pruned.output
        assert theirs() == before
        bolt.write("MATCH (n:Reader) DETACH DELETE n", [])
        kg(*to(bolt_server, "-g", less, "--prune"), password=bolt_server.password)
        with open_store(less) as store:
            assert there(bolt) == wanted(store)


def test_a_node_of_others_with_an_id_of_ours_is_an_error(bolt_server: Server, graph: Path, kg: Callable[..., Result]) -> None:
    with opened(bolt_server) as bolt:
        bolt.write("CREATE (:Model {id: 'model/gpt-4o', name: 'theirs'})", [])
        pushed = kg(*to(bolt_server, "-g", graph), password=bolt_server.password)
        # ArcadeDB counts a node with two labels as of another type, where the id is not taken.
        if bolt_server.user == "neo4j":
            assert pushed.exit_code == 1
            assert "nodes that postkg did not write" in pushed.output
        found = bolt.run("MATCH (n {id: 'model/gpt-4o'}) WHERE n.graph IS NULL RETURN properties(n), COUNT { (n)--() }").rows
        assert found == [({"id": "model/gpt-4o", "name": "theirs"}, 0)]


def test_changed_things_are_updated_and_what_others_added_stays(bolt_server: Server) -> None:
    text = "OpenAI released GPT-4o."
    with opened(bolt_server) as bolt:
        for i, post in enumerate((Post("a/1", text, url="https://a/1", channel="old"), Post("a/1", text, channel="new"))):
            store = Store.memory()
            store.put(Extraction(post, claims=(Claim(GPT4O, "developed_by", OPENAI, Evidence("a/1", 0, 23)),)))
            report = push(store, bolt)
            bolt.write("MATCH (p:Post) SET p.note = 'read'", [])
            assert (report.nodes.created, report.nodes.updated, report.nodes.unchanged) == ((3, 0, 0), (0, 1, 2))[i]
            assert (report.relationships.created, report.relationships.updated) == ((3, 0), (0, 1))[i]
        ((post_properties,),) = bolt.run("MATCH (p:Post) RETURN properties(p)").rows
        assert post_properties["channel"] == "new"
        assert post_properties["note"] == "read"
        assert "url" not in post_properties
        assert push(store, bolt).nodes.updated == 0


def test_labels_and_types_are_those_of_the_ontology(bolt_server: Server, tmp_path: Path) -> None:
    from kg.vocabulary import load_vocabulary

    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix kg: <https://postkg.example/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .\n"
        'kg:Robot-Arm a owl:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "Robot arm"@en .\n'
        'kg:testedOn a kg:Relation, owl:ObjectProperty ; kg:name "tested_on" ; rdfs:label "tested on"@en ;\n'
        "  schema:domainIncludes kg:Robot-Arm ; schema:rangeIncludes kg:Benchmark .\n"
    )
    store = Store.memory(vocabulary=load_vocabulary([own]))
    arm = entity("Robot-Arm", "Arm")
    store.put(Extraction(Post("a/1", "Arm on MMLU"), claims=(Claim(arm, "tested_on", MMLU, Evidence("a/1", 0, 11)),)))
    with opened(bolt_server) as bolt:
        push(store, bolt)
        assert bolt.run("MATCH (a:`Robot-Arm`)-[r:TESTED_ON]->(b:Benchmark) RETURN a.name, b.name").rows == [("Arm", "MMLU")]


# ---------------------------------------------------------------- what can go wrong
def test_a_wrong_password(bolt_server: Server, graph: Path, kg: Callable[..., Result]) -> None:
    pushed = kg(*to(bolt_server, "-g", graph), password="wrong one")
    assert pushed.exit_code == 1
    assert f"does not accept the password of {bolt_server.user}" in pushed.output
    assert "wrong one" not in pushed.output


def test_no_password(neo4j_server: Server, graph: Path, kg: Callable[..., Result]) -> None:
    pushed = kg(*to(neo4j_server, "-g", graph))
    assert pushed.exit_code == 1
    assert "wants a password" in pushed.output
    assert "NEO4J_PASSWORD" in pushed.output


def test_an_unknown_database(neo4j_server: Server, graph: Path, kg: Callable[..., Result]) -> None:
    pushed = kg("push", "neo4j", "--uri", neo4j_server.url, "--database", "nothere", "-g", graph, password=neo4j_server.password)
    assert pushed.exit_code == 1
    assert "has no database 'nothere'" in pushed.output


def test_nobody_listens(graph: Path, kg: Callable[..., Result]) -> None:
    started_at = time.monotonic()
    pushed = kg("push", "neo4j", "--uri", f"bolt://127.0.0.1:{processes.free_port()}", "-g", graph, password="x")
    assert pushed.exit_code == 1
    assert "cannot be reached: Connection refused" in pushed.output
    assert time.monotonic() - started_at < 10


def test_a_host_that_is_none(graph: Path, kg: Callable[..., Result]) -> None:
    pushed = kg("push", "neo4j", "--uri", "bolt://127.0.0.1.invalid", "-g", graph, password="x")
    assert pushed.exit_code == 1
    assert "cannot be reached" in pushed.output


def test_the_port_of_http(fuseki_server: Server, graph: Path, kg: Callable[..., Result]) -> None:
    pushed = kg(
        "push", "neo4j", "--uri", fuseki_server.url.replace("http", "bolt").removesuffix("/ds"), "-g", graph, password="x"
    )
    assert pushed.exit_code == 1
    assert "speaks HTTP, not Bolt" in pushed.output


def test_a_server_that_is_too_old(tmp_path: Path, graph: Path, kg: Callable[..., Result]) -> None:
    server = started(lambda: processes.neo4j(tmp_path / "home", project="neo4j-4.4"))
    try:
        pushed = kg(*to(server, "-g", graph), password=server.password)
        assert pushed.exit_code == 1
        assert "is Neo4j/4.4" in pushed.output
        assert "too old" in pushed.output
    finally:
        server.stop()


@pytest.mark.parametrize("uri", ["http://localhost:7687", "localhost", "bolt://", "bolt://ann:secret@localhost"])
def test_an_address_that_is_none(uri: str, graph: Path, kg: Callable[..., Result]) -> None:
    pushed = kg("push", "neo4j", "--uri", uri, "-g", graph)
    assert pushed.exit_code == 2
    assert "secret" not in pushed.output


def test_there_is_no_graph(tmp_path: Path, kg: Callable[..., Result]) -> None:
    pushed = kg("push", "neo4j", "--uri", "bolt://localhost", "-g", tmp_path / "none")
    assert pushed.exit_code == 1
    assert "kg build" in pushed.output


# ---------------------------------------------------------------- killed in the middle
@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "graph"
    generated_store(12_000, seed=6, path=folder).close()
    return folder


def pushing(server: Server, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg", *map(str, to(server, "-g", folder))]
    environment = {**os.environ, "NEO4J_PASSWORD": server.password}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_for_relationships(server: Server) -> None:
    with opened(server) as bolt:
        end = time.monotonic() + 120
        while bolt.run("MATCH ()-[r]->() RETURN count(r)").rows[0][0] == 0:
            assert time.monotonic() < end
            time.sleep(0.05)


def is_complete(server: Server, folder: Path) -> bool:
    with open_store(folder) as store, opened(server) as bolt:
        return there(bolt) == wanted(store)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_push_is_finished_by_the_same_command(bolt_server: Server, large: Path, how: signal.Signals) -> None:
    first = pushing(bolt_server, large)
    wait_for_relationships(bolt_server)
    first.send_signal(how)
    said, _ = first.communicate(timeout=120)
    assert first.returncode == (-9 if how == signal.SIGKILL else 130), said
    assert not is_complete(bolt_server, large)
    second = pushing(bolt_server, large)
    said, _ = second.communicate(timeout=300)
    assert second.returncode == 0, said
    assert "nodes: 0 created, 0 updated" in said
    assert is_complete(bolt_server, large)


@pytest.fixture
def own_neo4j(tmp_path: Path) -> Iterator[Server]:
    server = started(lambda: processes.neo4j(tmp_path / "home"))
    yield server
    server.stop()


def test_a_push_goes_on_when_the_server_comes_back(own_neo4j: Server, large: Path) -> None:
    running = pushing(own_neo4j, large)
    wait_for_relationships(own_neo4j)
    own_neo4j.kill()
    own_neo4j.start()
    said, _ = running.communicate(timeout=300)
    assert running.returncode == 0, said
    assert is_complete(own_neo4j, large)


def test_a_push_to_a_killed_server_is_finished_by_the_same_command(own_neo4j: Server, large: Path) -> None:
    first = pushing(own_neo4j, large)
    wait_for_relationships(own_neo4j)
    own_neo4j.kill()
    said, _ = first.communicate(timeout=120)
    assert first.returncode == 1, said
    assert "went away" in said
    assert "give the same command again" in said
    own_neo4j.start()
    second = pushing(own_neo4j, large)
    said, _ = second.communicate(timeout=300)
    assert second.returncode == 0, said
    assert is_complete(own_neo4j, large)
    third = pushing(own_neo4j, large)
    said, _ = third.communicate(timeout=300)
    assert "relationships: 0 created, 0 updated" in said
