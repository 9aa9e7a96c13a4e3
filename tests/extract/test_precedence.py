"""Which claims go before others, without any weights: documents built by hand."""

from __future__ import annotations

import pytest

from kg.extract.document import Document, Span, value_spans
from kg.extract.pairs import Pair
from kg.extract.precedence import (
    named_in_link_first,
    one_link_a_repository,
    one_owner_of_a_count,
    own_clause_first,
    own_device_first,
)
from kg.extract.sizes import find_sizes
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

OWN = [
    ("A runs on X. B runs on Y.", {"A X": 0.6, "A Y": 0.6, "B Y": 0.5}, ["A X", "B Y"]),
    ("A runs on X. B runs on Y.", {"A X": 0.6, "A Y": 0.9, "B Y": 0.5}, ["A X", "A Y", "B Y"]),
    ("A is new. It runs on Y.", {"A Y": 0.6}, ["A Y"]),
    ("A and B run on Y.", {"A Y": 0.6, "B Y": 0.4}, ["A Y", "B Y"]),
    ("A needs X; B runs on Y.", {"A X": 0.6, "A Y": 0.6, "B Y": 0.5}, ["A X", "B Y"]),
    ("A работает на X, а B — на Y.", {"A X": 0.6, "A Y": 0.6, "B Y": 0.5}, ["A X", "B Y"]),
    ("A is big but runs on Y.", {"A Y": 0.6}, ["A Y"]),
]


@pytest.mark.parametrize(("text", "held", "left"), OWN)
def test_a_subject_in_the_clause_of_the_object_goes_first(text: str, held: dict[str, float], left: list[str]) -> None:
    tokens = Tokens(text)
    kinds = {"A": "Model", "B": "Model", "X": "Hardware", "Y": "Hardware"}
    spans = {span.name: span for span in named_words(tokens, kinds)}
    document = Document(tokens, list(spans.values()))
    pairs = [(spans[a], spans[b], p) for (a, b), p in ((names.split(), p) for names, p in held.items())]
    found = own_clause_first(document, [(Pair(a.key, b.key, a, b, []), "runs_on", p) for a, b, p in pairs])
    assert [f"{pair.near_subject.name} {pair.near_object.name}" for pair, _, _ in found] == left


OWN_DEVICES = [
    ("A runs on X, B needs a Y.", {"A X": 0.9, "A Y": 0.6, "B Y": 0.5}, ["A X", "B Y"]),
    ("A runs on X. B needs a Y.", {"A X": 0.9, "A Y": 0.6, "B Y": 0.5}, ["A X", "B Y"]),
    ("Для A хватит X, для B нужна Y.", {"A X": 0.9, "A Y": 0.6, "B Y": 0.5}, ["A X", "B Y"]),
    ("A and B run on X and Y.", {"A X": 0.9, "A Y": 0.6, "B X": 0.6, "B Y": 0.5}, ["A X", "A Y", "B X", "B Y"]),
    ("A runs on X and on Y.", {"A X": 0.9, "A Y": 0.6}, ["A X", "A Y"]),
    ("A runs on X, says B, and on Y.", {"A X": 0.9, "A Y": 0.6}, ["A X", "A Y"]),
]


@pytest.mark.parametrize(("text", "held", "left"), OWN_DEVICES)
def test_a_system_with_a_device_has_not_that_of_the_next_one(text: str, held: dict[str, float], left: list[str]) -> None:
    tokens = Tokens(text)
    kinds = {"A": "Model", "B": "Model", "X": "Hardware", "Y": "Hardware"}
    spans = {span.name: span for span in Document(tokens, named_words(tokens, kinds)).spans}
    pairs = [(spans[a], spans[b], p) for (a, b), p in ((names.split(), p) for names, p in held.items())]
    found = own_device_first([(Pair(a.key, b.key, a, b, []), "runs_on", p) for a, b, p in pairs])
    assert [f"{pair.near_subject.name} {pair.near_object.name}" for pair, _, _ in found] == left


COUNTS = [
    ("A and B (7B) are out.", {"A": 0.9, "B": 0.6}, ["B"]),
    ("A and B (7B, 13B) are out.", {"A": 0.9, "B": 0.6}, ["A", "B"]),
    ("A and B have 7B parameters.", {"A": 0.9, "B": 0.6}, ["A", "B"]),
    ("A is slower than the 7B of B.", {"A": 0.5, "B": 0.6}, ["B"]),
    ("A and B have 7B and 13B parameters respectively.", {"A": 0.5, "B": 0.6}, ["A"]),
    ("A is out. B has 7B, and with one or two tries 71 and 75 respectively.", {"A": 0.5, "B": 0.6}, ["B"]),
    ("A и B вышли. В них 7 и 13 млрд параметров соответственно.", {"A": 0.5, "B": 0.6}, ["A"]),
    ("A is slower than the 7B of B.", {"A": 0.6, "B": 0.6}, ["B"]),
]


@pytest.mark.parametrize(("text", "held", "left"), COUNTS)
def test_a_number_of_parameters_has_one_owner(text: str, held: dict[str, float], left: list[str]) -> None:
    tokens = Tokens(text)
    models = named_words(tokens, {"A": "Model", "B": "Model"})
    document = Document(tokens, [*models, *value_spans(tokens, find_sizes(text))])
    number = next(span for span in document.spans if span.type == "size")
    pairs = [Pair(span.key, number.key, span, number, []) for span in document.spans if span.type == "Model"]
    found = one_owner_of_a_count(document, [(pair, "parameter_count", held[pair.near_subject.name]) for pair in pairs])
    assert [pair.near_subject.name for pair, _, _ in found] == left


LINKS = [
    ("https://huggingface.co/lumo/lumo-lite", ["Lumo Lite"]),
    ("https://huggingface.co/lumo/collection", ["Lumo Pro", "Lumo Lite"]),
    ("https://huggingface.co/lumo/lumo-pro-and-lumo-lite", ["Lumo Pro", "Lumo Lite"]),
]


@pytest.mark.parametrize(("url", "left"), LINKS)
def test_a_link_belongs_to_whom_it_names(url: str, left: list[str]) -> None:
    pro, lite = Span(0, 1, "Model", "Lumo Pro", key="pro"), Span(2, 3, "Model", "Lumo Lite", key="lite")
    link = Span(4, 4, "link", url, key="link")
    held = [(Pair(span.key, link.key, span, link, []), "has_code", 0.9) for span in (pro, lite)]
    assert [pair.near_subject.name for pair, _, _ in named_in_link_first(held)] == left


INSIDE = [
    (["https://github.com/n/lumo", "https://github.com/n/lumo/releases/tag/v1"], ["https://github.com/n/lumo"]),
    (["https://github.com/n/lumo", "https://github.com/N/Lumo#usage"], ["https://github.com/n/lumo"]),
    (["https://github.com/n/lumo/releases/tag/v1"], ["https://github.com/n/lumo/releases/tag/v1"]),
    (
        ["https://github.com/n/lumo", "https://github.com/n/lumo-app"],
        ["https://github.com/n/lumo", "https://github.com/n/lumo-app"],
    ),
    (["https://hf.co/n/lumo", "https://hf.co/n/lumo/tree"], ["https://hf.co/n/lumo", "https://hf.co/n/lumo/tree"]),
]


@pytest.mark.parametrize(("urls", "left"), INSIDE)
def test_of_links_into_a_repository_the_repository_is_enough(urls: list[str], left: list[str]) -> None:
    name = Span(0, 0, "Software", "Lumo", key="lumo")
    links = [Span(i, i, "link", url, key=url) for i, url in enumerate(urls, 1)]
    found = one_link_a_repository([(Pair("lumo", link.key, name, link, []), "has_code", 0.9) for link in links])
    assert [pair.object for pair, _, _ in found] == left
