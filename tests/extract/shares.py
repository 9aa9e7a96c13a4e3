"""Results told by the order of lists: documents built by hand, A, B and C are models, X and Y benchmarks."""

from __future__ import annotations

from kg.extract.document import Document, value_spans
from kg.extract.qualifiers import find_scores
from kg.extract.respective import Shares
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

KINDS = {"A": "Model", "B": "Model", "C": "Model", "X": "Benchmark", "Y": "Benchmark"}


def documents(text: str) -> tuple[Document, dict[str, str]]:
    """The document, and the names of its entities by their keys."""
    tokens = Tokens(text)
    spans = named_words(tokens, KINDS)
    return Document(tokens, spans + value_spans(tokens, find_scores(text))), {span.key: span.name for span in spans}


def written(found: Shares, names: dict[str, str]) -> list[str]:
    return sorted(f"{names[model]} {names[benchmark]} {number.name}" for (model, benchmark), number in found.items())
