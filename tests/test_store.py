"""The store is a function of the set of posts, whatever the order, and never of what was there before."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import terms as t
from kg.errors import QueryError, StoreError
from kg.manifest import FORMAT
from kg.model import Claim, Entity, Evidence, Extraction, Mention, Post
from kg.records import claims_of_post, read_entity, read_post
from kg.store import Change, Store, open_store
from kg.vocabulary import BASE, NS
from tests.graphs import EXTRACTIONS, GPT4O, H100, MMLU, OPENAI, WORLD, extraction, world


def dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump_sorted(out)
    return out.getvalue()


def stored(extractions: Iterable[Extraction]) -> bytes:
    with Store.memory() as store:
        for found in extractions:
            store.put(found, "hand/1")
        return dump(store)


ALL = stored(EXTRACTIONS)


def spelled(post: str, name: str, *aliases: str) -> Extraction:
    """A post about one entity under this spelling, which others spell otherwise."""
    text = f"{name} made by OpenAI"
    claim = Claim(Entity("model/x", "Model", name, tuple(sorted(aliases))), "developed_by", OPENAI, Evidence(post, 0, len(text)))
    return Extraction(Post(post, text), claims=(claim,))


SPELLINGS = [
    spelled("s/1", "x-model"),
    spelled("s/2", "X-Model", "икс"),
    spelled("s/3", "X-MODEL"),
    spelled("s/4", "X-Model", "xm"),
]
HEDGED_ONLY = [spelled("h/1", "X-Model"), replace(spelled("h/2", "X-Model"), claims=())]


def test_adding_twice_changes_nothing() -> None:
    with world() as store:
        before = dump(store)
        assert {store.put(found, "hand/1") for found in EXTRACTIONS} == {Change()}
        assert dump(store) == before == ALL


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(EXTRACTIONS + SPELLINGS), batch=st.sampled_from([0, 60, 10_000]))
def test_any_order_gives_the_same_graph(order: list[Extraction], batch: int) -> None:
    with Store.memory() as store:
        with store.batching(batch):
            for found in order:
                store.put(found, "hand/1")
        assert dump(store) == stored(EXTRACTIONS + SPELLINGS)


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(EXTRACTIONS + SPELLINGS), gone=st.sets(st.integers(0, len(EXTRACTIONS + SPELLINGS) - 1)))
def test_removing_some_is_putting_only_the_rest(order: list[Extraction], gone: set[int]) -> None:
    with Store.memory() as store:
        for found in order:
            store.put(found, "hand/1")
        for index in sorted(gone):
            store.remove(order[index].post.id)
        assert dump(store) == stored(found for index, found in enumerate(order) if index not in gone)


@settings(max_examples=40, deadline=None)
@given(versions=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(EXTRACTIONS + SPELLINGS)), max_size=12))
def test_the_last_version_of_a_post_counts(versions: list[tuple[int, Extraction]]) -> None:
    """Each post is overwritten with what another post said; only the last versions leave a trace."""
    last = {}
    with Store.memory() as store:
        for slot, found in versions:
            post = replace(found.post, id=f"slot/{slot}")
            claims = tuple(replace(claim, evidence=replace(claim.evidence, post=post.id)) for claim in found.claims)
            last[slot] = Extraction(post, found.mentions, found.entities, claims)
            store.put(last[slot], "hand/1")
        assert dump(store) == stored(last.values())


def test_removing_every_post_leaves_nothing() -> None:
    with world() as store:
        assert sum(store.remove(post_id).removed for post_id in list(store.post_ids())) == sum(len(said) for _, said in WORLD)
        assert dump(store) == b""


def test_editing_a_post() -> None:
    post, said = WORLD[0]
    with world() as store:
        assert store.put(extraction(post, said[:2]), "hand/1") == Change(removed=4)
        assert [claim.predicate for _, claim in claims_of_post(store, post.id)] == ["developed_by", "presented_at"]
        assert ox.Quad(t.entity_iri(GPT4O.key), ox.NamedNode(NS + "basedOn"), t.entity_iri("model/gpt-4")) not in store.graph
        assert read_entity(store, BASE + "model/gpt-4") is None
        # The other post still says so.
        assert ox.Quad(t.entity_iri(GPT4O.key), ox.NamedNode(NS + "evaluatedOn"), t.entity_iri(MMLU.key)) in store.graph


def test_a_rumour_is_a_claim_but_no_fact() -> None:
    fact = ox.Quad(t.entity_iri(GPT4O.key), ox.NamedNode(NS + "runsOn"), t.entity_iri(H100.key))
    with world() as store:
        assert fact not in store.graph
        post = Post("c/1", "GPT-4o runs on H100.")
        store.put(extraction(post, [(GPT4O, "runs_on", H100, {}, "runs on H100")]))
        assert fact in store.graph
        store.remove("c/1")
        assert fact not in store.graph


def test_every_entity_of_a_claim_has_a_mention() -> None:
    with Store.memory() as store:
        store.put(SPELLINGS[1])
        named = {q.object.value for q in store.graph.quads_for_pattern(None, t.NAMES, None) if isinstance(q.object, ox.NamedNode)}
    assert named == {BASE + "model/x", BASE + "organization/openai"}


def test_mentions_without_claims_are_kept() -> None:
    deepmind = Entity("organization/deepmind", "Organization", "DeepMind")
    with Store.memory() as store:
        post = Post("a/1", "У DeepMind праздник")
        store.put(Extraction(post, (Mention(2, 10, "Organization", "DeepMind"),), (deepmind,)))
        assert read_entity(store, BASE + deepmind.key) == deepmind
        store.remove("a/1")
        assert read_entity(store, BASE + deepmind.key) is None


def test_unchanged_means_same_post_and_same_extractor() -> None:
    post = EXTRACTIONS[0].post
    with world() as store:
        assert store.unchanged_state(post, "hand/1")
        assert not store.unchanged_state(post, "hand/2")
        assert not store.unchanged_state(replace(post, text=post.text + "!"), "hand/1")
        assert list(store.post_ids()) == sorted(found.post.id for found in EXTRACTIONS)


def test_a_batch_knows_what_is_waiting() -> None:
    with Store.memory() as store, store.batching():
        store.put(EXTRACTIONS[0], "hand/1")
        assert store.unchanged_state(EXTRACTIONS[0].post, "hand/1")


NASTY = [
    '"',
    "'",
    "\\",
    "}",
    "> . <x> <y> <z",
    "a\nb\tc",
    "<script>alert(1)</script>",
    '" } ; DROP ALL ; #',
    "؜\u202e",
    "💥",
    "é",
    "ё́",
]


@pytest.mark.parametrize("name", NASTY)
def test_nothing_in_a_name_or_text_gets_out(name: str) -> None:
    entity = Entity("model/" + name.lower(), "Model", name)
    text = f"{name} made by OpenAI"
    claim = Claim(entity, "developed_by", OPENAI, Evidence("p/" + name, 0, len(text)), {}, 0.5, name)
    post = Post("p/" + name, text, "en", name, name, name, name)
    with world() as store:
        store.put(Extraction(post, claims=(claim,)), name)
        assert read_entity(store, t.entity_iri(entity.key).value) == entity
        assert read_post(store, t.post_iri(post.id).value) == post
        assert [back for _, back in claims_of_post(store, post.id)] == [claim]
        # An edit goes through SPARQL update.
        store.put(Extraction(replace(post, text=text + "!"), claims=(claim,)), name)
        assert [back for _, back in claims_of_post(store, post.id)] == [claim]
        store.remove(post.id)
        assert dump(store) == ALL


# ---------------------------------------------------------------- on disk
def test_a_graph_on_disk_is_the_graph_in_memory(tmp_path: Path) -> None:
    with Store.open(tmp_path / "g", "write") as store, store.batching(500):
        for found in EXTRACTIONS:
            store.put(found, "hand/1")
    with open_store(tmp_path / "g") as store:
        assert dump(store) == ALL
        with pytest.raises(StoreError, match="kg build"):
            store.remove("ai_news/1")
    with Store.open(tmp_path / "g", "write") as store:
        store.remove("ai_news/1")
    with open_store(tmp_path / "g") as store:
        assert dump(store) == stored(EXTRACTIONS[1:])


def test_big_batches_and_renaming(tmp_path: Path) -> None:
    """More statements than one bulk write takes, with labels that change in mid-build."""
    many = [
        replace(found, post=replace(found.post, id=f"{found.post.id}-{n}"), claims=tuple(
            replace(claim, evidence=replace(claim.evidence, post=f"{found.post.id}-{n}")) for claim in found.claims))
        for n in range(40) for found in (SPELLINGS[n // 10], *EXTRACTIONS)
    ]  # fmt: skip
    with Store.open(tmp_path / "g", "write") as store, store.batching(5_000):
        for found in many:
            store.put(found, "hand/1")
    with open_store(tmp_path / "g") as store:
        assert dump(store) == stored(many)
        label = read_entity(store, BASE + "model/x")
        assert label is not None
        assert label.name == "X-MODEL"


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"Build one with: kg build POSTS\.\.\. -o"):
        open_store(tmp_path / "none")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="is not a graph of postkg"):
        open_store(tmp_path / "folder")
    with pytest.raises(StoreError, match="exists and is not a graph"):
        Store.open(tmp_path / "folder", "write")
    assert [p.name for p in (tmp_path / "folder").iterdir()] == ["notes.txt"]


def test_another_format_or_base(tmp_path: Path) -> None:
    Store.open(tmp_path / "g", "write", base="https://me.example/").close()
    with Store.open(tmp_path / "g") as store:
        assert store.base == "https://me.example/"
    with pytest.raises(StoreError, match=r"has the base https://me\.example/"):
        Store.open(tmp_path / "g", "write", base="https://you.example/")
    manifest = tmp_path / "g" / "postkg.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {FORMAT}', '"format": 99'))
    with pytest.raises(StoreError, match="has format 99"):
        open_store(tmp_path / "g")


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with (
        Store.open(tmp_path / "g", "write"),
        pytest.raises(StoreError, match=r"being written by another process[\s\S]*Wait"),
    ):
        Store.open(tmp_path / "g", "write")


# ---------------------------------------------------------------- questions in SPARQL
@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT ?x {\n ?x a kg:Model", r"line 2, column \d+"),
        ("INSERT DATA { kg:a kg:b kg:c }", "kg sparql is read-only"),
        ("# hello\nPREFIX a: <https://a.example/>\ndelete where { ?s ?p ?o }", "kg sparql is read-only"),
        ("SELECT ?x { ?x a nope:Model }", "prefix is not declared"),
    ],
)
def test_queries_that_cannot_be_answered(sparql: str, message: str) -> None:
    with world() as store:
        with pytest.raises(QueryError, match=message):
            store.query(sparql)
        assert dump(store) == ALL


def test_values_come_in_as_terms() -> None:
    with world() as store:
        found = store.query("SELECT ?model ?name { ?model rdfs:label ?name }", {"name": ox.Literal('" } #')})
        assert isinstance(found, ox.QuerySolutions)
        assert list(found) == []
