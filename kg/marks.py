"""The shapes of types in SVG: the same that ``page/shapes.js`` draws on the screen, and the colours of both."""

from __future__ import annotations

import re
from math import cos, pi, sin

INK, QUIET, GROUND, EDGE, RULE = "#1c1e21", "#5d636b", "#ffffff", "#b9b6ae", "#e2e0db"


def mark(shape: str, x: float, y: float, r: float, color: str) -> str:
    """A node: ``shape`` as the ontology names it (``kg:drawnAs``), anything unknown is a dot; ``r`` is its radius in pixels.

    >>> mark("dot", 0, 0, 8, "#0072B2")
    '<circle cx="0" cy="0" r="8" fill="#0072B2" stroke="#0b5078"/>'
    """
    color = color if re.fullmatch(r"#[0-9A-Fa-f]{6}", color) else "#888888"
    paint = f'fill="{color}" stroke="{mixed(color, INK, 0.4)}"'
    if shape == "square":
        side = 1.76 * r
        return f'<rect x="{n(x - side / 2)}" y="{n(y - side / 2)}" width="{n(side)}" height="{n(side)}" {paint}/>'
    if shape == "database":
        w, h, lid = 0.85 * r, 0.72 * r, 0.28 * r
        left, right, top, bottom = n(x - w), n(x + w), n(y - h), n(y + h)
        arc = f"A{n(w)} {n(lid)} 0 0 "
        body = f"M{left} {top}{arc}1 {right} {top}V{bottom}{arc}1 {left} {bottom}ZM{right} {top}{arc}1 {left} {top}"
        return f'<path d="{body}" {paint}/>'
    corners = _CORNERS.get(shape)
    if corners is None:
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" {paint}/>'
    points = " ".join(f"{n(x + reach * r * sin(turn))},{n(y - reach * r * cos(turn))}" for reach, turn in corners)
    return f'<polygon points="{points}" {paint}/>'


def mixed(a: str, b: str, share: float) -> str:
    """A colour with so much (0 to 1) of another one in it; both written #rrggbb."""
    parts = [(int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(x * (1 - share) + y * share):02x}" for x, y in parts)


def n(value: float) -> str:
    """A number with at most one decimal."""
    text = f"{value:.1f}"
    return {"-0.0": "0"}.get(text, text.removesuffix(".0"))


def _polygon(corners: int, reach: float, turn: float = 0.0) -> list[tuple[float, float]]:
    return [(reach, turn + 2 * pi * k / corners) for k in range(corners)]


_CORNERS = {
    "diamond": _polygon(4, 1.12),
    "triangle": _polygon(3, 1.2),
    "triangleDown": _polygon(3, 1.2, pi),
    "hexagon": _polygon(6, 1.05),
    "star": [(0.52 if k % 2 else 1.25, pi * k / 5) for k in range(10)],
}
