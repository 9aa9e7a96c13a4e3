"""Papers and what is introduced before them, without any weights."""

from __future__ import annotations

import pytest

from kg.extract.document import Document, value_spans
from kg.extract.introduced_links import introduced_links
from kg.extract.links import find_links
from kg.extract.pairs import Pair
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

KINDS = {"Lyra": "Model", "Orion": "Model", "Quill": "Benchmark", "Nordix": "Organization"}
PAPER = "[Paper](https://nordix.example/lyra)"
INTRODUCED = [
    (f"Nordix introduces Lyra, a model. {PAPER}", ["Lyra"]),
    (f"They present Lyra and Orion.\n{PAPER}", ["Lyra", "Orion"]),
    (f"Tests of agents - proposes a test for agents (Quill) and more; Orion fails. {PAPER}", ["Quill"]),
    ("Nordix представила модель Lyra. Статья: https://nordix.example/lyra", ["Lyra"]),
    ("В Nordix разработали новый открытый Quill: https://arxiv.org/abs/2401.00001", ["Quill"]),
    (f"It presents a way that uses Lyra. {PAPER}", []),
    (f"It presents an analysis of Lyra. {PAPER}", []),
    (f"Предлагают способ для Lyra. {PAPER}", []),
    (f"It presents a way to think; Lyra fails. {PAPER}", []),
    (f"It presents Lyra-like models. {PAPER}", []),
    (f"It presents a Lyra agent for maps. {PAPER}", []),
    (f"They evaluate Lyra. {PAPER}", []),
    (f"{PAPER} Then they introduced Lyra.", []),
    ("They introduce Lyra. [Blog](https://nordix.example/lyra)", []),
    (f"They introduce Lyra: https://arxiv.org/abs/2401.00001. More: {PAPER}", ["Lyra"]),
]


def _document(text: str) -> Document:
    tokens = Tokens(text)
    return Document(tokens, [*named_words(tokens, KINDS), *value_spans(tokens, find_links(tokens))])


@pytest.mark.parametrize(("text", "names"), INTRODUCED)
def test_a_paper_is_about_what_is_introduced(text: str, names: list[str]) -> None:
    assert [pair.near_subject.name for pair, _, _ in introduced_links(_document(text), [])] == names


@pytest.mark.parametrize(("likely", "names"), [(0.0, []), (0.05, []), (0.2, ["Lyra"])])
def test_a_paper_that_is_claimed_belongs_to_another_name_only_if_that_is_likely(likely: float, names: list[str]) -> None:
    document = _document(f"Orion is older. They introduce Lyra. {PAPER}")
    orion, lyra, link = document.spans[0], document.spans[1], document.spans[-1]
    held = [(Pair(orion.key, link.key, orion, link, []), "described_in", 0.9)]
    found = introduced_links(document, held, {(lyra.key, link.key): likely})
    assert [pair.near_subject.name for pair, _, _ in found] == names


def test_nothing_is_said_twice() -> None:
    document = _document(f"They introduce Lyra. {PAPER}")
    lyra, link = document.spans[0], document.spans[-1]
    held = [(Pair(lyra.key, link.key, lyra, link, []), "described_in", 0.9)]
    assert not list(introduced_links(document, held, {(lyra.key, link.key): 0.9}))
