"""How long the page takes: to be written, to be usable in a browser, for each frame while the picture is dragged.

Graphs are made up (``tests/synthetic.py``), the browser is Chromium without a graphics card: WebGL is drawn in software, which
says less of it than of vis-network. Writes its tables into a page of documentation when told to::

    python -m benchmarks.page -o docs/performance.md
"""

from __future__ import annotations

import argparse
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

BEGIN, END = "<!-- page: begin (written by benchmarks/page.py) -->", "<!-- page: end -->"
PAGES = ((300, 700), (2_000, 6_500), (10_000, 32_000), (50_000, 165_000))
PAINTERS = ((500, 1_600), (1_000, 3_200), (2_000, 6_500), (5_000, 16_500), (10_000, 32_000))
TIMES = 3
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
    parser.add_argument("-o", "--output", type=Path, help="page whose section the tables replace; standard output without")
    output = parser.parse_args().output
    if CHROMIUM is None:
        sys.exit("No Chromium. Install it: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tables = "\n\n".join([
            f"Chromium {browser.version.split('.')[0]} without a graphics card (WebGL drawn in software), a window of "
            f"1440 x 900, opened from a file; graphs are made up (`tests/synthetic.py`). Medians of {TIMES}.",
            table(
                ["nodes", "links", "written in s", "MB", "first picture usable, ms", "everything usable, ms", "search, ms"],
                pages(browser, Path(folder)),
            ),
            "Usable is the first picture with names, counted from the start of loading. Everything is the picture of all "
            "nodes at once: up to 2,000 nodes and 6,000 links vis-network draws it, beyond that WebGL.",
            table(
                ["nodes", "links", "vis-network redraws in ms", "a frame dragged", "WebGL redraws in ms", "a frame dragged"],
                painters(browser, Path(folder)),
            ),
            "A frame takes 17 ms at best. While the picture is dragged, vis-network leaves out links from 1,500 on, WebGL "
            "when a redraw takes more than 40 ms.",
        ])  # fmt: skip
        browser.close()
    if output:
        put(output, tables)
    else:
        print(tables)


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


def put(path: Path, tables: str) -> None:
    """Replace what stands between the two marks."""
    text = path.read_text(encoding="utf-8")
    begin, end = re.escape(BEGIN), re.escape(END)
    if not re.search(f"{begin}.*{end}", text, flags=re.DOTALL):
        sys.exit(f"{path} has no place for the tables. Add two lines to it:\n{BEGIN}\n{END}")
    text = re.sub(f"{begin}.*{end}", lambda _: f"{BEGIN}\n{tables}\n{END}", text, flags=re.DOTALL)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
