"""The page in a real Chromium, from a file, without a network: any request, error or executed payload fails the test."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kg.drawing import draw_page
from kg.store import Store
from kg.view import Part, select
from tests.graphs import world
from tests.hostile import hostile_store
from tests.synthetic import synthetic_store

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-accelerated-2d-canvas",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
]  # fmt: skip
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")]
Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")
    with sync.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    """Opens a page of a store; whatever goes wrong in it is raised when the test ends."""
    wrong: list[str] = []
    contexts = []

    def watch(request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            wrong.append(f"request: {request.url[:120]}")

    def complain(message: Any) -> None:
        if message.type in ("error", "warning"):
            wrong.append(f"console: {message.text}")

    def open_page(
        store: Store, part: Part | None = None, *, core: int = 300, lang: str = "en", size: tuple[int, int] = (1280, 800),
        dark: bool = False, hash: str = "",
    ) -> Any:  # fmt: skip
        path = tmp_path / "page.html"
        path.write_text(draw_page(select(store, part, core=core), store.vocabulary, lang=lang), encoding="utf-8", newline="\n")
        scheme = "dark" if dark else "light"
        window = {"width": size[0], "height": size[1]}
        context = browser.new_context(offline=True, viewport=window, color_scheme=scheme, reduced_motion="reduce", locale="en-US")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
        page.on("console", complain)
        page.on("request", watch)
        page.goto(path.as_uri() + hash)
        page.wait_for_selector("body.ready", state="attached")
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            if page.evaluate("window.__x"):
                wrong.append(f"executed: {page.evaluate('window.__x')}")
        context.close()
    assert wrong == []


def point(page: Any, key: str) -> tuple[float, float]:
    at = page.evaluate("key => window.page.onScreen(window.page.graph.byKey.get(key))", key)
    return at["x"], at["y"]


def click(page: Any, key: str) -> None:
    page.mouse.click(*point(page, key))
    page.wait_for_selector("#panel:not([hidden])")


def names(page: Any) -> set[str]:
    found: list[str] = page.evaluate("window.page.picture.nodes.map(i => window.page.graph.nodes[i].name)")
    return set(found)


def status(page: Any) -> str:
    text: str = page.inner_text("#status")
    return text


def heading(page: Any) -> str:
    text: str = page.inner_text("#panel h2")
    return text


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
    boxes = opened(synthetic_store(nodes, links), core=nodes).evaluate(LABELS)
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


def test_a_node_shows_its_card(opened: Opener) -> None:
    page = opened(world())
    click(page, "model/gpt-4o")
    assert heading(page) == "GPT-4o"
    assert "ГПТ-4о" in page.inner_text("#panel .also")
    facts = page.evaluate("window.page.graph.nodes[window.page.graph.byKey.get('model/gpt-4o')].facts.length")
    assert page.locator("#panel .fact").count() == facts
    mmlu = page.locator("#panel .fact", has_text="MMLU")
    assert mmlu.locator(".score").inner_text() == "88.7"
    assert mmlu.locator(".support").inner_text() == "2 posts"
    assert mmlu.locator("blockquote p").first.inner_text() == "88.7 on MMLU"
    assert "May 13, 2024 · ai_news" in mmlu.locator("blockquote footer").first.inner_text()
    link = mmlu.locator("a").first
    assert (link.get_attribute("href"), link.get_attribute("rel")) == ("https://t.me/ai_news/1", "noopener noreferrer")
    mmlu.locator("summary").click()
    mmlu.locator("blockquote").nth(1).wait_for()
    assert mmlu.locator("blockquote p").nth(1).inner_text() == "Модель набирает 88,7 на MMLU"
    assert page.locator("#panel .fact", has_text="H100").locator(".hedged").count() == 1


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
    assert page.locator("#panel blockquote p").first.inner_text() == "OpenAI released GPT-4o"
    assert "developed by" in page.inner_text("#panel .fact")


SEARCHES = [
    ("gpt4", ["GPT-4", "GPT-4o"]),
    ("ГПТ", ["GPT-4o"]),
    ("гига", ["GigaChat"]),
    ("chat", ["GigaChat"]),
    ("deep-seek", ["DeepSeek", "DeepSeek-V3", "DeepSeek-R1"]),
    ("сбер", ["Сбер"]),
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
    assert (heading(page), page.is_hidden("#hits")) == (chosen, True)
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")


def test_search_finds_what_is_not_drawn(opened: Opener) -> None:
    page = opened(synthetic_store(500, 900), core=60)
    last = page.evaluate("window.page.graph.nodes.findLast(node => node.links.length).name")
    page.fill("#query", last)
    page.keyboard.press("Enter")
    assert heading(page) == last
    assert last in names(page)
    assert status(page).startswith(f"Around {last}")


def test_focus_and_back(opened: Opener) -> None:
    page = opened(world())
    page.mouse.dblclick(*point(page, "model/gigachat"))
    page.wait_for_function("window.page.wanted.focus !== null")
    assert names(page) == {"GigaChat", "Сбер", "A100", "H100"}
    page.mouse.dblclick(*point(page, "hardware/h100"))
    page.wait_for_function("window.page.picture.nodes.length === 5")
    assert "vLLM" in names(page)
    page.keyboard.press("Escape")
    assert names(page) == {"GigaChat", "Сбер", "A100", "H100"}
    page.keyboard.press("Escape")
    assert len(names(page)) == 19
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")


def test_hover_lights_the_neighbourhood(opened: Opener) -> None:
    page = opened(world())
    page.mouse.move(*point(page, "model/gigachat"))
    page.wait_for_selector("#stage.dim.pointing")
    assert page.evaluate("window.page.graph.nodes[window.page.picture.hover.node].name") == "GigaChat"
    page.mouse.move(640, 780)
    page.wait_for_selector("#stage:not(.dim)")


def row(page: Any, name: str) -> Any:
    return page.locator("#legend .row", has=page.locator(f".name:text-is('{name}')"))


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


@pytest.mark.parametrize("dark", [False, True])
def test_theme_follows_the_system_and_the_button(opened: Opener, dark: bool) -> None:
    page = opened(world(), dark=dark)
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == ("dark" if dark else "light")
    page.click("#theme")
    assert page.evaluate(theme) == ("light" if dark else "dark")


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
    click(page, "model/gpt-4o")
    assert page.evaluate(CONTRAST) >= 4.5


def test_russian_page(opened: Opener) -> None:
    page = opened(world(), lang="ru")
    assert status(page) == "19 узлов · 25 связей"
    click(page, "model/llama-3.1")
    text = page.inner_text("#panel")
    assert "405 миллиардов" in text and "число параметров" in text and "этап: обучение" in text


def test_around_opens_the_card(opened: Opener) -> None:
    page = opened(world(), Part(around="ГигаЧат"))
    assert heading(page) == "GigaChat"
    assert names(page) == {"GigaChat", "Сбер", "A100", "H100"}


@pytest.mark.parametrize(("hash", "name"), [("#model/gpt-4o", "GPT-4o"), ("#%", ""), ("#__proto__", ""), ("#model/none", "")])
def test_address_names_an_entity(opened: Opener, hash: str, name: str) -> None:
    page = opened(world(), hash=hash)
    assert (heading(page) if name else page.is_hidden("#panel")) == (name or True)


def test_address_follows_the_selection(opened: Opener) -> None:
    page = opened(world())
    click(page, "organization/сбер")
    assert page.evaluate("decodeURIComponent(location.hash)") == "#organization/сбер"


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


def test_hostile_text_is_shown_as_text(opened: Opener) -> None:
    page = opened(hostile_store())
    click(page, "model/middle")
    shown = page.inner_text("#panel")
    assert "<img src=x onerror=window.__x=1> says Middle" in shown
    assert "</script><script>window.__x=2</script>" in shown
    assert "link withheld" in shown
    for node in range(page.evaluate("window.page.graph.nodes.length")):
        page.evaluate("i => { window.page.go(i); }", node)
        x, y = page.evaluate("i => { const at = window.page.onScreen(i); return [at.x, at.y]; }", node)
        page.mouse.move(x, y)
        assert page.locator("#panel img, #panel script, #panel iframe").count() == 0
        assert all(href.startswith("https://") for href in page.evaluate("[...document.querySelectorAll('a')].map(a => a.href)"))
    for text in ("<img", "__proto__", "constructor", "\\", "[", "*"):
        page.fill("#query", text)
    assert status(page)


@pytest.mark.parametrize("links", [0, 1])
def test_tiny_graphs(opened: Opener, links: int) -> None:
    page = opened(synthetic_store(2, links) if links else Store.memory())
    assert status(page).startswith("2 nodes" if links else "There is nothing to draw")


def test_big_pages_are_quick(opened: Opener) -> None:
    """2,000 nodes, 6,000 links, all at once: drawn well within seconds, search and hover at once."""
    store = synthetic_store(2_000, 6_500)
    started = time.monotonic()
    select(store, core=2_000)
    page = opened(store, core=2_000)
    assert time.monotonic() - started < 20
    drawn = page.evaluate("performance.now() - performance.getEntriesByType('navigation')[0].responseEnd")
    assert drawn < 6_000
    searched = "(() => { const t = performance.now(); window.page.search('ло'); return performance.now() - t; })()"
    assert page.evaluate(searched) < 300
