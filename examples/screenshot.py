"""The picture of the page in README: the example graph, one model open. ``python examples/screenshot.py page.html page.png``."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.pages import CHROMIUM, FLAGS

WINDOW = {"width": 1280, "height": 800}
CHOSEN = "#f=benchmark/mmlu&n=benchmark/mmlu"


def main(page: Path, picture: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        window = browser.new_context(offline=True, viewport=WINDOW, reduced_motion="reduce", locale="en-US").new_page()
        window.goto(page.resolve().as_uri() + CHOSEN)
        window.wait_for_selector("#panel mark")
        window.wait_for_timeout(500)
        window.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
