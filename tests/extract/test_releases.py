"""Who is said to release what: documents built by hand, in which O and P are organizations and the other capitals products."""

from __future__ import annotations

import pytest

from kg.extract.cues import load_cues
from kg.extract.document import Document, Span
from kg.extract.pairs import Pair
from kg.extract.releases import released_by
from kg.extract.tokens import Tokens
from kg.extract.wording import Wording
from tests.extract.named_words import named_words

TYPES = {"O": "Organization", "P": "Organization", "A": "Model", "B": "Software", "C": "Model", "D": "Dataset"}
SAID = [
    ("O released A.", "O A"),
    ("O and P introduced A.", "O A, P A"),
    ("O updated A and unveiled B and C.", "O B, O C"),
    ("O showed robots with A, introducing the new open benchmark D.", "O D"),
    ("O is rolling out A.", "O A"),
    ("O выпустила большую модель A, а P анонсировала B.", "O A, P B"),
    ("O обновила A, выложив датасет D.", "O A, O D"),
    ("O released a guide to A.", ""),
    ("O released its long awaited A rival.", ""),
    ("O показал свой ответ A.", ""),
    ("O released an app based on A.", ""),
    ("O launched an A-powered search.", ""),
    ("O is large. Somebody released A.", ""),
    ("A was tested. Then O released it.", ""),
    ("O представила робота, в котором A.", ""),
    ("O likes A.", ""),
]


def document(text: str) -> Document:
    tokens = Tokens(text)
    return Document(tokens, named_words(tokens, TYPES))


@pytest.mark.parametrize(("text", "pairs"), SAID)
def test_who_released_what(text: str, pairs: str) -> None:
    doc = document(text)
    names = {span.key: span.name for span in doc.spans}
    assert ", ".join(sorted(f"{names[maker]} {names[product]}" for product, maker in released_by(doc))) == pairs


@pytest.mark.parametrize(("probability", "believed"), [(0.1, 0.1), (0.3, 0.5), (0.7, 0.7)])
def test_the_classifiers_must_half_believe_it(probability: float, believed: float) -> None:
    doc = document("O updated A and released B.")
    by_name: dict[str, Span] = {span.name: span for span in doc.spans}
    maker, product = by_name["O"], by_name["B"]
    wording = Wording(doc, load_cues().find(doc.tokens), released_by(doc))
    pair = Pair(product.key, maker.key, product, maker, [])
    assert wording.probability("developed_by", pair, probability) == believed
