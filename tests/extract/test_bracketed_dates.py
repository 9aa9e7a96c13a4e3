"""Dates in brackets with who made it."""

from __future__ import annotations

import pytest

from kg.extract.bracketed_dates import bracketed_dates
from kg.extract.document import Document
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

KINDS = {"Lyra": "Model", "Quill": "Software", "Nordix": "Organization", "Lumo": "Organization", "Roe": "Person", "ICML": "Event"}
DATES = [
    ("Lyra (Nordix, 2023) is old", [("Lyra", "2023")]),
    ("Lyra (Nordix, 2018), Quill (Lumo, March 2020)", [("Lyra", "2018"), ("Quill", "2020-03")]),
    ("Модели: Lyra (Nordix, 2018 г.), Quill (Lumo, 2020)", [("Lyra", "2018"), ("Quill", "2020")]),
    ("Lyra (Nordix, 2023) and again Lyra (Nordix, 2023)", [("Lyra", "2023")]),
    ("Lyra (Roe et al., 2018)", []),
    ("Lyra (Roe, 2018)", []),
    ("Lyra (ICML 2018)", []),
    ("Lyra (from Nordix, 2018)", []),
    ("Lyra (Nordix, 2018 tokens)", []),
    ("Lyra (Nordix, Lumo)", []),
    ("Lyra (Nordix 2018)", []),
    ("Lumo (Nordix, 2018)", []),
    ("Lyra (Nordix, 2018", []),
    ("Lyra (Nordix", []),
]


@pytest.mark.parametrize(("text", "dates"), DATES)
def test_a_date_in_brackets_behind_the_maker(text: str, dates: list[tuple[str, str]]) -> None:
    tokens = Tokens(text)
    document = Document(tokens, named_words(tokens, KINDS))
    found = list(bracketed_dates(document, []))
    assert [(pair.near_subject.name, pair.near_object.name) for pair, _, _ in found] == dates
    assert not list(bracketed_dates(document, found))
