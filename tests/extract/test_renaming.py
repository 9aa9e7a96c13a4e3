"""Posts with made-up names: what is renamed, where, and what stays."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest

from kg.extract.gold import gold_spans
from kg.extract.names import load_names
from kg.extract.renaming import invented, renamed
from kg.extract.tokens import Tokens

POSTS: list[tuple[str, dict[str, tuple[str, list[str]]]]] = [
    (
        "OpenAI released GPT-4o; OpenAI's page: https://openai.com/gpt-4o",
        {"OpenAI": ("Organization", []), "GPT-4o": ("Model", [])},
    ),
    (
        "Сбер выложил GigaChat 2 MAX. У Сбера есть и другие.",
        {"Сбер": ("Organization", ["Сбера"]), "GigaChat 2 MAX": ("Model", [])},
    ),
    ("Wayve AI Research built Llama 4 in Wayveform.", {"Wayve AI Research": ("Organization", []), "Llama 4": ("Model", [])}),
    ("Программа Go от Google", {"Go": ("Software", []), "Google": ("Organization", [])}),
]

COMMON = ("GPT-4o", "Llama 4", "Go")
"""Names of words that stand in the names of many."""


def post(text: str, names: dict[str, tuple[str, list[str]]]) -> dict[str, Any]:
    entities = [{"name": name, "type": kind, "surfaces": [name, *more]} for name, (kind, more) in names.items()]
    return {"id": "p", "lang": "en", "source": "written", "text": text, "entities": entities, "triples": []}


@pytest.mark.parametrize(("text", "names"), POSTS)
def test_the_same_mentions_with_other_names(text: str, names: dict[str, tuple[str, list[str]]]) -> None:
    before = post(text, names)
    after = renamed(before, share=1)
    assert after is not None
    assert renamed(before, share=1) == after
    assert renamed(before, 1, share=1) != after
    assert after["text"] != text
    spans, others = (gold_spans(Tokens(p["text"]), p["entities"]) for p in (before, after))
    assert [span[:3] for span in spans] == [span[:3] for span in others]
    kept = [entity["name"] for entity in after["entities"] if entity["name"] in names]
    assert kept == [name for name in names if name in COMMON]


def test_links_are_renamed_alike() -> None:
    after = renamed(post(*POSTS[0]), share=1)
    assert after is not None
    made = after["entities"][0]["name"]
    assert f"https://{made.lower()}.com/" in after["text"]


def test_russian_endings_stay() -> None:
    after = renamed(post(*POSTS[1]), share=1)
    assert after is not None
    name, form = after["entities"][0]["surfaces"]
    assert form == f"{name}а"


def test_parts_of_other_words_stay() -> None:
    after = renamed(post(*POSTS[2]), share=1)
    assert after is not None
    assert "Wayveform" in after["text"]
    assert after["entities"][0]["name"].endswith(" AI Research")


def test_without_names_there_is_nothing_to_rename() -> None:
    assert renamed(post("Nothing here.", {}), share=1) is None
    assert renamed(post("On H100.", {"H100": ("Hardware", [])}), share=1) is None


@pytest.mark.parametrize("word", ["OpenAI", "NVIDIA", "Anthropic", "Яндекс", "МТС", "vLLM"])
def test_an_invented_word_is_written_alike_and_not_listed(word: str) -> None:
    made = invented(word, Random(1))
    assert made != word
    assert not load_names().lookup(made)
    assert made[0].isupper() == word[0].isupper()
    assert made.isascii() == word.isascii()
    assert re.fullmatch(r"[^\W\d_]+", made)
