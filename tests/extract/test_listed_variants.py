"""Variants of one model that are named by their last word only."""

from __future__ import annotations

import pytest

from kg.extract.document import Span
from kg.extract.listed_variants import with_variants
from kg.extract.tokens import Tokens

LISTS = [
    ("Lyra 2 mini and nano in the API", "Lyra 2 nano"),
    ("Lyra 2 mini и nano.", "Lyra 2 nano"),
    ("Lyra 2 Small, Medium, and Large are out", "Lyra 2 Medium, Lyra 2 Large"),
    ("Lyra-2-mini/nano", "Lyra-2-nano"),
    ("Lyra 2 mini and nano firms", ""),
    ("Lyra 2 mini and medium-sized firms", ""),
    ("Lyra 2 Mini and nano", ""),
    ("Lyra 2 Mini and Nano", "Lyra 2 Nano"),
    ("Lyra 2 Mini and Small 3", ""),
    ("Lyra 2 mini and Quill", ""),
    ("Lyra 2 mini nano", ""),
    ("Lyra 2 mini, \nnano", ""),
    ("Lyra 2 mini", ""),
]


@pytest.mark.parametrize(("text", "more"), LISTS)
def test_the_last_word_of_a_variant_stands_for_its_full_name(text: str, more: str) -> None:
    tokens = Tokens(text)
    last = next(i for i, word in enumerate(tokens.folded) if word in ("mini", "small"))
    name = Span(0, last, "Model", "Lyra 2")
    assert ", ".join(span.name for span in with_variants(tokens, [name])[1:]) == more


@pytest.mark.parametrize(("first", "kind"), [(0, "Model"), (1, "Model"), (0, "Software")])
def test_only_versions_of_models_have_variants(first: int, kind: str) -> None:
    name = Span(first, 1, kind, "Lyra mini")
    assert with_variants(Tokens("Lyra mini and nano"), [name]) == [name]
