"""Numbers beside benchmarks: documents built by hand, A and B are models, X and Y benchmarks."""

from __future__ import annotations

import pytest

from kg.extract.tied_scores import tied_scores
from tests.extract.shares import documents

TIED = [
    ("A has 71.2% on X and 65.5 on Y.", ["71.2 X", "65.5 Y"]),
    ("A reaches **71.2%** accuracy on the much harder X, and 65.5 on Y.", ["71.2 X", "65.5 Y"]),
    ("A набрала 71,2% на X и 65,5 на Y.", ["71.2 X", "65.5 Y"]),
    ("A beats B across X (+5 pts) and Y (+2.8 pts).", ["+5 X", "+2.8 Y"]),
    ("A has 71.2 on X and Y.", ["71.2 X Y"]),
    ("A has an X score of 71.2.", ["71.2 X"]),
    ("A: X — 71.2", ["71.2 X"]),
    ("A: 71.2% X", ["71.2 X"]),
    ("A: X улучшился до 71.2", []),
    ("A has 12 X", []),
    ("A has 71.2 pass@1 on X.", ["71.2 X"]),
    ("A gets 71.2, and B is worse on X.", []),
    ("A gets 71.2 with code; it is new on X.", []),
    ("A on X and by 3.8 more.", []),
    ("A on X: it is 71.2.", []),
]


@pytest.mark.parametrize(("text", "tied"), TIED)
def test_numbers_beside_benchmarks(text: str, tied: list[str]) -> None:
    document, names = documents(text)
    ties = tied_scores(document)
    found = [(span.name, sorted(names[key] for key in ties[span.first])) for span in document.scores if span.first in ties]
    assert [" ".join([number, *tests]) for number, tests in found] == tied


def test_no_sentence_names_so_much() -> None:
    document, _ = documents("A has 71.2 on X, " * 100)
    assert not tied_scores(document)
