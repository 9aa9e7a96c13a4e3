"""Who made the first name of a line, right behind it: spans by hand, N a model and F what a tagger takes for a model."""

from __future__ import annotations

import pytest

from kg.extract.bracketed_makers import bracketed_makers
from kg.extract.names import Name, Names
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

KNOWN = [
    Name("Contour", "Organization", (), ""), Name("Vega", "Model", ("Contour",), ""), Name("Torch", "Software", (), ""),
]  # fmt: skip
NAMES = Names((name, []) for name in KNOWN)
KINDS = {"Larkspur": "Model", "Lumora": "Model", "Vega": "Model", "Torch": "Software", "Corvid": "Software"}
BESIDE = [
    ("- Bramble (Northbeam, 7B)", "Bramble Model, Northbeam Organization"),
    ("2. Bramble 2 (Tessel Labs, 7B) is out", "Bramble 2 Model, Tessel Labs Organization"),
    ("**Bramble-2** (Contour, 7B): open.", "Bramble-2 Model, Contour Organization"),
    ("Полынь (Нейролаб) — открытая LLM.", "Полынь Model, Нейролаб Organization"),
    ("Bramble (Northbeam) — a library for lamps.", "Bramble Software, Northbeam Organization"),
    ("Larkspur (Lumora) gets 71.3 on it.", "Larkspur Model, Lumora Organization"),
    ("It is out. Larkspur (Lumora) is good.", "Larkspur Model, Lumora Organization"),
    ("Bramble from Northbeam is a new LLM.", "Bramble Model, Northbeam Organization"),
    ("Bramble, from Northbeam, is a new LLM.", "Bramble Model, Northbeam Organization"),
    ("Полынь от Нейролаб — это открытая модель.", "Полынь Model, Нейролаб Organization"),
    ("Larkspur (Vega) gets 71.3 on it.", "Larkspur Model, Vega Model"),
    ("Larkspur (Vega, 7B) is out.", "Larkspur Model, Vega Model"),
    ("We like Larkspur (Lumora).", "Larkspur Model, Lumora Model"),
    ("Bramble (Northbeam) is out.", ""),
    ("Bramble (English, 7B)", ""),
    ("Bramble (MoE, 7B)", ""),
    ("Bramble (Devlin et al., 2018) — a model", ""),
    ("Bramble (Northbeam 2025) — a model", ""),
    ("Large Lamp Model (LLM) — a model", ""),
    ("Mixture of Tulips (MoT) — a model", ""),
    ("Lump (Lumpworks) — a model", ""),
    ("Bramble (formerly Northbeam) — a model", ""),
    ("Corvid (Torch) — a library", "Corvid Software, Torch Software"),
    ("Bramble from Northbeam is expensive.", ""),
    ("A letter from Northbeam is a model of style.", ""),
    ("Bramble, from Northbeam is a model.", ""),
    ("(Northbeam, 7B)", ""),
    ("Новинка от Нейролаб — языковая модель", ""),
    ("Demo (Northbeam) — a model", ""),
    ("Falcon (Northbeam, 7B)", "Falcon Model, Northbeam Organization"),
    ("Роу Ада (Нейролаб) — как мы строили LLM", ""),
    ("Ada Roe (Northbeam) — how to serve a model", ""),
    ("Bramble (Northbeam) — a model meeting", ""),
    ("Bramble (Northbeam) — новая LLM-платформа", ""),
    ("Bramble (Northbeam) — an open language model for lamps", "Bramble Model, Northbeam Organization"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), BESIDE)
def test_who_stands_behind_the_first_name(text: str, expected: str) -> None:
    tokens = Tokens(text)
    spans = bracketed_makers(tokens, named_words(tokens, KINDS), NAMES)
    found = sorted(spans, key=lambda span: span.first)
    assert ", ".join(f"{span.name} {span.type}" for span in found) == expected
