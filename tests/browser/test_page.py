"""The first sight: what is drawn, what is named, what covers what."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from kg.store import Store
from tests.graphs import world
from tests.pages import click, names, point, status, until
from tests.synthetic import synthetic_store, synthetic_view

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def test_everything_is_shown(opened: Opener) -> None:
    page = opened(world())
    assert status(page) == "19 nodes · 25 links"
    assert len(names(page)) == 19
    assert page.is_hidden("#more") and page.is_hidden("#all") and page.is_hidden("#panel")


def test_big_graphs_start_with_their_core(opened: Opener) -> None:
    page = opened(synthetic_store(500, 900), core=60)
    assert status(page).startswith("Showing 60 of 500 · ")
    page.click("#more")
    assert status(page).startswith("Showing 240 of 500 · ")
    page.click("#all")
    assert status(page).startswith("500 nodes · ")
    assert page.is_hidden("#more") and page.is_hidden("#all")


LABELS = """() => {
  const { picture, onScreen } = window.page;
  return picture.labels.map(({ node, dx, dy, w }) => {
    const { x, y } = onScreen(node);
    return [x + dx, y + dy, x + dx + w, y + dy + 16];
  });
}"""


@pytest.mark.parametrize(("nodes", "links", "least"), [(40, 60, 30), (300, 700, 60), (2_000, 6_000, 60)])
def test_labels_do_not_overlap(opened: Opener, nodes: int, links: int, least: int) -> None:
    boxes = opened(synthetic_view(nodes, links, core=nodes)).evaluate(LABELS)
    assert len(boxes) >= least
    for a, b in combinations(boxes, 2):
        assert a[0] >= b[2] - 0.01 or b[0] >= a[2] - 0.01 or a[1] >= b[3] - 0.01 or b[1] >= a[3] - 0.01


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_first_picture_is_not_under_anything(opened: Opener, size: tuple[int, int]) -> None:
    page = opened(world(), size=size)
    covers = [page.locator(name).bounding_box() for name in ("#search", "#legend", "#foot", "#tools")]
    for key in page.evaluate("window.page.graph.nodes.map(node => node.key)"):
        x, y = point(page, key)
        assert 0 < x < size[0] and 0 < y < size[1]
        for box in filter(None, covers):
            assert not (box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"]), key


def test_hover_lights_the_neighbourhood(opened: Opener) -> None:
    page = opened(world())
    page.mouse.move(*point(page, "model/gigachat"))
    page.wait_for_selector("#stage.dim")
    assert page.get_attribute("#overlay", "class") == "pointing"
    assert page.evaluate("window.page.graph.nodes[window.page.picture.hover.node].name") == "GigaChat"
    page.mouse.move(640, 780)
    page.wait_for_selector("#stage:not(.dim)")


DRAWN = """
  const canvas = CanvasRenderingContext2D.prototype;
  const fill = canvas.fillText;
  window.drawn = [];
  canvas.fillText = function (text, ...place) { window.drawn.push(text); fill.call(this, text, ...place); };
"""


def test_links_say_what_they_mean(opened: Opener) -> None:
    """Names on links when asked for, scores with their metrics on results."""
    page = opened(world(), size=(1900, 1300), before=DRAWN)
    page.evaluate("window.drawn.length = 0")
    page.mouse.move(*point(page, "model/deepseek-v3"))
    page.wait_for_selector("#stage.dim")
    until(page, "['outperforms', 'developed by'].every((text) => window.drawn.includes(text))")
    page.mouse.move(950, 1290)
    page.wait_for_selector("#stage:not(.dim)")
    page.keyboard.press("l")
    assert page.get_attribute("#labels", "aria-pressed") == "true"
    page.evaluate("window.drawn.length = 0; window.page.look({ ...window.page.picture.camera, scale: 1.6 })")
    until(page, "window.drawn.some((text) => /^[0-9].*accuracy/.test(text))")


@pytest.mark.parametrize("dark", [False, True])
def test_theme_follows_the_system_and_the_button(opened: Opener, dark: bool) -> None:
    page = opened(world(), dark=dark)
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == ("dark" if dark else "light")
    page.click("#theme")
    assert page.evaluate(theme) == ("light" if dark else "dark")


def test_phone(opened: Opener) -> None:
    page = opened(world(), size=(390, 844))
    assert page.is_hidden("#legend")
    page.click("#filters")
    assert page.is_visible("#legend")
    page.click("#filters")
    click(page, "model/gpt-4o")
    box = page.locator("#panel").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] > 300 and abs(box["y"] + box["height"] - 844) < 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#panel .close")
    assert page.is_hidden("#panel")


@pytest.mark.parametrize("links", [0, 1])
def test_tiny_graphs(opened: Opener, links: int) -> None:
    page = opened(synthetic_store(2, links) if links else Store.memory())
    assert status(page).startswith("2 nodes" if links else "There is nothing to draw")


def test_nothing_moves_by_itself(opened: Opener) -> None:
    """Positions come from Python, and with reduced motion a step is one picture, no flight."""
    page = opened(world())
    before = page.evaluate("[...window.page.places.x]")
    page.wait_for_timeout(700)
    assert page.evaluate("[...window.page.places.x]") == before
    page.click("#closer")
    page.click("#fit")
    once = page.evaluate("({ ...window.page.picture.camera })")
    page.wait_for_timeout(200)
    assert page.evaluate("({ ...window.page.picture.camera })") == once


def test_everything_has_a_name_for_screen_readers(opened: Opener) -> None:
    page = opened(world())
    click(page, "model/gpt-4o")
    nameless = """() => [...document.querySelectorAll('button, input, [role]')].filter((e) => e.offsetParent &&
      !(e.getAttribute('aria-label') || e.textContent.trim() || e.closest('label'))).map((e) => e.outerHTML)"""
    assert page.evaluate(nameless) == []
    assert page.get_attribute("#status", "aria-live") == "polite"


def test_nodes_can_be_dragged(opened: Opener) -> None:
    page = opened(world())
    x, y = point(page, "model/gigachat")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.up()
    assert point(page, "model/gigachat") == pytest.approx((x + 40, y + 30), abs=6)
    assert page.is_hidden("#panel")


def test_two_fingers(opened: Opener) -> None:
    page = opened(world(), size=(390, 844), touch=True)
    before = page.evaluate("({ ...window.page.picture.camera })")
    session = page.context.new_cdp_session(page)

    def fingers(gap: int) -> list[dict[str, int]]:
        return [{"x": 195 - gap, "y": 400, "id": 0}, {"x": 195 + gap, "y": 400, "id": 1}]

    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": fingers(30)})
    for gap in (40, 50, 60):
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": fingers(gap)})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    after = page.evaluate("({ ...window.page.picture.camera })")
    assert after["scale"] == pytest.approx(2 * before["scale"], rel=0.05)
    assert after["x"] == pytest.approx(before["x"], abs=8)
    assert page.is_hidden("#panel")
    page.touchscreen.tap(*point(page, "model/llama-3.1"))
    page.wait_for_selector("#panel:not([hidden])")
