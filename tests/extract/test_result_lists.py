"""Lists with a result on each line, without any weights: documents built by hand, A, B and C are models, M and N benchmarks."""

from __future__ import annotations

import pytest

from kg.extract.document import Document
from kg.extract.extractor import read_document
from kg.extract.names import Names
from kg.extract.result_lists import list_findings
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

LISTS = [
    ("Results on M:\n1. A — 88.7\n2. B — 86", ["A M 88.7", "B M 86"]),
    ("M leaderboard\n- **A**: 88.7%\n- **B**: 86.1%", ["A M 88.7", "B M 86.1"]),
    ("Бенчмарк M:\n🥇 A (88,7 %)\n🥈 B (86,1 %)", ["A M 88.7", "B M 86.1"]),
    ("M is new.\nWe tried three models.\nTop:\n1) A 88.7\n2) B 86.1", ["A M 88.7", "B M 86.1"]),
    ("M and N\nA: 88.7\nB: 86.1", []),
    ("N is old. M\nResults:\nA: 88.7\nB: 86.1", []),
    ("A: 88.7\nB: 86.1\nthat was M", []),
    ("M:\nA: 88.7", []),
    ("M:\nA: 88.7\nThe next one:\nB: 86.1", []),
    ("M:\nA beats C: 88.7\nB beats A: 86.1", []),
    ("M:\nNew model A: 88.7\nOld model B: 86.1", []),
    ("M:\nA: 88.7 (was 80.1)\nB: 86.1 (was 70.3)", []),
    ("A vs B\nM: 88.7 / 86.1\nN: 70.5 / 71.2", ["A M 88.7", "A N 70.5", "B M 86.1", "B N 71.2"]),
    ("A сравнили с B:\n• M: 88,7% против 86,1%\n• N: 70,5% против 71,2%", ["A M 88.7", "A N 70.5", "B M 86.1", "B N 71.2"]),
    ("A is out.\nAgainst B:\nM 88.7 vs. 86.1\nN 70.5 vs. 71.2", ["A M 88.7", "A N 70.5", "B M 86.1", "B N 71.2"]),
    ("A, B and C\nM: 88.7 / 86.1\nN: 70.5 / 71.2", []),
    ("A\nM: 88.7 / 86.1\nN: 70.5 / 71.2", []),
    ("A vs B\nM: from 88.7 to 86.1\nN: from 70.5 to 71.2", []),
]


def document_of(text: str) -> Document:
    tokens = Tokens(text)
    return read_document(tokens, named_words(tokens, {**dict.fromkeys("ABC", "Model"), **dict.fromkeys("MN", "Benchmark")}))


@pytest.mark.parametrize(("text", "results"), LISTS)
def test_a_result_on_each_line(text: str, results: list[str]) -> None:
    found = list_findings(document_of(text), Names([]))
    assert sorted(f"{one.subject.name} {one.object.name} {one.qualifiers['score']}" for one in found) == results


def test_the_line_is_the_evidence() -> None:
    text = "M:\n1. A — 88.7% of all\n2. B — 86.1%"
    assert [text[one.start : one.end] for one in list_findings(document_of(text), Names([]))] == ["A — 88.7%", "B — 86.1%"]
