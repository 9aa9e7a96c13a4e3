"""Documents: sentences, lists of names, owners, values between names."""

from __future__ import annotations

import pytest

from kg.extract.dates import find_dates
from kg.extract.document import Document, Span, plain, sentence_numbers, value_spans
from kg.extract.sizes import find_sizes
from kg.extract.tokens import Tokens
from kg.extract.values import Value

SENTENCES = [
    ("It has 71.3 vs. 70.8. Good.", ["It has 71.3 vs . 70.8 .", "Good ."]),
    ("У неё 7 млрд. параметров. Хорошо.", ["У неё 7 млрд . параметров .", "Хорошо ."]),
    ("У неё 7 млрд. Хорошо.", ["У неё 7 млрд .", "Хорошо ."]),
    ("Один. Два.", ["Один .", "Два ."]),
    ("One! Two? Three… Four", ["One !", "Two ?", "Three …", "Four"]),
    ("Qwen2.5 на 3.5% лучше", ["Qwen2.5 на 3.5 % лучше"]),
    ("конец.Начало", ["конец . Начало"]),
    ("строка\nещё строка", ["строка", "ещё строка"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "sentences"), SENTENCES)
def test_sentences(text: str, sentences: list[str]) -> None:
    tokens = Tokens(text)
    found: dict[int, list[str]] = {}
    for token, number in zip(tokens.items, sentence_numbers(tokens), strict=True):
        found.setdefault(number, []).append(token.text)
    assert [" ".join(words) for words in found.values()] == sentences


def document(text: str, **types: str) -> Document:
    """Every capital letter is a name; its type is Model or what is said of it."""
    tokens = Tokens(text)
    return Document(
        tokens,
        [
            Span(i, i, types.get(t.text, "Model"), t.text)
            for i, t in enumerate(tokens.items)
            if len(t.text) == 1 and t.text.isupper()
        ],
    )


LISTS = [
    ("A, B и C", ["A B C"]),
    ("A, B, and C", ["A B C"]),
    ("A, B, а также C", ["A B C"]),
    ("A or B / C", ["A B C"]),
    ("A as well as B", ["A B"]),
    ("*A*, *B*", ["A B"]),
    ("«A» и «B»", ["A B"]),
    ("A лучше B и C", ["A", "B C"]),
    ("A. B", ["A", "B"]),
    ("A B", ["A", "B"]),
    ("A", ["A"]),
]


@pytest.mark.parametrize(("text", "lists"), LISTS)
def test_lists(text: str, lists: list[str]) -> None:
    groups: dict[int, list[str]] = {}
    for span in document(text).spans:
        groups.setdefault(span.group, []).append(span.name)
    assert [" ".join(group) for group in groups.values()] == lists


KINDS = [("Model", "Software", 1), ("Benchmark", "Dataset", 1), ("Model", "Organization", 2), ("Hardware", "Model", 2)]


@pytest.mark.parametrize(("one", "two", "lists"), KINDS)
def test_a_list_is_of_one_kind(one: str, two: str, lists: int) -> None:
    assert len(document("A и B", A=one, B=two).groups) == lists


OWNERS = [("O A", "O"), ("O  A", ""), ("O-A", ""), ("O, A", ""), ("O\nA", ""), ("A O", "")]


@pytest.mark.parametrize(("text", "owner"), OWNERS)
def test_the_owner_right_before_a_name(text: str, owner: str) -> None:
    doc = document(text, O="Organization")
    found = doc.owner_before(next(span for span in doc.spans if span.name == "A"))
    assert (found.name if found else "") == owner


def test_entities_in_order_of_first_mention() -> None:
    doc = document("B, A, B", A="Hardware")
    assert {key: len(spans) for key, spans in doc.entities.items()} == {"Model/b": 2, "Hardware/a": 1}
    assert list(doc.entities) == ["Model/b", "Hardware/a"]
    assert doc.type_counts == {"Model": 1, "Hardware": 1}


PLAIN = [("GPT-4", "gpt4"), ("Qwen 2.5", "qwen2.5"), ("Ёлка", "елка"), ("Next.js", "nextjs"), ("🔥", ""), ("", "")]


@pytest.mark.parametrize(("name", "form"), PLAIN)
def test_plain(name: str, form: str) -> None:
    assert plain(name) == form


VALUES = [
    ("у модели 7 млрд параметров", ["7000000000"]),
    ("Qwen2.5-72B", []),
    ("вышла 9 декабря 2021 года", ["2021-12-09"]),
    ("вышла в 2021г.", ["2021"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "values"), VALUES)
def test_values_stand_outside_names(text: str, values: list[str]) -> None:
    tokens = Tokens(text)
    names = [Span(0, 2, "Model", "Qwen2.5-72B")] if text.startswith("Qwen") else []
    assert [span.name for span in value_spans(tokens, [*find_sizes(text), *find_dates(text)], names)] == values


PLACES = [(0, 3, (0, 0)), (1, 2, (0, 0)), (0, 7, (0, 1)), (2, 5, (0, 1)), (4, 7, (1, 1)), (3, 5, None), (8, 9, None)]


@pytest.mark.parametrize(("start", "end", "place"), PLACES)
def test_a_value_takes_the_tokens_it_touches(start: int, end: int, place: tuple[int, int] | None) -> None:
    spans = value_spans(Tokens("abc def"), [Value(start, end, "date", "x")])
    assert [(span.first, span.last) for span in spans] == ([place] if place else [])
