"""The page as a file: complete, inert, the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.drawing import LANGUAGES, assemble, draw_page, json_text
from kg.errors import InputError
from kg.page_data import evidence_data, graph_data
from kg.page_text import quotation, safe_url, shown
from kg.store import Store
from kg.view import Part, select
from kg.vocabulary import load_vocabulary
from tests.graphs import EXTRACTIONS, world
from tests.hostile import PAYLOADS, URLS, hostile_store
from tests.synthetic import synthetic_view

SCRIPTS = sorted(f.name for f in files("kg").joinpath("page").iterdir() if f.name.endswith(".js"))


class Elements(HTMLParser):
    """Start tags with attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.tags[-1] if self.tags else ("", {})
        if tag in ("script", "style") and data.strip():
            self.raw.append((tag, attributes.get("id") or "", data))


def page_of(store: Store, part: Part | None = None, lang: str = "en", title: str = "") -> str:
    return draw_page(select(store, part), store.vocabulary, lang=lang, title=title)


def data_of(page: str, name: str = "graph-data") -> dict[str, Any]:
    (text,) = (data for _, script, data in Elements(page).raw if script == name)
    found: dict[str, Any] = json.loads(text)
    return found


PAGE = page_of(world())
HOSTILE = page_of(hostile_store())


def test_same_graph_same_page() -> None:
    turned = Store.memory()
    for extraction in reversed(EXTRACTIONS):
        turned.put(extraction, "hand/1")
    assert page_of(turned) == PAGE


@pytest.mark.parametrize("page", [PAGE, HOSTILE], ids=["world", "hostile"])
def test_nothing_is_fetched_and_nothing_is_inline(page: str) -> None:
    for tag, attributes in Elements(page).tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form", "a")
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "href", "style")]


@pytest.mark.parametrize("page", [PAGE, HOSTILE], ids=["world", "hostile"])
def test_policy_allows_exactly_these_scripts(page: str) -> None:
    elements = Elements(page)
    (policy,) = (a["content"] or "" for tag, a in elements.tags if a.get("http-equiv") == "Content-Security-Policy")
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for _, name, text in elements.raw if not name]
    assert re.findall(r"'sha256-([^']+)'", policy) == [hashes[1], hashes[2], hashes[0]]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")


def test_hostile_text_opens_no_element() -> None:
    elements = Elements(HOSTILE)
    assert [tag for tag, _ in elements.tags].count("script") == 6
    assert not re.search(r"<(?!/script>)", "".join(text for _, name, text in elements.raw if name))


def test_hostile_text_stays_text() -> None:
    names = set(data_of(HOSTILE)["nodes"]["name"])
    assert {shown(payload) for payload in PAYLOADS} <= names
    assert "GPT4-tpg" in names


def test_only_web_links_are_kept() -> None:
    urls = set(data_of(HOSTILE, "evidence-data")["posts"]["url"])
    urls |= {value for _, value, datatype in data_of(HOSTILE)["facts"]["value"] if datatype == "anyURI"}
    assert urls == {"", URLS[2]}


@pytest.mark.parametrize("url", URLS)
def test_safe_url(url: str) -> None:
    assert safe_url(url) == (url if url.startswith("https://good") else "")


def test_title_is_escaped() -> None:
    page = page_of(world(), title="</title><script>alert(1)</script>\u202e")
    assert "&lt;/title&gt;&lt;script&gt;" in page
    assert [tag for tag, _ in Elements(page).tags].count("script") == 6


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_languages_say_everything(lang: str) -> None:
    words = {name: json.loads(files("kg").joinpath("schemas", "page-words.json").read_text("utf-8"))[name] for name in LANGUAGES}
    assert words[lang].keys() == words["en"].keys()
    page = page_of(world(), lang=lang)
    assert f'<html lang="{lang}">' in page
    types = {kind["name"]: kind["labels"][lang] for kind in data_of(page)["types"]}
    assert types["Model"] == {"en": "Model", "ru": "Модель"}[lang]
    for text in re.findall(r'data-(?:word|hint|label)="([^"]+)"', page):
        assert text in words[lang]


def test_unknown_language() -> None:
    with pytest.raises(InputError, match="It speaks: en, ru"):
        page_of(world(), lang="tlh")


def test_data_is_complete() -> None:
    data, evidence, view = data_of(PAGE), data_of(PAGE, "evidence-data"), select(world())
    assert data["nodes"]["key"] == [node.key for node in view.nodes]
    assert {len(column) for name, column in data["nodes"].items() if name not in ("aliases", "listed")} == {len(view.nodes)}
    assert {len(data["facts"][name]) for name in ("subject", "predicate", "object", "support", "claims")} == {len(view.facts)}
    assert [len(picture["positions"]) for picture in data["pictures"]] == [2 * picture["count"] for picture in data["pictures"]]
    claims = [said for fact in view.facts for said in fact.claims]
    posts = evidence["posts"]["id"]
    assert data["facts"]["claims"] == [len(fact.claims) for fact in view.facts]
    assert [posts[post] for post in data["claims"]] == [said.claim.evidence.post for said in claims]
    assert [evidence["quotes"][quote][1] for quote in evidence["claims"]["quote"]] == [said.sentence for said in claims]


def test_quotations_stand_in_their_sentences() -> None:
    quotes = {tuple(quote) for quote in data_of(PAGE, "evidence-data")["quotes"]}
    assert ("", "OpenAI released GPT-4o", " at its Spring Update.") in quotes
    assert ("По слухам, в ней 200 млрд параметров и ", "работает она на H100", ".") in quotes


QUOTATIONS = [
    ("One. Two three four. Five.", "three", ("Two ", "three", " four.")),
    ("One. Two three. Five.", "Two three.", ("", "Two three.", "")),
    ("line one\nTwo three\nlast", "Two", ("", "Two", " three")),
    ("x" * 200 + " here " + "y" * 200, "here", ("…" + "x" * 139 + " ", "here", " " + "y" * 139 + "…")),
    ("here", "here", ("", "here", "")),
    ("a\x00b\u202e here \u2066c", "here", ("ab ", "here", " c")),
]


@pytest.mark.parametrize(("text", "quoted", "expected"), QUOTATIONS)
def test_quotation(text: str, quoted: str, expected: tuple[str, str, str]) -> None:
    start = text.index(quoted)
    assert quotation(text, start, start + len(quoted)) == expected


def test_names_nobody_wrote_can_be_searched() -> None:
    nodes = data_of(PAGE)["nodes"]
    listed = {nodes["name"][node]: names for node, names in nodes["listed"]}
    assert "Сбербанк" in listed["Сбер"]


def test_big_graphs_start_small() -> None:
    data = graph_data(synthetic_view(2_500, 4_000, core=300), load_vocabulary())
    assert [picture["count"] for picture in data["pictures"]] == [300, 1_200, 2_500]


def test_much_evidence_is_packed() -> None:
    view = synthetic_view(1_000, 9_000)
    (packed,) = re.findall(r'<script type="text/plain" id="evidence-data">([^<]+)<', draw_page(view, load_vocabulary()))
    assert json.loads(zlib.decompress(base64.b64decode(packed))) == json.loads(json_text(evidence_data(view)))


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_build_no_html_from_text(name: str) -> None:
    source = files("kg").joinpath("page", name).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 200
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|\.srcdoc"
    assert not re.findall(forbidden, source)


def test_every_script_is_in_the_page() -> None:
    for name in SCRIPTS:
        assert files("kg").joinpath("page", name).read_text(encoding="utf-8").splitlines()[0] in PAGE, name


def test_a_page_that_fetches() -> None:
    """Another loader, other data in the page, and leave to ask the server it came from."""
    page = assemble({"start": {"token": "<x>"}}, loader="loader.js", connect="'self'")
    assert data_of(page, "start") == {"token": "<x>"}
    (policy,) = (a["content"] or "" for _, a in Elements(page).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "connect-src 'self';" in policy


def test_page_without_anything() -> None:
    assert data_of(page_of(Store.memory()))["nodes"]["key"] == []


# ---- the command
@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("drawn") / "graph"
    with Store.open(path, "write") as store:
        for extraction in EXTRACTIONS:
            store.put(extraction, "hand/1")
    return str(path)


def test_command_writes_a_page(graph: str, tmp_path: Path) -> None:
    target = tmp_path / "new" / "page.html"
    result = CliRunner().invoke(cli, ["draw", "-g", graph, "-o", str(target)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{target}: 19 nodes, 25 links, 34 facts\n"
    assert target.read_bytes() == PAGE.encode()


def test_a_long_wait_is_announced(graph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.commands.draw._LONG", 18)
    page, picture = (
        CliRunner().invoke(cli, ["draw", "-g", graph, "-o", str(tmp_path / name)]).stderr for name in ("a.html", "a.svg")
    )
    assert page.startswith("19 nodes to place and write\n")
    assert "to place" not in picture


def test_command_writes_to_stdout(graph: str) -> None:
    result = CliRunner().invoke(cli, ["draw", "-g", graph, "-o", "-", "--around", "ГигаЧат", "--lang", "ru"])
    assert data_of(result.stdout)["nodes"]["name"][0] == "GigaChat"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--around", "GigaChatt"], 1, "Did you mean GigaChat"),
        (["--types", "Model,Robot"], 1, "No type is called 'Robot'"),
        (["--lang", "tlh"], 2, "'tlh' is not one of"),
        (["--min-confidence", "7"], 2, "not in the range"),
        (["--since", "yesterday"], 1, "2024-05-13"),
        (["-o", "x.gif"], 2, "there are html, svg and png, but no gif"),
        (["-o", "."], 1, ". cannot be written"),
    ],
)
def test_command_says_what_is_wrong(graph: str, arguments: list[str], status: int, words: str) -> None:
    result = CliRunner().invoke(cli, ["draw", "-g", graph, "-o", "-", *arguments])
    assert result.exit_code == status
    assert words in result.stderr


def test_command_is_light() -> None:
    heavy = "{'pyvis', 'networkx', 'numpy', 'jinja2', 'IPython', 'rdflib', 'spacy'}"
    code = f"import sys, kg.commands.draw; sys.exit(', '.join(sorted({heavy} & sys.modules.keys())) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
