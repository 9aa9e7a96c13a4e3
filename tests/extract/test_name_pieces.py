"""What the tagger marks as one run, as the names that can be in it."""

from __future__ import annotations

import pytest

from kg.extract.document import Span
from kg.extract.name_pieces import is_field, is_format, is_licence, is_size, name_pieces, with_year
from kg.extract.tokens import Tokens

RUNS = [
    ("Gemma 3", ["Gemma 3"]),
    ("Gemma 3 Gemma 3", ["Gemma 3", "Gemma 3"]),
    ("BERT BERT", ["BERT", "BERT"]),
    ("GPT-4 GPT-4o", ["GPT-4 GPT-4o"]),
    ("Vicuna+Alpaca", ["Vicuna", "Alpaca"]),
    ("I/O", ["I/O"]),
    ("«Кандинский 3.1»", ["Кандинский 3.1"]),
    ("Llama 3 (8B)", ["Llama 3 (8B)"]),
    ("Llama 3 (the", ["Llama 3"]),
    ("GPT-4o\nClaude", ["GPT-4o", "Claude"]),
    ("GPT-4o\t88.7", ["GPT-4o", "88.7"]),
    ("Command R+", ["Command R+"]),
    ("Introducing Lumo 3", ["Lumo 3"]),
    ("Встречайте Lumo 3", ["Lumo 3"]),
    ("Tree Search Introduces Tree Search", ["Tree Search", "Tree Search"]),
    ("the Pile", ["Pile"]),
    ("The Pile", ["The Pile"]),
    ("Bird Test, Tree Test", ["Bird Test", "Tree Test"]),
    ("Bird Test Bird test", ["Bird Test", "Bird test"]),
    ("Bird’s Test Bird's Test", ["Bird’s Test", "Bird's Test"]),
    ("Good Tree Search (GTS)", ["Good Tree Search", "GTS"]),
    ("Dynamic Search (DySe)", ["Dynamic Search", "DySe"]),
    ("Tree Search (GTS)", ["Tree Search (GTS)"]),
    ("Bird Test (Russian)", ["Bird Test (Russian)"]),
    ("(GTS)", ["GTS"]),
]
WITH_COMMAS = "Some University, Riga"


@pytest.mark.parametrize(("run", "names"), RUNS)
def test_a_run_as_names(run: str, names: list[str]) -> None:
    tokens = Tokens(run)
    items = tokens.items
    assert [run[items[first].start : items[last].end] for first, last in name_pieces(tokens, 0, len(items) - 1, "Model")] == names


def test_some_names_have_commas() -> None:
    tokens = Tokens(WITH_COMMAS)
    assert name_pieces(tokens, 0, len(tokens) - 1, "Organization") == [(0, len(tokens) - 1)]


LICENCES = [
    ("открыта под MIT", "MIT", True),
    ("released under the **MIT** license", "MIT", True),
    ("Apache 2.0 licensed", "Apache", True),
    ("лицензия MIT", "MIT", True),
    ("- **Лицензия**: MIT", "MIT", True),
    ("Лицензия есть у всех, кроме MIT", "MIT", False),
    ("a team of MIT under her guidance", "MIT", False),
    ("researchers from MIT", "MIT", False),
    ("see https://github.com/nordix/lyra (MIT)", "MIT", True),
    ("Ada Roe (MIT)", "MIT", False),
    ("(MIT)", "MIT", False),
    ("под Linux", "Linux", False),
]


@pytest.mark.parametrize(("text", "name", "licence"), LICENCES)
def test_a_licence_is_nobody(text: str, name: str, licence: bool) -> None:
    tokens = Tokens(text)
    at = tokens.texts.index(name)
    assert is_licence(tokens, Span(at, at, "Organization", name)) is licence


CUT = [("Lumo A+ (7B)", 0, 1, "Lumo A+"), ("C++ is", 0, 0, "C++"), ("A+B", 0, 0, "A"), ("A + B", 0, 0, "A")]


@pytest.mark.parametrize(("text", "first", "last", "name"), CUT)
def test_a_sign_behind_a_name_belongs_to_it(text: str, first: int, last: int, name: str) -> None:
    tokens = Tokens(text)
    ((a, b),) = name_pieces(tokens, first, last, "Model")
    assert text[tokens.items[a].start : tokens.items[b].end] == name


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [("Ice 2026 begins", "Event", "Ice 2026"), ("Ice 20 begins", "Event", "Ice"), ("Ice 2026 begins", "Model", "Ice")],
)
def test_an_event_has_its_year(text: str, kind: str, name: str) -> None:
    assert with_year(Tokens(text), Span(0, 0, kind, "Ice")).name == name


@pytest.mark.parametrize(
    ("name", "size"),
    [("20B", True), ("1.5 B", True), ("30B-A3B", True), ("MoE 26B-A3.5B", True), ("Llama 8B", False), ("MoE", False)],
)
def test_a_size_is_no_name(name: str, size: bool) -> None:
    assert is_size(name) is size


@pytest.mark.parametrize(
    ("name", "stored"),
    [("FP8", True), ("bf16", True), ("MXFP4", True), ("F8_E4M3", True), ("Q4_K_M", True), ("F-16", False), ("B200", False)],
)
def test_how_numbers_are_stored_is_no_name(name: str, stored: bool) -> None:
    assert is_format(name) is stored


FIELDS = [
    ("Large Language Models", True),
    ("multi-agent", True),
    ("Большая языковая модель", True),
    ("Large Lamp Model", False),
    ("Lyra LLM", False),
    ("Multi-Agent Lamp", False),
]


@pytest.mark.parametrize(("name", "generic"), FIELDS)
def test_words_of_a_field_are_no_name(name: str, generic: bool) -> None:
    assert is_field(name) == generic
