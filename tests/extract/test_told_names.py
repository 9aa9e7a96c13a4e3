"""Names beside the words that tell what they are."""

from __future__ import annotations

import pytest

from kg.extract.document import Span
from kg.extract.names import load_names
from kg.extract.tokens import Tokens
from kg.extract.told_names import told_benchmarks, told_names

CYRILLIC = [
    ("Мы любим модель Вереск.", [("Вереск", "Model")]),
    ("Нейросеть Туман рисует", [("Туман", "Model")]),
    ("Лаборатория представила модель Зарница", [("Зарница", "Model")]),
    ("Есть бенчмарк Порог и датасет Склад", [("Порог", "Benchmark"), ("Склад", "Dataset")]),
    ("фреймворк Верстак для агентов", [("Верстак", "Software")]),
    ("Разработали Туман — нейросеть для сводок", [("Туман", "Model")]),
    ("Туман — новая нейросеть от Nordix", [("Туман", "Model")]),
    ("Это модель Нордикса", []),
    ("Нужна модель России", []),
    ("Хорошая модель Туманов", []),
    ("Знает модели Вереск", []),
    ("Новая Модель Вереск", []),
    ("модель Ирина Вереск", []),
    ("модель Вереск-Форум", []),
    ("Туман — новая нейросеть", []),
    ("Результат — новая модель от Nordix", []),
    ("модель. Вереск", []),
    ("Как и в Самаре — сервис для всех", []),
    ("Так и Туман — сервис «Склад»", []),
    ("модель\nВереск", []),
    ("модель вереск", []),
    ("Разработали Туман — нейросети для сводок", []),
]


@pytest.mark.parametrize(("text", "names"), CYRILLIC)
def test_cyrillic_names_beside_the_word_for_the_thing(text: str, names: list[tuple[str, str]]) -> None:
    assert [(span.name, span.type) for span in told_names(Tokens(text), [])] == names


def test_found_names_stay() -> None:
    assert told_names(Tokens("модель Вереск"), [Span(1, 1, "Model", "Вереск")]) == []


TOLD = [
    ("Tidelamp is a new benchmark for agents", "Benchmark"),
    ("Nordix released Tidelamp, a benchmark", "Benchmark"),
    ("Tidelamp, a benchmark for all others, released Lyra", ""),
    ("**Tidelamp** is a hard long-context benchmark that asks", "Benchmark"),
    ("Tidelamp: a benchmark dataset of riddles", "Benchmark"),
    ("Tidelamp — бенчмарк для агентов", "Benchmark"),
    ("Tidelamp — новый открытый бенчмарк", "Benchmark"),
    ("Tidelamp was a large dataset of riddles", "Dataset"),
    ("Tidelamp — первый датасет для роботов", "Dataset"),
    ("Tidelamp is a benchmark leader", ""),
    ("Tidelamp is a dataset search engine", ""),
    ("Tidelamp is a firm. The benchmark", ""),
    ("Tidelamp is on a benchmark", ""),
    ("Tidelamp, бенчмарк", ""),
    ("Tidelamp — бенчмарки для всех", ""),
    ("Tidelamp — лучший в мире бенчмарк", ""),
    ("Tidelamp\nis a benchmark", ""),
    ("Tidelamp", ""),
]


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_benchmarks_and_datasets(text: str, kind: str) -> None:
    tokens = Tokens(text)
    first = tokens.texts.index("Tidelamp")
    spans = [Span(first, first, "Organization", "Tidelamp")]
    assert "".join(span.type for span in told_benchmarks(tokens, spans, load_names())) == kind


def test_listed_names_keep_their_type() -> None:
    spans = [Span(0, 0, "Organization", "Google")]
    assert list(told_benchmarks(Tokens("Google is a benchmark for all"), spans, load_names())) == []
