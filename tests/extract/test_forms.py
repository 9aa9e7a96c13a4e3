"""Which forms of a name become its aliases. A row: the text, the entity, its aliases."""

from __future__ import annotations

import pytest

from kg.extract.corrections import Corrections
from kg.extract.document import Span
from kg.extract.extractor import read_document
from kg.extract.forms import Forms
from kg.extract.mentions import span_key
from kg.extract.names import Names
from kg.extract.tokens import Tokens

# Text, the name found, its type, an organization found before or in it (empty: none), the forms it is said to stand in.
ROWS = [
    ("on NVIDIA H100 GPUs", "H100 GPUs", "Hardware", "NVIDIA", ["H100", "H100 GPUs", "NVIDIA H100", "NVIDIA H100 GPUs"]),
    ("on NVIDIA Selene", "NVIDIA Selene", "Hardware", "NVIDIA", ["NVIDIA Selene"]),
    ("on NVIDIA DGX-2H", "NVIDIA DGX-2H", "Hardware", "NVIDIA", ["DGX-2H", "NVIDIA DGX-2H"]),
    ("from OpenAI tiktoken", "OpenAI tiktoken", "Software", "OpenAI", ["OpenAI tiktoken", "tiktoken"]),
    ("Alibaba Qwen 2", "Alibaba Qwen 2", "Model", "Alibaba", ["Alibaba Qwen 2", "Qwen 2"]),
    ("Nvidia Qwen 2", "Nvidia Qwen 2", "Model", "Nvidia", ["Nvidia Qwen 2"]),
    ("the Claude AI model", "Claude AI", "Model", "", ["Claude", "Claude AI"]),
    ("the Zorbix AI model", "Zorbix AI", "Model", "", ["Zorbix AI"]),
    ("the GPQA benchmark", "GPQA benchmark", "Benchmark", "", ["GPQA", "GPQA benchmark"]),
    ("in Google Docs", "Google Docs", "Software", "Google", ["Google Docs"]),
    ("in Google Docs, and Docs", "Google Docs", "Software", "Google", ["Google Docs"]),
    ("LangChain v0.3 is out", "LangChain v0.3", "Software", "LangChain", ["LangChain v0.3"]),
    ("Apple Silicon", "Apple Silicon", "Hardware", "Apple", ["Apple Silicon"]),
    ("the Gemini API", "Gemini API", "Software", "", ["Gemini API"]),
    ("the LMSYS leaderboard", "LMSYS leaderboard", "Benchmark", "", ["LMSYS leaderboard"]),
    ("Consistency Models", "Consistency Models", "Model", "", ["Consistency Models"]),
    ("the OpenAI Discord", "Discord", "Software", "OpenAI", ["Discord"]),
    ("an LG OLED", "LG OLED", "Hardware", "LG", ["LG OLED"]),
]


@pytest.mark.parametrize(("text", "name", "kind", "owner", "forms"), ROWS)
def test_forms_that_mean_the_thing(names: Names, text: str, name: str, kind: str, owner: str, forms: list[str]) -> None:
    tokens = Tokens(text)

    def span(written: str, type_: str, hint: str = "") -> Span:
        start = text.index(written)
        return Span(tokens.starts[start], tokens.ends[start + len(written)], type_, written, hint)

    spans = [span(name, kind)]
    if owner:
        spans.append(span(owner, "Organization", "nested apart sure" if name.startswith(owner) else ""))
    for one in spans:
        one.key = span_key(one, names, Corrections())
    document = read_document(tokens, spans)
    items = tokens.items
    found = {text[items[a].start : items[b].end] for a, b in Forms(names).ranges(document, spans[0])}
    assert sorted(found) == sorted(forms)


KEYS = [("Command R+", "Command R"), ("C++", "C"), ("C#", "C"), ("GPT-4", "GPT-4o"), ("Llama 3 8B", "Llama 3 70B")]


@pytest.mark.parametrize(("one", "two"), KEYS)
def test_names_that_are_two_things_in_one_post(names: Names, one: str, two: str) -> None:
    keys = {span_key(Span(0, 0, kind, name), names, Corrections()) for name in (one, two) for kind in ("Model",)}
    assert len(keys) == 2
