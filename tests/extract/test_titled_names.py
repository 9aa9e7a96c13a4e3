"""Plain words before a dash or colon that name what a paper is about."""

from __future__ import annotations

import pytest

from kg.extract.document import Span
from kg.extract.titled_names import titled_names
from kg.extract.tokens import Tokens
from kg.model import Link

PAPER = "[Paper](https://nordix.example/lantern)"
TITLES = [
    (f"Fine Lantern - proposes a way to think.\n{PAPER}", ["Fine Lantern"]),
    (f"**Fine-Grained Lantern** — новый метод. {PAPER}", ["Fine-Grained Lantern"]),
    ("Lantern 2 Quill: A Way to Think. https://arxiv.org/abs/2401.00001", ["Lantern 2 Quill"]),
    (f"News of the day\nFine Lantern - a way to think. {PAPER}\nOld Quill - a test. {PAPER}", ["Fine Lantern", "Old Quill"]),
    ("Fine Lantern - proposes a way to think.", []),  # no paper
    (f"Fine Lantern - a way to think.\nIt is new.\n{PAPER}", []),
    (f"Lantern - proposes a way to think. {PAPER}", []),
    (f"Improving Lantern - proposes a way to think. {PAPER}", []),
    (f"Open Problems - what nobody knows. {PAPER}", []),
    (f"Related Work: others did it before. {PAPER}", []),
    (f"Future Directions - where it goes. {PAPER}", []),
    (f"Survey of Lanterns - a survey. {PAPER}", []),
    (f"Fine Lanterns - presents a broad overview of them. {PAPER}", []),
    (f"Fine lantern - a way to think. {PAPER}", []),
    (f"Fine Lantern proposes a way to think. {PAPER}", []),
    (f"Fine Old Dim Small Lantern - a way to think. {PAPER}", []),
    (f"Новый Фонарь - способ думать. {PAPER}", []),
    (f"● Fine Lantern - a part of it. {PAPER}", []),
]


@pytest.mark.parametrize(("text", "names"), TITLES)
def test_titled_names(text: str, names: list[str]) -> None:
    assert [span.name for span in titled_names(Tokens(text), [])] == names


def test_a_name_seen_and_a_hidden_link() -> None:
    text = "Fine Lantern - proposes a way to think. Paper"
    links = [Link(len(text) - 5, len(text), "https://nordix.example/lantern")]
    assert [span.name for span in titled_names(Tokens(text), [], links)] == ["Fine Lantern"]
    assert not list(titled_names(Tokens(text), [Span(1, 1, "Model", "Lantern")], links))
