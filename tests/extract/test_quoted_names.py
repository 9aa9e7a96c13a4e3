"""Names in quotes behind a word that says what they are."""

from __future__ import annotations

import pytest

from kg.extract.quoted_names import quoted_names
from kg.extract.tokens import Tokens

QUOTED = [
    ("модель «Лира»", [("Лира", "Model")]),
    ('Модель "Лира-2" от нас', [("Лира-2", "Model")]),
    ("в компании «Речевые системы»", [("Речевые системы", "Organization")]),
    ("сервисом «Лира Карты»", [("Лира Карты", "Software")]),
    ("суперкомпьютер «Лира»", [("Лира", "Hardware")]),
    ('the startup "Quillworks" and the model “Sparrow”', [("Quillworks", "Organization"), ("Sparrow", "Model")]),
    ("платформы «Лира» и «Лира Карты»", [("Лира", "Software"), ("Лира Карты", "Software")]),
    ("модель «Лира» для «Сферы»", [("Лира", "Model")]),
    ("на датасетах «Сферы»", []),
    ("модель «лира»", []),
    ("фильм «Лира»", []),
    ("модель Лира", []),
    ("модель «Лира", []),
    ("модель\n«Лира\n»", []),
    ("модель `Lira`", []),
    ("компания «Лира представила совсем новую модель для всех», сказал он", []),
]


@pytest.mark.parametrize(("text", "names"), QUOTED)
def test_quoted_names(text: str, names: list[tuple[str, str]]) -> None:
    assert [(span.name, span.type) for span in quoted_names(Tokens(text))] == names
