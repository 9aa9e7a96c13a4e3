"""Bases that are named before what is built on them."""

from __future__ import annotations

import pytest

from kg.extract.document import Document, Span
from kg.extract.pairs import Pair
from kg.extract.tokens import Tokens
from kg.extract.told_bases import with_told_bases

NAMES = ("Lyra", "Quill")
TOLD = [
    ("Lyra powers Quill", ["Quill Lyra"]),
    ("The Lyra model powers Quill", ["Quill Lyra"]),
    ("We quantized Lyra into Quill", []),
    ("Lyra powers the Quill", ["Quill Lyra"]),
    ("Lyra лежит в основе Quill", ["Quill Lyra"]),
    ("Под капотом у Quill — Lyra", ["Quill Lyra"]),
    ("В основе Quill — Lyra", ["Quill Lyra"]),
    ("We distilled Lyra into Quill", ["Quill Lyra"]),
    ("We fine-tuned Lyra on riddles to get Quill", ["Quill Lyra"]),
    ("Взяли Lyra, дообучили и получили Quill", ["Quill Lyra"]),
    ("A Lyra fine-tune called Quill", ["Quill Lyra"]),
    ("We compared Lyra with Quill after fine-tuning", []),
    ("Lyra no longer powers Quill", []),
    ("Lyra powers tools and Quill", []),
    ("We never distilled Lyra into Quill", []),
    ("Lyra. Powers Quill", []),
    ("Quill — Lyra", []),
    ("We pasted Lyra into Quill", []),
]


@pytest.mark.parametrize(("text", "claims"), TOLD)
def test_told_bases(text: str, claims: list[str]) -> None:
    document = _document(text)
    assert [f"{pair.subject} {pair.object}" for pair, _, _ in with_told_bases(document, [])] == claims


def test_the_other_way_round_goes() -> None:
    document = _document("Lyra лежит в основе Quill")
    a, b = document.spans
    held = with_told_bases(document, [(Pair("Lyra", "Quill", a, b, []), "based_on", 0.7)])
    assert [(pair.subject, pair.object) for pair, _, _ in held] == [("Quill", "Lyra")]


def _document(text: str) -> Document:
    tokens = Tokens(text)
    return Document(tokens, [Span(i, i, "Model", word, key=word) for i, word in enumerate(tokens.texts) if word in NAMES])
