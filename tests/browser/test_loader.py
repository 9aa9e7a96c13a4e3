"""A loader that knows more than it gave at first: neighbours, names and paths arrive when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg.drawing
from kg.drawing import assemble
from kg.page_data import evidence_data, graph_data
from kg.view import Part, select
from tests.graphs import world
from tests.pages import click, heading, names, status, tool, until

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
LOADER = """
const read = (name) => JSON.parse(document.getElementById(name).textContent);
window.asked = [];
const part = (name) => (...what) => {
  window.asked.push([name, ...what]);
  return Promise.resolve({ graph: read(`${name}-graph`), evidence: read(`${name}-evidence`) });
};
const loader = {
  graph: async () => read("first-graph"), evidence: async () => read("first-evidence"),
  around: part("around"), find: part("find"), path: part("path"),
};
"""
STORE = world()
FIRST = Part(around="GigaChat")
MORE = {"around": Part(around="H100"), "find": Part(around="DeepSeek"), "path": Part()}


@pytest.fixture
def page(opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    own = kg.drawing.own
    monkeypatch.setattr(kg.drawing, "own", lambda name: LOADER if name == "page/loader.js" else own(name))
    data: dict[str, Any] = {}
    for name, part in {"first": FIRST, **MORE}.items():
        view = select(STORE, part)
        data |= {f"{name}-graph": graph_data(view, STORE.vocabulary), f"{name}-evidence": evidence_data(view)}
    path = tmp_path / "served.html"
    path.write_text(assemble(data), encoding="utf-8", newline="\n")
    return opened(path)


def test_expansion_brings_what_was_not_there(page: Any) -> None:
    assert names(page) == {"GigaChat", "Сбер", "A100", "H100"}
    click(page, "hardware/h100")
    tool(page, "expand").click()
    until(page, "window.page.picture.nodes.length === 7")
    assert names(page) == {"GigaChat", "Сбер", "A100", "H100", "vLLM", "Llama 3.1", "GPT-4o"}
    assert page.evaluate("window.asked") == [["around", "hardware/h100"]]
    # What came twice is there once.
    known = {
        (f.subject, f.predicate, f.object, f.qualifiers) for part in (FIRST, MORE["around"]) for f in select(STORE, part).facts
    }
    assert page.evaluate("window.page.graph.facts.length") == len(known)
    until(page, "document.querySelectorAll('#panel .fact').length === 4")
    tool(page, "focus").click()
    until(page, "window.page.wanted.focus !== null")
    assert page.evaluate("window.page.graph.facts.length") == len(known)
    marks = page.locator("#panel mark").all_inner_texts()
    assert "работает на A100 и H100" in marks and "vLLM тоже поддерживает H100" in marks


def test_search_asks_farther(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("deepseek")
    until(page, "document.querySelectorAll('#hits [role=option]').length > 1")
    assert page.evaluate("window.asked") == [["find", "deepseek"]]
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    assert heading(page) == "DeepSeek" and status(page).startswith("Around DeepSeek")


def test_path_is_asked_for(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("deepseek")
    until(page, "document.querySelectorAll('#hits [role=option]').length > 1")
    page.evaluate(
        "window.page.showPath(...['organization/сбер', 'organization/deepseek'].map(key => window.page.graph.byKey.get(key)))"
    )
    until(page, "window.page.wanted.path !== null")
    assert ["path", "organization/сбер", "organization/deepseek"] in page.evaluate("window.asked")
    assert {"Сбер", "GigaChat", "H100", "DeepSeek"} <= names(page)


def test_a_view_of_what_is_not_there_yet(page: Any) -> None:
    page.evaluate("location.hash = 'n=software/vllm'")
    until(page, "document.querySelector('#panel h2')?.textContent === 'vLLM'")
    assert ["around", "software/vllm"] in page.evaluate("window.asked")
