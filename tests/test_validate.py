"""Which claims may go into the graph: a table to add rows to, and the same question asked of SHACL."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.limits import Limits, load_limits
from kg.model import Claim, Entity, Evidence, Literal, Post
from kg.validate import check_claim, is_written_as, rules_of
from kg.vocabulary import NS, load_vocabulary
from tests.graphs import (
    EXTRACTIONS,
    GPT4,
    GPT4O,
    H100,
    HUMANEVAL,
    MMLU,
    OPENAI,
    REFINEDWEB,
    SPRING,
    VLLM,
    date,
    entity,
    link,
    number,
)

WORDS = load_vocabulary()
POST = Post("a/1", "GPT-4o от OpenAI 🔥 работает на H100.")
EVIDENCE = Evidence("a/1", 0, 36)
NAMELESS = Entity("model/x", "Model", "")


def claim(
    subject: Entity, predicate: str, target: Entity | Literal, qualifiers: dict[str, Any] | None = None, **other: Any
) -> Claim:
    return Claim(subject, predicate, target, other.pop("evidence", EVIDENCE), qualifiers or {}, **other)


GOOD = [
    claim(GPT4O, "developed_by", OPENAI),
    claim(GPT4O, "developed_by", entity("Person", "Ann Lee")),
    claim(REFINEDWEB, "developed_by", OPENAI),
    claim(VLLM, "runs_on", H100, {"phase": "inference", "count": 8}),
    claim(GPT4O, "runs_on", H100, {"count": "2048"}),
    claim(GPT4O, "evaluated_on", MMLU, {"score": 88.7, "metric": "accuracy", "rank": 1}),
    claim(GPT4O, "evaluated_on", MMLU, {"score": "88.70", "hedged": False}),
    claim(GPT4O, "evaluated_on", MMLU, {"score": -3}),
    claim(GPT4O, "trained_on", REFINEDWEB),
    claim(GPT4O, "trained_on", HUMANEVAL),
    claim(GPT4O, "based_on", VLLM),
    claim(GPT4O, "outperforms", GPT4, {"hedged": True}),
    claim(MMLU, "presented_at", SPRING),
    claim(GPT4O, "parameter_count", number(280_000_000_000)),
    claim(GPT4O, "released_on", date("2024-02-29")),
    claim(GPT4O, "released_on", date("2024-05")),
    claim(H100, "released_on", date("2024")),
    claim(H100, "described_in", link("https://пример.example/статья?a=1#b")),
    claim(GPT4O, "has_code", link("http://github.com/a/b")),
    claim(GPT4O, "developed_by", OPENAI, confidence=0.0),
    claim(GPT4O, "developed_by", OPENAI, evidence=Evidence("a/1", 35, 36)),
]

BAD = [
    (claim(GPT4O, "likes", OPENAI), "no predicate 'likes'"),
    (claim(OPENAI, "developed_by", OPENAI), "the subject is a Organization"),
    (claim(GPT4O, "developed_by", H100), "the object is a Hardware"),
    (claim(GPT4O, "developed_by", link("https://openai.example")), "is a value (anyURI)"),
    (claim(MMLU, "evaluated_on", GPT4O), "the subject is a Benchmark"),
    (claim(GPT4O, "evaluated_on", REFINEDWEB), "the object is a Dataset"),
    (claim(VLLM, "evaluated_on", MMLU), "the subject is a Software"),
    (claim(H100, "presented_at", SPRING), "the subject is a Hardware"),
    (claim(H100, "has_code", link("https://a.example")), "the subject is a Hardware"),
    (claim(entity("Fruit", "Apple"), "developed_by", OPENAI), "the subject is a Fruit"),
    (claim(GPT4O, "outperforms", GPT4O), "subject and object are the same"),
    (claim(NAMELESS, "developed_by", OPENAI), "the subject has no name"),
    (claim(GPT4O, "based_on", NAMELESS), "the object has no name"),
    (claim(GPT4O, "parameter_count", OPENAI), "the object is a Organization"),
    (claim(GPT4O, "parameter_count", number(0)), "'0' is no value"),
    (claim(GPT4O, "parameter_count", number(-7)), "'-7' is no value"),
    (claim(GPT4O, "parameter_count", Literal("7e9", "integer")), "'7e9' is no value"),
    (claim(GPT4O, "parameter_count", Literal("7 млрд", "integer")), "'7 млрд' is no value"),
    (claim(GPT4O, "parameter_count", Literal("٧", "integer")), "is no value"),
    (claim(GPT4O, "parameter_count", date("2024")), "is a value (date)"),
    (claim(GPT4O, "released_on", date("2023-02-29")), "is no value"),
    (claim(GPT4O, "released_on", date("2024-13")), "is no value"),
    (claim(GPT4O, "released_on", date("0024")), "is no value"),
    (claim(GPT4O, "released_on", date("13.05.2024")), "is no value"),
    (claim(GPT4O, "released_on", date("2024-W20-1")), "is no value"),
    (claim(GPT4O, "released_on", date("May 2024")), "is a value (date)"),
    (claim(GPT4O, "released_on", number(2024)), "is a value (integer)"),
    (claim(GPT4O, "has_code", link("github.com/a/b")), "is no value"),
    (claim(GPT4O, "has_code", link("javascript:alert(1)")), "is no value"),
    (claim(GPT4O, "has_code", link("https://")), "is no value"),
    (claim(GPT4O, "developed_by", OPENAI, {"score": 1}), "developed_by has no score"),
    (claim(GPT4O, "evaluated_on", MMLU, {"phase": "training"}), "evaluated_on has no phase"),
    (claim(GPT4O, "evaluated_on", MMLU, {"taste": "good"}), "evaluated_on has no taste"),
    (claim(GPT4O, "evaluated_on", MMLU, {"score": "91 %"}), "'91 %' is no score"),
    (claim(GPT4O, "evaluated_on", MMLU, {"score": math.nan}), "nan is no score"),
    (claim(GPT4O, "evaluated_on", MMLU, {"metric": ""}), "'' is no metric"),
    (claim(GPT4O, "evaluated_on", MMLU, {"rank": 0}), "0 is no rank"),
    (claim(GPT4O, "evaluated_on", MMLU, {"rank": 1.5}), "1.5 is no rank"),
    (claim(GPT4O, "evaluated_on", MMLU, {"rank": "1-3"}), "'1-3' is no rank"),
    (claim(GPT4O, "evaluated_on", MMLU, {"hedged": "maybe"}), "'maybe' is no hedged"),
    (claim(GPT4O, "runs_on", H100, {"phase": "retraining"}), "'retraining' is no phase"),
    (claim(GPT4O, "runs_on", H100, {"count": 0}), "0 is no count"),
    (claim(GPT4O, "developed_by", OPENAI, evidence=Evidence("b/1", 0, 5)), "the evidence is of the post b/1"),
    (claim(GPT4O, "developed_by", OPENAI, evidence=Evidence("a/1", 5, 5)), "the evidence is 5-5 of 36"),
    (claim(GPT4O, "developed_by", OPENAI, evidence=Evidence("a/1", 7, 5)), "the evidence is 7-5 of 36"),
    (claim(GPT4O, "developed_by", OPENAI, evidence=Evidence("a/1", -1, 5)), "the evidence is -1-5 of 36"),
    (claim(GPT4O, "developed_by", OPENAI, evidence=Evidence("a/1", 0, 37)), "the evidence is 0-37 of 36"),
    (claim(GPT4O, "developed_by", OPENAI, confidence=1.01), "the confidence is 1.01"),
    (claim(GPT4O, "developed_by", OPENAI, confidence=-0.1), "the confidence is -0.1"),
    (claim(GPT4O, "developed_by", OPENAI, confidence=math.nan), "the confidence is nan"),
]


@pytest.mark.parametrize("good", GOOD, ids=lambda c: f"{c.subject.name} {c.predicate} {c.object_key}")
def test_good_claims(good: Claim) -> None:
    assert check_claim(good, POST, WORDS) == []


@pytest.mark.parametrize(("bad", "what"), BAD, ids=[what for _, what in BAD])
def test_bad_claims(bad: Claim, what: str) -> None:
    problems = check_claim(bad, POST, WORDS)
    assert [problem for problem in problems if what in problem.what], problems
    assert all(problem.where == "a/1" and problem.hint for problem in problems)


def test_every_problem_of_a_claim_is_named() -> None:
    wrong = claim(OPENAI, "evaluated_on", H100, {"score": "x", "rank": 0}, confidence=2, evidence=Evidence("b/2", 9, 3))
    assert len(check_claim(wrong, POST, WORDS)) == 7


def test_the_world_is_sound() -> None:
    assert [problem for found in EXTRACTIONS for one in found.claims for problem in check_claim(one, found.post, WORDS)] == []


def test_a_relation_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        f"""@prefix kg: <{NS}> . @prefix schema: <https://schema.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        kg:Prize a owl:Class ; rdfs:subClassOf kg:Entity .
        kg:wonPrize a owl:ObjectProperty , kg:Relation ; kg:name "won_prize" ; kg:qualifiedBy kg:rank ;
            schema:domainIncludes kg:Model ; schema:rangeIncludes kg:Prize .
        kg:contextLength a owl:DatatypeProperty , kg:Relation ; kg:name "context_length" ;
            schema:domainIncludes kg:Model ; schema:rangeIncludes xsd:integer .""",
        encoding="utf-8",
    )
    words = load_vocabulary([own])
    prize = entity("Prize", "AI Cup")
    assert check_claim(claim(GPT4O, "won_prize", prize, {"rank": 1}), POST, words) == []
    assert check_claim(claim(GPT4O, "context_length", number(128_000)), POST, words) == []
    assert check_claim(claim(GPT4O, "won_prize", OPENAI), POST, words) != []
    assert check_claim(claim(GPT4O, "context_length", Literal("128k", "integer")), POST, words) != []
    assert check_claim(claim(GPT4O, "won_prize", prize), POST, WORDS) != []


def test_rules_are_made_once_per_vocabulary() -> None:
    assert rules_of(WORDS) is rules_of(WORDS)
    assert rules_of(replace(WORDS, relations={})) is not rules_of(WORDS)


@pytest.mark.parametrize(
    ("datatype", "text", "written"),
    [
        ("integer", "7", True), ("integer", "+7", True), ("integer", "7.0", False), ("integer", "", False),
        ("integer", "7\n", False),
        ("date", "2024-05-13", True), ("date", "2024-5-13", False), ("date", "20240513", False),
        ("gYearMonth", "2024-12", True), ("gYearMonth", "2024-00", False), ("gYear", "2024", True), ("gYear", "24", False),
        ("anyURI", "anything", True),
    ],
)  # fmt: skip
def test_how_values_are_written(datatype: str, text: str, written: bool) -> None:
    assert is_written_as(datatype, text) is written


@pytest.mark.parametrize(
    ("word", "good", "bad"),
    [
        ("confidence", ["0", "0.5", "1"], ["-0.1", "1.1"]),
        ("rank", ["1", "100"], ["0"]),
        ("phase", ["training", "inference"], ["", "Training"]),
        ("parameterCount", ["1"], ["0"]),
        ("describedIn", ["https://a.example/x"], ["ftp://a.example", "https:// "]),
        ("releasedOn", ["2024", "2024-05", "2024-05-13"], ["2024-5", "24", "2024-05-13T00:00:00"]),
    ],
)
def test_limits_come_from_the_shapes(word: str, good: list[str], bad: list[str]) -> None:
    limits = load_limits()[NS + word]
    assert [value for value in good if not limits.allows(value)] == []
    assert [value for value in bad if limits.allows(value)] == []


def test_no_limits_allow_anything() -> None:
    assert Limits().allows("") and Limits().holds(-1e308)
