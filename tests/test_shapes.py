"""The shapes: they say the same as the ontology and as the check of single claims, and find what is planted."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg import terms as t
from kg.audit import check_graph
from kg.commands.check import check
from kg.errors import MissingExtra
from kg.limits import SH, shapes_file
from kg.model import Claim, Entity, Evidence, Extraction, Literal, Post, Value
from kg.shacl import check_shapes, sample
from kg.store import Store
from kg.validate import check_claim
from kg.vocabulary import BASE, NS, PREFIXES, load_vocabulary, local_name
from tests.graphs import EXTRACTIONS, world

pytest.importorskip("pyshacl", reason="needs the extra shacl")

WORDS = load_vocabulary()
SHAPES = ox.Store()
SHAPES.load(path=shapes_file(), format=ox.RdfFormat.TURTLE)


def rows(sparql: str) -> list[tuple[str, ...]]:
    found = SHAPES.query(sparql, prefixes={**PREFIXES, "sh": SH})
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(getattr(value, "value", "") for value in row) for row in found]


# ---------------------------------------------------------------- the shapes and the ontology
ON_CLAIMS = "?shape sh:targetNode ?relation ; sh:property ?p . ?p sh:node ?node ; sh:path/rdf:rest/rdf:first"
JOINED = [
    ("domain", "?shape sh:targetSubjectsOf ?relation ; sh:node ?node ."),
    ("range", "?shape sh:targetSubjectsOf ?relation ; sh:property ?p . ?p sh:path ?relation ; sh:node ?node ."),
    ("domain", f"{ON_CLAIMS} rdf:subject ."),
    ("range", f"{ON_CLAIMS} rdf:object ."),
]


@pytest.mark.parametrize(("side", "where"), JOINED)
def test_domain_and_range_are_those_of_the_ontology(side: str, where: str) -> None:
    found: dict[str, set[str]] = {relation.iri: set() for relation in WORDS.relations.values()}
    query = f"SELECT ?relation ?name {{ {where} ?node (sh:or/rdf:rest*/rdf:first)?/(sh:class|sh:datatype) ?name }}"
    for relation, name in rows(query):
        found[relation].add(local_name(name))
    assert found == {relation.iri: set(getattr(relation, side)) for relation in WORDS.relations.values()}


def test_every_qualifier_has_a_shape() -> None:
    known = {path for (path,) in rows("SELECT ?path { ?shape sh:property/sh:path ?path }")}
    assert {qualifier.iri for qualifier in WORDS.qualifiers.values()} <= known


def test_phases_are_those_of_the_ontology() -> None:
    values = {value for (value,) in rows("SELECT ?value { ?p sh:path kg:phase ; sh:in/rdf:rest*/rdf:first ?value }")}
    assert values == WORDS.qualifiers["phase"].one_of


def test_every_message_is_in_english_and_russian() -> None:
    for lang in ("en", "ru"):
        said = f'FILTER NOT EXISTS {{ ?shape sh:message ?message FILTER(LANG(?message) = "{lang}") }}'
        assert rows(f"SELECT ?shape {{ ?any sh:property ?shape . {said} }}") == []
        assert rows(f"SELECT ?shape {{ ?shape sh:targetSubjectsOf ?relation ; sh:node ?node . {said} }}") == []


def test_the_shapes_are_shacl_core() -> None:
    assert rows("SELECT ?s { { ?s sh:sparql ?x } UNION { ?s sh:rule ?x } UNION { ?s sh:js ?x } UNION { ?s sh:target ?x } }") == []


# ---------------------------------------------------------------- the shapes and the check of single claims
TEXT = "Что-то сказано о чём-то."
TYPES = sorted(WORDS.types)
WRITTEN = {
    "integer": ["7", "0", "7e9"],
    "date": ["2024-05-13", "2024-05", "2024", "2024-13", "2023-02-29", "May"],
    "anyURI": ["https://a.example/b", "a.example"],
}
VALUES = [Literal(value, datatype) for datatype, values in WRITTEN.items() for value in values]
QUALIFIERS: list[tuple[str, Value]] = [
    ("score", 88.7), ("score", "x"), ("metric", "BLEU"), ("metric", ""), ("rank", 1), ("rank", 0), ("rank", "1-3"),
    ("phase", "training"), ("phase", "sleep"), ("count", 8), ("count", -1), ("hedged", False), ("hedged", True),
]  # fmt: skip
CONFIDENCES = [0.0, 0.5, 1.0, 1.5, -0.5]


def corpus() -> list[Claim]:
    """Every type on every side of every relation, every value, every qualifier; each claim with entities of its own."""
    claims: list[Claim] = []

    def add(
        subject: str, predicate: str, target: str | Literal, qualifiers: dict[str, Value] | None = None, confidence: float = 1.0
    ) -> None:
        one, two = (f"{side}{len(claims)}" for side in "st")
        thing = target if isinstance(target, Literal) else Entity(f"{target.lower()}/{two}", target, two)
        about = Entity(f"{subject.lower()}/{one}", subject, one)
        claims.append(Claim(about, predicate, thing, Evidence("a/1", 0, len(TEXT)), qualifiers or {}, confidence))

    for name, relation in sorted(WORDS.relations.items()):
        subject = min(relation.domain)
        right: str | Literal = min(relation.range)
        if relation.to_value:
            right = next(value for value in VALUES if t.value_term(value).datatype.value.endswith(str(right)))
        for kind in TYPES:
            add(kind, name, right)
            add(subject, name, kind)
        for value in VALUES:
            add(subject, name, value)
        for qualifier, given in QUALIFIERS:
            add(subject, name, right, {qualifier: given})
        for confidence in CONFIDENCES:
            add(subject, name, right, None, confidence)
    return claims


def test_shacl_and_the_check_of_single_claims_agree() -> None:
    claims, post = corpus(), Post("a/1", TEXT)
    with Store.memory() as store:
        store.put(Extraction(post, claims=tuple(claims)))
        found = check_shapes(store.graph, lang="en")
    blamed = {part for violation in found.violations for part in (violation.focus, violation.value)}
    disagree = []
    for claim in claims:
        nodes = {f"<{t.claim_iri(claim, WORDS).value}>", f"<{t.entity_iri(claim.subject.key).value}>"}
        if isinstance(claim.object, Entity):
            nodes.add(f"<{t.entity_iri(claim.object.key).value}>")
        if bool(nodes & blamed) != bool(check_claim(claim, post, WORDS)):
            disagree.append((claim, check_claim(claim, post, WORDS)))
    assert len(claims) > 400
    assert disagree == []


# ---------------------------------------------------------------- planted defects
def node(path: str) -> ox.NamedNode:
    return ox.NamedNode(path if ":" in path else BASE + path)


def first_claim(store: Store, predicate: str = "evaluatedOn") -> ox.NamedNode:
    found = store.graph.quads_for_pattern(None, t.PREDICATE, ox.NamedNode(NS + predicate))
    return min((q.subject for q in found if isinstance(q.subject, ox.NamedNode)), key=str)


def plant(store: Store, subject: ox.NamedNode, predicate: ox.NamedNode, values: Iterable[ox.NamedNode | ox.Literal]) -> None:
    """Give a subject these values of a predicate and no others."""
    for quad in list(store.graph.quads_for_pattern(subject, predicate, None)):
        store.graph.remove(quad)
    store.graph.extend(ox.Quad(subject, predicate, value) for value in values)


CLAIM_DEFECTS = [
    (t.SUBJECT, [], "A claim is about exactly one entity."),
    (t.SUBJECT, [node("model/gpt-4o"), node("model/gpt-4")], "A claim is about exactly one entity."),
    (t.SUBJECT, [node("model/nobody")], "A claim is about exactly one entity."),
    (t.SUBJECT, [node("benchmark/mmlu")], "Only models are evaluated."),
    (t.OBJECT, [], "A claim has exactly one object."),
    (t.OBJECT, [node("hardware/h100")], "Models are evaluated on benchmarks."),
    (t.PREDICATE, [], "A claim has exactly one predicate, a relation of the ontology."),
    (t.PREDICATE, [ox.NamedNode(NS + "likes")], "A claim has exactly one predicate, a relation of the ontology."),
    (t.PREDICATE, [ox.NamedNode(NS + "runsOn")], "This predicate has no score."),
    (t.DERIVED_FROM, [], "A claim is made by exactly one post."),
    (t.DERIVED_FROM, [node("post/nowhere/1")], "A claim is made by exactly one post."),
    (t.DERIVED_FROM, [node("model/gpt-4o")], "A claim is made by exactly one post."),
    (t.SENTENCE, [], "A claim quotes exactly one piece of its post."),
    (t.SENTENCE, [t.text_term("")], "A claim quotes exactly one piece of its post."),
    (t.START, [t.number_term(-1)], "The start is one character position, from 0, before the end."),
    (t.START, [t.number_term(10_000)], "The start is one character position, from 0, before the end."),
    (t.START, [t.text_term("0")], "The start is one character position, from 0, before the end."),
    (t.END, [], "The end is one character position."),
    (t.CONFIDENCE, [t.number_term(1.5)], "The confidence is a number from 0 to 1."),
    (t.CONFIDENCE, [t.text_term("high")], "The confidence is a number from 0 to 1."),
    (ox.NamedNode(NS + "rank"), [t.number_term(0)], "The rank is one integer, 1 or more."),
    (ox.NamedNode(NS + "rank"), [t.number_term(1), t.number_term(2)], "The rank is one integer, 1 or more."),
    (ox.NamedNode(NS + "score"), [t.text_term("91 %")], "The score is one decimal number."),
    (ox.NamedNode(NS + "phase"), [t.text_term("training")], "This predicate has no phase."),
    (ox.NamedNode(NS + "phase"), [t.text_term("sleep")], "The phase is training or inference."),
    (t.HEDGED, [t.text_term("perhaps")], "Hedged is true or false."),
]  # fmt: skip
OTHER_DEFECTS = [
    ("model/gpt-4o", t.LABEL, [], "An entity has exactly one name, which is not empty."),
    ("model/gpt-4o", t.LABEL, [t.text_term("GPT-4o"), t.text_term("4o")], "An entity has exactly one name, which is not empty."),
    ("model/gpt-4o", t.ALT_LABEL, [t.text_term("GPT-4o")], "An alias is a text other than the name."),
    ("model/gpt-4o", t.TYPE, [ox.NamedNode(NS + "Model"), ox.NamedNode(NS + "Event")], "An entity has exactly one type."),
    ("model/gpt-4o", t.TYPE, [ox.NamedNode(NS + "Hardware")], "Only models are evaluated."),
    ("model/gpt-4o", t.SEARCH_KEY, [], "An entity can be looked up by at least one key."),
    ("model/orphan", t.TYPE, [ox.NamedNode(NS + "Model")], "An entity is mentioned by at least one post."),
    ("model/gpt-4o", ox.NamedNode(NS + "runsOn"), [node("model/gpt-4")], "Models and software run on hardware."),
    ("hardware/h100", ox.NamedNode(NS + "runsOn"), [node("hardware/a100")], "Only models and software run on something."),
    ("model/gpt-4o", ox.NamedNode(NS + "hasCode"), [t.text_term("https://a.example")], "Code is an http or https address."),
    ("post/ai_news/1", t.TEXT, [], "A post has exactly one text."),
    ("post/ai_news/1", t.STATE, [t.text_term("lost")], "The state of a post is extracted, empty or failed."),
    ("post/ai_news/1", t.PUBLISHED, [t.text_term("yesterday")], "A post is published on one date, written as in ISO 8601."),
    ("post/ai_news/3", t.LINK, [t.text_term("https://a.example")], "A link of a post is written as: start end address."),
]  # fmt: skip


@pytest.mark.parametrize(("predicate", "values", "message"), CLAIM_DEFECTS)
def test_shapes_find_a_broken_claim(predicate: ox.NamedNode, values: list[ox.NamedNode | ox.Literal], message: str) -> None:
    with world() as store:
        plant(store, first_claim(store), predicate, values)
        assert message in {violation.message for violation in check_shapes(store.graph).violations}


@pytest.mark.parametrize(("subject", "predicate", "values", "message"), OTHER_DEFECTS)
def test_shapes_find_what_is_broken(
    subject: str, predicate: ox.NamedNode, values: list[ox.NamedNode | ox.Literal], message: str
) -> None:
    with world() as store:
        plant(store, node(subject), predicate, values)
        assert message in {violation.message for violation in check_shapes(store.graph).violations}


def test_the_world_conforms() -> None:
    with world() as store:
        report = check_shapes(store.graph)
        assert (report.conforms, report.violations) == (True, ())
        assert "sh:conforms true" in report.turtle


@pytest.mark.parametrize("posts", [1, 3, 100])
def test_a_sample_can_be_checked_alone(posts: int) -> None:
    with world() as store:
        quads = set(sample(store, posts))
        assert len({quad.subject for quad in quads if quad.object == t.POST}) == min(posts, len(EXTRACTIONS))
        assert check_shapes(quads).conforms
        assert quads <= set(store.graph) and (posts < 100 or quads == set(store.graph))


def test_messages_in_russian() -> None:
    with world() as store:
        plant(store, node("model/gpt-4o"), t.LABEL, [])
        [violation] = [v for v in check_shapes(store.graph, lang="ru").violations if v.path == "rdfs:label"]
    assert str(violation) == f"<{BASE}model/gpt-4o> rdfs:label: У сущности ровно одно непустое имя."


# ---------------------------------------------------------------- what SHACL cannot say
def test_a_sound_graph_has_no_problems() -> None:
    with world() as store:
        assert list(check_graph(store)) == []


AUDIT_DEFECTS = [
    ("claim", t.SENTENCE, [t.text_term("Never said.")], "the quotation is not the text of"),
    ("claim", t.START, [t.number_term(3)], "the quotation is not the text of"),
    ("claim", t.START, [t.text_term("three")], "cannot be read"),
    ("claim", t.END, [t.number_term(10_000)], "-10000 of "),
    ("claim", t.OBJECT, [], "has 0 of object"),
    ("claim", t.SUBJECT, [node("model/gpt-4o"), node("model/gpt-4")], "has 2 of subject"),
    ("claim", t.PREDICATE, [ox.NamedNode(NS + "likes")], "cannot be read"),
    ("claim", t.OBJECT, [node("hardware/h100")], "the object is a Hardware"),
    ("claim", t.OBJECT, [node("benchmark/nowhere")], "cannot be read"),
    ("claim", t.DERIVED_FROM, [node("post/nowhere/1")], "that it quotes is not in the graph"),
    ("claim", t.SUBJECT, [node("model/gpt-4")], "is claimed without a hedge, and not stated"),
    ("model/gpt-4", ox.NamedNode(NS + "runsOn"), [node("hardware/h100")], "is stated, and no claim says so without a hedge"),
    ("model/gpt-4o", ox.NamedNode(NS + "runsOn"), [node("hardware/h100")], "is stated, and no claim says so without a hedge"),
    ("model/orphan", t.TYPE, [ox.NamedNode(NS + "Model")], "no post mentions this entity"),
    ("event/spring-update", t.TYPE, [], "it has no type of the ontology"),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "predicate", "values", "what"), AUDIT_DEFECTS)
def test_what_is_broken_is_found_without_shacl(
    subject: str, predicate: ox.NamedNode, values: list[ox.NamedNode | ox.Literal], what: str
) -> None:
    with Store.memory() as store:
        for found in EXTRACTIONS[:2]:
            store.put(found)
        plant(store, first_claim(store) if subject == "claim" else node(subject), predicate, values)
        assert [problem for problem in check_graph(store) if what in problem.what]


# ---------------------------------------------------------------- the command
@pytest.fixture
def graph(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "graph", "write") as store:
        for found in EXTRACTIONS:
            store.put(found, "hand/1")
    return tmp_path / "graph"


def test_check_of_a_sound_graph(graph: Path) -> None:
    done = CliRunner().invoke(check, ["-g", str(graph)])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "The graph is sound.\n")


def test_check_prints_problems_and_writes_the_report(graph: Path) -> None:
    with Store.open(graph, "write") as store:
        plant(store, node("model/gpt-4o"), ox.NamedNode(NS + "runsOn"), [node("model/gpt-4")])
    report = graph.parent / "report.ttl"
    done = CliRunner().invoke(check, ["-g", str(graph), "--report", str(report), "--lang", "ru"])
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"<{BASE}model/gpt-4o> <{NS}runsOn> <{BASE}model/gpt-4>: is stated, and no claim says so without a hedge"
        " (build the graph again: kg build POSTS... -o NEW)",
        f"<{BASE}model/gpt-4o> kg:runsOn = <{BASE}model/gpt-4>: Модели и программы работают на оборудовании.",
    ]
    assert done.stderr == "2 problems.\n"
    found = list(ox.parse(path=str(report), format=ox.RdfFormat.TURTLE))
    assert sum(quad.predicate.value == SH + "result" for quad in found) == 1


def test_check_without_pyshacl(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    done = CliRunner().invoke(check, ["-g", str(graph)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Checked without the SHACL shapes." in done.stderr and "pip install 'postkg[shacl]'" in done.stderr
    refused = CliRunner().invoke(check, ["-g", str(graph), "--report", str(graph.parent / "report.ttl")])
    assert isinstance(refused.exception, MissingExtra)


def test_an_ontology_of_ones_own(graph: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(f"<{BASE}x> a <{NS}Relation", encoding="utf-8")
    assert CliRunner().invoke(check, ["-g", str(graph), "--ontology", str(own)]).exit_code == 1
    own.write_text(OWN, encoding="utf-8")
    words = load_vocabulary([own])
    gpt4o, prize = EXTRACTIONS[0].claims[0].subject, Entity("prize/ai-cup", "Prize", "AI Cup")
    post = Post("own/1", "GPT-4o wins the AI Cup.")
    with Store.open(graph, "write", vocabulary=words) as store:
        store.put(Extraction(post, claims=(Claim(gpt4o, "won_prize", prize, Evidence(post.id, 0, 22), {"rank": 1}),)))
    assert CliRunner().invoke(check, ["-g", str(graph)]).exit_code == 1
    done = CliRunner().invoke(check, ["-g", str(graph), "--ontology", str(own)])
    assert (done.exit_code, done.stdout) == (0, "")


OWN = f"""@prefix kg: <{NS}> . @prefix schema: <https://schema.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:Prize a owl:Class ; rdfs:subClassOf kg:Entity .
kg:wonPrize a owl:ObjectProperty , kg:Relation ; kg:name "won_prize" ; kg:qualifiedBy kg:rank ;
    schema:domainIncludes kg:Model ; schema:rangeIncludes kg:Prize ."""


def test_check_wants_one_of_sample_and_all(graph: Path) -> None:
    assert CliRunner().invoke(check, ["-g", str(graph), "--sample", "2"]).exit_code == 0
    assert CliRunner().invoke(check, ["-g", str(graph), "--sample", "2", "--all"]).exit_code == 2
