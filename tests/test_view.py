"""What of a graph is drawn, and the graph for networkx."""

from __future__ import annotations

import pytest

from kg.errors import InputError, QueryError
from kg.network import to_networkx
from kg.store import Store
from kg.view import Fact, Part, View, rank, select
from tests.graphs import WORLD, world
from tests.synthetic import synthetic_store

STORE = world()
CLAIMS = sum(len(said) for _, said in WORLD)


def drawn(view: View) -> set[str]:
    return {node.name for node in view.nodes}


def fact(view: View, subject: str, predicate: str, obj: str) -> Fact:
    return next(f for f in view.facts if (f.subject, f.predicate, f.object) == (subject, predicate, obj))


def test_all_of_it() -> None:
    view = select(STORE)
    assert len(view.nodes) == view.total == view.core == 19
    assert sum(len(f.claims) for f in view.facts) == CLAIMS
    assert {said.claim.evidence.post for f in view.facts for said in f.claims} == set(view.sources)


def test_reposts_count_once() -> None:
    found = fact(select(STORE), "model/llama-3.1", "developed_by", "organization/meta")
    assert (found.support, [said.claim.evidence.post for said in found.claims]) == (1, ["ai_news/2", "neuro/11"])


def test_a_fact_is_hedged_when_nobody_says_it_outright() -> None:
    view = select(STORE)
    assert fact(view, "model/gpt-4o", "runs_on", "hardware/h100").hedged
    assert not fact(view, "model/gpt-4o", "developed_by", "organization/openai").hedged


def test_scores_that_differ_are_two_facts() -> None:
    said = [f for f in select(STORE).facts if (f.subject, f.object) == ("model/deepseek-v3", "benchmark/mmlu")]
    scores = [dict(f.qualifiers)["score"] for f in said]
    assert scores == [87.1, 88.5]


def test_the_sentence_is_the_quoted_piece() -> None:
    texts = {post.id: post.text for post, _ in WORLD}
    for f in select(STORE).facts:
        for said in f.claims:
            evidence = said.claim.evidence
            assert said.sentence == texts[evidence.post][evidence.start : evidence.end]


PARTS: list[tuple[Part, set[str]]] = [
    (Part(around="GigaChat"), {"GigaChat", "Сбер", "A100", "H100"}),
    (Part(around="ГигаЧат"), {"GigaChat", "Сбер", "A100", "H100"}),
    (Part(around="organization/сбер", depth=1), {"Сбер", "GigaChat"}),
    (Part(around="Сбер", depth=2), {"Сбер", "GigaChat", "A100", "H100"}),
    (Part(around="Сбер", depth=0), {"Сбер"}),
    (Part(around="GigaChat", types=("Hardware",)), {"GigaChat", "A100", "H100"}),
    (Part(types=("Organization",)), {"OpenAI", "Meta", "DeepSeek", "Сбер"}),
    (Part(min_support=2), {"GPT-4o", "OpenAI", "MMLU"}),
    (Part(min_confidence=0.95), set()),
    (Part(since="2025-02"), {"GigaChat", "Сбер", "A100", "H100", "vLLM", "R1-Distill", "DeepSeek-R1", "Llama 3.1"}),
    (Part(until="2024-05-13"), {"GPT-4o", "OpenAI", "Spring Update", "GPT-4", "MMLU", "HumanEval"}),
    (Part(since="2024-12", until="2024"), {"DeepSeek-V3", "DeepSeek", "H800", "MMLU", "Llama 3.1"}),
]


@pytest.mark.parametrize(("part", "names"), PARTS)
def test_parts(part: Part, names: set[str]) -> None:
    assert drawn(select(STORE, part)) == names


def test_the_centre_leads() -> None:
    assert select(STORE, Part(around="Сбер", depth=2)).nodes[0].name == "Сбер"


@pytest.mark.parametrize(
    ("part", "error", "words"),
    [
        (Part(around="GPT-4oo"), QueryError, "Did you mean GPT-4o"),
        (Part(types=("Modell",)), InputError, "Known: Benchmark, Dataset"),
    ],
)
def test_what_is_not_there(part: Part, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        select(STORE, part)


def test_core_hangs_together() -> None:
    view = select(synthetic_store(400, 900), core=60)
    core = {pair for pair in view.links() if pair[1] < view.core}
    assert view.core == 60
    assert {node for pair in core for node in pair} == set(range(60))


def test_a_page_holds_no_more_than_it_can() -> None:
    view = select(synthetic_store(400, 900), core=60, most=100)
    assert (len(view.nodes), view.total, view.core) == (100, 400, 60)


def test_rank_keeps_every_key_once() -> None:
    view = select(STORE)
    keys = [node.key for node in view.nodes]
    for core in range(len(keys) + 2):
        assert sorted(rank(keys, view.facts, core)) == sorted(keys)


def test_of_two_equals_the_later_one_comes_first() -> None:
    """GPT-4 and R1-Distill have a neighbour or two each; what is said now goes before what was said then."""
    facts = [f for f in select(STORE).facts if f.predicate == "presented_at" or f.subject == "software/vllm"]
    keys = sorted({key for f in facts for key in (f.subject, f.object)})
    posts = {said.claim.evidence.post for f in facts for said in f.claims}
    early = rank(keys, facts, 0, days={post: "2024-01-01" if post == "ai_news/1" else "2025-01-01" for post in posts})
    late = rank(keys, facts, 0, days={post: "2025-01-01" if post == "ai_news/1" else "2024-01-01" for post in posts})
    assert set(early[:2]) == {"software/vllm", "hardware/h100"}
    assert set(late[:2]) == {"event/spring-update", "model/gpt-4o"}


def test_empty() -> None:
    view = select(Store.memory())
    assert (view.nodes, view.facts, view.links()) == ((), (), [])


def test_networkx_has_every_claim() -> None:
    graph = to_networkx(STORE)
    assert graph.number_of_edges() == CLAIMS
    assert graph.nodes["model/gpt-4o"] == {"type": "Model", "name": "GPT-4o", "aliases": ("ГПТ-4о",)}
    assert graph.nodes["integer/671000000000"]["type"] == "integer"
    said = {data["post"]: data for data in graph.get_edge_data("model/gpt-4o", "benchmark/mmlu").values()}
    assert set(said) == {"ai_news/1", "neuro/10"}
    assert {name: said["neuro/10"][name] for name in ("predicate", "score", "metric", "date", "channel", "url")} == {
        "predicate": "evaluated_on", "score": 88.7, "metric": "accuracy", "date": "2024-05-14", "channel": "neuro",
        "url": "https://t.me/neuro/10",
    }  # fmt: skip
    assert all(isinstance(value, str | int | float | bool) for *_, data in graph.edges(data=True) for value in data.values())
