"""Products beside somebody who did not make them there, without any weights: documents built by hand."""

from __future__ import annotations

import pytest

from kg.extract.beside_makers import BesideMakers, is_language, made_before_its_place, owns_forum, told_makings
from kg.extract.document import Document
from kg.extract.pairs import Pair
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

KINDS = {"Nordix": "Organization", "Lyra": "Model", "Quill": "Software", "Orion": "Model", "Rust": "Software"}
MEANS = [
    ("Nordix showed a robot powered by Lyra.", "Lyra", True),
    ("Nordix released Quill, an editor based on the new Lyra.", "Lyra", True),
    ("Nordix released Quill, an editor based on the new Lyra.", "Quill", False),
    ("Nordix opened tools compatible with Orion and Lyra.", "Lyra", True),
    ("Nordix sells Lyra-powered robots.", "Lyra", True),
    ("Nordix launched Quill and Lyra-based models.", "Quill", False),
    ("Nordix released Lyra, powered by plain text.", "Lyra", False),
    ("Robots powered by Lyra from Nordix are out.", "Lyra", False),
    ("Robots are powered by it. Nordix made Lyra.", "Lyra", False),
    ("Nordix released Lyra - based in Oslo, it grows.", "Lyra", False),
    ("Nordix выпустила редактор Quill на базе новой Lyra.", "Lyra", True),
    ("Nordix выпустила редактор Quill на базе новой Lyra.", "Quill", False),
    ("Nordix открыла сервис, который работает на Lyra.", "Lyra", True),
    ("Nordix выпустила Lyra.", "Lyra", False),
]
PLACED = [
    ("Nordix released Lyra in Quill.", ["Lyra"]),
    ("Nordix launched Lyra, a search engine, for the Quill app.", ["Lyra"]),
    ("Nordix released Lyra in its Quill.", ["Lyra", "Quill"]),
    ("Nordix's Lyra in Quill is new.", ["Lyra", "Quill"]),
    ("Nordix released Lyra and Quill.", ["Lyra", "Quill"]),
    ("Nordix released Lyra for Quill and Orion.", ["Lyra"]),
    ("Nordix built a plugin for Quill.", ["Quill"]),
    ("Nordix released Lyra. In Quill it is new.", ["Lyra", "Quill"]),
    ("Nordix выпустила Lyra для Quill.", ["Lyra"]),
    ("Nordix выпустила Lyra в своём Quill.", ["Lyra", "Quill"]),
    ("Nordix выпустила Lyra, а затем и Quill.", ["Lyra", "Quill"]),
]
LANGUAGES = [
    ("Nordix rewrote its Rust client.", True),
    ("A course on Rust by Nordix.", True),
    ("Курс по Rust от Nordix.", True),
    ("Nordix открыла библиотеку на Rust.", True),
    ("Nordix is the creator of Rust.", False),
    ("Rust was designed by Nordix.", False),
    ("Язык Rust разработала Nordix.", False),
    ("Rust was designed long ago. Nordix likes Rust.", True),
]
FORUMS = [
    ("On the Nordix Discord people compare Lyra and Orion.", True),
    ("Nordix's subreddit likes Lyra.", True),
    ("На форуме Nordix хвалят Lyra.", False),
    ("Nordix открыла форум о Lyra.", False),
    ("Nordix opened Lyra on its Discord.", False),
    ("Nordix", False),
]


def read(text: str) -> Document:
    tokens = Tokens(text)
    return Document(tokens, named_words(tokens, KINDS))


@pytest.mark.parametrize(("text", "name", "means"), MEANS)
def test_what_something_else_is_made_with_is_not_what_was_made(text: str, name: str, means: bool) -> None:
    document = read(text)
    maker, product = (next(span for span in document.spans if span.name == word) for word in ("Nordix", name))
    assert BesideMakers().only_means(document, maker, product) is means


@pytest.mark.parametrize(("text", "left"), PLACED)
def test_what_was_made_stands_before_what_it_was_made_for(text: str, left: list[str]) -> None:
    document = read(text)
    maker, *products = document.spans
    held = [(Pair(product.key, maker.key, product, maker, []), "developed_by", 0.9) for product in products]
    assert [pair.near_subject.name for pair, _, _ in made_before_its_place(document, held)] == left


@pytest.mark.parametrize(("text", "beside"), LANGUAGES)
def test_a_language_is_made_only_where_its_making_is_told(text: str, beside: bool) -> None:
    document = read(text)
    maker, language = (next(span for span in document.spans if span.name == word) for word in ("Nordix", "Rust"))
    assert is_language(language)
    assert (document.sentence[maker.first] not in told_makings(document)) is beside


@pytest.mark.parametrize(("text", "forum"), FORUMS)
def test_who_owns_a_forum_made_nothing_that_is_talked_of_there(text: str, forum: bool) -> None:
    document = read(text)
    maker = next(span for span in document.spans if span.name == "Nordix")
    assert owns_forum(document, maker) is forum
