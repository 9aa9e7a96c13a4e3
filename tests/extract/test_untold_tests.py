"""Who was tested where nobody is likely enough: documents built by hand, A and B are models, X and Y benchmarks."""

from __future__ import annotations

import pytest

from kg.extract.pairs import Pair
from kg.extract.untold_tests import untold_tests
from tests.extract.shares import documents

UNTOLD = [
    ("A and later B show strong results on X.", {"A": 0.3, "B": 0.2}, ["A X"]),
    ("A and later B show strong results on X.", {"A": 0.2, "B": 0.3}, ["B X"]),
    ("A is out. It excels on the tests Y and X.", {"A": 0.2}, ["A X"]),
    ("A показала хорошее качество на X.", {"A": 0.2}, ["A X"]),
    ("A shows strong results on X.", {"A": 0.1}, []),
    ("A is out, and so is X.", {"A": 0.3}, []),
    ("A shows strong results. X is new.", {"A": 0.3}, []),
]


@pytest.mark.parametrize(("text", "sure", "tested"), UNTOLD)
def test_the_likeliest_model_was_tested(text: str, sure: dict[str, float], tested: list[str]) -> None:
    document, names = documents(text)
    spans = {name: document.entities[key][0] for key, name in names.items()}
    x = spans["X"]
    unsure = [(Pair(spans[name].key, x.key, spans[name], x, []), p) for name, p in sure.items()]
    found = [f"{names[pair.subject]} {names[pair.object]}" for pair, _, _ in untold_tests(document, unsure, [])]
    assert found == tested


def test_a_benchmark_with_a_result_needs_no_other_model() -> None:
    document, names = documents("A and later B show strong results on X.")
    a, b, x = (document.entities[key][0] for key in names)
    held = [(Pair(a.key, x.key, a, x, []), "evaluated_on", 0.9)]
    assert list(untold_tests(document, [(Pair(b.key, x.key, b, x, []), 0.3)], held)) == []
