"""Copies of one text are one source: which texts are, and that the graph does not depend on the order in which they come."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import terms as t
from kg.copies import Words
from kg.model import Claim, Entity, Evidence, Extraction, Link, Post
from kg.question_files import load_questions
from kg.questions import answer
from kg.store import Store
from tests.graphs import OPENAI

NEWS = "Лаборатория Орион выпустила модель Vega-3: 70 млрд параметров, 88,7 на MMLU, обучена на кластере из 512 ускорителей"
LONG = (
    "The Lumen team has put its new model online this morning. It reads 200 pages at once, answers in nine languages and, so "
    "the authors, costs a third of what the one before did. Weights and code are free for research."
)
PAIRS = [
    # What reposts do: the same, another footer, a header, marks, a link less, numbers written otherwise, a word corrected.
    (NEWS, NEWS, True),
    (NEWS, NEWS.upper() + "!!!", True),
    (NEWS, NEWS + "\n\nПодписаться на «Новости моделей» | Прислать новость", True),
    (NEWS, "⚡️ Срочно! " + NEWS + " https://t.me/neuro/1", True),
    (NEWS, "__" + NEWS + "__", True),
    (NEWS.replace("512", "2 048"), NEWS.replace("512", "2048"), True),
    (LONG, LONG.replace("costs", "asks"), True),
    (LONG, LONG[:190], True),
    (LONG, LONG + " Read more in our digest of the week, where we also look at prices and at what others have shown.", True),
    # What is not a copy: another number or name in the same sentence, another report of the same, a digest, talk.
    (NEWS, NEWS.replace("88,7", "91,2"), False),
    (NEWS, NEWS.replace("70 млрд", "7 млрд").replace("Vega-3", "Vega-4"), False),
    ("Взрывы слышны в Северном", "Взрывы слышны в Южном", False),
    (NEWS, "Орион показал Vega-3 с 70 млрд параметров; на MMLU у неё 88,7, а для обучения взяли 512 ускорителей", False),
    (
        LONG,
        "News of the week. "
        + LONG[:60]
        + " Trains are late again. The library has new chairs. Tea is cheaper than last year. " * 3,
        False,
    ),
    ("🔥🔥🔥", "👍", False),
    ("https://a.example", "https://b.example", False),
    ("", "", True),
]


@pytest.mark.parametrize(("one", "other", "same"), PAIRS)
def test_which_texts_are_copies(one: str, other: str, same: bool) -> None:
    first, second = Words.of_text(one), Words.of_text(other)
    assert first.alike(second) is same
    assert second.alike(first) is same
    if same:
        assert set(first.bands()) & set(second.bands())


def test_a_signature_with_a_link_is_no_part_of_the_text() -> None:
    text = f"{NEWS}\nМы в Дзене"
    signed = Words.of_text(text, [Link(len(NEWS) + 1, len(text), "https://dzen.example")])
    assert signed == Words.of_text(NEWS)


def test_bands_are_the_same_everywhere() -> None:
    """They stand in graphs: another value would part old posts from new ones."""
    assert Words.of_text("a b c d e f g h").bands()[:3] == ["a87af450", "d49faf66", "b61b9dc4"]


def says(post_id: str, text: str, name: str = "Vega-3") -> Extraction:
    claim = Claim(Entity(f"model/{name.lower()}", "Model", name), "developed_by", OPENAI, Evidence(post_id, 0, len(text)))
    return Extraction(Post(post_id, text), claims=(claim,))


BASE_WORDS = [f"{one}{other}" for one in ("la", "ro", "mi", "ze", "tu") for other in ("n", "k", "s", "v", "d", "x")]
# Each is a copy of its neighbours and not of those further off: what joins them is the chain.
CHAIN = [says(f"chain/{n}", " ".join(BASE_WORDS[3 * n : 3 * n + 14])) for n in range(5)]
COPIES = [
    says("a/1", NEWS),
    says("b/1", NEWS + "\n\nПодписаться на «Новости моделей» | Прислать новость"),
    says("c/1", "⚡️ Срочно! " + NEWS),
    says("d/1", NEWS.replace("88,7", "91,2")),
    replace(says("e/1", NEWS), claims=()),
    says("f/1", LONG),
    says("f/2", LONG),
    says("f/3", LONG[:190]),
]


def dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump_sorted(out)
    return out.getvalue()


def stored(extractions: list[Extraction]) -> bytes:
    with Store.memory() as store:
        for found in extractions:
            store.put(found, "hand/1")
        return dump(store)


@settings(max_examples=60, deadline=None)
@given(order=st.permutations(COPIES + CHAIN), batch=st.sampled_from([0, 60, 10_000]), gone=st.sets(st.integers(0, 12)))
def test_the_order_does_not_matter(order: list[Extraction], batch: int, gone: set[int]) -> None:
    """Also when some are taken out again: what they joined falls apart."""
    with Store.memory() as store:
        with store.batching(batch):
            for found in order:
                store.put(found, "hand/1")
        assert dump(store) == stored(COPIES + CHAIN)
        for index in sorted(gone):
            store.remove(order[index].post.id)
        assert dump(store) == stored([found for index, found in enumerate(order) if index not in gone])


@settings(max_examples=60, deadline=None)
@given(versions=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(COPIES + CHAIN)), max_size=14))
def test_the_last_version_counts(versions: list[tuple[int, Extraction]]) -> None:
    last: dict[int, Extraction] = {}
    with Store.memory() as store:
        for slot, found in versions:
            claims = tuple(replace(claim, evidence=replace(claim.evidence, post=f"slot/{slot}")) for claim in found.claims)
            last[slot] = replace(found, post=replace(found.post, id=f"slot/{slot}"), claims=claims)
            store.put(last[slot], "hand/1")
        assert dump(store) == stored(list(last.values()))


def originals(store: Store) -> dict[str, str]:
    quads = store.graph.quads_for_pattern(None, t.ORIGINAL, None)
    return {t.post_id(getattr(quad.subject, "value", "")): getattr(quad.object, "value", "") for quad in quads}


def test_a_chain_is_one_source_until_a_link_is_taken_out() -> None:
    with Store.memory() as store:
        for found in CHAIN:
            store.put(found, "hand/1")
        assert len(set(originals(store).values())) == 1
        store.remove("chain/2")
        parts = originals(store)
        assert parts["chain/0"] == parts["chain/1"] != parts["chain/3"] == parts["chain/4"]


def test_support_counts_copies_once() -> None:
    questions = {question.name: question for question in load_questions()}
    with Store.memory() as store:
        for found in COPIES:
            store.put(found, "hand/1")
        rows = answer(store, questions["models-by-organization"], {"organization": "OpenAI"})
        support = rows.columns.index("support")
        assert [row[support] for row in rows.rows] == [3]  # the news, the news with another number, the long text


def test_a_post_that_no_longer_claims_leaves_its_group() -> None:
    silent = [replace(found, claims=()) if number < 3 else found for number, found in enumerate(COPIES)]
    with Store.memory() as store:
        for found in COPIES:
            store.put(found, "hand/1")
        for found in silent[:3]:
            store.put(found, "hand/1")  # as a new extractor would
        assert dump(store) == stored(silent)
