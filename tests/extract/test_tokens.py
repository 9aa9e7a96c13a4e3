"""Tokens: where a text is cut, and that nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.tokens import Tokens, fold

CUTS = [
    ("GPT-4o mini", "GPT - 4o mini"),
    ("Qwen2.5-72B", "Qwen2.5 - 72B"),
    ("GPT-4's size", "GPT - 4 's size"),
    ("OpenAI’s model", "OpenAI ’s model"),
    ("GPU'ами", "GPU ' ами"),
    ("Google'а", "Google 'а"),
    ("88,7% и 3.5", "88,7 % и 3.5"),
    ("1,000 GPUs.", "1,000 GPUs ."),
    ("8xH100", "8x H100"),
    ("8хH100", "8х H100"),
    ("C++ и C#", "C++ и C#"),
    ("Next.js, llama.cpp", "Next.js , llama.cpp"),
    ("snake_case", "snake_case"),
    ("@ai_news #LLM_2024", "@ai_news #LLM_2024"),
    ("№1 #1", "№ 1 #1"),
    ("[статья](https://a.example/b_(c)).", "[ статья ] ( https://a.example/b_(c) ) ."),
    ("см. https://a.example/b, и", "см . https://a.example/b , и"),
    ("«https://a.example/b»", "« https://a.example/b »"),
    ("**Сбер**", "* * Сбер * *"),
    ("Vicuna+Alpaca/LLaMA", "Vicuna + Alpaca / LLaMA"),
    ("🔥новое🔥", "🔥 новое 🔥"),
    ("конец.Начало", "конец . Начало"),
    ("", ""),
    (" \n\t ", ""),
]


@pytest.mark.parametrize(("text", "pieces"), CUTS)
def test_cuts(text: str, pieces: str) -> None:
    assert [token.text for token in Tokens(text).items] == pieces.split()


def test_lines_and_what_is_glued() -> None:
    items = Tokens("GPT-4\n\n\nот OpenAI").items
    assert [(t.text, t.line, t.glued) for t in items] == [
        ("GPT", 0, False),
        ("-", 0, True),
        ("4", 0, True),
        ("от", 1, False),
        ("OpenAI", 1, False),
    ]


SAME = [
    ("Сбер", "Сбера Сберу Сбером Сбере СБЕР"),
    ("Яндекс", "Яндекса Яндексу Яндексом Яндексе"),
    ("Алиса", "Алису Алисы Алисой Алисе"),
    ("модель", "модели моделью моделей моделям моделями моделях"),
    ("ученые", "учёные учёных"),
    ("GPT", "gpt Gpt"),
]
OTHER = [("GPT", "GPTs"), ("Мета", "Мат"), ("ИИ", "И"), ("Сбер", "Сбор"), ("Sber", "Сбер")]


@pytest.mark.parametrize(("word", "forms"), SAME)
def test_forms_of_one_word_fold_to_the_same(word: str, forms: str) -> None:
    assert {fold(form) for form in forms.split()} == {fold(word)}


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_other_words_stay_apart(one: str, two: str) -> None:
    assert fold(one) != fold(two)


@given(st.text(alphabet=st.sampled_from("аЯё1.,-_'’/#@+ \n\t\r\0xGPT🔥e\u0301\u200b(http://s)") | st.characters()))
def test_every_ink_is_in_one_token(text: str) -> None:
    tokens = Tokens(text)
    end = 0
    for token in tokens.items:
        assert text[token.start : token.end] == token.text != ""
        assert not text[end : token.start].strip()
        end = token.end
    assert not text[end:].strip()
    assert len(tokens) == len(tokens.starts) == len(tokens.ends)
