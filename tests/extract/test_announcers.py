"""Companies that nobody knows, by what they are said to do: A is a model that was found."""

from __future__ import annotations

import pytest

from kg.extract.announcers import announcers, firms, released_firms, whole_firms
from kg.extract.document import Span
from kg.extract.names import Name, Names
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

FOUND = [
    ("Nordix released A.", ["Nordix"]),
    ("Zorbix Labs has open-sourced its newest model, A.", ["Zorbix Labs"]),
    ("🔥 Нордикс выложил в открытый доступ A", ["Нордикс"]),
    ("- Норд-Икс представила A", ["Норд-Икс"]),
    ("Nordix's new A is small.", ["Nordix"]),
    ("There is Nordix’s A.", ["Nordix"]),
    ("Вышла A от Nordix: она мала.", ["Nordix"]),
    ("Try A by Zorbix & Co today.", ["Zorbix & Co"]),
    ("- A — синтез речи от Nordix, 3B", ["Nordix"]),
    ("**Nordix** released **A**.", ["Nordix"]),
    ("Nordix сегодня выпустила A.", ["Nordix"]),
    ("Nordix quietly launched A.", ["Nordix"]),
    ("Nordix here released A.", []),
    ("A (a small model by Zorbix Labs) is here.", ["Zorbix Labs"]),
    ("A — Nordix говорит об этом от Zorbix.", []),
    ("A is a model by Zorbix.", []),
    ("Nordix released nothing.", []),
    ("Today Nordix has A.", []),
    ("Today released A.", []),
    ("Компания выпустила A.", []),
    ("A released A.", []),
    ("The people of Nordix released A.", []),
    ("Nordix released a book\nabout A.", []),
    ("nordix released A.", []),
    ("A, by far the best, from here.", []),
    ("A by Zorbix & others.", ["Zorbix"]),
    ("A by Zorbix's people.", ["Zorbix"]),
    ("A by Zorbix's A.", ["Zorbix"]),
    ("released A &", []),
    ("A от", []),
    ("'s A", []),
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_who_announces_is_an_organization(text: str, names: list[str]) -> None:
    tokens = Tokens(text)
    found = list(announcers(tokens, named_words(tokens, {"A": "Model"})))
    assert [span.name for span in found] == names
    assert {span.type for span in found} <= {"Organization"}


LISTED = Names([(Name("Kvark", "Software", (), ""), []), (Name("Kvark", "Organization", (), "context"), [])])
FIRMS = [
    ("Kvark released A.", True),
    ("Kvark's new A is small.", True),
    ("Вышла A от Kvark.", True),
    ("A by Kvark", True),
    ("Kvark runs A.", False),
    ("Today I released Kvark beside A.", False),
    ("A from here to Kvark", False),
    ("B1 released A.", False),
    ("Kvark создал A.", True),
    ("The people of Kvark released A.", False),
]


@pytest.mark.parametrize(("text", "firm"), FIRMS)
def test_a_product_called_like_its_firm(text: str, firm: bool) -> None:
    """Kvark is listed as software and as an organization, B1 is neither."""
    tokens = Tokens(text)
    spans = named_words(tokens, {"A": "Model", "B1": "Model", "Kvark": "Software"})
    assert [span.name for span in firms(tokens, spans, LISTED)] == (["Kvark"] if firm else [])


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Nordix released A.", True),
        ("**Nordix** сегодня представил **A**.", True),
        ("Nordix trained A.", False),
        ("Nordix released support for A.", False),
        ("Nordix launched with A.", False),
        ("Nordix released A. Nordix is small.", False),
        ("Nordix-2 released A.", False),
    ],
)
def test_a_word_that_releases_a_model_is_none(text: str, firm: bool) -> None:
    """Whatever the tagger took it for."""
    tokens = Tokens(text)
    name = Span(tokens.texts.index("Nordix"), tokens.texts.index("Nordix") + 2 * ("-" in text), "Model", "")
    name.name = tokens.text[tokens.items[name.first].start : tokens.items[name.last].end]
    spans = [name, *named_words(tokens, {"A": "Model"})]
    assert list(firms(tokens, spans, LISTED)) == ([name] if firm else [])


WHOLE = [
    ("Zorbix Nordix released A.", ["Zorbix Nordix"]),
    ("Here Zorbix Nordix's A is small.", ["Zorbix Nordix"]),
    ("Zelvor Nordix launched A.", ["Zelvor Nordix"]),
    ("Today Nordix released A.", ["Nordix"]),
    ("Zorbix Nordix runs A.", ["Nordix"]),
    ("Zorbix\nNordix released A.", ["Nordix"]),
    ("Zorbix-Nordix released A.", ["Nordix"]),
    ("Zorbix Kvark released A.", ["Kvark"]),
    ("Kvark Nordix released A.", ["Kvark", "Nordix"]),
    ("A Nordix released A.", ["Nordix"]),
    ("Nordix released A.", ["Nordix"]),
]


@pytest.mark.parametrize(("text", "firms_found"), WHOLE)
def test_the_half_of_a_firms_name_that_nobody_found(text: str, firms_found: list[str]) -> None:
    tokens = Tokens(text)
    kinds = {"A": "Model", "Nordix": "Organization", "Zelvor": "Organization", "Kvark": "Organization"}
    spans = whole_firms(tokens, named_words(tokens, kinds), LISTED)
    assert [span.name for span in spans if span.type == "Organization"] == firms_found


def test_a_firm_of_two_words() -> None:
    tokens = Tokens("Zorbix Nordix released A.")
    spans = [Span(0, 1, "Model", "Zorbix Nordix"), Span(3, 3, "Model", "A")]
    assert list(firms(tokens, spans, LISTED)) == spans[:1]


RELEASED = [
    ("Nordix released Zelvor.", ["Zelvor"]),
    ("Nordix quietly launched the new open Zelvor model.", ["Zelvor"]),
    ("Нордикс представила [Zelvor]", ["Zelvor"]),
    ("Nordix released Zelvor's A.", []),
    ("Nordix and Zelvor released A.", []),
    ("Nordix launched a project with Zelvor.", []),
    ("Нордикс запустила проект со Zelvor", []),
    ("Nordix released A, and Zelvor too.", []),
    ("Nordix released Kvark.", []),
    ("Nordix released Nordix.", []),
    ("A released Zelvor.", []),
    ("Nordix runs Zelvor.", []),
    ("Nordix released a very big and old and long book that Zelvor wrote", []),
    ("Nordix released\nZelvor", []),
    ("Nordix released", []),
]


@pytest.mark.parametrize(("text", "things"), RELEASED)
def test_what_a_firm_released_is_no_firm(text: str, things: list[str]) -> None:
    tokens = Tokens(text)
    kinds = dict.fromkeys(["Nordix", "Нордикс", "Zelvor", "Kvark"], "Organization")
    assert [span.name for span in released_firms(tokens, named_words(tokens, {"A": "Model", **kinds}), LISTED)] == things
