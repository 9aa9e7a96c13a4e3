"""Posts that try to be more than text execute nothing, open nothing, lead nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.drawing import draw_page
from kg.store import Store
from kg.view import select
from kg.vocabulary import load_vocabulary
from tests.hostile import PAYLOADS, hostile_store
from tests.pages import click, status, tool, until

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def links_of(page: Any) -> set[tuple[str, str, str]]:
    found = page.evaluate("[...document.querySelectorAll('a')].map(a => [a.href, a.rel, a.target])")
    return {tuple(link) for link in found}


def test_hostile_text_is_shown_as_text(opened: Opener) -> None:
    page = opened(hostile_store())
    click(page, "model/middle")
    for more in page.locator("#panel .next").all():
        more.click()
    shown = page.inner_text("#panel")
    assert "<img src=x onerror=window.__x=1> says Middle" in shown
    assert "</script><script>window.__x=2</script>" in shown
    assert "link withheld" in shown
    assert not set("\u202e\u202d\u2066\u200f\x00") & set(shown)
    for node in range(page.evaluate("window.page.graph.nodes.length")):
        page.evaluate("i => window.page.go(i)", node)
        x, y = page.evaluate("i => { const at = window.page.onScreen(i); return [at.x, at.y]; }", node)
        page.mouse.move(x, y)
        assert page.locator("#panel :is(img, script, iframe, form, style, link, object)").count() == 0
        assert all(
            href.startswith("https://") and "noopener" in rel and target == "_blank" for href, rel, target in links_of(page)
        )


def test_hostile_text_everywhere_else(opened: Opener) -> None:
    """Search, legend, table, path, expansion, the address, files."""
    page = opened(hostile_store())
    for text in ("<img", "__proto__", "constructor", "\\", "[", "*", "\u202e", *PAYLOADS):
        page.fill("#query", text)
        page.keyboard.press("Enter")
    page.fill("#query", "")
    page.click("#list")
    assert "<img src=x onerror=window.__x=1>" in page.inner_text("#table")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    click(page, "model/middle")
    tool(page, "focus").click()
    page.evaluate(
        "window.page.showPath(...['__proto__', '<img src=x onerror=window.__x=1>'].map(name => window.page.search(name)[0].i))"
    )
    until(page, "window.page.wanted.path !== null")
    assert "__proto__" in status(page)
    page.click("#language")
    page.wait_for_timeout(400)
    page.reload()
    page.wait_for_selector("body.ready")
    assert page.evaluate("window.page.wanted.path !== null")
    assert page.evaluate("document.querySelectorAll('script').length") == 6


def test_hostile_titles(opened: Opener, tmp_path: Path) -> None:
    for payload in PAYLOADS:
        path = tmp_path / "titled.html"
        path.write_text(draw_page(select(Store.memory()), load_vocabulary(), title=payload), encoding="utf-8", newline="\n")
        assert opened(path).title()


def test_the_policy_stops_what_gets_through(browser: Any, tmp_path: Path) -> None:
    """Were markup ever to get into the page, it would run nothing and fetch nothing."""
    path = tmp_path / "page.html"
    path.write_text(draw_page(select(hostile_store()), load_vocabulary()), encoding="utf-8", newline="\n")
    page = browser.new_page()
    refused: list[str] = []
    page.on("requestfailed", lambda request: refused.append(request.failure))
    page.goto(path.as_uri())
    page.wait_for_selector("body.ready")
    page.evaluate("""() => {
      window.stopped = [];
      document.addEventListener('securitypolicyviolation', (event) => window.stopped.push(event.effectiveDirective));
      const box = document.createElement('div');
      box.setAttribute('onclick', 'window.__x = 99');
      document.body.append(box);
      box.click();
      const script = document.createElement('script');
      script.textContent = 'window.__x = 98';
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'https://stranger.example/x.png';
      document.body.append(image);
    }""")
    until(page, "window.stopped.length >= 3")
    assert page.evaluate("window.stopped.sort()") == ["img-src", "script-src-attr", "script-src-elem"]
    assert page.evaluate("window.__x") is None and refused == ["csp"]
    page.close()
