"""The search field, in both alphabets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.model import Claim, Entity, Evidence, Extraction, Post
from kg.store import Store
from tests.graphs import world
from tests.pages import heading, names, status
from tests.synthetic import synthetic_view

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


SEARCHES = [
    ("gpt4", ["GPT-4", "GPT-4o"]),
    ("ГПТ", ["GPT-4o", "GPT-4"]),
    ("гига", ["GigaChat"]),
    ("chat", ["GigaChat"]),
    ("deep-seek", ["DeepSeek", "DeepSeek-V3", "DeepSeek-R1"]),
    ("сбер", ["Сбер"]),
    ("sber", ["Сбер"]),
    ("лама", ["Llama 3.1"]),
    ("опенаи", ["OpenAI"]),
    ("дипсик", ["DeepSeek", "DeepSeek-V3", "DeepSeek-R1"]),
    ("Сбербанк", ["Сбер"]),
    ("nobody", []),
]


@pytest.mark.parametrize(("text", "expected"), SEARCHES)
def test_search(opened: Opener, text: str, expected: list[str]) -> None:
    page = opened(world())
    page.keyboard.press("/")
    page.keyboard.type(text)
    hits = page.locator("#hits li[role=option] .name").all_inner_texts()
    assert hits[:1] == expected[:1]
    assert sorted(hits) == sorted(expected)


def test_search_by_keys(opened: Opener) -> None:
    page = opened(world())
    page.keyboard.press("/")
    page.keyboard.type("deepseek")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.inner_text("#hits li[aria-selected=true] .name")
    assert page.get_attribute("#query", "aria-activedescendant") == "hit-1"
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    assert (heading(page), page.is_hidden("#hits")) == (chosen, True)
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")


def test_search_finds_what_is_not_drawn(opened: Opener) -> None:
    page = opened(synthetic_view(500, 900, core=60))
    last = page.evaluate("window.page.graph.nodes.findLast(node => node.links.length).name")
    page.fill("#query", last)
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    assert heading(page) == last
    assert last in names(page)
    assert status(page).startswith(f"Around {last}")


def test_gugl_is_google(opened: Opener) -> None:
    """Posts write "Google"; the name lists know what Russians write."""
    google = Entity("organization/google", "Organization", "Google")
    gemini = Entity("model/gemini", "Model", "Gemini")
    post = Post("a/1", "Gemini by Google.", "en")
    store = Store.memory()
    store.put(Extraction(post, claims=(Claim(gemini, "developed_by", google, Evidence(post.id, 0, 17)),)))
    page = opened(store)
    for text in ("гугл", "Гугл", "гугла"[:4]):
        page.fill("#query", text)
        assert page.locator("#hits li[role=option] .name").all_inner_texts()[0] == "Google"
