"""One HTML page with everything in it: the picture, the facts, who says so. Opens from a file, asks the network for nothing.

pyvis provides the network of nodes and edges, its options and the vis-network library; the page around it is ours, so that
text out of posts is never read as HTML: data stands in inert JSON, the page builds its elements of text nodes, and a content
security policy lets exactly the scripts with these hashes run.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any

from kg.errors import InputError
from kg.page_data import LABEL, evidence_data, graph_data, link_facts, node_sizes, shown
from kg.store import Store
from kg.view import CORE, Part, View, select
from kg.vocabulary import Vocabulary

LANGUAGES = ("en", "ru")
_SCRIPTS = (
    "page-graph.js", "page-shapes.js", "page-labels.js", "page-canvas.js", "page-panel.js", "page-search.js",
    "page-legend.js", "page.js",
)  # fmt: skip
_MANY_EDGES = 1_500
"""From here on edges are not drawn while the picture moves."""


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
    if lang not in LANGUAGES:
        raise InputError(f"The page does not speak {lang!r}. It speaks: {', '.join(LANGUAGES)}.")
    words = json.loads(_own("schemas/page-words.json"))[lang]
    network = _network(view)
    style, library, script = _inline(_own("page.css")), _inline(_library()), _inline(_script())
    page: str = _template().render(
        lang=lang,
        title=shown(title or words["title"], 80),
        words=words,
        style=style,
        library=library,
        script=script,
        policy=_policy(style, library, script),
        graph=_json(graph_data(view, vocabulary, words, lang, network)),
        evidence=_json(evidence_data(view)),
    )
    return page


def _network(view: View) -> dict[str, Any]:
    """Nodes, edges and options as vis-network reads them, through pyvis.

    The lists are filled directly: ``add_node`` and ``add_edge`` compare each with all and take minutes for big graphs.
    """
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    names = (shown(node.name, LABEL) for node in view.nodes)
    sized = enumerate(zip(names, node_sizes(view), strict=True))
    network.nodes = [{"id": i, "label": name, "size": size} for i, (name, size) in sized]
    links = link_facts(view)
    for i, (a, b, facts) in enumerate(links):
        support = sum(view.facts[fact].support for fact in facts)
        edge = {"id": i, "from": a, "to": b, "width": round(min(1.0 + 0.5 * (support - 1) ** 0.5, 4.0), 1)}
        if all(view.facts[fact].hedged for fact in facts):
            edge["dashes"] = [6, 5]
        network.edges.append(edge)
    network.set_options(json.dumps(_options(len(links))))
    return {"nodes": network.nodes, "edges": network.edges, "options": network.options}


def _options(edges: int) -> dict[str, Any]:
    busy = edges > _MANY_EDGES
    arrow = {"enabled": not busy, "scaleFactor": 0.35}
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "edges": {"smooth": False, "arrows": {"to": arrow}, "selectionWidth": 0, "hoverWidth": 0},
        "interaction": {"hover": False, "selectable": False, "hideEdgesOnDrag": busy, "hideEdgesOnZoom": busy, "zoomSpeed": 0.7},
    }


def _template() -> Any:
    from jinja2 import Environment

    return Environment(autoescape=True, keep_trailing_newline=True).from_string(_own("page.html"))


def _own(name: str) -> str:
    return files("kg").joinpath(*name.split("/")).read_text(encoding="utf-8").replace("\r\n", "\n")


def _script() -> str:
    return '(() => {\n"use strict";\n' + "\n".join(_own(name) for name in _SCRIPTS) + "})();\n"


def _library() -> str:
    """vis-network 9.1 as pyvis ships it, its licence notice included."""
    folder = files("pyvis") / "templates" / "lib" / "vis-9.1.2"
    return folder.joinpath("vis-network.min.js").read_text(encoding="utf-8").replace("\r\n", "\n")


def _inline(source: str) -> str:
    """Source that may stand in an element: nothing in it can end the element. Ours and the library's, never text of posts."""
    if "</script" in source.lower() or "</style" in source.lower() or "<!--" in source:
        raise InputError("A script of the page would end its own element; reinstall pyvis.")
    return source


def _policy(style: str, *scripts: str) -> str:
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _json(data: Any) -> str:
    """JSON that cannot leave its script element nor break a line of JavaScript."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written.encode("utf-8", "replace").decode()
