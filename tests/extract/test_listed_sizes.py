"""Sizes in a list, without any weights: documents built by hand in which A and B are models, N an organization."""

from __future__ import annotations

import pytest

from kg.extract.document import Document, Span, value_spans
from kg.extract.listed_sizes import listed_sizes, with_listed_sizes
from kg.extract.pairs import Pair
from kg.extract.sizes import find_sizes
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

LISTED = [
    ("A comes in three sizes: 3B, 7B and 72B.", ["A 3", "A 7", "A 72"]),
    ("A, part of the B series, comes in two sizes: 3B and 7B.", ["A 3", "A 7"]),
    ("A is out. A is small.\n- Sizes: 3B, 7B", ["A 3", "A 7"]),
    ("A вышла в трёх размерах: 3B, 7B и 72B.", ["A 3", "A 7", "A 72"]),
    ("A вышла. Размеры моделей: 3B и 7B.", ["A 3", "A 7"]),
    ("A has variants including 3B, 7B and a compressed 5B.", ["A 3", "A 7", "A 5"]),
    ("A and A. N has models of two sizes: 3B and 7B.", []),
    ("A меньше по размеру (3B vs 7B).", []),
    ("A differs in sizes, 3B vs 7B.", []),
    ("A is of other sizes. B has 3B.", []),
    ("Unlike B, A comes in two sizes: 3B and 7B.", ["A 3", "A 7"]),
    ("Based on B, A comes in two sizes: 3B and 7B.", ["A 3", "A 7"]),
    ("We compare A and B at two sizes: 3B and 7B.", []),
    ("A-8B comes in two sizes: 3B and 7B.", []),
    ("A comes in many sizes.", []),
    ("Sizes: 3B, 7B", []),
]


def document_of(text: str) -> Document:
    tokens = Tokens(text)
    names = named_words(tokens, {"A": "Model", "B": "Model", "N": "Organization"})
    if text.startswith("A-8B"):
        names[0] = Span(0, 2, "Model", "A-8B")
    return Document(tokens, [*names, *value_spans(tokens, find_sizes(text))])


@pytest.mark.parametrize(("text", "sizes"), LISTED)
def test_sizes_of_a_list(text: str, sizes: list[str]) -> None:
    found = listed_sizes(document_of(text))
    assert [f"{model.name} {float(size.name) / 1e9:.0f}" for model, size in found] == sizes


def test_nobody_else_has_them() -> None:
    document = document_of("A, part of B, comes in two sizes: 3B and 7B.")
    other = next(span for span in document.spans if span.name == "B")
    sizes = [span for span in document.spans if span.type == "size"]
    held = [(Pair(other.key, size.key, other, size, []), "parameter_count", 0.9) for size in sizes]
    assert {pair.near_subject.name for pair, _, _ in with_listed_sizes(document, held)} == {"A"}
