"""Lists told apart by "respectively", without any weights: documents built by hand. A and B are models, X and Y benchmarks."""

from __future__ import annotations

import pytest

from kg.extract.document import Document, value_spans
from kg.extract.qualifiers import find_scores
from kg.extract.respective import respective_scores
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

KINDS = {"A": "Model", "B": "Model", "X": "Benchmark", "Y": "Benchmark"}

SHARES = [
    ("A scores 71% and 48% on X and Y, respectively.", ["A X 71", "A Y 48"]),
    ("A gains 12.5% and 7.3% respectively on X and Y.", ["A X 12.5", "A Y 7.3"]),
    ("A and B reach 71% and 69% on X, respectively.", ["A X 71", "B X 69"]),
    ("На X — 71%, на Y — 48% у B. У A — 69% и 45% соответственно.", ["A X 69", "A Y 45"]),
    ("A scores 71% and 48% on X and Y.", []),
    ("A scores 71% on X and Y, respectively.", []),
    ("A scores 71%, 48% and 30% on X and Y, respectively.", []),
    ("Respectively, A and X.", []),
]


@pytest.mark.parametrize(("text", "shares"), SHARES)
def test_numbers_go_by_the_order_of_the_lists(text: str, shares: list[str]) -> None:
    tokens = Tokens(text)
    spans = named_words(tokens, KINDS)
    document = Document(tokens, spans + value_spans(tokens, find_scores(text)))
    names = {span.key: span.name for span in spans}
    found = respective_scores(document)
    assert sorted(f"{names[model]} {names[benchmark]} {number.name}" for (model, benchmark), number in found.items()) == shares
