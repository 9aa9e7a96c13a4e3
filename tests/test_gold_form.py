"""The gold form: what a post becomes as one line of annotation."""

from __future__ import annotations

import json

import pytest

from kg.gold_form import gold_document
from kg.model import Claim, Entity, Evidence, Extraction, Literal, Mention, Post
from kg.score import score

POST = Post("a/1", "Сбер выпустил ГигаЧат Макс: у ГигаЧата 29 млрд параметров и 0.75 на MMLU.", "ru")
SBER = Entity("organization/sber", "Organization", "Сбер")
GIGACHAT = Entity("model/gigachat", "Model", "GigaChat", ("ГигаЧат",))
NAME = "ГигаЧат Макс"
MMLU = Entity("benchmark/mmlu", "Benchmark", "MMLU")


def found(*claims: Claim) -> Extraction:
    places = [
        ("Сбер", "Сбер", SBER),
        ("ГигаЧат Макс", "ГигаЧат Макс", GIGACHAT),
        ("ГигаЧата", "ГигаЧат", GIGACHAT),
        ("MMLU", "MMLU", MMLU),
    ]
    mentions = tuple(
        Mention(start := POST.text.index(form), start + len(form), thing.type, name, thing.key) for form, name, thing in places
    )
    return Extraction(POST, mentions, (MMLU, GIGACHAT, SBER), claims)


def evidence(words: str) -> Evidence:
    start = POST.text.index(words)
    return Evidence(POST.id, start, start + len(words))


def test_an_entity_has_its_longest_name_in_the_post_and_every_form() -> None:
    assert gold_document(found())["entities"] == [
        {"name": "MMLU", "type": "Benchmark", "surfaces": ["MMLU"]},
        {"name": "ГигаЧат Макс", "type": "Model", "surfaces": ["ГигаЧат Макс", "ГигаЧата"]},
        {"name": "Сбер", "type": "Organization", "surfaces": ["Сбер"]},
    ]


def test_an_entity_that_stands_nowhere_keeps_its_name() -> None:
    nowhere = Extraction(POST, (), (GIGACHAT,), ())
    assert gold_document(nowhere)["entities"] == [{"name": "GigaChat", "type": "Model", "surfaces": []}]


CASES = [
    (
        Claim(GIGACHAT, "developed_by", SBER, evidence("Сбер выпустил ГигаЧат")),
        {"s": NAME, "p": "developed_by", "o": "Сбер", "evidence": "Сбер выпустил ГигаЧат"},
    ),
    (
        Claim(GIGACHAT, "evaluated_on", MMLU, evidence("0.75 на MMLU"), {"score": 0.75, "metric": "accuracy"}),
        {"s": NAME, "p": "evaluated_on", "o": "MMLU", "q": {"metric": "accuracy", "score": 0.75}, "evidence": "0.75 на MMLU"},
    ),
    (
        Claim(GIGACHAT, "parameter_count", Literal("29000000000", "integer"), evidence("29 млрд параметров"), {"hedged": True}),
        {"s": NAME, "p": "parameter_count", "o": 29_000_000_000, "q": {"hedged": True}, "evidence": "29 млрд параметров"},
    ),
    (
        Claim(GIGACHAT, "released_on", Literal("2024-05", "date"), evidence("выпустил")),
        {"s": NAME, "p": "released_on", "o": "2024-05", "evidence": "выпустил"},
    ),
    (
        Claim(GIGACHAT, "has_code", Literal("https://a.example/b", "anyURI"), evidence("ГигаЧат")),
        {"s": NAME, "p": "has_code", "o": "https://a.example/b", "evidence": "ГигаЧат"},
    ),
]


@pytest.mark.parametrize(("claim", "triple"), CASES)
def test_claims_as_triples(claim: Claim, triple: dict[str, object]) -> None:
    assert gold_document(found(claim))["triples"] == [triple]


def test_a_document_is_one_line_of_json_and_right_by_its_own_measure() -> None:
    document = gold_document(found(*(claim for claim, _ in CASES)))
    line = json.dumps(document, ensure_ascii=False)
    assert "\n" not in line
    scores = score({"a/1": document}, {"a/1": json.loads(line)})
    assert (scores.total().f1, scores.total().gold, scores.total_types().gold) == (1.0, 5, 3)
