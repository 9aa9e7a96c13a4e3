"""Who yields to whom, without any weights: documents built by hand in which A, B, C and D are models."""

from __future__ import annotations

import pytest

from kg.extract.cues import load_cues
from kg.extract.document import Document, Span
from kg.extract.rivalry import Rivalry
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

RIVALS = [
    ("A lags behind B.", ["B > A"]),
    ("A trails only B on this test.", ["B > A"]),
    ("A beats B but trails C.", ["C > A"]),
    ("A, trailing B, is cheap.", ["B > A"]),
    ("A and B are outperformed by C and D.", ["C > A", "C > B", "D > A", "D > B"]),
    ("A lags behind such rivals as B.", ["B > A"]),
    ("A falls short of B and C.", ["B > A", "C > A"]),
    ("A outperforms B, second only to C.", ["C > A"]),
    ("A уступает B.", ["B > A"]),
    ("A обходит B, но проигрывает C.", ["C > A"]),
    ("A пока отстаёт от 61,4% у B.", ["B > A"]),
    ("A не уступает B.", []),
    ("A нисколько не отстает от B.", []),
    ("A does not trail B.", []),
    ("A trails, but B is slow.", []),
    ("A is here. It trails B.", []),
    ("Trailing B, A came out.", []),
    ("A beats B.", []),
    ("The team behind A trained B.", []),
    ("A trails A.", []),
]


@pytest.mark.parametrize(("text", "rivals"), RIVALS)
def test_the_better_one_comes_second(text: str, rivals: list[str]) -> None:
    tokens = Tokens(text)
    spans = named_words(tokens, dict.fromkeys("ABCD", "Model"))
    found = Rivalry().find(Document(tokens, spans), load_cues().find(tokens))
    assert sorted(f"{better.name} > {worse.name}" for better, worse in found.values()) == rivals


def test_only_models_are_rivals() -> None:
    tokens = Tokens("A trails B.")
    spans = [Span(0, 0, "Model", "A"), Span(2, 2, "Organization", "B")]
    assert Rivalry().find(Document(tokens, spans), {}) == {}
