"""Cards of entities and posts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.card import make_card
from kg.cli import cli
from kg.model import Claim, Entity, Evidence, Extraction, Post
from kg.store import Store
from kg.vocabulary import BASE
from tests.graphs import EXTRACTIONS, GPT4O, LLAMA, OPENAI, world


def test_facts_of_a_card() -> None:
    with world() as store:
        card = make_card(store, BASE + LLAMA.key)
        assert make_card(store, BASE + "model/nobody") is None
    assert card is not None
    assert card.entity == LLAMA
    # A repost supports nothing anew.
    assert {(fact.predicate, fact.object, fact.support, fact.first_seen) for fact in card.facts} >= {
        ("developed_by", "Meta", 1, "2024-07-23"),
        ("parameter_count", "405000000000", 1, "2024-07-23"),
    }
    assert [(fact.subject.name, fact.predicate) for fact in card.said_of_it] == [
        ("R1-Distill", "based_on"), ("DeepSeek-V3", "outperforms")
    ]  # fmt: skip
    assert card.channels == (("ai_news", 2), ("neuro", 2))


def test_a_rumour_is_a_fact_of_its_own() -> None:
    with world() as store:
        card = make_card(store, BASE + GPT4O.key)
    assert card is not None
    assert [(fact.predicate, fact.object) for fact in card.facts if fact.hedged] == [
        ("parameter_count", "200000000000"), ("runs_on", "H100")
    ]  # fmt: skip
    assert all(quote.text in quote.post.text for quote in card.quotes)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("graph") / "g"
    odd = Entity("model/odd", "Model", "Odd\x1b[31m<b>")
    post = Post("odd/1", "Odd\x1b[31m<b> by OpenAI\n", "en")
    with Store.open(path, "write") as store:
        for found in EXTRACTIONS:
            store.put(found, "hand/1")
        store.put(Extraction(post, claims=(Claim(odd, "developed_by", OPENAI, Evidence("odd/1", 0, 20)),)))
    return str(path)


def shown(*args: str) -> str:
    done = CliRunner().invoke(cli, ["show", *args])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_show_an_entity(graph: str) -> None:
    card = shown("гпт-4о", "-g", graph)
    for part in (
        "GPT-4o  (Model, model/gpt-4o)", "also written: ГПТ-4о", "  OpenAI  [2 posts, first 2024-05-13]",
        "  H100 (a rumour)  [1 post, first 2024-05-14]", "“OpenAI выпустила ГПТ-4о”", "2024-05-14, neuro, https://t.me/neuro/10",
        "… outperforms it", "  DeepSeek-R1", "channels: ai_news 2, neuro 1",
    ):  # fmt: skip
        assert part in card
    assert ["MMLU", "88.7", "accuracy", "2", "2024-05-13"] in [line.split() for line in card.splitlines()]
    assert json.loads(shown("GPT-4o", "--json", "-g", graph))["entity"]["key"] == "model/gpt-4o"


def test_show_a_benchmark_lists_the_models(graph: str) -> None:
    card = shown("MMLU", "-g", graph)
    assert ["DeepSeek-R1", "90.8", "accuracy", "1", "1", "2025-01-20"] in [line.split() for line in card.splitlines()]


def test_show_a_post(graph: str) -> None:
    post = shown("neuro/12", "-g", graph)
    assert "DeepSeek-V3  outperforms  Llama 3.1\n    “превосходит Llama 3.1”" in post
    assert "No claims were found in it." in shown("ai_news/6", "-g", graph)
    assert len(json.loads(shown("neuro/12", "--json", "-g", graph))["claims"]) == 5


def test_text_of_posts_cannot_move_the_cursor(graph: str) -> None:
    for name in ("model/odd", "odd/1", "OpenAI"):
        assert "\x1b" not in shown(name, "-g", graph)
