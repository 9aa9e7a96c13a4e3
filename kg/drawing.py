"""One HTML page with everything in it: the picture, the facts, who says so. Opens from a file, asks the network for nothing.

``page_data`` says what the page knows, ``page/`` what it does with it, this module puts both into one file. pyvis provides
vis-network, which draws pictures of everyday size, and its options; bigger ones the page draws itself, with WebGL. Text out of
posts is never read as HTML: data stands in inert JSON, the page builds its elements of text nodes, and a content security
policy lets exactly the scripts with these hashes run.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from kg.errors import InputError
from kg.page_data import evidence_data, graph_data
from kg.page_text import shown
from kg.store import Store
from kg.view import CORE, Part, View, select
from kg.vocabulary import Vocabulary

LANGUAGES = ("en", "ru")
LOADER = "loader.js"
"""The script that finds the data of a page which carries it."""
_SCRIPTS = (
    "words.js", "graph.js", "filters.js", "places.js", "shapes.js", "labels.js", "vis.js", "shaders.js", "webgl.js",
    "picture.js", "overlay.js", "elements.js", "facts.js", "conflicts.js", "panel.js", "spelling.js", "search.js",
    "legend.js", "dates.js", "steps.js", "paths.js", "address.js", "tables.js", "painting.js", "vectors.js", "export.js",
    "pointer.js", "keys.js", "page.js",
)  # fmt: skip
_PACKED = 1_000_000
"""Evidence of so many characters is compressed."""


def draw(store: Store, part: Part | None = None, *, core: int = CORE, lang: str = "en", title: str = "") -> str:
    """The page of a graph, or of a part of it; the first ``core`` nodes are its first picture.

    Raises what ``kg.view.select`` and ``draw_page`` raise.

    >>> from kg.store import Store
    >>> draw(Store.memory())[:15]
    '<!doctype html>'
    """
    return draw_page(select(store, part, core=core), store.vocabulary, lang=lang, title=title)


def draw_page(view: View, vocabulary: Vocabulary, *, lang: str = "en", title: str = "") -> str:
    """The page as a string; write it as UTF-8 with ``newline="\\n"``, since the hashes count every character.

    Raises ``InputError`` for a language the page does not speak.
    """
    data = {"graph-data": graph_data(view, vocabulary), "evidence-data": evidence_data(view)}
    return assemble(data, lang=lang, title=title)


@dataclass(frozen=True, slots=True)
class Addition:
    """What a page has besides: scripts and styles by their path in ``kg/``, words by their name in ``schemas/``."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


NOTHING = Addition()


def assemble(
    data: Mapping[str, Any],
    *,
    lang: str = "en",
    title: str = "",
    loader: str = LOADER,
    connect: str = "",
    more: Addition = NOTHING,
) -> str:
    """The page around these pieces of data, by the id of the element that holds each.

    ``loader`` is the script (in ``page/``, or by its path) that finds them; its promises: ``page_data``. ``connect`` are the
    sources, as a content security policy writes them, from which it may fetch more: ``'self'``.
    Raises ``InputError`` for a language the page does not speak.
    """
    if lang not in LANGUAGES:
        raise InputError(f"The page does not speak {lang!r}. It speaks: {', '.join(LANGUAGES)}.")
    words = words_of("page-words.json", *more.words)
    style = _inline("".join(own(name) for name in ("page/page.css", *more.styles)))
    library, script = _inline(_library()), _inline(_script(loader, more.scripts))
    page: str = _template().render(
        lang=lang,
        title=shown(title or words[lang]["title"], 80),
        named=bool(title),
        words=words[lang],
        style=style,
        scripts=[library, script],
        policy=policy(style, [library, script], connect),
        blocks=[_block("page-words", words), _block("page-options", _options()), *(_block(*item) for item in data.items())],
    )
    return page


def policy(style: str, scripts: Iterable[str], connect: str = "") -> str:
    """The content security policy that allows this style and these scripts, and nothing else."""
    allowed = " ".join(hash_of(script) for script in scripts)
    fetched = f"connect-src {connect}; " if connect else ""
    return (
        f"default-src 'none'; script-src {allowed}; style-src {hash_of(style)}; img-src data: blob:; {fetched}"
        "base-uri 'none'; form-action 'none'"
    )


def _options() -> dict[str, Any]:
    """How vis-network draws, as pyvis writes it down: it moves nothing by itself, and the page does the pointing."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    network.set_options(
        json.dumps(
            {
                "autoResize": True,
                "physics": {"enabled": False},
                "layout": {"improvedLayout": False},
                "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0},
                "interaction": {"hover": False, "selectable": False, "zoomSpeed": 0.7},
            }
        )
    )
    options: dict[str, Any] = network.options
    return options


def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    return Environment(autoescape=True, keep_trailing_newline=True, undefined=StrictUndefined).from_string(own("page/page.html"))


def own(name: str) -> str:
    """The text of a file that comes with the page."""
    return files("kg").joinpath(*name.split("/")).read_text(encoding="utf-8").replace("\r\n", "\n")


def words_of(*names: str) -> dict[str, dict[str, Any]]:
    """The texts of these files in ``schemas/``, by language."""
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        for lang, texts in json.loads(own(f"schemas/{name}")).items():
            found.setdefault(lang, {}).update(texts)
    return found


def _script(loader: str, more: Iterable[str] = ()) -> str:
    # The last script begins, so what is added stands before it.
    names = (loader, *_SCRIPTS[:-1], *more, _SCRIPTS[-1])
    places = (name if "/" in name else f"page/{name}" for name in names)
    return '(() => {\n"use strict";\n' + "\n".join(own(place) for place in places) + "})();\n"


def _library() -> str:
    """vis-network 9.1 as pyvis ships it, its licence notice included."""
    folder = files("pyvis") / "templates" / "lib" / "vis-9.1.2"
    return folder.joinpath("vis-network.min.js").read_text(encoding="utf-8").replace("\r\n", "\n")


def _inline(source: str) -> str:
    """Source that may stand in an element: nothing in it can end the element. Ours and the library's, never text of posts."""
    if "</script" in source.lower() or "</style" in source.lower() or "<!--" in source:
        raise InputError("A script of the page would end its own element; reinstall pyvis.")
    return source


def hash_of(source: str) -> str:
    """How a content security policy names exactly this script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _block(name: str, data: Any) -> dict[str, str]:
    """An element that holds data: JSON, or what zlib makes of it when there is much that is not needed at once."""
    written = json_text(data)
    if name == "evidence-data" and len(written) > _PACKED:
        return {"id": name, "type": "text/plain", "text": base64.b64encode(zlib.compress(written.encode(), 6)).decode()}
    return {"id": name, "type": "application/json", "text": written}


def json_text(data: Any) -> str:
    """JSON that cannot leave its script element nor break a line of JavaScript.

    >>> json_text({"name": "</script>"})
    '{"name":"\\\\u003c/script\\\\u003e"}'
    """
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written.encode("utf-8", "replace").decode()
