"""The legend: types, relations, channels, dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.graphs import world
from tests.pages import heading, names, point, row, status

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def test_legend_counts_and_filters(opened: Opener) -> None:
    page = opened(world())
    assert row(page, "Model").locator(".count").inner_text() == "7"
    assert row(page, "evaluated on").locator(".count").inner_text() == "7"
    row(page, "Benchmark").locator("input").uncheck()
    assert not names(page) & {"MMLU", "HumanEval"}
    assert status(page).startswith("Showing 17 of 19")
    page.click("[data-list=types][data-all]")
    assert len(names(page)) == 19
    page.click("[data-list=predicates]:not([data-all])")
    assert (names(page), status(page)) == (set(), "The filters hide everything.")
    row(page, "presented at").locator("input").check()
    assert names(page) == {"GPT-4o", "Spring Update"}


def test_only_one_type(opened: Opener) -> None:
    page = opened(world())
    row(page, "Hardware").dblclick()
    assert names(page) == {"H100", "H800", "A100"}


def test_hidden_nodes_cannot_be_clicked(opened: Opener) -> None:
    page = opened(world())
    where = point(page, "benchmark/mmlu")
    row(page, "Benchmark").locator("input").uncheck()
    page.mouse.click(*where)
    assert page.is_hidden("#panel") or heading(page) != "MMLU"


def test_channels(opened: Opener) -> None:
    page = opened(world())
    assert row(page, "ai_news").locator(".count").inner_text() == "23"
    row(page, "ai_news").locator("input").uncheck()
    assert names(page) == {"GPT-4o", "OpenAI", "MMLU", "H100", "Llama 3.1", "Meta", "RefinedWeb", "HumanEval", "DeepSeek-V3",
                           "DeepSeek", "H800", "GigaChat", "Сбер", "A100", "vLLM"}  # fmt: skip


def test_dates(opened: Opener) -> None:
    page = opened(world())
    assert page.inner_text("#dates-text") == "May 2024 – Feb 2025"
    page.focus("#since")
    counts = [len(names(page))]
    for _ in range(9):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(200)
        counts.append(len(names(page)))
    assert counts == sorted(counts, reverse=True) and counts[0] == 19
    assert page.inner_text("#dates-text") == "Feb 2025"
    assert names(page) == {"GigaChat", "Сбер", "A100", "H100", "vLLM", "R1-Distill", "DeepSeek-R1", "Llama 3.1"}
    assert page.get_attribute("#since", "aria-valuetext") == "Feb 2025"
