"""The panel: what is said, who says so, where reports differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.view import Part
from tests.graphs import world
from tests.pages import click, heading, names, point, status, until

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def test_a_node_shows_its_card(opened: Opener) -> None:
    page = opened(world())
    click(page, "model/gpt-4o")
    assert heading(page) == "GPT-4o"
    assert "ГПТ-4о" in page.inner_text("#panel .also")
    facts = page.evaluate("window.page.graph.nodes[window.page.graph.byKey.get('model/gpt-4o')].facts.length")
    assert page.locator("#panel .fact").count() == facts
    mmlu = page.locator("#panel .fact:not(.conflict .fact)", has=page.locator(".go:text-is('MMLU')"))
    assert mmlu.locator(".score").inner_text() == "88.7"
    assert mmlu.locator(".support").inner_text() == "2 posts"
    assert mmlu.locator("blockquote mark").first.inner_text() == "88.7 on MMLU"
    assert mmlu.locator("blockquote").first.inner_text().startswith("GPT-4o: 88.7 on MMLU, 90.2 on HumanEval.")
    assert "May 13, 2024 · ai_news" in mmlu.locator("blockquote footer").first.inner_text()
    link = mmlu.locator("a").first
    assert (link.get_attribute("href"), link.get_attribute("rel")) == ("https://t.me/ai_news/1", "noopener noreferrer")
    mmlu.locator("summary").click()
    mmlu.locator("blockquote").nth(1).wait_for()
    assert mmlu.locator("blockquote mark").nth(1).inner_text() == "Модель набирает 88,7 на MMLU"
    assert page.locator("#panel .fact", has=page.locator(".go:text-is('H100')")).locator(".hedged").count() == 1


def test_values_are_readable(opened: Opener) -> None:
    page = opened(world())
    click(page, "model/deepseek-r1")
    assert (
        page.locator("#panel a", has_text="arxiv.org/abs/2501.12948").get_attribute("href") == "https://arxiv.org/abs/2501.12948"
    )
    click(page, "model/llama-3.1")
    text = page.inner_text("#panel")
    assert "405 billion" in text and "Jul 23, 2024" in text and "count: 16,384" in text


def test_a_link_shows_its_claims(opened: Opener) -> None:
    page = opened(world())
    (x0, y0), (x1, y1) = point(page, "model/gpt-4o"), point(page, "organization/openai")
    page.mouse.click((x0 + x1) / 2, (y0 + y1) / 2)
    page.wait_for_selector("#panel:not([hidden])")
    assert set(heading(page).split(" — ")) == {"GPT-4o", "OpenAI"}
    assert page.locator("#panel blockquote mark").first.inner_text() == "OpenAI released GPT-4o"
    assert "developed by" in page.inner_text("#panel .fact")


def test_reports_that_differ_stand_side_by_side(opened: Opener) -> None:
    page = opened(world())
    click(page, "model/deepseek-v3")
    found = page.locator("#panel .conflict")
    heads = found.locator("h4").all_inner_texts()
    assert heads == ["evaluated on · MMLU · accuracy", "parameters"]
    assert found.nth(0).locator(".side b").all_inner_texts() == ["87.1", "88.5"]
    assert found.nth(1).locator(".side b").all_inner_texts() == ["671 billion", "685 billion"]
    assert found.nth(1).locator("mark").all_inner_texts() == ["671 млрд параметров", "it has 685 billion parameters"]
    boxes = [found.nth(0).locator(".side").nth(k).bounding_box() for k in (0, 1)]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    click(page, "model/gpt-4o")
    assert page.locator("#panel .conflict").count() == 0


def test_from_a_card_to_its_neighbour(opened: Opener) -> None:
    page = opened(world())
    click(page, "model/gpt-4o")
    page.locator("#panel .fact .go:text-is('OpenAI')").first.click()
    until(page, "document.querySelector('#panel h2').textContent === 'OpenAI'")
    assert "← developed by" in page.inner_text("#panel")


CONTRAST = """() => {
  const light = (text) => {
    const linear = (v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = text.match(/[0-9.]+/g).slice(0, 3).map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = light(getComputedStyle(document.getElementById("panel")).backgroundColor);
  return [...document.querySelectorAll("#panel *")].filter((e) => e.textContent && e.tagName !== "CANVAS").map((e) => {
    const ink = light(getComputedStyle(e).color);
    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
  }).reduce((a, b) => Math.min(a, b));
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_text_can_be_read(opened: Opener, dark: bool) -> None:
    page = opened(world(), dark=dark)
    click(page, "model/deepseek-v3")
    assert page.evaluate(CONTRAST) >= 4.5


def test_russian_page(opened: Opener) -> None:
    page = opened(world(), lang="ru")
    assert status(page) == "19 узлов · 25 связей"
    click(page, "model/llama-3.1")
    text = page.inner_text("#panel")
    assert "405 миллиардов" in text and "число параметров" in text and "этап: обучение" in text


def test_the_other_language(opened: Opener) -> None:
    page = opened(world())
    click(page, "model/llama-3.1")
    page.click("#language")
    assert "405 миллиардов" in page.inner_text("#panel") and heading(page) == "Llama 3.1"
    assert page.inner_text("#status") == "19 узлов · 25 связей"
    assert page.get_attribute("html", "lang") == "ru" and page.get_attribute("#query", "placeholder") == "Поиск по именам"
    page.click("#language")
    assert page.inner_text("#status") == "19 nodes · 25 links"


def test_around_opens_the_card(opened: Opener) -> None:
    page = opened(world(), Part(around="ГигаЧат"))
    assert heading(page) == "GigaChat"
    assert names(page) == {"GigaChat", "Сбер", "A100", "H100"}
