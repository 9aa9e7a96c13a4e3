"""Every question on the small world of tests.graphs: the exact rows, and the columns its header promises."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kg import terms as t
from kg.errors import InputError, QueryError
from kg.lookup import find_entity
from kg.model import Claim, Entity, Evidence, Extraction, Post
from kg.question_files import load_questions
from kg.questions import Answer, ask
from kg.store import Store
from kg.vocabulary import BASE
from tests.graphs import OPENAI, world


@pytest.fixture(scope="module")
def store() -> Store:
    return world()


CASES: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "models-by-organization",
        {"organization": "DeepSeek"},
        [
            ("DeepSeek-V3", "2024-12-26", "2024-12-26", 1, "model/deepseek-v3"),
            ("DeepSeek-R1", "2025-01-20", "2025-01-20", 1, "model/deepseek-r1"),
        ],
    ),
    (
        "models-by-organization",
        {"organization": "openai", "min_support": 2},
        [
            ("GPT-4o", "2024-05-13", "2024-05-14", 2, "model/gpt-4o"),
        ],
    ),
    (
        "models-by-organization",
        {"organization": "DeepSeek", "since": "2025"},
        [
            ("DeepSeek-R1", "2025-01-20", "2025-01-20", 1, "model/deepseek-r1"),
        ],
    ),
    (
        "organization-portfolio",
        {"organization": "deepseek"},
        [
            ("Model", "DeepSeek-V3", 685000000000, None, 1, "2024-12-26", 1, "model/deepseek-v3"),
            ("Model", "DeepSeek-R1", None, None, 1, "2025-01-20", 1, "model/deepseek-r1"),
        ],
    ),
    (
        "model-card",
        {"model": "GPT-4o"},
        [
            ("based_on", "GPT-4", None, None, None, None, None, False, "2024-05-13", "2024-05-13", 1, "model/gpt-4"),
            ("developed_by", "OpenAI", None, None, None, None, None, False, "2024-05-13", "2024-05-14", 2, "organization/openai"),
            ("evaluated_on", "MMLU", 88.7, "accuracy", None, None, None, False, "2024-05-13", "2024-05-14", 2, "benchmark/mmlu"),
            (
                "evaluated_on",
                "HumanEval",
                90.2,
                "pass@1",
                None,
                None,
                None,
                False,
                "2024-05-13",
                "2024-05-13",
                1,
                "benchmark/humaneval",
            ),
            ("parameter_count", "200000000000", None, None, None, None, None, True, "2024-05-14", "2024-05-14", 1, None),
            (
                "presented_at",
                "Spring Update",
                None,
                None,
                None,
                None,
                None,
                False,
                "2024-05-13",
                "2024-05-13",
                1,
                "event/spring-update",
            ),
            ("released_on", "2024-05-13", None, None, None, None, None, False, "2024-05-13", "2024-05-13", 1, None),
            ("runs_on", "H100", None, None, None, None, None, True, "2024-05-14", "2024-05-14", 1, "hardware/h100"),
        ],
    ),
    (
        "leaderboard",
        {"benchmark": "MMLU"},
        [
            ("DeepSeek-R1", 90.8, "accuracy", 1, "2025-01-20", 1, "ai_news/3", "model/deepseek-r1"),
            ("GPT-4o", 88.7, "accuracy", None, "2024-05-13", 2, "ai_news/1", "model/gpt-4o"),
            ("Llama 3.1", 88.6, "accuracy", None, "2024-07-23", 1, "ai_news/2", "model/llama-3.1"),
            ("DeepSeek-V3", 88.5, "accuracy", None, "2024-12-26", 1, "neuro/12", "model/deepseek-v3"),
            ("DeepSeek-V3", 87.1, "accuracy", None, "2025-01-21", 1, "ai_news/4", "model/deepseek-v3"),
        ],
    ),
    (
        "leaderboard",
        {"benchmark": "humaneval", "metric": "PASS@1"},
        [
            ("GPT-4o", 90.2, "pass@1", None, "2024-05-13", 1, "ai_news/1", "model/gpt-4o"),
            ("Llama 3.1", 89, "pass@1", None, "2024-07-23", 1, "ai_news/2", "model/llama-3.1"),
        ],
    ),
    ("leaderboard", {"benchmark": "MMLU", "min_confidence": 0.95}, []),
    (
        "benchmarks-of",
        {"model": "Llama 3.1"},
        [
            ("HumanEval", 89, "pass@1", None, "2024-07-23", 1, "benchmark/humaneval"),
            ("MMLU", 88.6, "accuracy", None, "2024-07-23", 1, "benchmark/mmlu"),
        ],
    ),
    (
        "hardware-users",
        {"hardware": "H100"},
        [
            ("GigaChat", "Model", "inference", None, False, "2025-02-03", 1, "model/gigachat"),
            ("Llama 3.1", "Model", "training", 16384, False, "2024-07-23", 1, "model/llama-3.1"),
            ("vLLM", "Software", None, None, False, "2025-02-03", 1, "software/vllm"),
            ("GPT-4o", "Model", None, None, True, "2024-05-14", 1, "model/gpt-4o"),
        ],
    ),
    (
        "hardware-users",
        {"hardware": "H100", "phase": "training"},
        [
            ("Llama 3.1", "Model", "training", 16384, False, "2024-07-23", 1, "model/llama-3.1"),
        ],
    ),
    (
        "shared-hardware",
        {"hardware": "H100"},
        [
            ("H100", "GigaChat", "Llama 3.1", "model/gigachat", "model/llama-3.1", "hardware/h100"),
            ("H100", "GigaChat", "vLLM", "model/gigachat", "software/vllm", "hardware/h100"),
            ("H100", "Llama 3.1", "vLLM", "model/llama-3.1", "software/vllm", "hardware/h100"),
        ],
    ),
    (
        "shared-hardware",
        {"model": "Llama 3.1"},
        [
            ("H100", "Llama 3.1", "GigaChat", "model/llama-3.1", "model/gigachat", "hardware/h100"),
            ("H100", "Llama 3.1", "vLLM", "model/llama-3.1", "software/vllm", "hardware/h100"),
        ],
    ),
    (
        "lineage",
        {"entity": "R1-Distill"},
        [
            ("is based on", "DeepSeek-R1", "Model", 1, "model/deepseek-r1"),
            ("is based on", "Llama 3.1", "Model", 1, "model/llama-3.1"),
            ("is based on", "DeepSeek-V3", "Model", 2, "model/deepseek-v3"),
        ],
    ),
    (
        "lineage",
        {"entity": "DeepSeek-V3"},
        [
            ("is the base of", "DeepSeek-R1", "Model", 1, "model/deepseek-r1"),
            ("is the base of", "R1-Distill", "Model", 2, "model/r1-distill"),
        ],
    ),
    (
        "lineage",
        {"entity": "R1-Distill", "depth": 1},
        [
            ("is based on", "DeepSeek-R1", "Model", 1, "model/deepseek-r1"),
            ("is based on", "Llama 3.1", "Model", 1, "model/llama-3.1"),
        ],
    ),
    (
        "outperforms",
        {"model": "Llama 3.1"},
        [
            ("is beaten by", "DeepSeek-V3", False, "2024-12-26", 1, "neuro/12", "model/deepseek-v3"),
        ],
    ),
    (
        "outperforms",
        {"model": "DeepSeek-R1"},
        [
            ("beats", "GPT-4o", False, "2025-01-20", 1, "ai_news/3", "model/gpt-4o"),
        ],
    ),
    (
        "timeline",
        {"entity": "DeepSeek"},
        [
            ("2024-12", 1, 1, 1),
            ("2025-01", 2, 2, 1),
            ("2025-02", 1, 1, 1),
        ],
    ),
    (
        "timeline",
        {"entity": "Llama 3.1"},
        [
            ("2024-07", 2, 1, 2),
            ("2024-12", 1, 1, 1),
            ("2025-02", 1, 1, 1),
        ],
    ),
    (
        "trending",
        {"since": "2025-01-01", "until": "2025-01-31", "type": "Model"},
        [
            ("DeepSeek-V3", "Model", 2, 1, 1, "model/deepseek-v3"),
            ("DeepSeek-R1", "Model", 1, 0, 1, "model/deepseek-r1"),
            ("GPT-4o", "Model", 1, 0, 1, "model/gpt-4o"),
        ],
    ),
    (
        "trending",
        {"since": "2024-07-01", "until": "2024-07-31", "min_support": 1},
        [
            ("H100", "Hardware", 1, 0, 1, "hardware/h100"),
            ("HumanEval", "Benchmark", 1, 0, 1, "benchmark/humaneval"),
            ("Llama 3.1", "Model", 1, 0, 1, "model/llama-3.1"),
            ("MMLU", "Benchmark", 1, 0, 1, "benchmark/mmlu"),
            ("Meta", "Organization", 1, 0, 1, "organization/meta"),
            ("RefinedWeb", "Dataset", 1, 0, 1, "dataset/refinedweb"),
        ],
    ),
    (
        "evidence",
        {"subject": "ГПТ-4о", "predicate": "runs_on"},
        [
            (
                "GPT-4o",
                "runs_on",
                "H100",
                None,
                None,
                True,
                "работает она на H100",
                "2024-05-14",
                "neuro",
                "https://t.me/neuro/10",
                0.9,
                "neuro/10",
                "claim/199e6b0c1dcd26a3",
            ),
        ],
    ),
    (
        "evidence",
        {"object": "MMLU", "since": "2025-01"},
        [
            (
                "DeepSeek-R1",
                "evaluated_on",
                "MMLU",
                90.8,
                "accuracy",
                False,
                "90.8 on MMLU, rank 1",
                "2025-01-20",
                "ai_news",
                "https://t.me/ai_news/3",
                0.9,
                "ai_news/3",
                "claim/89a65ff0cb03a514",
            ),
            (
                "DeepSeek-V3",
                "evaluated_on",
                "MMLU",
                87.1,
                "accuracy",
                False,
                "87.1 on MMLU",
                "2025-01-21",
                "ai_news",
                "https://t.me/ai_news/4",
                0.9,
                "ai_news/4",
                "claim/bc61b561dcc61c7c",
            ),
        ],
    ),
    (
        "evidence",
        {"subject": "DeepSeek-V3", "predicate": "parameter-count"},
        [
            (
                "DeepSeek-V3",
                "parameter_count",
                "671000000000",
                None,
                None,
                False,
                "671 млрд параметров",
                "2024-12-26",
                "neuro",
                "https://t.me/neuro/12",
                0.9,
                "neuro/12",
                "claim/90b2052922cbacff",
            ),
            (
                "DeepSeek-V3",
                "parameter_count",
                "685000000000",
                None,
                None,
                False,
                "it has 685 billion parameters",
                "2025-01-21",
                "ai_news",
                "https://t.me/ai_news/4",
                0.9,
                "ai_news/4",
                "claim/900eb50e4b398898",
            ),
        ],
    ),
    (
        "conflicts",
        {},
        [
            ("DeepSeek-V3", "evaluated_on", "MMLU, accuracy", 87.1, 88.5, 1, 1, "ai_news/4", "neuro/12", "model/deepseek-v3"),
            (
                "DeepSeek-V3",
                "parameter_count",
                None,
                671000000000,
                685000000000,
                1,
                1,
                "neuro/12",
                "ai_news/4",
                "model/deepseek-v3",
            ),
        ],
    ),
    ("conflicts", {"entity": "GPT-4o"}, []),
    (
        "related",
        {"entity": "DeepSeek-V3"},
        [
            ("MMLU", "Benchmark", 1, 3, "benchmark/mmlu"),
            ("DeepSeek", "Organization", 1, 2, "organization/deepseek"),
            ("DeepSeek-R1", "Model", 1, 1, "model/deepseek-r1"),
            ("H800", "Hardware", 1, 1, "hardware/h800"),
            ("Llama 3.1", "Model", 1, 1, "model/llama-3.1"),
            ("GPT-4o", "Model", 0, 1, "model/gpt-4o"),
        ],
    ),
    (
        "related",
        {"entity": "MMLU", "type": "Model"},
        [
            ("DeepSeek-V3", "Model", 1, 3, "model/deepseek-v3"),
            ("GPT-4o", "Model", 1, 3, "model/gpt-4o"),
            ("Llama 3.1", "Model", 1, 2, "model/llama-3.1"),
            ("DeepSeek-R1", "Model", 1, 1, "model/deepseek-r1"),
            ("GPT-4", "Model", 0, 1, "model/gpt-4"),
        ],
    ),
    (
        "sources",
        {},
        [
            ("ai_news", 5, 23, 22, "2024-05-13", "2025-02-10"),
            ("neuro", 4, 20, 11, "2024-05-14", "2025-02-03"),
        ],
    ),
    (
        "sources",
        {"entity": "GPT-4o"},
        [
            ("ai_news", 1, 6, 6, "2024-05-13", "2024-05-13"),
            ("neuro", 1, 4, 2, "2024-05-14", "2024-05-14"),
        ],
    ),
    (
        "gaps",
        {},
        [
            ("GPT-4", "Model", 1, "2024-05-13", "model/gpt-4"),
            ("R1-Distill", "Model", 1, "2025-02-10", "model/r1-distill"),
        ],
    ),
    (
        "gaps",
        {"missing": "evaluated_on"},
        [
            ("GPT-4", "Model", 1, "2024-05-13", "model/gpt-4"),
            ("GigaChat", "Model", 1, "2025-02-03", "model/gigachat"),
            ("R1-Distill", "Model", 1, "2025-02-10", "model/r1-distill"),
        ],
    ),
    (
        "outperforms",
        {"model": "DeepSeek-V3"},
        [
            ("beats", "Llama 3.1", False, "2024-12-26", 1, "neuro/12", "model/llama-3.1"),
        ],
    ),
]


@pytest.mark.parametrize(("name", "given", "rows"), CASES, ids=[f"{name} {given}" for name, given, _ in CASES])
def test_rows(store: Store, name: str, given: dict[str, Any], rows: list[tuple[Any, ...]]) -> None:
    assert ask(store, name, **given).rows == rows


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2025-01", "2025-01", ("2025-01-01", "2025-01-31")),
        ("2025", "2025-02", ("2025-01-01", "2025-02-28")),
        ("2024", "2024", ("2024-01-01", "2024-12-31")),
    ],
)
def test_a_period_of_months_or_years_is_one_of_days(store: Store, since: str, until: str, days: tuple[str, str]) -> None:
    whole = ask(store, "trending", since=days[0], until=days[1])
    assert whole.rows
    assert ask(store, "trending", since=since, until=until) == whole


def test_every_question_is_asked_here() -> None:
    assert {name for name, _, _ in CASES} == {question.name for question in load_questions()}


@pytest.mark.parametrize(
    "question", [*load_questions(), *load_questions(suffix=".cypher")], ids=lambda question: question.path.name
)
def test_header(store: Store, question: Any) -> None:
    """The header names the parameters the query has, a limit among them, and no others."""
    marks = {mark.removeprefix("any_") for mark in re.findall(r"\$([a-z_]+)", question.text)}
    assert {parameter.name for parameter in question.parameters} == marks | {"limit"}
    assert question.title
    assert len(set(question.columns)) == len(question.columns)


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
def test_limit_cuts_the_same_order(store: Store, question: Any) -> None:
    given = max((case for case in CASES if case[0] == question.name), key=lambda case: len(case[2]))[1]
    every = ask(store, question.name, **{**given, "limit": 50})
    assert ask(store, question.name, **{**given, "limit": 1}) == Answer(every.columns, every.rows[:1])


# ---------------------------------------------------------------- names
@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("GPT-4o", "Model", "model/gpt-4o"),
        ("gpt 4O", "Model", "model/gpt-4o"),
        ("ГПТ-4о", "Entity", "model/gpt-4o"),
        ("model/gpt-4o", "Entity", "model/gpt-4o"),
        ("MODEL/GPT-4o", "Entity", "model/gpt-4o"),
        (BASE + "model/gpt-4o", "Entity", "model/gpt-4o"),
        ("сбера", "Organization", "organization/сбер"),
        ("openai", "Model", "organization/openai"),
    ],
)
def test_a_name_an_alias_a_key_or_an_iri(store: Store, name: str, kind: str, key: str) -> None:
    assert t.entity_key(find_entity(store, name, kind).value) == key


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("GPT-5o", r"No model is called 'GPT-5o'\.\nDid you mean GPT-4o \(model/gpt-4o\)"),
        ("Deep", r"Did you mean DeepSeek-(V3|R1) "),
        ("ДиппппСиккк", r"none has a name like it"),
        ("", r"No model is called ''"),
    ],
)
def test_names_that_are_not_there(store: Store, name: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find_entity(store, name, "Model")


def test_one_name_for_several() -> None:
    def says(post: str, *entities: Entity) -> Extraction:
        claims = tuple(Claim(entity, "developed_by", OPENAI, Evidence(post, 0, 1)) for entity in entities)
        return Extraction(Post(post, "xx"), claims=claims)

    model, program = Entity("model/triton", "Model", "Triton"), Entity("software/triton", "Software", "Triton")
    small, big = Entity("model/a-1", "Model", "A 1"), Entity("model/a1", "Model", "A-1")
    with Store.memory() as store:
        store.put(says("p/1", model, program, small, big))
        assert find_entity(store, "triton", "Software").value == BASE + "software/triton"
        assert find_entity(store, "A-1", "Model").value == BASE + "model/a1"
        for name in ("triton", "a1 "):
            with pytest.raises(QueryError, match="may be any of these"):
                find_entity(store, name)
        store.put(says("p/2", model))
        assert find_entity(store, "triton").value == BASE + "model/triton"


# ---------------------------------------------------------------- what cannot be answered
@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("who", {}, "There is no question 'who'. There are: "),
        ("leaderboard", {}, "needs --benchmark: What they were tested on"),
        ("leaderboard", {"benchmark": "MMLU", "taste": 1}, "has no parameter 'taste'"),
        ("leaderboard", {"benchmark": "MMLU", "since": "yesterday"}, "--since must be a date"),
        ("leaderboard", {"benchmark": "MMLU", "since": "2024-13"}, "--since must be a date"),
        ("leaderboard", {"benchmark": "MMLU", "min_support": "two"}, "--min-support must be a whole number"),
        ("evidence", {}, "needs at least one of: --subject, --predicate, --object"),
        ("evidence", {"predicate": "eats"}, None),
        ("gaps", {"type": "Fruit"}, "No type is called 'Fruit'"),
    ],
)
def test_bad_parameters(store: Store, name: str, given: dict[str, Any], message: str | None) -> None:
    from kg.errors import KGError

    with pytest.raises(KGError, match=message or "No predicate is called"):
        ask(store, name, **given)


NASTY = ['"', "'", "\\", '" } #', "}\n} DROP ALL", "<script>", 'accuracy" || true || "', "$organization", "\\u0022", "a\x00b"]


@pytest.mark.parametrize("value", NASTY)
def test_values_stay_values(store: Store, value: str) -> None:
    assert ask(store, "leaderboard", benchmark="MMLU", metric=value).rows == []
    with pytest.raises(QueryError, match="No benchmark is called"):
        ask(store, "leaderboard", benchmark=value)


@pytest.mark.parametrize("value", NASTY[:-1])
def test_labels_stay_values(value: str) -> None:
    odd = Entity(f"model/{value.lower()}", "Model", value)
    with Store.memory() as store:
        store.put(Extraction(Post("p/1", "xx"), claims=(Claim(odd, "developed_by", OPENAI, Evidence("p/1", 0, 1)),)))
        assert ask(store, "model-card", model=f"model/{value.lower()}").rows[0][1] == "OpenAI"
        assert ask(store, "models-by-organization", organization="OpenAI").rows[0][0] == value


# ---------------------------------------------------------------- questions of one's own
OWN = """# Which posts are there?
# lang: string, optional. Only in this language.
# columns: post
SELECT ?post { ?post a kg:Post ; schema:inLanguage ?in FILTER($lang = "" || ?in = $lang) } ORDER BY ?post
"""


def test_a_folder_of_ones_own(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "posts.rq").write_text(OWN, encoding="utf-8")
    assert ask(store, "posts", queries=tmp_path, lang="ru").rows == [("neuro/10",), ("neuro/12",), ("neuro/13",)]
    monkeypatch.setenv("KG_QUERIES", str(tmp_path))
    assert "posts" in [question.name for question in load_questions()]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# Title\n# lang: string. Whatever.\n# columns: a\nSELECT ?a {}", r"bad\.rq:2: not a parameter"),
        ("SELECT ?a {}", r"bad\.rq:1: the header has no line of columns"),
    ],
)
def test_headers_that_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "bad.rq").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_questions(tmp_path)
    with pytest.raises(InputError, match="no folder of questions"):
        load_questions(tmp_path / "none")
