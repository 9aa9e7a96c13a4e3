"""Looking at pages in a real browser: where it is, what is in the picture, what the page says."""

from __future__ import annotations

import shutil
import time
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-accelerated-2d-canvas",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
]  # fmt: skip


def until(page: Any, condition: str, seconds: float = 20) -> None:
    """Waits until this expression holds. (``wait_for_function`` evaluates strings in the page, which its policy forbids.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"never: {condition}"
        page.wait_for_timeout(40)


def point(page: Any, key: str) -> tuple[float, float]:
    """Where in the window this node stands."""
    at = page.evaluate("key => window.page.onScreen(window.page.graph.byKey.get(key))", key)
    return at["x"], at["y"]


def click(page: Any, key: str) -> None:
    """A real click on this node; the panel with its card is open afterwards."""
    page.mouse.click(*point(page, key))
    page.wait_for_selector("#panel:not([hidden])")
    page.wait_for_timeout(400)  # The next click is no double click.


def names(page: Any) -> set[str]:
    """Names of the nodes in the picture."""
    found: list[str] = page.evaluate("window.page.picture.nodes.map(i => window.page.graph.nodes[i].name)")
    return set(found)


def status(page: Any) -> str:
    text: str = page.inner_text("#status")
    return text


def heading(page: Any) -> str:
    text: str = page.inner_text("#panel h2")
    return text


def row(page: Any, name: str) -> Any:
    """The row of the legend with this name."""
    return page.locator("#legend .row", has=page.locator(f".name:text-is('{name}')"))


def tool(page: Any, name: str) -> Any:
    """A button of the open card: focus, expand, hide, path."""
    return page.locator(f"#panel [data-tool={name}]")
