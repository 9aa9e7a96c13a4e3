"""From picture to picture: focus, expand, hide, path; the address keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.graphs import world
from tests.pages import click, heading, names, point, row, status, tool, until
from tests.synthetic import synthetic_view

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def test_focus_and_back(opened: Opener) -> None:
    page = opened(world())
    page.mouse.dblclick(*point(page, "model/gigachat"))
    until(page, "window.page.wanted.focus !== null")
    assert names(page) == {"GigaChat", "Сбер", "A100", "H100"}
    page.mouse.dblclick(*point(page, "hardware/h100"))
    until(page, "window.page.picture.nodes.length === 5")
    assert "vLLM" in names(page)
    page.wait_for_timeout(400)
    page.keyboard.press("Escape")
    assert names(page) == {"GigaChat", "Сбер", "A100", "H100"}
    page.keyboard.press("Escape")
    assert len(names(page)) == 19
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")


@pytest.mark.parametrize("pause", [0, 700])
def test_the_second_click_means_what_the_first_one_met(opened: Opener, pause: int) -> None:
    """The card opens under the mouse before a slow second click comes; none of its buttons is pressed by that click."""
    page = opened(world())
    x, y = max(
        (point(page, key) for key in ("model/gigachat", "hardware/a100", "hardware/h100", "software/vllm")), key=lambda at: at[0]
    )
    page.mouse.move(x, y)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        page.wait_for_timeout(pause)
    until(page, "window.page.wanted.focus !== null")
    assert page.evaluate("window.page.wanted.history.length") == 1 and page.is_visible("#panel")


def test_expand_and_hide(opened: Opener) -> None:
    page = opened(world(), hash="#f=model/gigachat")
    before = names(page)
    click(page, "hardware/h100")
    tool(page, "expand").click()
    until(page, "window.page.picture.nodes.length === 7")
    assert names(page) - before == {"vLLM", "Llama 3.1", "GPT-4o"}
    spots = [point(page, key) for key in page.evaluate("window.page.picture.nodes.map(i => window.page.graph.nodes[i].key)")]
    assert len({(round(x / 20), round(y / 20)) for x, y in spots}) == 7
    click(page, "model/gpt-4o")
    tool(page, "hide").click()
    assert "GPT-4o" not in names(page) and page.is_hidden("#panel")
    page.keyboard.press("Escape")
    assert "GPT-4o" in names(page)
    page.keyboard.press("Escape")
    assert names(page) == before


def test_path(opened: Opener) -> None:
    page = opened(world())
    click(page, "model/gpt-4")
    tool(page, "path").click()
    assert "Path from GPT-4" in page.inner_text("#hint")
    page.keyboard.press("/")
    page.keyboard.type("meta")
    page.keyboard.press("Enter")
    until(page, "window.page.wanted.path !== null")
    assert status(page).startswith("From GPT-4 to Meta · ")
    assert {"GPT-4", "GPT-4o", "Llama 3.1", "Meta"} <= names(page)
    assert page.evaluate("window.page.wanted.path.columns.map(column => column.length)")[0] == 1
    assert page.locator("#panel .fact").count() == 4
    assert "4 steps" in page.inner_text("#panel") and page.locator("#panel blockquote mark").count() >= 4
    hash = page.evaluate("window.page.written()")
    page.keyboard.press("Escape")
    assert len(names(page)) == 19
    again = opened(world(), hash=f"#{hash}")
    assert status(again).startswith("From GPT-4 to Meta · ")


def test_path_by_shift_click_and_none(opened: Opener) -> None:
    page = opened(world())
    click(page, "organization/сбер")
    page.keyboard.down("Shift")
    page.mouse.click(*point(page, "hardware/a100"))
    page.keyboard.up("Shift")
    until(page, "window.page.wanted.path !== null")
    assert names(page) == {"Сбер", "GigaChat", "A100"}
    page.keyboard.press("Escape")
    row(page, "runs on").locator("input").uncheck()
    page.evaluate("window.page.showPath(...['organization/сбер', 'hardware/h100'].map(key => window.page.graph.byKey.get(key)))")
    assert status(page) == "No path leads from Сбер to H100."


def test_by_keys_alone(opened: Opener) -> None:
    page = opened(world())
    page.keyboard.press("/")
    page.keyboard.type("gigachat")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    reached = []
    for _ in range(3):
        page.keyboard.press("n")
        page.wait_for_timeout(100)
        reached.append(heading(page))
    assert sorted(reached) == ["A100", "H100", "Сбер"]
    page.keyboard.press("b")
    page.wait_for_timeout(100)
    assert heading(page) == reached[1]
    page.keyboard.press("f")
    until(page, "window.page.wanted.focus !== null")
    before = page.evaluate("window.page.picture.camera.x")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.page.picture.camera.x") > before
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    assert page.is_hidden("#keys")
    page.keyboard.press("t")
    assert page.is_visible("#table") and "GigaChat" in page.inner_text("#table")
    page.keyboard.press("Escape")
    assert page.is_hidden("#table")


@pytest.mark.parametrize(("hash", "name"), [("#model/gpt-4o", "GPT-4o"), ("#%", ""), ("#__proto__", ""), ("#model/none", "")])
def test_address_names_an_entity(opened: Opener, hash: str, name: str) -> None:
    page = opened(world(), hash=hash)
    assert (heading(page) if name else page.is_hidden("#panel")) == (name or True)


def test_address_follows_the_selection(opened: Opener) -> None:
    page = opened(world())
    click(page, "organization/сбер")
    assert page.evaluate("new URLSearchParams(location.hash.slice(1)).get('n')") == "organization/сбер"


VIEW = """() => {
  const { picture, written } = window.page;
  return { nodes: [...picture.nodes].sort(), hash: written(), camera: picture.camera };
}"""


def test_a_reload_brings_the_same_view_back(opened: Opener) -> None:
    page = opened(synthetic_view(600, 1_200, core=60))
    page.click("#more")
    row(page, "Hardware").locator("input").uncheck()
    row(page, "outperforms").locator("input").uncheck()
    page.focus("#since")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    page.click("#theme")
    page.keyboard.press("l")
    page.fill("#query", page.evaluate("window.page.graph.nodes[0].name"))
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    tool(page, "expand").click()
    page.mouse.move(500, 300)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(500)
    view = page.evaluate(VIEW)
    url = page.url
    page.reload()
    page.wait_for_selector("body.ready")
    again = page.evaluate(VIEW)
    assert again["nodes"] == view["nodes"] and again["hash"] == view["hash"]
    assert again["camera"] == pytest.approx(view["camera"], rel=1e-3)
    assert "m=dark" in url and page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert heading(page) == page.evaluate("window.page.graph.nodes[0].name")


NONSENSE = [
    "#n=__proto__&t=__proto__&f=constructor",
    "#s=99999&v=NaN_1_2",
    "#v=1_2_1e9&d=x..y",
    "#p=a&p=b&x=%00&m=pink&g=tlh",
    "#%E0%A4%A=1",
]


@pytest.mark.parametrize("hash", NONSENSE)
def test_nonsense_in_the_address_is_ignored(opened: Opener, hash: str) -> None:
    page = opened(world(), hash=hash)
    assert len(names(page)) == 19 and page.is_hidden("#panel")
