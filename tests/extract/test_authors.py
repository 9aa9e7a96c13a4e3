"""Who is said to be the author: A and B are models, Ю a person, N an organization."""

from __future__ import annotations

import pytest

from kg.extract.authors import authored, authors
from kg.extract.document import Document, Span
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

KINDS = {"A": "Model", "B": "Model", "Ю": "Person", "N": "Organization"}
SAID = [
    ("Ю, creator of A, spoke.", ["A"]),
    ("Ю — создатель A.", ["A"]),
    ("**Ю** — автор библиотек A и B", ["A", "B"]),
    ("Ю, инженер и создатель популярного фреймворка A", ["A"]),
    ("Ю (автор A) против", ["A"]),
    ("N, разработчик модели A, молчит.", ["A"]),
    ("Это создатель модели «A» Ю.", ["A"]),
    ("Мы спросили автора [A] Ю.", ["A"]),
    ("Ю, создатель B-фреймворка A", ["A"]),
    ("Ю, creator of the A library B, spoke.", ["B"]),
    ("Ю, creator of A, B", ["A", "B"]),
    ("Ю, co-author of A, spoke.", ["A"]),
    ("Ю, автор курса по A", []),
    ("Ю, author of a book about A", []),
    ("Ю, Go-разработчик A", []),
    ("Ю, разработчик A/B", []),
    ("Ю говорит: автор A молчит.", []),
    ("Ю. Создатель A.", []),
    ("Ю\nавтор A", []),
    ("Ю молчит. A хороша.", []),
    ("создатель", []),
]


@pytest.mark.parametrize(("text", "made"), SAID)
def test_an_author_has_made_it(text: str, made: list[str]) -> None:
    tokens = Tokens(text)
    found = list(authored(Document(tokens, named_words(tokens, KINDS)), []))
    assert [pair.near_subject.name for pair, _, _ in found] == made
    assert {pair.near_object.name for pair, _, _ in found} <= {"Ю", "N"}
    assert not list(authored(Document(tokens, named_words(tokens, KINDS)), found))


FOUND = [
    ("Ada Roe, creator of A", ["Ada Roe"]),
    ("нам Ада Роу — создатель модели A", ["Ада Роу"]),
    ("Умер Ян ван Роу, автор A", []),
    ("Roe, creator of A", []),
    ("The creator of A", []),
    ("OR, creator of A", []),
    ("N, creator of A", []),
    ("Ada Roe, author of a book", []),
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_an_author_is_a_person(text: str, names: list[str]) -> None:
    tokens = Tokens(text)
    found = list(authors(tokens, named_words(tokens, KINDS)))
    assert [span.name for span in found] == names
    assert {span.type for span in found} <= {"Person"}


def test_who_was_taken_for_something_else_is_a_person() -> None:
    tokens = Tokens("Ada Roe, creator of A")
    spans = [Span(0, 1, "Software", "Ada Roe"), *named_words(tokens, KINDS)]
    assert [(span.name, span.type) for span in authors(tokens, spans)] == [("Ada Roe", "Person")]
    spans[0].type = "Organization"
    assert not list(authors(tokens, spans))
