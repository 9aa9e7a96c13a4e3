"""What the lines of a card say, without any weights."""

from __future__ import annotations

import pytest

from kg.extract.card_fields import by_cards, with_card_names
from kg.extract.document import Document, Span
from kg.extract.extractor import read_document
from kg.extract.names import Names
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

NAMES = [
    ("Model: Larkspur\nDeveloper: Northbeam\nParameters: 7B", [("Larkspur", "Model"), ("Northbeam", "Organization")]),
    ("- **Model:** Larkspur-2 Mini\n- **Developed by:** Northbeam (Oslo)", [
        ("Larkspur-2 Mini", "Model"), ("Northbeam", "Organization"),
    ]),
    ("Название: Кипрей\nРазработчик: Северлаб\nПараметры: 7B", [("Кипрей", "Model"), ("Северлаб", "Organization")]),
    ("Модель: Кипрей\n\nАвтор: Анна Рой", [("Кипрей", "Model"), ("Анна Рой", "Person")]),
    ("Model: Larkspur\nLicense: MIT", [("Larkspur", "Model")]),
    ("Model: Larkspur\nOf which more was said before.\nDeveloper: Northbeam", []),
    ("Model: Larkspur", []),
    ("Name: Ada Roe\nCompany: Northbeam", []),
    ("Model: trained from scratch\nDeveloper: a small team", []),
    ("Model: Larkspur is not for sale\nDeveloper: see above", []),
    ("We asked the developer: Northbeam\nand the model: Larkspur", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spans"), NAMES)
def test_labels_tell_what_a_name_is(text: str, spans: list[tuple[str, str]], names: Names) -> None:
    assert [(span.name, span.type) for span in with_card_names(Tokens(text), [], names)] == spans


def test_a_guessed_type_gives_way_and_a_listed_one_stays(names: Names) -> None:
    tokens = Tokens("Model: Larkspur\nDeveloper: Northbeam\nBase: Mistral")
    found = [Span(2, 2, "Software", "Larkspur"), Span(5, 5, "Model", "Northbeam")]
    assert not list(with_card_names(tokens, found, names))
    assert [span.type for span in found] == ["Model", "Organization"]
    listed = [Span(2, 2, "Software", "PyTorch")]
    assert not list(with_card_names(Tokens("Model: PyTorch\nParameters: 7B"), listed, names))
    assert listed[0].type == "Software"


KINDS = {"Lyra": "Model", "Quill": "Model", "Nordix": "Organization", "Lumo": "Organization"}
CARDS = [
    ("# Lyra\nBase model: Quill", [("Lyra", "based_on", "Quill")]),
    ("**Lyra**\n\n- **Finetuned from model:** [Quill](https://quill.dev)", [("Lyra", "based_on", "Quill")]),
    ("Модель: Lyra\nБазовая модель: Quill", [("Lyra", "based_on", "Quill")]),
    ("Модель: Lyra\nБаза: Quill\nРазработчик: Nordix", [("Lyra", "based_on", "Quill"), ("Lyra", "developed_by", "Nordix")]),
    ("Model: Lyra\nBase: Quill\nModel: Quill\nMaker: Lumo", [("Lyra", "based_on", "Quill"), ("Quill", "developed_by", "Lumo")]),
    ("Base model: Quill\nLicense: MIT", []),
    ("# Lyra\nMany other words.\nBase model: Quill", []),
    ("# Lyra\nBase model: Lyra", []),
    ("# Lyra\nDeveloper: Lyra\nLicense: Nordix", []),
    ("Lyra and a base model: Quill", []),
]


@pytest.mark.parametrize(("text", "triples"), CARDS)
def test_a_card_tells_of_its_model(text: str, triples: list[tuple[str, str, str]]) -> None:
    found = list(by_cards(_document(text), []))
    assert [(pair.near_subject.name, predicate, pair.near_object.name) for pair, predicate, _ in found] == triples
    assert list(by_cards(_document(text), found)) == found


def test_the_other_fields_are_not_told_of_the_base() -> None:
    document = _document("# Lyra\nBase model: Quill\nParameters: 13B\nReleased: 2026-01")
    lyra, quill, size, date = document.spans
    of_base = [_held(quill, "parameter_count", size), _held(quill, "released_on", date)]
    found = by_cards(document, [*of_base, _held(lyra, "released_on", date)])
    told = [(pair.near_subject.name, predicate) for pair, predicate, _ in found]
    assert told == [("Lyra", "parameter_count"), ("Lyra", "released_on"), ("Lyra", "based_on")]


def _document(text: str) -> Document:
    tokens = Tokens(text)
    return read_document(tokens, named_words(tokens, KINDS))


def _held(subject: Span, predicate: str, value: Span) -> Held:
    return Pair(subject.key, value.key, subject, value, []), predicate, 0.9
