"""Tables of results: how they are written, and what each cell says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.model import Claim, Entity, Literal, Post
from kg.posts import read_posts

MARKDOWN = """Results of our new language model:

| Model | MMLU | GPQA (accuracy) | Params |
|:------|-----:|-----:|------|
| **GPT-4o** | 88.7% | 53,6 | - |
| Llama 3 70B | **82.0** | 39.5 ± 0.3 | 70B |
"""
ALIGNED = """LLM results

Model          MMLU    HumanEval
GPT-4o         88.7    90.2
Llama 3 70B    82.0    81.7
"""
TABS = "LLM results\nModel\tMMLU\tHumanEval\nGPT-4o\t88.7\t90.2\nQwen2.5-72B\t86.1\t86.6\n"
TURNED = """LLM results

| Benchmark | GPT-4o | Llama 3 70B |
|---|---|---|
| MMLU | 88.7 | 82.0 |
| HumanEval | 90.2 | 81.7 |
"""
PRICES = """| Plan | GPT-4o | Llama 3 70B |
|---|---|---|
| Price | 2.5 | 0.6 |
"""
UNKNOWN = """| Model | ZqBench | MMLU |
|---|---|---|
| Zorbl-7B | 12.5 | 61.2 |
"""
ROWS: list[tuple[str, set[tuple[str, str, str, str]]]] = [
    (MARKDOWN, {
        ("GPT-4o", "MMLU", "88.7", ""), ("GPT-4o", "GPQA", "53.6", "accuracy"),
        ("Llama 3 70B", "MMLU", "82.0", ""), ("Llama 3 70B", "GPQA", "39.5", "accuracy"),
    }),
    (ALIGNED, {
        ("GPT-4o", "MMLU", "88.7", ""), ("GPT-4o", "HumanEval", "90.2", ""),
        ("Llama 3 70B", "MMLU", "82.0", ""), ("Llama 3 70B", "HumanEval", "81.7", ""),
    }),
    (TABS, {
        ("GPT-4o", "MMLU", "88.7", ""), ("GPT-4o", "HumanEval", "90.2", ""),
        ("Qwen2.5-72B", "MMLU", "86.1", ""), ("Qwen2.5-72B", "HumanEval", "86.6", ""),
    }),
    (TURNED, {
        ("GPT-4o", "MMLU", "88.7", ""), ("Llama 3 70B", "MMLU", "82.0", ""),
        ("GPT-4o", "HumanEval", "90.2", ""), ("Llama 3 70B", "HumanEval", "81.7", ""),
    }),
    (PRICES, set()),
    (UNKNOWN, {("Zorbl-7B", "ZqBench", "12.5", ""), ("Zorbl-7B", "MMLU", "61.2", "")}),
    ("LLM results\n\n| Model | Chatbot Arena |\n|---|---|\n| GPT-4o | 1,287 |\n", {("GPT-4o", "Chatbot Arena", "1287", "")}),
    ("| MMLU |\n|---|\n| 88.7 |\n", set()),
    ("a | b\n", set()),
    ("", set()),
]  # fmt: skip


def name_of(thing: Entity | Literal) -> str:
    return thing.name if isinstance(thing, Entity) else ""


def said(claim: Claim, qualifier: str) -> str:
    return str(claim.qualifiers.get(qualifier, ""))


@pytest.mark.parametrize(("text", "results"), ROWS)
def test_each_cell_is_a_result(extractor: Extractor, text: str, results: set[tuple[str, str, str, str]]) -> None:
    claims = [claim for claim in extractor.extract(Post("1", text)).claims if claim.predicate == "evaluated_on"]
    found = {(c.subject.name, name_of(c.object), said(c, "score"), said(c, "metric")) for c in claims}
    assert found == results
    for claim in claims:
        quoted = text[claim.evidence.start : claim.evidence.end]
        assert str(claim.qualifiers["score"]).replace(".", "") in quoted.replace(".", "").replace(",", "")


HTML = """<html><body><article><h1>LLM results</h1><p>Our benchmark scores.</p><table>
<tr><th>Model</th><th>MMLU</th><th>GPQA</th></tr>
<tr><td>GPT-4o</td><td>88.7</td><td>53.6</td></tr>
<tr><td>Qwen2.5-72B</td><td><b>86.1</b></td><td>49.0%</td></tr></table></article></body></html>"""


def test_a_table_of_a_page(extractor: Extractor, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(HTML, encoding="utf-8")
    claims = [claim for post in read_posts(str(page)) for claim in extractor.extract(post).claims]
    found = {(c.subject.name, name_of(c.object), said(c, "score")) for c in claims if c.predicate == "evaluated_on"}
    assert found == {
        ("GPT-4o", "MMLU", "88.7"), ("GPT-4o", "GPQA", "53.6"),
        ("Qwen2.5-72B", "MMLU", "86.1"), ("Qwen2.5-72B", "GPQA", "49.0"),
    }  # fmt: skip
