"""The page of ``kg serve`` in Chromium: what it fetches, what it asks, what it never does. Nothing but this server is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.store import Store
from tests.graphs import EXTRACTIONS, world
from tests.hostile import hostile_store
from tests.pages import click, heading, names, status, until
from tests.serving.conftest import Serving, start
from tests.synthetic import synthetic_store

pytestmark = [pytest.mark.browser, pytest.mark.servers, pytest.mark.allow_hosts(["127.0.0.1"])]
Opener = Callable[..., Any]
ANSWERED = "#answer-said:not(.waiting):not(:empty)"


def on_disk(store: Store, folder: Path) -> Path:
    with Store.open(folder, "write") as kept:
        kept.graph.bulk_extend(store.graph.quads_for_pattern(None, None, None, None))
    return folder


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Serving]]:
    """A server for each graph, with the options it is first asked for."""
    folder = tmp_path_factory.mktemp("browsed")
    stores: dict[str, Callable[[], Store]] = {
        "world": world, "hostile": hostile_store, "big": lambda: synthetic_store(3_000, 6_000), "empty": Store.memory,
    }  # fmt: skip
    running: dict[str, Serving] = {}

    def server(name: str, *options: str) -> Serving:
        at = " ".join((name, *options))
        if at not in running:
            graph = folder / name if (folder / name).exists() else on_disk(stores[name](), folder / name)
            running[at] = start(graph, folder / f"{len(running)}.log", "--processes", "1", *options)
        return running[at]

    yield server
    for one in running.values():
        one.stop()
        if one.process.stdout:
            one.process.stdout.close()


@pytest.fixture
def visited(browser: Any, servers: Callable[..., Serving]) -> Iterator[Opener]:
    """Opens the page of a server; whatever goes wrong in it is raised when the test ends."""
    wrong: list[str] = []
    contexts = []

    def visit(name: str, *options: str, path: str = "/", size: tuple[int, int] = (1280, 800), fine: tuple[str, ...] = ()) -> Any:
        url = servers(name, *options).url
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", locale="en-US")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))

        def complain(message: Any) -> None:
            if message.type in ("error", "warning") and not any(text in message.text for text in (*fine, "ReadPixels")):
                wrong.append(f"console: {message.text}")

        def watch(request: Any) -> None:
            if not request.url.startswith((url + "/", "data:", "blob:")):
                wrong.append(f"request: {request.url[:120]}")

        page.on("console", complain)
        page.on("request", watch)
        page.goto(url + path)
        page.wait_for_selector("body.ready")
        return page

    yield visit
    for context in contexts:
        for page in context.pages:
            if page.evaluate("window.__x"):
                wrong.append(f"executed: {page.evaluate('window.__x')}")
        context.close()
    assert wrong == []


def ask(page: Any, question: str = "", **given: str) -> str:
    """Ask one of the questions in the box; what the box says about the answer."""
    if page.is_hidden("#asking"):
        page.click("#opener")
    page.click("#tab-ask")
    if question:
        page.select_option("#question", question)
    for name, value in given.items():
        page.fill(f"#given-{name}", value)
    return send(page)


def send(page: Any) -> str:
    page.click("#question-form .primary")
    page.wait_for_selector(ANSWERED)
    said: str = page.inner_text("#answer-said span")
    return said


def found(page: Any, text: str) -> dict[str, str]:
    """Key and name of what the server finds first."""
    part = page.evaluate("text => fetch('/api/find?text=' + text).then(answer => answer.json())", text)
    return {name: part["graph"]["nodes"][name][0] for name in ("key", "name")}


def rows(page: Any) -> list[list[str]]:
    cells: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('#answer tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return cells


def test_the_first_picture_comes_from_the_server(visited: Opener) -> None:
    page = visited("world")
    assert status(page) == "19 nodes · 25 links"


def test_a_neighbour_is_fetched_when_it_is_wanted(visited: Opener) -> None:
    page = visited("world", "--around", "GPT-4o", "--max-nodes", "200")
    before = names(page)
    assert "DeepSeek-V3" not in before
    # What a server was started for holds for the first picture; from there the whole graph can be reached.
    page.evaluate("window.page.go(window.page.graph.byKey.get('benchmark/mmlu'))")
    page.wait_for_selector("#panel:not([hidden])")
    page.click("#panel [data-tool=expand]")
    until(page, "window.page.graph.byKey.has('model/deepseek-v3')")
    until(page, "window.page.picture.nodes.length > 8")
    assert before < names(page) and "DeepSeek-V3" in names(page)
    page.click("#back")
    assert names(page) == before


def test_big_graphs_are_reached_by_searching(visited: Opener) -> None:
    page = visited("big", "--max-nodes", "100")
    assert status(page).startswith("Showing 100 of 3,000 · ")
    wanted = found(page, "2998")["name"]
    assert not page.evaluate("name => window.page.graph.nodes.some(node => node.name === name)", wanted)
    page.fill("#query", wanted)
    page.wait_for_selector("#hits li:not(.none)")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    assert heading(page) == wanted


def test_a_question_as_table_and_picture(visited: Opener) -> None:
    page = visited("world")
    said = ask(page, "leaderboard", benchmark="MMLU")
    assert said.startswith("5 rows")
    assert rows(page)[0][:2] == ["DeepSeek-R1", "90.8"]
    assert names(page) == {"MMLU", "GPT-4o", "DeepSeek-V3", "DeepSeek-R1", "Llama 3.1"}
    assert page.evaluate("window.page.picture.links.length") == 4
    assert status(page).startswith("Which models score best on a benchmark? (MMLU) · 5 nodes · 4 links")
    page.click("#answer tbody .go")
    page.wait_for_selector("#panel:not([hidden])")
    assert heading(page) == "DeepSeek-R1"
    page.click("#back")
    assert len(names(page)) == 19
    page.click("#answer-picture")
    until(page, "window.page.picture.nodes.length === 5")


def test_every_question_can_be_asked(visited: Opener) -> None:
    page = visited("world")
    some = {"organization": "OpenAI", "benchmark": "MMLU", "hardware": "H100", "since": "2024-01", "until": "2024-12"}
    page.click("#opener")
    page.wait_for_selector("#question-form .field")
    options = page.eval_on_selector_all("#question option", "all => all.map(option => option.value)")
    assert len(options) == 16
    for name in options:
        page.select_option("#question", name)
        for details in page.query_selector_all("#question-form details"):
            details.evaluate("element => element.open = true")
        one_of = {"shared-hardware": "hardware", "evidence": "subject"}.get(name, "")
        for field in page.query_selector_all("#question-form input"):
            given = field.get_attribute("name")
            if field.get_attribute("required") is not None or given == one_of:
                field.fill(some.get(given, "GPT-4o"))
        assert send(page) and not page.query_selector("#answer-said.wrong"), (name, page.inner_text("#answer-said"))


def test_sparql_and_cypher(visited: Opener) -> None:
    page = visited("world")
    page.click("#opener")
    page.click("#tab-sparql")
    assert send(page).startswith("4 rows") or rows(page)
    page.fill("#query-text", "SELECT ?m ?n { ?m kg:developedBy ?o ; rdfs:label ?n } ORDER BY ?n LIMIT 2")
    page.press("#query-text", "Control+Enter")
    until(page, "document.querySelectorAll('#answer tbody tr').length === 2")
    page.click("#tab-cypher")
    page.fill("#query-text", "MATCH (m:Model)-[r:RUNS_ON]->(h {name: 'H100'}) WHERE NOT r.hedged RETURN m, r, h")
    assert send(page).startswith("3 rows")
    assert rows(page)[0][1] == "RUNS_ON" and names(page) == {"H100", "GigaChat", "Llama 3.1"}
    page.click("#tab-sparql")
    assert page.input_value("#query-text").startswith("SELECT ?m ?n")


def test_mistakes_are_said_in_the_box(visited: Opener) -> None:
    page = visited("world", fine=("400 (Bad Request)",))
    assert "Did you mean MMLU" in ask(page, "leaderboard", benchmark="MLMU")
    page.click("#tab-sparql")
    for query, words in (("SELECT", "line 1"), ("DROP ALL", "read-only"), ("SELECT * { SERVICE <http://a/> {} }", "not allowed")):
        page.fill("#query-text", query)
        assert words in send(page)
        assert page.query_selector("#answer-said.wrong") and rows(page) == []


def test_nothing_found_is_said(visited: Opener) -> None:
    page = visited("world")
    assert ask(page, "outperforms", model="GigaChat") == "Nothing in the graph answers this."


def test_letters_in_the_box_are_no_commands(visited: Opener) -> None:
    page = visited("world")
    page.click("#opener")
    page.click("#tab-cypher")
    page.fill("#query-text", "")
    page.type("#query-text", "d t /f?")
    assert page.input_value("#query-text") == "d t /f?" and not page.evaluate("document.getElementById('table').open")
    page.keyboard.press("Escape")
    assert page.is_hidden("#asking")


def test_in_russian(visited: Opener) -> None:
    page = visited("world", path="/?lang=ru")
    page.click("#opener")
    assert page.inner_text("#question-form .field span").strip() == "бенчмарк"
    page.fill("#given-benchmark", "MMLU")
    assert send(page).startswith("5 строк")
    assert "модель" in page.inner_text("#answer thead")
    page.click("#language")
    assert page.inner_text("#opener") == "Ask the graph" and page.input_value("#given-benchmark") == "MMLU"
    assert "model" in page.inner_text("#answer thead")


def test_the_table_can_be_taken_away(visited: Opener) -> None:
    page = visited("world")
    ask(page, "leaderboard", benchmark="MMLU")
    with page.expect_download() as download:
        page.click("#answer-csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "model,score,metric,rank,first_seen,support,post,key" and len(text.splitlines()) == 6


def test_hostile_text_is_text(visited: Opener) -> None:
    page = visited("hostile")
    ask(page, "benchmarks-of", model="Middle")
    assert any("<img src=x" in cell for row in rows(page) for cell in row)
    page.click("#tab-sparql")
    page.fill("#query-text", "SELECT ?p ?url ?text { ?p a kg:Post OPTIONAL { ?p schema:url ?url } ?p kg:text ?text }")
    send(page)
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => [a.href, a.rel])")
    assert links and all(href.startswith(("http://", "https://")) and "noopener" in rel for href, rel in links)
    page.click("#tab-cypher")
    page.fill("#query-text", "MATCH (a)-[r]->(b) RETURN a, r, b, {x: '<script>window.__x=1</script>'} AS y")
    send(page)
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelectorAll('img, iframe, #answer script').length") == 0


def test_the_address_keeps_what_was_fetched(visited: Opener) -> None:
    page = visited("big", "--max-nodes", "100")
    wanted = found(page, "2998")["key"]
    page.goto(page.url.split("#")[0] + "?again=1#" + wanted)
    page.wait_for_selector("body.ready")
    page.wait_for_selector("#panel:not([hidden])")
    assert page.evaluate("key => window.page.graph.byKey.has(key)", wanted)


def test_an_empty_graph(visited: Opener) -> None:
    page = visited("empty")
    assert status(page).startswith("There is nothing to draw.")
    assert ask(page, "conflicts") == "Nothing in the graph answers this."


def test_the_server_is_gone(browser: Any, tmp_path: Path) -> None:
    with Store.open(tmp_path / "graph", "write") as store:
        store.put(EXTRACTIONS[0], "hand/1")
    server = start(tmp_path / "graph", tmp_path / "log")
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(server.url)
    page.wait_for_selector("body.ready")
    page.click("#opener")
    page.wait_for_selector("#given-benchmark")
    server.stop()
    if server.process.stdout:
        server.process.stdout.close()
    assert "kg serve" in ask(page, "leaderboard", benchmark="MMLU")
    context.close()


def test_on_a_phone(visited: Opener) -> None:
    page = visited("world", size=(390, 844))
    ask(page, "leaderboard", benchmark="MMLU")
    box = page.eval_on_selector("#asking", "e => { const b = e.getBoundingClientRect(); return [b.left, b.right, b.bottom]; }")
    assert box[0] >= 0 and box[1] <= 390 and box[2] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.is_hidden("#tools")
    page.click("#answer-picture")
    page.wait_for_selector("#tools")
    assert page.is_hidden("#asking") and len(names(page)) == 5


def test_click_to_evidence(visited: Opener) -> None:
    page = visited("world")
    click(page, "model/gpt-4o")
    assert heading(page) == "GPT-4o"
    assert "OpenAI released GPT-4o" in page.inner_text("#panel")
