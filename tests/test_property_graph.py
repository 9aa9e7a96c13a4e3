"""The property-graph view on the small world: every claim a relationship, every end of one a node."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kg.columns import all_claims, all_entities
from kg.property_graph import PropertyGraph
from kg.property_schema import all_labels, constraints, relationship_kinds
from kg.store import Store
from kg.terms import entity_iri
from kg.vocabulary import load_vocabulary
from tests.generated import generated_store
from tests.graphs import EXTRACTIONS, world


@pytest.fixture(scope="module", params=[world, lambda: generated_store(2_000)], ids=["world", "generated"])
def store(request: pytest.FixtureRequest) -> Store:
    made: Store = request.param()
    return made


def test_every_claim_is_one_relationship(store: Store) -> None:
    rows = [row for batch in PropertyGraph(store).relationships() if batch.type != "MENTIONS" for row in batch.rows]
    claims = all_claims(store, all_entities(store))
    assert sorted(row["id"] for row in rows) == sorted(f"claim/{said.id}" for said in claims)
    said = {f"claim/{said.id}": said for said in claims}
    for row in rows:
        claim, properties = said[row["id"]].claim, row["properties"]
        evidence = claim.evidence
        assert (row["start"], row["end"].split("/", 1)[-1]) == (claim.subject.key, claim.object_key.split("/", 1)[-1]) or (
            row["end"].endswith("/" + claim.object_key)
        )
        assert (properties["post"], properties["char_start"], properties["char_end"]) == (
            evidence.post,
            evidence.start,
            evidence.end,
        )
        assert properties["confidence"] == claim.confidence
        assert properties["sentence"] == said[row["id"]].sentence
        assert {name: properties[name] for name in claim.qualifiers} == claim.qualifiers


def test_a_claim_need_not_say_what_found_it() -> None:
    with Store.memory() as store:
        for extraction in EXTRACTIONS:
            store.put(replace(extraction, claims=tuple(replace(claim, extractor="") for claim in extraction.claims)), "hand/1")
        rows = [row for batch in PropertyGraph(store).relationships() if batch.type != "MENTIONS" for row in batch.rows]
        assert len(rows) == len(all_claims(store, all_entities(store))) > 10
        assert all("extractor" not in row["properties"] for row in rows)


def test_what_is_counted_on_an_entity(store: Store) -> None:
    counted = "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?m kg:names <%s> ; prov:wasDerivedFrom ?post . ?post kg:original ?o }"
    for batch in PropertyGraph(store).nodes():
        for row in batch.rows[:40] if batch.second else []:
            iri, properties = entity_iri(row["id"], store.base).value, row["properties"]
            (found,) = store.query(counted % iri)  # type: ignore[misc]
            assert properties["support"] == int(found[0].value)
            said = store.query(
                f"SELECT DISTINCT ?p {{ ?c rdf:subject <{iri}> ; rdf:predicate ?p MINUS {{ ?c kg:hedged true }} }}"
            )
            names = {store.vocabulary.relation_of(p.value).name.upper() for (p,) in said}  # type: ignore[union-attr]
            assert properties["said"] == sorted(names)
            sure = store.query(
                f"SELECT ?x {{ {{ ?c rdf:subject <{iri}> }} UNION {{ ?c rdf:object <{iri}> }} ?c kg:confidence ?x }}"
            )
            assert properties.get("confidence") == max((float(x.value) for (x,) in sure), default=None)  # type: ignore[union-attr]
            days = store.query(
                f"SELECT ?d {{ ?m kg:names <{iri}> ; prov:wasDerivedFrom ?post . ?post kg:published ?t"
                " BIND(SUBSTR(STR(?t), 1, 10) AS ?d) }"
            )
            known = sorted(day.value for (day,) in days)  # type: ignore[union-attr]
            assert [properties.get("first_seen"), properties.get("last_seen")] == [
                *(known or [None])[:1],
                *(known or [None])[-1:],
            ]


def test_every_end_is_a_node(store: Store) -> None:
    graph = PropertyGraph(store)
    nodes = Counter((batch.label, row["id"]) for batch in graph.nodes() for row in batch.rows)
    assert max(nodes.values()) == 1
    assert {label for label, _ in nodes} <= set(graph.labels)
    for batch in graph.relationships():
        assert all((batch.start_label, row["start"]) in nodes and (batch.end_label, row["end"]) in nodes for row in batch.rows)


def test_batches_are_no_larger_than_asked_for(store: Store) -> None:
    small, whole = PropertyGraph(store, batch=3), PropertyGraph(store)
    assert max(len(batch.rows) for batch in small.nodes()) == max(len(batch.rows) for batch in small.relationships()) == 3
    assert [r for b in small.relationships() for r in b.rows] == [r for b in whole.relationships() for r in b.rows]
    assert [r for b in small.nodes() for r in b.rows] == [r for b in whole.nodes() for r in b.rows]


def test_the_order_depends_on_the_content_alone() -> None:
    with Store.memory() as turned:
        for extraction in reversed(EXTRACTIONS):
            turned.put(extraction, "hand/1")
        graphs = [PropertyGraph(world()), PropertyGraph(turned)]
        assert list(graphs[0].nodes()) == list(graphs[1].nodes())
        assert list(graphs[0].relationships()) == list(graphs[1].relationships())


def test_labels_and_types_come_from_the_ontology() -> None:
    vocabulary = load_vocabulary()
    assert PropertyGraph(world()).labels == all_labels(vocabulary)
    assert len(constraints(all_labels(vocabulary))) == len(vocabulary.types) + 3
    kinds = {kind.type: kind for kind in relationship_kinds(vocabulary)}
    assert kinds["RUNS_ON"].start == ("Model", "Software")
    assert kinds["PARAMETER_COUNT"].end == ("Literal",)
    assert set(kinds) == {name.upper() for name in vocabulary.relations} | {"MENTIONS"}
