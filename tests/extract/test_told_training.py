"""What a model learned from, told by "it" or the other way round."""

from __future__ import annotations

import pytest

from kg.extract.document import Document, Span
from kg.extract.tokens import Tokens
from kg.extract.told_training import told_training

TYPES = {"Lyra": "Dataset", "Riddles": "Dataset", "Quill": "Model", "Sparrow": "Model"}
TOLD = [
    ("Lyra is out. Quill was trained on it.", ["Quill Lyra"]),
    ("We released Lyra. We trained Quill on this dataset.", ["Quill Lyra"]),
    ("Вышел датасет Lyra. На нём обучили Quill.", ["Quill Lyra"]),
    ("Lyra was used to train Quill and Sparrow.", ["Quill Lyra", "Sparrow Lyra"]),
    ("Lyra is out. Quill was not trained on it.", []),
    ("Lyra was used to train models. Quill is out.", []),
    ("Lyra is out. Quill was tested on it.", []),
    ("Lyra and Riddles are out. Quill was trained on it.", []),
    ("Lyra is out. It is large. Quill was trained on it.", []),
    ("Lyra is out. Quill was trained on Riddles, and on it.", []),
    ("Lyra was not used. Quill is out.", []),
]


@pytest.mark.parametrize(("text", "claims"), TOLD)
def test_told_training(text: str, claims: list[str]) -> None:
    tokens = Tokens(text)
    spans = [Span(i, i, TYPES[word], word, key=word) for i, word in enumerate(tokens.texts) if word in TYPES]
    found = [f"{pair.subject} {pair.object}" for pair, _, _ in told_training(Document(tokens, spans), [])]
    assert found == claims
