"""Files to take away."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kg.export_csv import defused
from kg.model import Claim, Entity, Evidence, Extraction, Post
from kg.store import Store
from tests.graphs import world
from tests.hostile import hostile_store
from tests.pages import names, row
from tests.synthetic import synthetic_view

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def saved(page: Any, kind: str) -> bytes:
    page.click("#take")
    with page.expect_download() as waiting:
        page.click(f"#{kind}")
    assert waiting.value.suggested_filename == f"Knowledge-graph.{kind}"
    return Path(waiting.value.path()).read_bytes()


COLOURS = """async (data) => {
  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))]));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const pixels = new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer);
  return [image.width, image.height, new Set(pixels).size];
}"""


@pytest.mark.parametrize(("nodes", "links"), [(60, 120), (2_500, 5_000)])
def test_png(opened: Opener, nodes: int, links: int) -> None:
    """Twice as sharp as the window and not blank, whatever painted the picture."""
    page = opened(synthetic_view(nodes, links, core=nodes))
    assert page.evaluate("window.page.picture.painter.constructor.name") == ("VisPainter" if nodes < 2_000 else "WebglPainter")
    data = saved(page, "png")
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, colours = page.evaluate(COLOURS, base64.b64encode(data).decode())
    assert (width, height) == (2_560, 1_600)
    assert colours > 100


def test_svg(opened: Opener) -> None:
    page = opened(world())
    svg = saved(page, "svg")
    assert "]>&lt;b&gt;" not in svg.decode()
    root = ElementTree.fromstring(svg)
    texts = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"GPT-4o", "Сбер", "Model"} <= texts
    assert len(list(root.iter("{http://www.w3.org/2000/svg}use"))) == 19 + 7


def test_svg_of_hostile_names(opened: Opener) -> None:
    root = ElementTree.fromstring(saved(opened(hostile_store()), "svg"))
    assert {element.tag.split("}")[1] for element in root.iter()} == {"svg", "title", "defs", "path", "rect", "use", "g", "text"}


def test_csv(opened: Opener) -> None:
    """Exactly what is visible, in the columns a spreadsheet needs."""
    page = opened(world())
    row(page, "Benchmark").locator("input").uncheck()
    row(page, "runs on").locator("input").uncheck()
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8-sig"), newline="")))
    assert {line["predicate"] for line in rows} & {"runs_on", "evaluated_on"} == set()
    assert {line["subject"] for line in rows} <= names(page)
    (made,) = (line for line in rows if line["subject"] == "Llama 3.1" and line["predicate"] == "developed_by")
    assert (made["object"], made["support"], made["first"], made["channels"]) == ("Meta", "1", "2024-07-23", "ai_news; neuro")
    assert made["url"] == "https://t.me/ai_news/2" and made["quote"]


def test_csv_computes_nothing(opened: Opener) -> None:
    """What a spreadsheet would take for a formula is defused as in kg export csv."""
    store = Store.memory()
    middle = Entity("model/middle", "Model", "Middle")
    formulas = ("=1+1", "+7", "-x", "@y", "GPT-4", "-0.5", "=cmd|' /C calc'!A0")
    for i, name in enumerate(formulas):
        post = Post(f"a/{i}", f"{name} says Middle")
        entity = Entity(f"benchmark/{i}", "Benchmark", name)
        store.put(Extraction(post, claims=(Claim(middle, "evaluated_on", entity, Evidence(post.id, 0, len(post.text))),)))
    rows = list(csv.DictReader(io.StringIO(saved(opened(store), "csv").decode("utf-8-sig"), newline="")))
    assert {line["object"] for line in rows} == {defused(name) for name in formulas}


def test_table(opened: Opener) -> None:
    page = opened(world())
    page.click("#list")
    rows = page.locator("#table tbody tr")
    assert page.inner_text("#table h2") == "34 facts" and rows.count() == 34
    rows.filter(has_text="GigaChat").first.locator(".go").first.click()
    page.wait_for_selector("#panel:not([hidden])")
    assert page.inner_text("#panel h2") == "GigaChat" and page.is_hidden("#table")
