"""What the classifiers take for a fact and what is none, without any weights: documents built by hand."""

from __future__ import annotations

import pytest

from kg.extract.cues import load_cues
from kg.extract.document import Document, Span, value_spans
from kg.extract.pairs import Pair
from kg.extract.plausibility import implausible, named_in_link_first, own_sentence_first
from kg.extract.tokens import Tokens
from kg.extract.values import find_sizes
from tests.extract.named_words import named_words

NESTED = [
    ("Lumo V3 is out.", "Lumo V3", "Lumo", "nested apart sure", True),
    ("Lumo 7B is out.", "Lumo 7B", "Lumo", "nested apart", True),
    ("Lumo-Coder is out.", "Lumo-Coder", "Lumo", "nested joined sure", True),
    ("Lumo Writer is out.", "Lumo Writer", "Lumo", "nested apart sure", False),
    ("Lumo V3 by Lumo is out.", "Lumo V3", "Lumo", "nested apart sure", False),
]
BASES = [
    ("Draft", "Python", True),
    ("Draft", "питона", True),
    ("Draft", "C++", True),
    ("gpt-oss", "gpt-oss-20b", True),
    ("gpt-oss-20b", "gpt-oss", True),
    ("Lumo 3", "Lumo", True),
    ("Lumo2.5-Coder", "Lumo", True),
    ("Lumo 3.5", "Lumo 3", False),
    ("Lumo-Coder", "Lumo", False),
    ("Lumoria", "Lumo", False),
    ("Draft", "Draft", False),
    ("Draft", "Lumo", False),
]

SIZES = [
    ("A has 7 billion parameters.", False),
    ("У A всего 7 млрд. параметров.", False),
    ("A: 7 млрд, 13 млрд и 70 млрд. Параметров много.", True),
    ("A — 5 млрд. визитов в месяц.", True),
    ("A was downloaded 650 million times.", True),
    ("A is a 7B model.", False),
]
SHOPS = [
    ("A: [H](https://huggingface.co/h/a) is out.", True),
    ("A by [H](https://h.example) is out.", False),
    ("A by H, see [weights](https://huggingface.co/h/a).", False),
]
PAGES = [
    ("https://chat.lumo.example", True),
    ("https://chat.lumo.example/", True),
    ("https://lumo.example/blog/lumo-3", False),
    ("https://lumo.github.io/", False),
    ("https://arxiv.org/", False),
    ("https://huggingface.co/spaces/lumo/lumo-3", True),
    ("https://huggingface.co/lumo/lumo-3", False),
]
SAID = [
    ("A is built on B.", "based_on", False),
    ("A was shown beside B.", "based_on", True),
    ("A основана на B.", "based_on", False),
    ("A вышла. B тоже.", "based_on", True),
    ("A was trained on D.", "trained_on", False),
    ("A and D are new.", "trained_on", True),
    ("A beats B.", "outperforms", False),
    ("A costs 10 against the 15 of B.", "outperforms", False),
    ("A is new. It beats B.", "outperforms", False),
    ("A is new. B is old.", "outperforms", True),
    ("A is new. B is old.", "evaluated_on", False),
]


def spans_of(tokens: Tokens, name: str, kind: str, hint: str = "") -> list[Span]:
    words = [item.text for item in Tokens(name).items]
    places = [i for i in range(len(tokens.items)) if [item.text for item in tokens.items[i : i + len(words)]] == words]
    return [Span(i, i + len(words) - 1, kind, name, hint) for i in places]


@pytest.mark.parametrize(("text", "name", "owner", "hint", "none"), NESTED)
def test_an_owner_told_by_a_version_alone_made_nothing(text: str, name: str, owner: str, hint: str, none: bool) -> None:
    tokens = Tokens(text)
    (model,) = spans_of(tokens, name, "Model")
    owners = [Span(span.first, span.last, "Organization", owner, hint if span.first == model.first else "") for span in
              spans_of(tokens, owner, "Organization")]  # fmt: skip
    document = Document(tokens, [model, *owners])
    pair = Pair(model.key, owners[0].key, model, owners[0], [])
    assert implausible(document, "developed_by", pair, {}) is none
    assert not implausible(document, "runs_on", pair, {})


@pytest.mark.parametrize(("name", "base", "none"), BASES)
def test_what_nothing_is_based_on(name: str, base: str, none: bool) -> None:
    a, b = Span(0, 0, "Model", name, key="a"), Span(1, 1, "Model", base, key="b")
    document, said = Document(Tokens("a b"), [a, b]), {"base": [0], "beat": [0]}
    assert implausible(document, "based_on", Pair("a", "b", a, b, []), said) is none
    assert not implausible(document, "outperforms", Pair("a", "b", a, b, []), said)


@pytest.mark.parametrize(("text", "none"), SIZES)
def test_a_sentence_that_speaks_of_no_parameters_counts_none(text: str, none: bool) -> None:
    tokens = Tokens(text)
    (model,) = named_words(tokens, {"A": "Model"})
    document = Document(tokens, [model, *value_spans(tokens, find_sizes(text))])
    number = next(span for span in document.spans if span.type == "size")
    assert implausible(document, "parameter_count", Pair(model.key, number.key, model, number, []), {}) is none


@pytest.mark.parametrize(("text", "none"), SHOPS)
def test_where_weights_are_kept_is_not_who_made_them(text: str, none: bool) -> None:
    tokens = Tokens(text)
    model, owner = named_words(tokens, {"A": "Model", "H": "Organization"})
    document = Document(tokens, [model, owner])
    assert implausible(document, "developed_by", Pair(model.key, owner.key, model, owner, []), {}) is none


@pytest.mark.parametrize(("url", "none"), PAGES)
def test_the_first_page_of_a_host_describes_nothing(url: str, none: bool) -> None:
    a, b = Span(0, 0, "Model", "A"), Span(1, 1, "link", url)
    document = Document(Tokens("A b"), [a, b])
    assert implausible(document, "described_in", Pair(a.key, b.key, a, b, []), {}) is none


@pytest.mark.parametrize(("text", "predicate", "none"), SAID)
def test_what_no_word_says_is_not_claimed(text: str, predicate: str, none: bool) -> None:
    tokens = Tokens(text)
    a, b = named_words(tokens, {"A": "Model", "B": "Model", "D": "Dataset"})
    pair = Pair(a.key, b.key, a, b, [])
    assert implausible(Document(tokens, [a, b]), predicate, pair, load_cues().find(tokens)) is none


OWN = [
    ("A runs on X. B runs on Y.", {"A X": 0.6, "A Y": 0.6, "B Y": 0.5}, ["A X", "B Y"]),
    ("A runs on X. B runs on Y.", {"A X": 0.6, "A Y": 0.9, "B Y": 0.5}, ["A X", "A Y", "B Y"]),
    ("A is new. It runs on Y.", {"A Y": 0.6}, ["A Y"]),
    ("A and B run on Y.", {"A Y": 0.6, "B Y": 0.4}, ["A Y", "B Y"]),
]


@pytest.mark.parametrize(("text", "held", "left"), OWN)
def test_a_subject_in_the_sentence_of_the_object_goes_first(text: str, held: dict[str, float], left: list[str]) -> None:
    tokens = Tokens(text)
    kinds = {"A": "Model", "B": "Model", "X": "Hardware", "Y": "Hardware"}
    spans = {span.name: span for span in named_words(tokens, kinds)}
    document = Document(tokens, list(spans.values()))
    pairs = [(spans[a], spans[b], p) for (a, b), p in ((names.split(), p) for names, p in held.items())]
    found = own_sentence_first(document, [(Pair(a.key, b.key, a, b, []), "runs_on", p) for a, b, p in pairs])
    assert [f"{pair.near_subject.name} {pair.near_object.name}" for pair, _, _ in found] == left


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
