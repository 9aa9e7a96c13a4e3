"""The page in Firefox, from a file: what is tested closely in Chromium works there too."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.drawing import draw_page
from kg.view import View, select
from kg.vocabulary import load_vocabulary
from tests.firefox import FIREFOX, Firefox
from tests.graphs import world
from tests.hostile import hostile_store
from tests.synthetic import synthetic_view

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(FIREFOX is None, reason="no Firefox: apt-get install firefox-esr"),
]


@pytest.fixture
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    pytest.importorskip("websockets", reason="no websockets: pip install websockets")
    with Firefox(tmp_path_factory.mktemp("profile")) as found:
        yield found
        trouble = found.trouble
    assert trouble == []


def page_of(view: View, folder: Path) -> str:
    path = folder / "page.html"
    path.write_text(draw_page(view, load_vocabulary()), encoding="utf-8", newline="\n")
    return path.as_uri()


def test_from_first_sight_to_an_image(firefox: Firefox, tmp_path: Path) -> None:
    """First sight, search, click to evidence, filter, focus, path, the address, an image."""
    url = page_of(select(world()), tmp_path)
    firefox.open(url)
    status = "document.getElementById('status').textContent"
    heading = "document.querySelector('#panel h2').textContent"
    assert firefox.evaluate(status) == "19 nodes · 25 links"
    firefox.type("/гигачат\ue007")
    firefox.evaluate("new Promise((done) => { setTimeout(done, 500); })")
    assert firefox.evaluate(heading) == "GigaChat"
    at = firefox.evaluate("window.page.onScreen(window.page.graph.byKey.get('model/gpt-4o'))")
    firefox.click(at["x"], at["y"])
    assert firefox.evaluate(heading) == "GPT-4o"
    assert "88.7 on MMLU" in firefox.evaluate("[...document.querySelectorAll('#panel mark')].map((mark) => mark.textContent)")
    firefox.evaluate("document.querySelector('#types input').click()")
    assert firefox.evaluate(status).startswith("Showing 12 of 19")
    firefox.evaluate("document.querySelector('#types input').click()")
    firefox.evaluate("document.querySelector('#panel [data-tool=focus]').click()")
    assert firefox.evaluate(status).startswith("Around GPT-4o")
    firefox.evaluate(
        "window.page.showPath(...['model/gpt-4', 'organization/meta'].map((key) => window.page.graph.byKey.get(key)))"
    )
    assert firefox.evaluate(status).startswith("From GPT-4 to Meta")
    hash = firefox.evaluate("window.page.written()")
    firefox.open(f"{url}?again#{hash}")
    assert firefox.evaluate(status).startswith("From GPT-4 to Meta")
    taken = "(blob) => (window.saved.push([blob.type, blob.size]), '#')"
    firefox.evaluate(f"(window.saved = [], URL.createObjectURL = {taken}, URL.revokeObjectURL = () => null, 0)")
    firefox.evaluate("document.getElementById('png').click()")
    assert firefox.evaluate("new Promise((done) => { setTimeout(() => done(window.saved), 800); })")[0][0] == "image/png"


def test_hostile_text(firefox: Firefox, tmp_path: Path) -> None:
    firefox.open(page_of(select(hostile_store()), tmp_path))
    for node in range(firefox.evaluate("window.page.graph.nodes.length")):
        firefox.evaluate(f"window.page.go({node})")
        assert firefox.evaluate("document.querySelectorAll('#panel :is(img, script, iframe)').length") == 0
    assert firefox.evaluate("window.__x ?? null") is None


@pytest.mark.slow
def test_webgl_on_a_screen(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a screen Firefox has no WebGL; a screen in memory will do."""
    if not shutil.which("Xvfb"):
        pytest.skip("no Xvfb: apt-get install xvfb libgl1-mesa-dri")
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    try:
        os.close(write)
        with os.fdopen(read) as told:
            monkeypatch.setenv("DISPLAY", f":{told.readline().strip()}")
        with Firefox(tmp_path_factory.mktemp("profile"), headless=False) as firefox:
            firefox.open(page_of(synthetic_view(2_500, 6_500, core=2_500), tmp_path))
            assert firefox.evaluate("window.page.picture.painter.constructor.name") == "WebglPainter"
            drawn = "(() => { const { painter } = window.page.picture; painter.paint(); return painter.gl.getError(); })()"
            assert firefox.evaluate(drawn) == 0
            assert firefox.trouble == []
    finally:
        screen.terminate()
        screen.wait(20)
