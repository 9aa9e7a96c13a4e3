"""A page in Chromium, from a file, without a network: any request, error, warning or executed payload fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.drawing import draw_page
from kg.store import Store
from kg.view import Part, View, select
from kg.vocabulary import load_vocabulary
from tests.pages import CHROMIUM, FLAGS

Opener = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium")
    sync = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")
    with sync.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    """Opens a page of a store or a view (or one written before); whatever goes wrong in it is raised when the test ends."""
    wrong: list[str] = []
    contexts = []

    def watch(request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            wrong.append(f"request: {request.url[:120]}")

    def complain(message: Any) -> None:
        # What software rendering says about reading pixels back is about speed.
        if message.type in ("error", "warning") and "GPU stall due to ReadPixels" not in message.text:
            wrong.append(f"console: {message.text}")

    def open_page(
        shown: Store | View | Path, part: Part | None = None, *, core: int = 300, lang: str = "en",
        size: tuple[int, int] = (1280, 800), dark: bool = False, hash: str = "", touch: bool = False, before: str = "",
    ) -> Any:  # fmt: skip
        path = shown if isinstance(shown, Path) else tmp_path / "page.html"
        if not isinstance(shown, Path):
            view = select(shown, part, core=core) if isinstance(shown, Store) else shown
            path.write_text(draw_page(view, load_vocabulary(), lang=lang), encoding="utf-8", newline="\n")
        context = browser.new_context(
            offline=True, viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light",
            reduced_motion="reduce", locale="en-US", has_touch=touch,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
        page.on("console", complain)
        page.on("request", watch)
        if before:
            page.add_init_script(before)
        page.goto(path.as_uri() + hash)
        page.wait_for_selector("body.ready")
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            if page.evaluate("window.__x"):
                wrong.append(f"executed: {page.evaluate('window.__x')}")
        context.close()
    assert wrong == []
