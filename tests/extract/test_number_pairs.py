"""Two numbers in one breath: whose is which. A row: the text, the model asked about, the number that is its result."""

from __future__ import annotations

import pytest

from kg.extract.document import Document
from kg.extract.extractor import read_document
from kg.extract.number_pairs import belongs
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

ROWS = [
    ("Almaz beats Rubin on MMLU (66.5 vs. 65.9)", "Almaz", "66.5"),
    ("Almaz beats Rubin on MMLU (66.5 vs. 65.9)", "Rubin", "65.9"),
    ("Almaz обошёл Rubin на MMLU: 89,4% против 88,9%", "Almaz", "89.4"),
    ("It exceeds Rubin on MMLU (56.1 vs 50.6)", "Rubin", "50.6"),
    ("Она обошла Rubin на MMLU: 56,1 против 50,6", "Rubin", "50.6"),
    ("Rubin exceeds others on MMLU (56.1 vs 50.6)", "Rubin", "56.1"),
    ("Almaz обошёл Rubin на MMLU: 89,4% против 88,9%", "Rubin", "88.9"),
    ("Almaz на MMLU: 44.5 (против 12.2 у Rubin)", "Almaz", "44.5"),
    ("Almaz на MMLU: 44.5 (против 12.2 у Rubin)", "Rubin", "12.2"),
    ("Almaz improves on MMLU from 12.5 to 63.9", "Almaz", "63.9"),
    ("Almaz поднял MMLU с 58.8% до 90.1%", "Almaz", "90.1"),
    ("On MMLU Almaz gets 70.1 and Rubin 60.2", "Almaz", "70.1"),
    ("On MMLU Almaz gets 70.1 and Rubin 60.2", "Rubin", "70.1"),
]


def read(text: str) -> Document:
    tokens = Tokens(text)
    types = {"Almaz": "Model", "Rubin": "Model", "MMLU": "Benchmark"}
    return read_document(tokens, named_words(tokens, types))


@pytest.mark.parametrize(("text", "model", "result"), ROWS)
def test_each_number_has_its_owner(text: str, model: str, result: str) -> None:
    """Asked about the first number: only numbers that stand together change hands."""
    document = read(text)
    first = next(span for span in document.spans if span.type == "score")
    subject = next(span.key for span in document.spans if span.name == model)
    assert belongs(document, subject, first).name == result
