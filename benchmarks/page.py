"""How long the page takes: to be written, to be usable in a browser, for each frame while the picture is dragged.

Graphs are made up (``tests/synthetic.py``), the browser is Chromium without a graphics card: WebGL is drawn in software, which
says less of it than of vis-network. Writes its tables into a page of documentation when told to::

    python -m benchmarks.page pages -o docs/performance.md
    python -m benchmarks.page painters -o docs/performance.md
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from kg.drawing import draw_page
from kg.vocabulary import load_vocabulary
from tests.pages import CHROMIUM, FLAGS
from tests.synthetic import synthetic_view

PAGES = ((2_000, 6_500), (10_000, 32_000), (50_000, 165_000))
PAINTERS = ((500, 1_600), (1_000, 3_200), (2_000, 6_500), (5_000, 16_500), (10_000, 32_000))
TIMES = 3
PAGE_HEAD = ["nodes", "links", "written in s", "MB", "first picture usable, ms", "everything usable, ms", "search, ms"]
PAINTER_HEAD = ["nodes", "links", "vis-network redraws in ms", "a frame dragged", "WebGL redraws in ms", "a frame dragged"]
FRAMES = """async (limit) => {
  const { page } = window;
  Object.assign(page.limits, { nodes: limit, links: limit });
  page.draw();
  await new Promise((done) => { setTimeout(done, 600); });
  const { camera } = page.picture;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame();
  const began = performance.now();
  for (let k = 1; k <= 30; k += 1) { page.look({ ...camera, x: camera.x + 4 * k }); await frame(); }
  const moving = (performance.now() - began) / 30;
  await new Promise((done) => { setTimeout(done, 600); });
  const { painter } = page.picture;
  const still = performance.now();
  const { gl } = painter;
  for (let k = 0; k < 5; k += 1) {
    if (gl) painter.paint();
    else painter.network.redraw();
    // Reading a pixel waits for the picture.
    if (gl) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    else document.querySelector('#stage canvas').getContext('2d').getImageData(0, 0, 1, 1);
  }
  return { moving, still: (performance.now() - still) / 5, painter: painter.constructor.name };
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["pages", "painters"])
    parser.add_argument("-o", "--output", type=Path, help="page whose section the table replaces; standard output without")
    given = parser.parse_args()
    if CHROMIUM is None:
        sys.exit("No Chromium. Install it: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        head, rows = (PAGE_HEAD, pages) if given.what == "pages" else (PAINTER_HEAD, painters)
        measured = table(head, rows(browser, Path(folder)))
        told = f"Chromium {browser.version.split('.')[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.0f}."
        browser.close()
    text = f"{measured}\n\n{told}"
    if given.output:
        put(given.output, {"pages": "page", "painters": "page-painters"}[given.what], text)
    else:
        print(text)


def pages(browser: Any, folder: Path) -> Iterator[list[str]]:
    for nodes, links in PAGES:
        view = synthetic_view(nodes, links)
        began = time.perf_counter()
        page = draw_page(view, load_vocabulary())
        took = time.perf_counter() - began
        path = folder / f"{nodes}.html"
        path.write_text(page, encoding="utf-8", newline="\n")
        core, searched = zip(*(usable(browser, path, "") for _ in range(TIMES)), strict=True)
        whole, _ = zip(*(usable(browser, path, "#s=9") for _ in range(TIMES)), strict=True)
        size = len(page.encode()) / 1e6
        figures = [f"{took:.1f}", f"{size:.1f}", *(f"{median(column):,.0f}" for column in (core, whole, searched))]
        yield [f"{nodes:,}", f"{len(view.links()):,}", *figures]


def painters(browser: Any, folder: Path) -> Iterator[list[str]]:
    for nodes, links in PAINTERS:
        view = synthetic_view(nodes, links, core=nodes)
        path = folder / f"all-{nodes}.html"
        path.write_text(draw_page(view, load_vocabulary()), encoding="utf-8", newline="\n")
        figures = []
        for limit, name in ((10**9, "VisPainter"), (0, "WebglPainter")):
            page = opened(browser, path, "")
            found = page.evaluate(FRAMES, limit)
            page.context.close()
            assert found["painter"] == name
            figures += [f"{found['still']:.0f}", f"{found['moving']:.0f}"]
        yield [f"{nodes:,}", f"{len(view.links()):,}", *figures]


def opened(browser: Any, path: Path, hash: str) -> Any:
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(path.as_uri() + hash)
    return page


def usable(browser: Any, path: Path, hash: str) -> tuple[float, float]:
    """Milliseconds until there is a picture, and of a search after that."""
    page = opened(browser, path, hash)
    page.wait_for_selector("body.ready", timeout=120_000)
    page.wait_for_timeout(2_500)
    took: float = page.evaluate("window.page.usable")
    searched: float = page.evaluate(
        "(() => { const t = performance.now(); window.page.search('ло'); return performance.now() - t; })()"
    )
    page.context.close()
    return took, searched


def table(head: list[str], rows: Iterator[list[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def put(path: Path, name: str, table: str) -> None:
    """Replace what stands between the two marks of this name."""
    text = path.read_text(encoding="utf-8")
    begin, end = f"<!-- {name}: begin (written by benchmarks/page.py) -->", f"<!-- {name}: end -->"
    place = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    if not place.search(text):
        sys.exit(f"{path} has no place for the table. Add two lines to it:\n{begin}\n{end}")
    path.write_text(place.sub(lambda _: f"{begin}\n{table}\n{end}", text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
