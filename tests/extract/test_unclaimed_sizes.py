"""Numbers of parameters that nobody claimed, without any weights."""

from __future__ import annotations

import pytest

from kg.extract.document import Document, Span, value_spans
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.sizes import find_sizes
from kg.extract.tokens import Tokens
from kg.extract.unclaimed_sizes import sizes_beside, unclaimed_sizes
from tests.extract.named_words import named_words

KINDS = {"Lyra": "Model", "Orion": "Model"}
SIZES = [
    ("Lyra is a model with 9 billion parameters", {"Lyra": 0.2}, ["Lyra"]),
    ("У Lyra 9 млрд параметров, а Orion меньше", {"Lyra": 0.3, "Orion": 0.2}, ["Lyra"]),
    ("Two models of 9B parameters, Lyra and Orion", {"Lyra": 0.3, "Orion": 0.2}, ["Lyra", "Orion"]),
    ("Lyra is a model with 9 billion parameters", {"Lyra": 0.05}, []),
    ("Lyra is here. It has 9 billion parameters", {"Lyra": 0.3}, []),
]


def _pairs(text: str) -> tuple[Document, list[Pair]]:
    tokens = Tokens(text)
    document = Document(tokens, [*named_words(tokens, KINDS), *value_spans(tokens, find_sizes(text))])
    models = [span for span in document.spans if span.type == "Model"]
    (size,) = [span for span in document.spans if span.type == "size"]
    return document, [_pair(model, size) for model in models]


def _pair(model: Span, size: Span) -> Pair:
    return Pair(model.key, size.key, model, size, [])


@pytest.mark.parametrize(("text", "likely", "names"), SIZES)
def test_a_number_of_parameters_belongs_to_somebody(text: str, likely: dict[str, float], names: list[str]) -> None:
    document, pairs = _pairs(text)
    chances = [(pair, likely[pair.near_subject.name]) for pair in pairs]
    assert [pair.near_subject.name for pair, _, _ in unclaimed_sizes(document, chances, [])] == names


def test_one_that_is_claimed_belongs_to_nobody_else() -> None:
    document, pairs = _pairs("Lyra has 9 billion parameters, unlike Orion")
    held: list[Held] = [(pairs[0], "parameter_count", 0.9)]
    assert not list(unclaimed_sizes(document, [(pair, 0.3) for pair in pairs], held))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lyra has 9 billion parameters; Orion, made by a few, only 2 billion parameters", ["Orion"]),
        ("Lyra has 9 billion parameters. Lyra, unlike Orion, has 2 billion parameters", ["Lyra"]),
    ],
)
def test_a_model_that_has_a_number_in_a_sentence_gets_no_other_one(text: str, names: list[str]) -> None:
    tokens = Tokens(text)
    document = Document(tokens, [*named_words(tokens, KINDS), *value_spans(tokens, find_sizes(text))])
    first, last = (span for span in document.spans if span.type == "size")
    lyra, *others = (span for span in document.spans if span.type == "Model")
    held: list[Held] = [(_pair(lyra, first), "parameter_count", 0.9)]
    chances = [
        (_pair(model, last), 0.4 if model.name == "Lyra" else 0.2) for model in (others if len(others) > 1 else [lyra, *others])
    ]
    assert [pair.near_subject.name for pair, _, _ in unclaimed_sizes(document, chances, held)] == names


BESIDE = [
    ("Lyra has variants of 9B and 27B", ["27B"]),
    ("Lyra: 9B, 27B, 70B", ["27B", "70B"]),
    ("У Lyra версии на 9B, а также 27B", ["27B"]),
    ("Lyra\n| small | 9B |\n| large | 27B |", ["27B"]),
    ("Lyra of 9B beats other models of 27B", []),
    ("Lyra has 9B. 27B is more", []),
    ("Lyra\n9B\n27B", []),
]


@pytest.mark.parametrize(("text", "sizes"), BESIDE)
def test_sizes_beside_those_that_a_model_has(text: str, sizes: list[str]) -> None:
    tokens = Tokens(text)
    document = Document(tokens, [*named_words(tokens, KINDS), *value_spans(tokens, find_sizes(text))])
    lyra, first = document.spans[:2]
    for model, found in ((lyra, sizes), (Span(0, 0, "Model", "Lyra 9B", key=lyra.key), [])):
        held: list[Held] = [(Pair(lyra.key, first.key, model, first, []), "parameter_count", 0.9)]
        assert [document.quote(pair.near_object) for pair, _, _ in sizes_beside(document, held)] == found
