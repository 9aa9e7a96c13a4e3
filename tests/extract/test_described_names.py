"""Names of plain words at the head of a line that goes on to say what they are."""

from __future__ import annotations

import pytest

from kg.extract.described_names import with_described
from kg.extract.document import Span
from kg.extract.tokens import Tokens

HEADS = [
    ("**Settings Mirror** — инструмент для копий", [("Settings Mirror", "Software")]),
    ("📦 [Settings Mirror](https://quill.dev) — библиотека для копий", [("Settings Mirror", "Software")]),
    ("Fog and Lamp - a language model of ours", [("Fog and Lamp", "Model")]),
    ("Meadow-Walk - a new simple method for planning", [("Meadow-Walk", "Model")]),
    ("Slow Drift Cloning in LLMs - a method for models", [("Slow Drift Cloning", "Model")]),
    ("Riddles - a benchmark of puzzles", [("Riddles", "Benchmark")]),
    ("First\nQuiet Lamp — чип для часов", [("Quiet Lamp", "Hardware")]),
    ("Slow Drift Cloning - proposes a method for models", []),
    ("Cloning in LLMs - a method for models", []),
    ("Cloning Slow Drifts - a method for models", []),
    ("**Speech Recognition** — a system built on others", []),
    ("We like Settings Mirror — a tool", []),
    ("Настройки — инструмент для копий", []),
    ("Quiet Lamp - a story. The model", []),
    ("Quiet Lamp-a tool", []),
    ("Deep Learning — инструмент для копий", []),
    ("Quiet Lamp Is On — статья о Transformer", []),
    ("**Our Verdict** - a model that works", []),
    ("## Key Features - a model zoo", []),
    ("Quiet Lamp", []),
    ("Quiet Lamp — ", []),
]


@pytest.mark.parametrize(("text", "names"), HEADS)
def test_names_at_the_head_of_a_line(text: str, names: list[tuple[str, str]]) -> None:
    assert [(span.name, span.type) for span in with_described(Tokens(text), [])] == names


def test_pieces_at_the_end_give_way_and_those_at_the_beginning_stay() -> None:
    tokens = Tokens("Settings Mirror — a tool")
    assert [span.name for span in with_described(tokens, [Span(1, 1, "Model", "Mirror")])] == ["Settings Mirror"]
    assert [span.name for span in with_described(tokens, [Span(0, 0, "Model", "Settings")])] == ["Settings"]
