"""Names of one post that are one thing. A row: the text, the type, its names, those that are one thing (none: all apart)."""

from __future__ import annotations

import pytest

from kg.extract.corrections import Corrections
from kg.extract.document import Span
from kg.extract.joined_names import abbreviates, join_names, short_forms
from kg.extract.mentions import span_key
from kg.extract.names import Name, Names
from kg.extract.tokens import Tokens

KNOWN = Names(
    [
        (Name("Zavod", "Organization", (), ""), []),
        (Name("Almaz", "Model", ("Zavod",), ""), []),
        (Name("Copilot", "Model", ("Zavod",), ""), []),
        (Name("Zavod Copilot", "Model", ("Zavod",), ""), []),
    ]
)
ROWS: list[tuple[str, str, list[str], list[str]]] = [
    ("Good Video Generator (GVG) is out", "Model", ["Good Video Generator", "GVG"], ["Good Video Generator", "GVG"]),
    ("GVG (Good Video Generator) is out", "Model", ["Good Video Generator", "GVG"], ["Good Video Generator", "GVG"]),
    ("Good Video (GoVi) is out", "Model", ["Good Video", "GoVi"], ["Good Video", "GoVi"]),
    ("Good Video, GoVi", "Model", ["Good Video", "GoVi"], []),
    ("GVG, Good Video Generator, is out", "Model", ["Good Video Generator", "GVG"], ["Good Video Generator", "GVG"]),
    ("GVG is Good Video Generator", "Model", ["Good Video Generator", "GVG"], ["Good Video Generator", "GVG"]),
    ("GVG — это Good Video Generator", "Model", ["Good Video Generator", "GVG"], ["Good Video Generator", "GVG"]),
    ("GVG stands for Good Video Generator", "Model", ["Good Video Generator", "GVG"], ["Good Video Generator", "GVG"]),
    ("Good Video Generator wins. Try GVG", "Model", ["Good Video Generator", "GVG"], ["Good Video Generator", "GVG"]),
    ("Basalt Institute (далее Камень) пишет", "Organization", ["Basalt Institute", "Камень"], ["Basalt Institute", "Камень"]),
    ("Basalt Institute (далее — «Камень») пишет", "Organization", ["Basalt Institute", "Камень"], ["Basalt Institute", "Камень"]),
    ("Granit, also known as Skala, is out", "Model", ["Granit", "Skala"], ["Granit", "Skala"]),
    ("Granit (formerly Skala) is out", "Model", ["Granit", "Skala"], ["Granit", "Skala"]),
    ("Granit, Skala and Rubin", "Model", ["Granit", "Skala", "Rubin"], []),
    ("Granit is better than Skala", "Model", ["Granit", "Skala"], []),
    ("Zavod-R1 is out. R1 wins", "Model", ["Zavod-R1", "R1"], ["Zavod-R1", "R1"]),
    ("Almaz 3.5 Max is out. 3.5 Max wins", "Model", ["Almaz 3.5 Max", "3.5 Max"], ["Almaz 3.5 Max", "3.5 Max"]),
    ("Zavod-R1 and Almaz R1 meet R1", "Model", ["Zavod-R1", "Almaz R1", "R1"], []),
    ("Basalt-R1 is out. R1 wins", "Model", ["Basalt-R1", "R1"], []),
    ("Zavod-R1-Zero is out. R1 wins", "Model", ["Zavod-R1-Zero", "R1"], []),
    ("Zavod Copilot and Copilot", "Model", ["Zavod Copilot", "Copilot"], []),
    ("Almaz 3 8B and Almaz 3 70B", "Model", ["Almaz 3 8B", "Almaz 3 70B"], []),
    ("Good Video Generator, Great Voice Gadget. GVG", "Model", ["Good Video Generator", "Great Voice Gadget", "GVG"], []),
    ("Ada Lovelace wrote. Lovelace won", "Person", ["Ada Lovelace", "Lovelace"], ["Ada Lovelace", "Lovelace"]),
    ("Илон Маск и речь Маска", "Person", ["Илон Маск", "Маска"], ["Илон Маск", "Маска"]),
    ("Ada Lovelace, Ida Lovelace. Lovelace", "Person", ["Ada Lovelace", "Ida Lovelace", "Lovelace"], []),
]


@pytest.mark.parametrize(("text", "kind", "written", "one"), ROWS)
def test_names_of_one_thing(text: str, kind: str, written: list[str], one: list[str]) -> None:
    tokens, corrections = Tokens(text), Corrections()
    spans = []
    for name in written:
        start = text.index(name) if written.count(name) == 1 and text.count(name) == 1 else text.rindex(name)
        spans.append(Span(tokens.starts[start], tokens.ends[start + len(name)], kind, name))
    for span in spans:
        span.key = span_key(span, KNOWN, corrections)
    join_names(tokens, spans, KNOWN, corrections)
    joined = short_forms(spans, KNOWN, corrections)
    keys = {span.name: joined.get(span.key, (span.key, ""))[0] for span in spans}
    groups = [sorted(name for name in keys if keys[name] == key) for key in set(keys.values())]
    assert [group for group in groups if len(group) > 1] == ([sorted(one)] if one else [])
    assert all(span.joined or joined.get(span.key, ("", ""))[1] for span in spans if one and span.name == one[1]) or not one


SHORT = [
    ("TII", "Technology Innovation Institute", True),
    ("MIT", "Massachusetts Institute of Technology", True),
    ("SDXL", "Stable Diffusion XL", True),
    ("SD3", "Stable Diffusion 3", True),
    ("LLaDAs", "Large Language Diffusion As", False),
    ("ИКИ", "Институт космических исследований", True),
    ("LLMs", "Large Language Model", True),
    ("GPT", "Google Play Store", False),
    ("Ai", "Artificial Intelligence", False),
    ("A", "Alpha", False),
    ("", "", False),
]


@pytest.mark.parametrize(("short", "long", "answer"), SHORT)
def test_abbreviations(short: str, long: str, answer: bool) -> None:
    assert abbreviates(short, long) == answer
