"""A picture of a graph for reports: SVG without a browser, and PNG made of it. The same graph gives the same bytes.

Colours and shapes are those of the page. resvg turns SVG into PNG: one small wheel, no system package, and both formats show
the same picture; the font comes with postkg.
"""

from __future__ import annotations

from itertools import groupby

from kg.caption import Words, caption
from kg.errors import MissingExtra
from kg.layout import layout
from kg.lettering import FAMILY, fitted, font_files, known, width
from kg.marks import EDGE, GROUND, INK, QUIET, RULE, mark, n
from kg.page_data import node_sizes
from kg.page_text import shown
from kg.part import Part
from kg.picture_texts import Texts
from kg.placing import Placed, place_along, place_labels
from kg.svg_text import LABEL, line, plain, wrapped
from kg.view import Fact, View
from kg.vocabulary import Vocabulary

_MARGIN, _LINE = 32.0, 20.0
_NARROWEST, _SMALL = 560.0, 10.0
_LONGEST = 190.0
"""Pixels of a label."""
_SPACING = 96.0
_FEW_NODES = 30
"""Nodes up to which their numbers and dates are written beside them."""
_MANY_LINKS = 120
"""Links from which on none of them is named."""
_FONT = f"{FAMILY}, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_SHARPNESS, _WIDEST = 2.0, 6000
"""Pixels of a PNG for each of the SVG, and at most across."""


def draw_svg(
    view: View, vocabulary: Vocabulary, part: Part | None = None, *, lang: str = "en", title: str = "", asked: str = ""
) -> str:
    """The whole view as SVG, with title, caption and legend; ``part`` and ``asked`` are what the caption says was asked for.

    Raises ``InputError`` for a language there are no words for.

    >>> from kg.view import select
    >>> from tests.graphs import world
    >>> store = world()
    >>> draw_svg(select(store), store.vocabulary).startswith("<svg ")
    True
    """
    words = Words.of(lang)
    drawing = _Drawing(view, vocabulary, lang)
    middle = next((node.name for node in view.nodes if node.key == view.around), "")
    heading = shown(title or middle, 120) or words("title")
    told = caption(view, vocabulary, part or Part(), words, drawing.common)
    told += [shown(asked)] if asked else []
    return drawing.svg(heading, told, words)


def draw_png(svg: str) -> bytes:
    """The picture as PNG. ``MissingExtra`` says how to install what is needed."""
    try:
        import resvg_py
    except ImportError as error:
        raise MissingExtra("png", "resvg-py") from error
    across = float(svg.partition(' width="')[2].partition('"')[0])
    letters = known("".join(c for c in svg if not c.isascii() and c != "\n"))
    # Letters that the font lacks are looked for on the machine; without such letters every machine draws the same.
    made: bytes = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=letters, font_files=font_files(), zoom=min(_SHARPNESS, _WIDEST / across)
    )
    return bytes(made)


class _Drawing:
    """One view being drawn: positions first, then one kind of element after the other."""

    def __init__(self, view: View, vocabulary: Vocabulary, lang: str) -> None:
        self.view, self.vocabulary, self.lang = view, vocabulary, lang
        place = {node.key: i for i, node in enumerate(view.nodes)}
        self.between: dict[tuple[int, int], list[Fact]] = {}
        for fact in view.facts:
            if not fact.datatype and fact.subject != fact.object:
                pair = (place[fact.subject], place[fact.object])
                self.between.setdefault((min(pair), max(pair)), []).append(fact)
        self.links = sorted(self.between)
        self.place = place
        self.radii = [0.8 * size for size in node_sizes(view)]
        self.names = [fitted(shown(node.name), LABEL, _LONGEST) for node in view.nodes]
        predicates = {fact.predicate for facts in self.between.values() for fact in facts}
        self.common = next(iter(predicates)) if len(predicates) == 1 else ""
        """The predicate of every link, when there is only one: named once, in the caption."""
        points = layout(len(view.nodes), self.links, radii=self.radii, spacing=_SPACING)
        texts = Texts(vocabulary, lang, self.common)
        of_node: dict[str, list[Fact]] = {node.key: [] for node in view.nodes}
        for fact in view.facts if len(view.nodes) <= _FEW_NODES else ():
            of_node[fact.subject].append(fact)
        beside = (texts.beside(of_node[node.key]) for node in view.nodes)
        self.values = [[fitted(text, _SMALL, 1.4 * _LONGEST) for text in lines] for lines in beside]
        sizes = [self._size(name, values) for name, values in zip(self.names, self.values, strict=True)]
        self.placed: Placed = place_labels(points, self.radii, sizes, self.links)
        self.said = [texts.along(self.between[link]) for link in self.links]
        if len(self.links) <= _MANY_LINKS:
            self._place_said(self.said)
            # Where "evaluated on 88.7" has no room, 88.7 may have.
            shorter = [
                texts.scores(self.between[link]) if i not in self.placed.along else "" for i, link in enumerate(self.links)
            ]
            self.said = [short or said for short, said in zip(shorter, self.said, strict=True)]
            self._place_said(shorter)

    def svg(self, heading: str, told: list[str], words: Words) -> str:
        left, top, right, bottom = self._bounds()
        across = max(right - left, _NARROWEST)
        lines = [part for text in told for part in wrapped(text, across)]
        head = wrapped(heading, across, 20, bold=True)
        legend, legend_height = self._legend(across, words)
        above = _MARGIN + 26 * len(head) + _LINE * len(lines) + 12
        total = (n(across + 2 * _MARGIN), n(above + (bottom - top) + 24 + legend_height + _MARGIN))
        x, y = _MARGIN - left + (across - (right - left)) / 2, above - top
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{total[0]}" height="{total[1]}" viewBox="0 0 {total[0]} {total[1]}" '
            f'role="img" font-family="{_FONT}" font-size="{n(LABEL)}" fill="{INK}">',
            f"<title>{plain(heading)}</title>\n<desc>{plain('. '.join(told))}</desc>",
            f'<rect width="100%" height="100%" fill="{GROUND}"/>',
            *(line(text, _MARGIN, _MARGIN + 18 + 26 * i, 20, bold=True) for i, text in enumerate(head)),
            *(line(text, _MARGIN, _MARGIN + 26 * len(head) + _LINE * (i + 0.7), LABEL, QUIET) for i, text in enumerate(lines)),
            f'<g transform="translate({n(x)} {n(y)})">',
            *self._links(),
            *self._nodes(),
            *self._link_labels(),
            *self._labels(),
            "</g>",
            f'<g transform="translate({n(_MARGIN)} {n(above + (bottom - top) + 24)})">',
            *legend,
            "</g>\n</svg>\n",
        ]
        return "\n".join(parts)

    def _bounds(self) -> tuple[float, float, float, float]:
        boxes = [(box.x0, box.y0, box.x1, box.y1) for box in self.placed.labels.values()]
        for (x, y), r in zip(self.placed.points, self.radii, strict=True):
            boxes.append((x - 1.3 * r, y - 1.3 * r, x + 1.3 * r, y + 1.3 * r))
        if not boxes:
            return 0.0, 0.0, 0.0, 0.0
        lows, highs = [min(box[i] for box in boxes) for i in (0, 1)], [max(box[i] for box in boxes) for i in (2, 3)]
        return lows[0], lows[1], highs[0], highs[1]

    # ---- one kind of element each
    def _links(self) -> list[str]:
        drawn = []
        for (a, b), facts in self.between.items():
            (x0, y0), (x1, y1) = self.placed.points[a], self.placed.points[b]
            support = sum(fact.support for fact in facts)
            dashes = ' stroke-dasharray="5 4"' if all(fact.hedged for fact in facts) else ""
            thick = n(min(1.0 + 0.5 * (support - 1) ** 0.5, 4.0))
            drawn.append(f'<path d="M{n(x0)} {n(y0)}L{n(x1)} {n(y1)}" stroke="{EDGE}" stroke-width="{thick}"{dashes}/>')
            for subject, target in sorted({(self.place[fact.subject], self.place[fact.object]) for fact in facts}):
                drawn.append(self._arrow(subject, target))
        return ["<g>", *drawn, "</g>"]

    def _arrow(self, subject: int, target: int) -> str:
        (x0, y0), (x1, y1) = self.placed.points[subject], self.placed.points[target]
        length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-6)
        dx, dy = (x1 - x0) / length, (y1 - y0) / length
        tip = 1.15 * self.radii[target] + 1.5
        tx, ty = x1 - tip * dx, y1 - tip * dy
        wings = [(tx - 7 * dx + side * 3 * dy, ty - 7 * dy - side * 3 * dx) for side in (1, -1)]
        points = " ".join(f"{n(px)},{n(py)}" for px, py in ((tx, ty), *wings))
        return f'<polygon points="{points}" fill="{EDGE}"/>'

    def _nodes(self) -> list[str]:
        drawn = []
        for node, (x, y), r in zip(self.view.nodes, self.placed.points, self.radii, strict=True):
            kind = self.vocabulary.types[node.type]
            told = f"{shown(node.name)} ({kind.labels.get(self.lang) or kind.name})"
            drawn.append(f"<g><title>{plain(told)}</title>{mark(kind.drawn_as, x, y, r, kind.color)}</g>")
        return ["<g>", *drawn, "</g>"]

    def _labels(self) -> list[str]:
        drawn = []
        for node, box in sorted(self.placed.labels.items()):
            bold = self.view.nodes[node].key == self.view.around
            lines = [(self.names[node], LABEL, "", bold), *((text, _SMALL, QUIET, False) for text in self.values[node])]
            for i, (text, size, color, heavy) in enumerate(lines):
                # On the left of its node a label ends where the node is.
                to_end = box.x1 - 2 - width(text, size, bold=heavy) if box.x1 < self.placed.points[node][0] else box.x0 + 2
                drawn.append(line(text, to_end, box.y0 + LABEL - 1 + 12.5 * i, size, color, bold=heavy))
        halo = f'stroke="{GROUND}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
        return [f"<g {halo}>", *drawn, "</g>"]

    def _link_labels(self) -> list[str]:
        """On a piece of the ground, so that no line runs through the letters."""
        drawn = []
        for number, slanted in sorted(self.placed.along.items()):
            (x, y), text = slanted.at, self.said[number]
            long = width(text, _SMALL)
            ground = f'<rect x="{n(-long / 2 - 2)}" y="-6" width="{n(long + 4)}" height="12" fill="{GROUND}"/>'
            written = f'<text text-anchor="middle" y="3.5" textLength="{n(long)}">{plain(text)}</text>'
            drawn.append(f'<g transform="translate({n(x)} {n(y)}) rotate({n(slanted.angle)})">{ground}{written}</g>')
        return [f'<g font-size="{n(_SMALL)}" fill="{QUIET}">', *drawn, "</g>"]

    def _legend(self, across: float, words: Words) -> tuple[list[str], float]:
        """Types with their counts, the most frequent first, then what lines mean."""
        items: list[tuple[str, str]] = []
        by_type = sorted(node.type for node in self.view.nodes)
        counts = sorted(((len(list(group)), name) for name, group in groupby(by_type)), key=lambda item: (-item[0], item[1]))
        for count, name in counts:
            kind = self.vocabulary.types[name]
            items.append((mark(kind.drawn_as, 7, 0, 6.5, kind.color), f"{kind.labels.get(self.lang) or kind.name} {count}"))
        if any(all(fact.hedged for fact in facts) for facts in self.between.values()):
            items.append((f'<path d="M-4 0H14" stroke="{QUIET}" stroke-width="1.4" stroke-dasharray="5 4"/>', words("rumour")))
        if any(sum(fact.support for fact in facts) > 1 for facts in self.between.values()):
            items.append((f'<path d="M-4 0H14" stroke="{EDGE}" stroke-width="4"/>', words("thick")))
        drawn = [f'<path d="M0 0H{n(across)}" stroke="{RULE}"/>'] if items else []
        x, y = 0.0, 22.0
        for icon, text in items:
            room = 22 + width(text, LABEL) + 22
            if x and x + room - 22 > across:
                x, y = 0.0, y + 22
            drawn.append(f'<g transform="translate({n(x + 4)} {n(y)})">{icon}</g>' + line(text, x + 24, y + 4.3, LABEL))
            x += room
        return drawn, y + 8 if items else 0.0

    def _size(self, name: str, values: list[str]) -> tuple[float, float]:
        """Width and height of a label; bold letters, which the node in the middle has, are the wider ones."""
        widest = max([width(name, LABEL, bold=True), *(width(text, _SMALL) for text in values)])
        return widest + 4, LABEL + 3 + 12.5 * len(values)

    def _place_said(self, texts: list[str]) -> None:
        place_along(
            self.placed, self.radii, self.links, [(width(text, _SMALL), _SMALL + 2) if text else (0.0, 0.0) for text in texts]
        )
