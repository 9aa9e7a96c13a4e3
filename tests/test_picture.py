"""Pictures for reports: complete, legible, inert, the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import InputError, MissingExtra
from kg.lettering import font_files, width
from kg.marks import mark
from kg.picture import _Drawing, draw_png, draw_svg
from kg.store import Store
from kg.view import Part, select
from tests.graphs import EXTRACTIONS, world
from tests.hostile import PAYLOADS, hostile_store
from tests.synthetic import synthetic_store

SVG = "{http://www.w3.org/2000/svg}"
STORE = world()


def picture(store: Store, part: Part | None = None, *, core: int = 60, lang: str = "en") -> str:
    return draw_svg(select(store, part, core=core).cut(), store.vocabulary, part, lang=lang)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_same_graph_same_picture() -> None:
    turned = Store.memory()
    for extraction in reversed(EXTRACTIONS):
        turned.put(extraction, "hand/1")
    assert picture(turned) == picture(STORE)
    assert draw_png(picture(turned)) == draw_png(picture(STORE))


SAID: list[tuple[Part | None, str, list[str]]] = [
    (None, "en", ["Knowledge graph", "GPT-4o", "Сбер", "Model 7", "Benchmark 2", "rumour", "88.7", "developed by"]),
    (Part(around="DeepSeek-V3"), "en", ["parameters: 671B / 685B"]),
    (None, "ru", ["Граф знаний", "Модель 7", "слух", "88.7", "число параметров: 671\u00a0млрд / 685\u00a0млрд"]),
    (Part(around="ГигаЧат"), "ru", ["GigaChat", "Вокруг: GigaChat, 1 шаг", "разработчик"]),
    (Part(since="2025", min_support=2), "en", ["Nothing to draw.", "Posts since 2025 · facts with 2 posts or more"]),
    (Part(predicates=("developed_by",)), "en", ["Meta"]),
]  # fmt: skip


@pytest.mark.parametrize(("part", "lang", "said"), SAID)
def test_what_it_says(part: Part | None, lang: str, said: list[str]) -> None:
    written = texts(picture(STORE, part, lang=lang))
    assert [text for text in said if text not in written] == []


def test_the_caption_counts() -> None:
    assert "12 of 19 nodes, the best connected" in " ".join(texts(picture(STORE, core=12)))
    assert any(text.startswith("19 nodes · 25 links · ") for text in texts(picture(STORE)))


@pytest.mark.parametrize(("store", "core"), [(STORE, 60), (synthetic_store(300, 700), 60), (synthetic_store(40, 60), 40)])
def test_labels_touch_nothing(store: Store, core: int) -> None:
    view = select(store, core=core).cut()
    drawing = _Drawing(view, store.vocabulary, "en")
    placed = drawing.placed
    assert sorted(placed.labels) == list(range(len(view.nodes)))
    for a, b in combinations(placed.labels.values(), 2):
        assert not a.meets(b)
    for node, box in placed.labels.items():
        assert not [i for i, at in enumerate(placed.points) if i != node and box.near(at, drawing.radii[i])]
        assert not [s for s in placed.along.values() if any(box.near(at, s.radius) for at in s.circles)]


@pytest.mark.parametrize(
    ("text", "size", "bold"), [("DeepSeek-V3", 12, False), ("Северный Код", 12, True), ("Ёжик №5", 20, False)]
)
def test_text_is_as_wide_as_it_is_taken_to_be(text: str, size: float, bold: bool) -> None:
    fonttools = pytest.importorskip("fontTools.ttLib")
    font = fonttools.TTFont(font_files()[int(bold)])
    letters, units = font.getBestCmap(), font["head"].unitsPerEm
    real = sum(font["hmtx"][letters[ord(c)]][0] for c in text) / units * size
    assert width(text, size, bold=bold) == pytest.approx(real, abs=0.02)


def test_colours_and_shapes_are_those_of_the_page() -> None:
    root = ElementTree.fromstring(picture(STORE))
    fills = {element.get("fill") for element in root.iter()}
    used = {STORE.vocabulary.types[node.type].color.lower() for node in select(STORE).nodes}
    assert used <= {(fill or "").lower() for fill in fills}
    shapes = {kind.drawn_as for kind in STORE.vocabulary.types.values()}
    drawn = {re.sub(r"#\w+", "", mark(shape, 0, 0, 10, "#000000")) for shape in shapes}
    assert len(drawn) == len(shapes)


def test_hostile_text_is_text() -> None:
    svg = picture(hostile_store())
    root = ElementTree.fromstring(svg)
    allowed = {"svg", "g", "title", "desc", "rect", "path", "circle", "polygon", "text"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert any(PAYLOADS[0][:20] in text for text in texts(svg))
    assert "\u202e" not in svg
    assert draw_png(svg)[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_colour_of_somebody_is_a_colour() -> None:
    assert 'fill="#888888"' in mark("dot", 0, 0, 5, '"/><script>')


def test_languages() -> None:
    with pytest.raises(InputError, match="There are: en, ru"):
        picture(STORE, lang="fr")


def test_empty() -> None:
    assert "Nothing to draw." in texts(picture(Store.memory()))


def test_without_the_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtra, match=r"postkg\[png\]"):
        draw_png(picture(STORE))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn") / "graph"
    with Store.open(folder, "write") as store:
        for extraction in EXTRACTIONS:
            store.put(extraction, "hand/1")
    return folder


COMMANDS: list[tuple[str, int, str]] = [
    ("--around GPT-4o -o {}/a.svg", 0, "nodes"),
    ("--around GPT-4o --format png -o {}/a", 0, "nodes"),
    ("--ask leaderboard --benchmark MMLU -o {}/b.png", 0, "5 nodes, 4 links"),
    ("--ask leaderboard --benchmark MMLU --since 2025 -o {}/b.html", 0, "nodes"),
    ("--ask=lineage --entity R1-Distill --depth 1 -o {}/c.svg --lang ru", 0, "3 nodes, 2 links"),
    ("--ask evidence --subject GPT-4o --predicate evaluated_on -o {}/d.svg", 0, "3 nodes, 2 links, 2 facts"),
    ("--ask leaderbord -o {}/x.svg", 2, "Did you mean leaderboard?"),
    ("--ask leaderboard -o {}/x.svg", 2, "--benchmark"),
    ("--ask leaderboard --benchmark MLMU -o {}/x.svg", 1, "Did you mean MMLU"),
    ("--ask sources -o {}/x.svg", 1, "kg ask sources"),
    ("--ask timeline --entity GPT-4o -o {}/x.svg", 1, "nothing to draw"),
    ("--ask outperforms --model GigaChat -o {}/x.svg", 1, "Nothing in the graph answers this"),
    ("--ask conflicts --around GPT-4o", 2, "give one of them"),
    ("--depth 2", 2, "--around ENTITY"),
    ("--format svg -o {}/x.png", 2, "--format svg is not .png"),
    ("--types Modle -o {}/x.svg", 1, "Did you mean Model?"),
    ("--benchmark MMLU", 2, "No such option"),
]


@pytest.mark.parametrize(("line", "status", "words"), COMMANDS)
def test_commands(line: str, status: int, words: str, graph: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["draw", "-g", str(graph), *line.format(tmp_path).split()])
    assert (result.exit_code, words in result.output) == (status, True), result.output
    assert (len(list(tmp_path.iterdir())) == 1) == (status == 0)


def test_to_standard_output(graph: Path) -> None:
    result = CliRunner().invoke(cli, ["draw", "-g", str(graph), "--format", "svg", "-o", "-"])
    assert result.stdout.startswith("<svg ")


def test_help_has_the_parameters_of_a_question() -> None:
    assert "--metric" in CliRunner().invoke(cli, ["draw", "--ask", "leaderboard", "--help"]).output
    assert "--metric" not in CliRunner().invoke(cli, ["draw", "--help"]).output


def test_help_is_light() -> None:
    code = "import sys, kg.cli; kg.cli.cli(['draw', '--help'], standalone_mode=False); print('HEAVY', 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "HEAVY False" in done.stdout
