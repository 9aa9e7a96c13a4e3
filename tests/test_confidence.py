"""``--min-confidence``: every command that shows claims shows those at least so sure, and a fact while one of them says it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg import terms as t
from kg.cli import cli
from kg.commands.options import Confidence
from kg.model import Claim, Entity, Evidence, Extraction, Mention, Post
from kg.store import Store
from kg.vocabulary import BASE, NS

A, B, C = (Entity(f"model/{name}", "Model", name.upper()) for name in "abc")
TEXT = "A builds on B. A beats C. It is said that B beats C."
BASED, BEATS, RUMOUR = Evidence("", 0, 14), Evidence("", 15, 25), Evidence("", 27, 52)
CLAIMS: dict[str, list[tuple[Entity, str, Entity, Evidence, float]]] = {
    "x/1": [(A, "based_on", B, BASED, 0.4), (A, "outperforms", C, BEATS, 0.2)],
    "x/2": [(A, "based_on", B, BASED, 0.9), (B, "outperforms", C, RUMOUR, 0.95)],
}
"""Two posts say the same, of which one is surer; a third fact is a rumour of which the second is sure."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("graph") / "g"
    mentions = tuple(Mention(TEXT.index(e.name), TEXT.index(e.name) + 1, "Model", e.name, e.key) for e in (A, B, C))
    with Store.open(path, "write") as store:
        for number, (post, rows) in enumerate(CLAIMS.items(), 1):
            claims = tuple(
                Claim(s, p, o, Evidence(post, e.start, e.end), {"hedged": True} if e == RUMOUR else {}, sure)
                for s, p, o, e, sure in rows
            )
            # Posts of one text would be copies of each other.
            store.put(Extraction(Post(post, f"{TEXT} {number * 1000}", "en", "", "2025-01-01", "x"), mentions, (A, B, C), claims))
    return str(path)


def run(*arguments: str) -> str:
    done = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


LEAST = [(0.0, 2, 1, 1), (0.2, 2, 1, 1), (0.3, 2, 0, 1), (0.4, 2, 0, 1), (0.41, 1, 0, 1), (0.92, 0, 0, 1), (1.0, 0, 0, 0)]
"""Confidence asked for, and how many claims are left: A based on B, A outperforms C, B outperforms C (a rumour)."""
left = pytest.mark.parametrize(("least", "based", "beats", "rumour"), LEAST)


@left
def test_show(graph: str, least: float, based: int, beats: int, rumour: int) -> None:
    card = json.loads(run("show", "A", "--json", "-g", graph, "--min-confidence", str(least)))
    counted = {(fact["predicate"], fact["object"]): fact["support"] for fact in card["facts"]}
    assert counted == {key: n for key, n in {("based_on", "B"): based, ("outperforms", "C"): beats}.items() if n}
    assert card["unsure"] == 3 - based - beats
    told = run("show", "A", "-g", graph, "--min-confidence", str(least))
    assert ("left out:" in told) == bool(card["unsure"])


@pytest.mark.parametrize(
    ("least", "shown", "told"),
    [("0", 2, ""), ("0.3", 1, "left out: 1 claim less sure"), ("0.5", 0, "left out: 2 claims less sure")],
)
def test_show_a_post(graph: str, least: str, shown: int, told: str) -> None:
    assert len(json.loads(run("show", "x/1", "--json", "-g", graph, "--min-confidence", least))["claims"]) == shown
    post = run("show", "x/1", "-g", graph, "--min-confidence", least)
    assert told in post and "No claims were found" not in post


@left
def test_stats(graph: str, least: float, based: int, beats: int, rumour: int) -> None:
    counted = json.loads(run("stats", "--json", "-g", graph, "--min-confidence", str(least)))
    wanted = {"based_on": based, "outperforms": beats + rumour}
    assert counted["claims_by_predicate"] == {name: n for name, n in wanted.items() if n}
    assert (counted["claims"], counted["entities"], counted["posts"]) == (based + beats + rumour, 3, 2)


@left
def test_draw(graph: str, tmp_path: Path, least: float, based: int, beats: int, rumour: int) -> None:
    done = CliRunner().invoke(cli, ["draw", "-g", graph, "-o", str(tmp_path / "p.html"), "--min-confidence", str(least)])
    assert f"{bool(based) + beats + rumour} facts" in done.stderr


@left
def test_export_of_claims(graph: str, tmp_path: Path, least: float, based: int, beats: int, rumour: int) -> None:
    options = ("-g", graph, "--min-confidence", str(least))
    run("export", "csv", "-o", str(tmp_path / "all.csv"), *options)
    with (tmp_path / "all-edges.csv").open(encoding="utf-8", newline="") as file:
        edges = [row["id"] for row in csv.DictReader(file)]
    lines = [json.loads(line)["id"] for line in run("export", "jsonl", *options).splitlines()]
    graphml = io.BytesIO(run("export", "graphml", *options).encode())
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.read_graphml(graphml, force_multigraph=True))
    drawn = [key for _, _, key in network.edges(keys=True)]
    assert len(lines) == based + beats + rumour and sorted(edges) == sorted(lines) == sorted(drawn)
    assert len(network.nodes) == 3
    assert len((tmp_path / "all-nodes.csv").read_text(encoding="utf-8").splitlines()) == 4


RDF = {
    "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip


@left
@pytest.mark.parametrize("name", RDF)
def test_export_of_rdf(graph: str, name: str, least: float, based: int, beats: int, rumour: int) -> None:
    written = run("export", name, "-g", graph, "--min-confidence", str(least))
    read = {quad.triple for quad in ox.parse(written, RDF[name])}
    facts = {(one.key, name, two.key) for one, name, two in _direct(read)}
    # A rumour is a claim, but makes no direct triple, however sure one is that it is one.
    assert facts == ({("model/a", "basedOn", "model/b")} if based else set()) | (
        {("model/a", "outperforms", "model/c")} if beats else set()
    )
    assert sum(triple.predicate == t.SUBJECT for triple in read) == based + beats + rumour
    assert sum(triple.object == t.POST for triple in read) == 2


def _direct(triples: set[ox.Triple]) -> list[tuple[Entity, str, Entity]]:
    known = {BASE + thing.key: thing for thing in (A, B, C)}
    return [
        (known[triple.subject.value], triple.predicate.value.removeprefix(NS), known[triple.object.value])
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode)
        if triple.subject.value in known and triple.object.value in known
    ]


@left
@pytest.mark.parametrize("language", [[], ["--cypher"]], ids=["sparql", "cypher"])
def test_ask(graph: str, language: list[str], least: float, based: int, beats: int, rumour: int) -> None:
    options = ["-g", graph, "--min-confidence", str(least), *language]
    rows = json.loads(run("ask", "model-card", "--model", "A", "--json", *options))
    counted = {(row["predicate"], row["object"]): row["support"] for row in rows}
    assert counted == {key: n for key, n in {("based_on", "B"): based, ("outperforms", "C"): beats}.items() if n}


# ---------------------------------------------------------------- posts in, claims out
EXAMPLES = Path(__file__).parent.parent / "examples"
POSTS, GOLD = str(EXAMPLES / "posts/papers.jsonl"), str(EXAMPLES / "gold.jsonl")


def extracted(*options: str) -> list[float]:
    return [json.loads(line)["confidence"] for line in run("extract", POSTS, *options).splitlines()]


def test_extract_and_score() -> None:
    every = extracted()
    least = sorted(every)[len(every) // 2]
    assert extracted("--min-confidence", str(least)) == [number for number in every if number >= least] != every
    gold = run("extract", POSTS, "--format", "gold", "--min-confidence", str(least)).splitlines()
    kept = sum(number >= least for number in every)
    assert sum(len(json.loads(line)["triples"]) for line in gold) == kept
    all_of_it, sure = (
        json.loads(run("score", GOLD, "--json", "--min-confidence", number))["predicates"]["ALL"] for number in ("0", str(least))
    )
    assert sure["predicted"] < all_of_it["predicted"] and sure["gold"] == all_of_it["gold"]


def test_a_file_of_triples_has_no_confidences() -> None:
    done = CliRunner().invoke(cli, ["score", GOLD, GOLD, "--min-confidence", "0.5"])
    assert done.exit_code == 2 and "--min-confidence goes without PRED" in done.output


# ---------------------------------------------------------------- one option
COMMANDS = [
    ["show", "A"], ["stats"], ["draw"], ["export", "jsonl"], ["extract", POSTS], ["score", GOLD],
    ["ask", "model-card", "--model", "A"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command[0]))
@pytest.mark.parametrize("value", ["-0.1", "1.1", "nan", "much"])
def test_what_is_no_confidence(command: list[str], value: str) -> None:
    done = CliRunner().invoke(cli, [*command, "--min-confidence", value])
    assert done.exit_code == 2 and "--min-confidence" in done.output


@pytest.mark.parametrize(("text", "number"), [("0", 0.0), ("1", 1.0), (".5", 0.5), ("5e-1", 0.5)])
def test_a_confidence(text: str, number: float) -> None:
    assert Confidence().convert(text, None, None) == number
