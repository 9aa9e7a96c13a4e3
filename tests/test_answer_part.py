"""Which part of the graph an answer speaks of; and that a few claims read one by one are the same as all read at once."""

from __future__ import annotations

from typing import Any

import pytest

from kg import gathering
from kg.answer_part import answer_part, ask_part
from kg.errors import QueryError
from kg.question_files import load_questions
from kg.view import Part, View, select
from tests.generated import generated_store
from tests.graphs import world

STORE = world()
QUESTIONS = {question.name: question for question in load_questions()}

ASKED: list[tuple[str, dict[str, Any], set[str], int]] = [
    ("leaderboard", {"benchmark": "MMLU"}, {"MMLU", "GPT-4o", "DeepSeek-V3", "DeepSeek-R1", "Llama 3.1"}, 5),
    ("lineage", {"entity": "R1-Distill"}, {"R1-Distill", "DeepSeek-R1", "DeepSeek-V3", "Llama 3.1"}, 3),
    ("conflicts", {}, {"DeepSeek-V3", "MMLU"}, 4),
    ("evidence", {"subject": "GPT-4o", "predicate": "evaluated_on"}, {"GPT-4o", "MMLU", "HumanEval"}, 2),
    ("hardware-users", {"hardware": "H100"}, {"H100", "GigaChat", "GPT-4o", "Llama 3.1", "vLLM"}, 4),
    ("gaps", {}, {"GPT-4", "R1-Distill"}, 0),
]


def names(view: View) -> set[str]:
    return {node.name for node in view.nodes}


@pytest.mark.parametrize(("question", "given", "nodes", "facts"), ASKED)
def test_answers_as_pictures(question: str, given: dict[str, Any], nodes: set[str], facts: int) -> None:
    view = select(STORE, ask_part(STORE, QUESTIONS[question], given))
    assert (names(view), len(view.facts)) == (nodes, facts)


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_every_question_is_drawn_or_says_why_not(question: str) -> None:
    some = {"model": "GPT-4o", "organization": "OpenAI", "benchmark": "MMLU", "hardware": "H100", "entity": "GPT-4o"}
    some |= {"subject": "GPT-4o", "since": "2024-01", "until": "2024-12"}
    needed = [p for p in QUESTIONS[question].parameters if p.required or (p.one_of and p.name in ("hardware", "subject"))]
    try:
        part = ask_part(STORE, QUESTIONS[question], {p.name: some[p.name] for p in needed})
    except QueryError as error:
        assert question in ("sources", "timeline") and "kg ask" in str(error)
    else:
        assert select(STORE, part).nodes


ROWS: list[tuple[list[Any], set[str]]] = [
    ([("model/gpt-4o", 3)], {"GPT-4o"}),
    ([("GPT-4o", "OpenAI")], {"GPT-4o", "OpenAI"}),
    ([("gpt-4o",)], set()),
    ([("model/nobody", None, True, 1.5)], set()),
    ([({"labels": ["Model"], "id": "model/gpt-4o", "name": "GPT-4o"},)], {"GPT-4o"}),
    ([(["model/gpt-4o", ["organization/meta"]],)], {"GPT-4o", "Meta"}),
    ([("model/llama-3.1", "H100")], {"Llama 3.1", "H100"}),
    ([("__proto__/x", "/", "model/", "claim/0123456789abcdef", "и" * 5000)], set()),
    ([], set()),
]


@pytest.mark.parametrize(("rows", "nodes"), ROWS)
def test_rows_of_ones_own(rows: list[Any], nodes: set[str]) -> None:
    part = answer_part(STORE, rows)
    assert (names(select(STORE, part)) if part.keys else set()) == nodes


def test_a_claim_is_drawn_as_that_claim() -> None:
    said = next(f for f in select(STORE).facts if f.object == "event/spring-update").claims[0]
    view = select(STORE, answer_part(STORE, [({"type": "PRESENTED_AT", "id": f"claim/{said.id}"},)]))
    assert [(f.subject, f.predicate) for f in view.facts] == [("model/gpt-4o", "presented_at")]


LIMITS: list[dict[str, Any]] = [
    {}, {"min_support": 2}, {"since": "2024"}, {"types": ("Model", "Organization")}, {"min_confidence": 0.8},
]  # fmt: skip


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
@pytest.mark.parametrize(
    "limits", [{}, {"min_support": 2}, {"since": "2024"}, {"types": ("Model", "Organization")}, {"min_confidence": 0.8}]
)
def test_few_claims_are_read_as_all_are(depth: int, limits: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    store = generated_store(400)
    for key in [node.key for node in select(store).nodes][::25]:
        part = Part(around=key, depth=depth, **limits)
        few = select(store, part)
        with monkeypatch.context() as patch:
            patch.setattr(gathering, "_FEW", -1)
            assert select(store, part) == few
