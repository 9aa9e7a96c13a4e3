"""What a post becomes in RDF, and that it comes back as it went in."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg import terms as t
from kg.digest import original, post_digest
from kg.errors import VocabularyError
from kg.model import Claim, Entity, Evidence, Extraction, Link, Literal, Post
from kg.rdf import Names, post_quads
from kg.records import all_posts, claims_about, claims_of_post, read_claim, read_entity, read_post
from kg.store import Store
from kg.vocabulary import BASE, NS, load_vocabulary
from tests.graphs import EXTRACTIONS, GPT4O, MMLU, world

WORDS = load_vocabulary()


@pytest.mark.parametrize(
    ("key", "iri"),
    [
        ("model/gpt-4o", "model/gpt-4o"),
        ("model/гигачат", "model/гигачат"),
        ("model/a b", "model/a%20b"),
        ("software/c#", "software/c%23"),
        ("model/50%", "model/50%25"),
        ('model/"<>{}|^`\\', "model/%22%3C%3E%7B%7D%7C%5E%60%5C"),
        ("model/通义千问", "model/通义千问"),
        ("model/a\u200bb\u00a0c", "model/a%E2%80%8Bb%C2%A0c"),
        ("model/\ue000", "model/%EE%80%80"),
    ],
)
def test_identifier_of_entity_and_back(key: str, iri: str) -> None:
    assert t.entity_iri(key).value == BASE + iri
    assert t.entity_key(BASE + iri) == key


@pytest.mark.parametrize(("post", "iri"), [("a/1", "post/a/1"), ("https://x.example/?p=1", "post/https://x.example/%3Fp=1")])
def test_identifier_of_post_and_back(post: str, iri: str) -> None:
    assert t.post_iri(post).value == BASE + iri
    assert t.post_id(BASE + iri) == post


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("GPT-4o", "gpt4o"),
        ("гпт 4О", "гпт4о"),
        ("Ёлка", "елка"),
        ("Ｌｌａｍａ", "llama"),
        ("C++", "c"),
        ("++", "++"),
        ("Straße", "strasse"),
    ],
)
def test_search_key(name: str, key: str) -> None:
    assert t.search_key(name) == key


@pytest.mark.parametrize(
    ("name", "value", "written", "datatype"),
    [
        ("score", 91.2, "91.2", "decimal"),
        ("score", "91.20", "91.2", "decimal"),
        ("score", 100, "100", "decimal"),
        ("score", 1e-7, "0.0000001", "decimal"),
        ("score", "ninety", "ninety", "string"),
        ("score", "NaN", "NaN", "string"),
        ("rank", 1, "1", "integer"),
        ("rank", "1-3", "1-3", "string"),
        ("metric", "100", "100", "string"),
        ("hedged", True, "true", "boolean"),
        ("hedged", False, "false", "boolean"),
    ],
)
def test_qualifier(name: str, value: str | float, written: str, datatype: str) -> None:
    term = t.qualifier_term(name, value, WORDS)
    assert (term.value, term.datatype.value.rpartition("#")[2]) == (written, datatype)


@pytest.mark.parametrize(
    ("value", "datatype", "expected"),
    [
        ("2024-05-13", "date", "date"), ("2024-05", "date", "gYearMonth"), ("2024", "date", "gYear"),
        ("spring 2024", "date", "string"), ("7", "integer", "integer"), ("https://a.example", "anyURI", "anyURI"),
    ],
)  # fmt: skip
def test_value(value: str, datatype: str, expected: str) -> None:
    assert t.value_term(Literal(value, datatype)).datatype.value.rpartition("#")[2] == expected


def test_a_post_in_rdf() -> None:
    post = Post("a/1", "ГПТ-4о: 88.7 on MMLU", "ru", published="2024-05-13")
    claim = Claim(GPT4O, "evaluated_on", MMLU, Evidence("a/1", 0, 20), {"score": 88.7}, 0.9, "hand/1")
    quads = {f"{q.subject} {q.predicate} {q.object}" for q in post_quads(Extraction(post, claims=(claim,)))}
    node = t.claim_iri(claim, WORDS)
    assert {
        f"<{BASE}model/gpt-4o> <{NS}evaluatedOn> <{BASE}benchmark/mmlu>",
        f"<{BASE}model/gpt-4o> {t.TYPE} <{NS}Model>",
        f'<{BASE}model/gpt-4o> {t.LABEL} "GPT-4o"',
        f'<{BASE}model/gpt-4o> {t.ALT_LABEL} "ГПТ-4о"',
        f'<{BASE}model/gpt-4o> {t.SEARCH_KEY} "гпт4о"',
        f'{node} <{NS}score> "88.7"^^{t.DECIMAL}',
        f'{node} {t.SENTENCE} "ГПТ-4о: 88.7 on MMLU"',
        f"{node} {t.DERIVED_FROM} <{BASE}post/a/1>",
        f'<{BASE}post/a/1> {t.PUBLISHED} "2024-05-13"^^{t.DATES[10]}',
        f'<{BASE}post/a/1> {t.STATE} "extracted"',
    } <= quads  # fmt: skip


def test_claims_come_back_equal() -> None:
    with world() as store:
        for found in EXTRACTIONS:
            back = dict(claims_of_post(store, found.post.id))
            assert back == {t.claim_iri(claim, WORDS).value: claim for claim in found.claims}


def test_entities_and_posts_come_back_equal() -> None:
    with world() as store:
        for found in EXTRACTIONS:
            for entity in found.entities:
                assert read_entity(store, t.entity_iri(entity.key).value) == entity
        assert {post.id: post for post in all_posts(store)} == {found.post.id: found.post for found in EXTRACTIONS}


def test_what_is_not_there_is_none() -> None:
    with world() as store:
        for read in (read_post, read_entity, read_claim):
            assert read(store, BASE + "model/nobody") is None


def test_claims_about_an_entity() -> None:
    with world() as store:
        said = [claim for _, claim in claims_about(store, BASE + "benchmark/mmlu")]
    assert [claim.evidence.post for claim in said] == [
        "ai_news/1", "ai_news/2", "ai_news/3", "ai_news/4", "neuro/10", "neuro/11", "neuro/12"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "label"),
    [
        ({"gpt-4o", "GPT-4o", "Gpt-4o"}, "GPT-4o"),
        ({"Гугл", "Google"}, "Google"),
        ({"llama", "Llama", "LLaMA"}, "LLaMA"),
        ({"x"}, "x"),
    ],
)
def test_label_is_the_name_with_most_capitals(names: set[str], label: str) -> None:
    assert Names(ox.NamedNode(NS + "Model"), names).label == label


@pytest.mark.parametrize(
    "claim",
    [
        Claim(GPT4O, "eats", MMLU, Evidence("a/1", 0, 1)),
        Claim(GPT4O, "evaluated_on", MMLU, Evidence("a/1", 0, 1), {"taste": 1}),
        Claim(Entity("fruit/apple", "Fruit", "Apple"), "evaluated_on", MMLU, Evidence("a/1", 0, 1)),
    ],
)
def test_words_the_ontology_does_not_know(claim: Claim) -> None:
    with pytest.raises(VocabularyError, match="Known: "):
        post_quads(Extraction(Post("a/1", "x"), claims=(claim,)))


A = Post("a/1", "RETRO от DeepMind. Читать https://x.example/1", links=(Link(0, 5, "https://x.example/2"),))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("retro от DEEPMIND. Читать", True),
        ("RETRO от DeepMind. Читать https://x.example/1\n\nПодписаться на канал: @news", True),
        ("RETRO от DeepMind. Читать #ai @deepmind 🔥 12 👍 5", True),
        ("RETRO от DeepMind. Читать\n👉 ❤️", True),
        ("RETRO от DeepMind. Читать не надо", False),
        ("RETRO 2 от DeepMind. Читать", False),
        ("RETRO от DeepMind. Читать\nEverything else that this post says is a line of its own: @news", False),
    ],
)
def test_copies_share_their_original(text: str, same: bool) -> None:
    assert (original(Post("b/2", text)) == original(A)) is same


def test_a_signature_made_of_link_words() -> None:
    text = "RETRO от DeepMind. Читать\nПодписаться | Чат канала"
    signed = Post("b/2", text, links=(Link(26, 37, "https://t.me/b"), Link(40, 50, "https://t.me/c")))
    assert original(signed) == original(A)


def test_posts_without_words_are_not_one_source() -> None:
    assert original(Post("a/1", "https://a.example")) != original(Post("a/2", "https://b.example"))


@pytest.mark.parametrize(
    "changed",
    [replace(A, text="y"), replace(A, lang="ru"), replace(A, url="u"), replace(A, published="2024"), replace(A, channel="c"),
     replace(A, forwarded_from="f"), replace(A, links=()), replace(A, id="a/2")],
)  # fmt: skip
def test_digest_covers_every_field(changed: Post) -> None:
    assert post_digest(changed) != post_digest(A)
    assert post_digest(A, "rules/2") != post_digest(A, "rules/1")


def test_a_base_of_ones_own() -> None:
    store = Store.memory("https://me.example/kg/")
    with store:
        store.put(EXTRACTIONS[0])
        assert read_entity(store, "https://me.example/kg/model/gpt-4o") == GPT4O
