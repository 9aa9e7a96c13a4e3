"""Every format holds the whole graph: what is written is read back and compared."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg import terms as t
from kg.commands.export import _RDF12, _TITLES, export
from kg.errors import InputError
from kg.export import FORMATS, rdflib_graph, to_rdflib, write
from kg.export_claims import claim_records
from kg.export_csv import defused, undefused, write_csv
from kg.export_jsonld import load_context
from kg.model import Claim, Entity, Evidence, Extraction, Literal, Mention, Post
from kg.network import to_networkx
from kg.store import Store
from kg.vocabulary import BASE, NS, RDF, XSD, load_vocabulary
from tests.graphs import EXTRACTIONS, world

WORDS = load_vocabulary()
HOSTILE = '=HYPERLINK("x")\t<script>alert(1)</script> & "quotes" \\ back\u2028line\r\n🔥 é \u0001\u000b {} . } '


def hostile() -> Extraction:
    """A post, names and values full of what files of some kind trip over."""
    address = "https://x.example/?a=1&b=<2>#3"
    post = Post(address, HOSTILE + "=Модель-1 от @Org", "ru", address, "2024-05", "-канал")
    one = Entity('model/=модель-1"<>', "Model", "=Модель-1", ("+alias",))
    two = Entity("organization/@org", "Organization", "@Org")
    link = Literal("https://x.example/a?b=1&c='2'(3)", "anyURI")
    place = Evidence(post.id, 0, len(post.text))
    claims = (
        Claim(one, "developed_by", two, place, {}, 0.123456789),
        Claim(one, "has_code", link, place),
        Claim(one, "parameter_count", Literal("671000000000000000", "integer"), place, {"hedged": True}),
        Claim(one, "evaluated_on", Entity("benchmark/b", "Benchmark", "-B"), place, {"score": -0.5, "metric": "=1+1"}),
    )
    start = post.text.index("=Модель-1")
    return Extraction(post, (Mention(start, start + 9, "Model", "=Модель-1"),), (one, two), claims)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with world() as made:
        made.put(hostile(), "hand/1")
        yield made


def written(store: Store, name: str, *, rdf12: bool = False) -> bytes:
    out = io.BytesIO()
    write(store, name, out, rdf12=rdf12)
    return out.getvalue()


def triples(store: Store) -> set[ox.Triple]:
    return {quad.triple for quad in store.graph}


# ---------------------------------------------------------------- RDF
OX_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
RDFLIB_FORMATS = {"turtle": "turtle", "ntriples": "nt", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


@pytest.mark.parametrize("name", OX_FORMATS)
def test_oxigraph_reads_the_same_triples(store: Store, name: str) -> None:
    read = ox.Store()
    read.load(written(store, name), OX_FORMATS[name])
    # Through a store, because Oxigraph writes numbers and dates in one way only.
    assert {quad.triple for quad in read} == triples(store)


# rdflib 7 calls what it has itself declared deprecated.
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", RDFLIB_FORMATS)
def test_rdflib_reads_the_same_triples(store: Store, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    read = rdflib.Dataset(default_union=True)
    read.parse(data=written(store, name), format=RDFLIB_FORMATS[name])
    assert {parts[:3] for parts in read.quads()} == set(to_rdflib(store))


def test_to_rdflib_is_a_copy_with_prefixes(store: Store) -> None:
    graph = to_rdflib(store)
    assert len(graph) == len(store.graph)
    found = graph.query("SELECT ?score { ?claim rdf:object <https://postkg.example/benchmark/humaneval> ; kg:score ?score }")
    assert sorted(float(str(binding[rdflib.Variable("score")])) for binding in found.bindings) == [89.0, 89.0, 90.2]
    graph.remove((None, None, None))
    assert len(store.graph) > 0


def test_rdflib_keeps_values_as_they_are_written() -> None:
    quad = ox.Quad(ox.NamedNode(BASE + "a"), t.END, ox.Literal("007", datatype=t.INTEGER))
    [(_, _, value)] = rdflib_graph([quad])
    assert str(value) == "007"


def test_ntriples_are_the_sorted_dump(store: Store) -> None:
    out = io.BytesIO()
    store.dump_sorted(out)
    assert written(store, "ntriples") == out.getvalue()


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_a_named_graph_per_post(store: Store, name: str) -> None:
    quads = set(ox.parse(written(store, name), OX_FORMATS[name]))
    posts = {t.post_iri(found.post.id) for found in (*EXTRACTIONS, hostile())}
    assert {quad.graph_name for quad in quads} == {*posts, ox.DefaultGraph()}
    called = {t.TYPE, t.LABEL, t.ALT_LABEL, t.SEARCH_KEY}
    assert {quad.predicate for quad in quads if quad.graph_name == ox.DefaultGraph()} == called
    said = ox.Triple(t.entity_iri("model/gpt-4o"), ox.NamedNode(NS + "developedBy"), t.entity_iri("organization/openai"))
    assert {quad.graph_name for quad in quads if quad.triple == said} == {t.post_iri("ai_news/1"), t.post_iri("neuro/10")}


@pytest.mark.parametrize("name", _RDF12)
def test_rdf12_says_which_triple_a_claim_is_about(store: Store, name: str) -> None:
    read = {quad.triple for quad in ox.parse(written(store, name, rdf12=True), OX_FORMATS[name])}
    reifies = ox.NamedNode(RDF + "reifies")
    pairs = {triple.subject: triple.object for triple in read if triple.predicate == reifies}
    claims = sum(len(found.claims) for found in (*EXTRACTIONS, hostile()))
    assert len(pairs) == claims
    for claim, about in pairs.items():
        assert isinstance(about, ox.Triple)
        assert ox.Triple(claim, t.SUBJECT, about.subject) in read and ox.Triple(claim, t.OBJECT, about.object) in read
    plain = {quad.triple for quad in ox.parse(written(store, name), OX_FORMATS[name])}
    assert {triple for triple in read if triple.predicate != reifies} == plain


def test_a_triple_that_nobody_claims_is_exported_too() -> None:
    stray = ox.Quad(t.entity_iri("model/a"), ox.NamedNode(NS + "basedOn"), t.entity_iri("model/b"))
    with world() as store:
        store.graph.add(stray)
        for name in ("turtle", "trig"):
            assert stray.triple in {quad.triple for quad in ox.parse(written(store, name), OX_FORMATS[name])}


# ---------------------------------------------------------------- JSON-LD
def test_the_context_has_a_word_for_everything_in_the_ontology() -> None:
    words = load_context().words
    for relation in WORDS.relations.values():
        name, coerced = words[relation.iri]
        assert relation.iri == NS + name
        expected = {XSD + kind for kind in relation.range} if relation.to_value else {"@id"}
        assert coerced in expected or (coerced == "" and len(expected) > 1)
    for qualifier in WORDS.qualifiers.values():
        name, coerced = words[qualifier.iri]
        assert (qualifier.iri, coerced or XSD + "string") == (NS + name, XSD + qualifier.datatype)


def test_the_graph_uses_words_only(store: Store) -> None:
    nodes = json.loads(written(store, "jsonld"))["@graph"]
    assert {word for node in nodes for word in node if ":" in word} == set()
    [claim] = [node for node in nodes if node.get("type") == "kg:Claim" and node.get("rank")]
    assert (claim["predicate"], claim["object"], claim["score"]) == ("kg:evaluatedOn", {"id": f"{BASE}benchmark/mmlu"}, "90.8")


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (NS + "Model", "kg:Model"), (RDF + "subject", "rdf:subject"), ("https://x.example/a", "https://x.example/a"),
        ("https://schema.org///a", "https://schema.org///a"),
    ],
)  # fmt: skip
def test_short_iris(iri: str, short: str) -> None:
    assert load_context().short(iri) == short


# ---------------------------------------------------------------- GraphML, CSV, JSON Lines
def test_networkx_reads_graphml_back(store: Store) -> None:
    network = to_networkx(store)
    read = nx.read_graphml(io.BytesIO(written(store, "graphml")), force_multigraph=True)
    assert (len(read.nodes), len(read.edges)) == (len(network.nodes), len(network.edges))
    assert read.nodes["model/gpt-4o"] == {"type": "Model", "name": "GPT-4o", "aliases": "ГПТ-4о"}
    scores = {data["score"] for _, _, data in read.edges(data=True) if "score" in data}
    assert {89.0, 88.7, -0.5} <= scores and all(isinstance(score, float) for score in scores)


def test_csv_read_back(store: Store, tmp_path: Path) -> None:
    nodes, edges = write_csv(store, tmp_path / "graph.csv")
    assert (nodes.name, edges.name) == ("graph-nodes.csv", "graph-edges.csv")
    tables = []
    for path in (nodes, edges):
        with path.open(encoding="utf-8", newline="") as file:
            tables.append([{name: undefused(cell) for name, cell in row.items()} for row in csv.DictReader(file)])
    network = to_networkx(store)
    assert {row["key"]: row["name"] for row in tables[0]} == {
        node: data["name"] for node, data in network.nodes(data=True) if data["type"] in WORDS.types
    }  # fmt: skip
    rows = {row["id"]: row for row in tables[1]}
    records = {record["id"]: record for record in claim_records(store)}
    assert rows.keys() == records.keys() == {key for _, _, key in network.edges(keys=True)}
    for key, record in records.items():
        row = rows[key]
        assert (row["subject"], row["predicate"]) == (record["subject"]["key"], record["predicate"])
        assert row["object"] == (record["object"].get("key") or record["object"]["value"])
        assert row["sentence"] == record["evidence"]["text"]
        assert float(row["confidence"]) == record["confidence"]
        assert row["score"] == str(record["qualifiers"].get("score", ""))


def test_csv_into_a_folder(store: Store, tmp_path: Path) -> None:
    assert [path.name for path in write_csv(store, tmp_path)] == ["nodes.csv", "edges.csv"]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"), ("+7 999", "'+7 999"), ("-lama", "'-lama"), ("@org", "'@org"), ("\t=1", "'\t=1"),
        ("-0.5", "-0.5"), ("+7", "+7"),
        ("-1e5", "'-1e5"), ("", ""), ("GPT-4", "GPT-4"), ("'quoted'", "'quoted'"), ("- 1", "'- 1"),
    ],
)  # fmt: skip
def test_formulas_are_defused(cell: str, safe: str) -> None:
    assert (defused(cell), undefused(safe)) == (safe, cell)


@given(st.text())
def test_a_defused_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert not defused(cell).startswith(("=", "@"))
    if not cell.startswith("'"):
        assert undefused(defused(cell)) == cell


def test_jsonl_has_every_claim_with_its_evidence(store: Store) -> None:
    records = [json.loads(line) for line in written(store, "jsonl").decode().split("\n") if line]
    texts = {found.post.id: found.post.text for found in (*EXTRACTIONS, hostile())}
    assert len(records) == sum(len(found.claims) for found in (*EXTRACTIONS, hostile()))
    for record in records:
        said = record["evidence"]
        assert texts[said["post"]][said["start"] : said["end"]] == said["text"]
    assert {
        "predicate": "evaluated_on", "subject": {"key": "model/deepseek-r1", "type": "Model", "name": "DeepSeek-R1"},
        "qualifiers": {"metric": "accuracy", "rank": 1, "score": 90.8},
    }.items() <= next(record for record in records if "rank" in record["qualifiers"]).items()  # fmt: skip


# ---------------------------------------------------------------- all formats
@pytest.mark.parametrize("name", FORMATS)
def test_the_order_of_posts_does_not_matter(name: str) -> None:
    with world() as one, Store.memory() as two:
        for found in reversed(EXTRACTIONS):
            two.put(found, "hand/1")
        assert written(one, name) == written(two, name)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_graph(name: str) -> None:
    with Store.memory() as store:
        text = written(store, name).decode()
    if name == "jsonld":
        assert json.loads(text)["@graph"] == []
    if name == "graphml":
        assert len(nx.read_graphml(io.BytesIO(text.encode()))) == 0


@pytest.mark.parametrize(
    ("name", "rdf12", "message"), [("excel", False, "No format is called 'excel'"), ("jsonld", True, "RDF 1.2 cannot")]
)
def test_formats_that_are_none(name: str, rdf12: bool, message: str) -> None:
    with Store.memory() as store, pytest.raises(InputError, match=message):
        write(store, name, io.BytesIO(), rdf12=rdf12)


# ---------------------------------------------------------------- the command
@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "graph"
    with Store.open(path, "write") as made:
        for found in (*EXTRACTIONS, hostile()):
            made.put(found, "hand/1")
    return path


def test_help_names_every_format() -> None:
    assert set(_TITLES) == {*FORMATS, "csv"}


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_writes_what_the_library_writes(store: Store, graph: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    to_screen = CliRunner().invoke(export, ["-g", str(graph), name])
    to_file = CliRunner().invoke(export, ["-g", str(graph), name.upper(), "-o", str(target)])
    assert (to_screen.exit_code, to_file.exit_code) == (0, 0), to_file.output
    assert to_screen.stdout_bytes == target.read_bytes() == written(store, name)
    assert list(tmp_path.iterdir()) == [target]


def test_the_command_writes_csv_and_rdf12(graph: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(export, ["-g", str(graph), "csv", "-o", str(tmp_path / "all.csv")])
    assert (done.exit_code, sorted(path.name for path in tmp_path.iterdir())) == (0, ["all-edges.csv", "all-nodes.csv"])
    assert b"<<(" in CliRunner().invoke(export, ["-g", str(graph), "turtle", "--rdf12"]).stdout_bytes


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["csv"], 2, "CSV is two files"),
        (["jsonl", "--rdf12"], 2, "--rdf12 goes with"),
        (["excel"], 2, "'excel' is not one of"),
        (["turtle", "-o", "nowhere/at/all.ttl"], 1, "cannot be written"),
        (["csv", "-o", "nowhere/at/all.csv"], 1, "cannot be written"),
    ],
)
def test_what_the_command_refuses(graph: Path, arguments: list[str], status: int, message: str) -> None:
    done = CliRunner().invoke(export, ["-g", str(graph), *arguments])
    assert done.exit_code == status
    assert message in done.output or message in str(done.exception)
