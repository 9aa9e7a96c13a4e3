"""Languages, told by the letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language import detect_language

LANGUAGES = [
    ("Вышла GPT-4o mini от OpenAI", "ru"),
    ("GPT-4o mini is out", "en"),
    ("Сегодня OpenAI released GPT-4o mini", "ru"),
    ("The word «привет» stands in this rather long English sentence", "en"),
    ("Вийшла нова модель від OpenAI, її вже можна спробувати", "uk"),
    ("Новая модель", "ru"),
    ("🔥🔥🔥", ""),
    ("12 345", ""),
    ("", ""),
    ("今天天气很好", ""),
    ("أطلقت الشركة نموذجا جديدا", ""),
    ("今天 OpenAI 发布了全新的人工智能大模型系统", ""),
    ("x", "en"),
    ("я", "ru"),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert detect_language(text) in ("", "ru", "en", "uk")
