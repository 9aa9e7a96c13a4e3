"""Links that nobody claimed and that spell a name of the post, without any weights."""

from __future__ import annotations

import pytest

from kg.extract.document import Document, value_spans
from kg.extract.links import find_links
from kg.extract.pairs import Pair
from kg.extract.spelled_links import spelled_links
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

LINKS = [
    ("Lyra is out.\nMany words.\nGitHub: https://github.com/nordix/lyra", ["Lyra"]),
    ("Lyra is out. Weights: https://huggingface.co/nordix/Lyra", ["Lyra"]),
    ("Lyra is out: https://github.com/nordix/lyra-app", []),
    ("Lyra is out: https://github.com/lyra", []),
    ("Lyra is out: https://github.com/topics/lyra", []),
    ("Lyra is out: https://github.com/nordix/lyra/issues", []),
    ("Lyra is out: https://lyra.example/nordix/lyra", []),
    ("Nordix is here: https://github.com/lumo/nordix", []),
    ("Scripts in Python: https://github.com/nordix/python", []),
    ("Xy is out: https://github.com/nordix/xy", []),
]


@pytest.mark.parametrize(("text", "names"), LINKS)
def test_a_link_belongs_to_the_name_it_spells(text: str, names: list[str]) -> None:
    tokens = Tokens(text)
    kinds = {"Lyra": "Model", "Nordix": "Organization", "Python": "Software", "Xy": "Software"}
    document = Document(tokens, [*named_words(tokens, kinds), *value_spans(tokens, find_links(tokens))])
    assert [pair.near_subject.name for pair, _, _ in spelled_links(document, [])] == names
    link = next(span for span in document.spans if span.type == "link")
    other = document.spans[0]
    held = [(Pair(other.key, link.key, other, link, []), "has_code", 0.9)]
    assert not list(spelled_links(document, held))
