"""A log-log plot as SVG: text and lines, no library, the same bytes for the same points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 170, 20, 50
COLORS = ("#1f6fb4", "#c8502c", "#2c8a4a", "#7a4fb0", "#8a6d1f")

Point = tuple[float, float]


def log_plot(lines: Mapping[str, Sequence[Point]], x_title: str, y_title: str) -> str:
    """Lines by name; both scales are powers of ten.

    >>> log_plot({"build": [(10, 1), (100, 10)]}, "triples", "seconds").count("<circle")
    2
    """
    points = [point for line in lines.values() for point in line]
    x_from, x_to = floor(log10(min(x for x, _ in points))), ceil(log10(max(x for x, _ in points)))
    y_from, y_to = floor(log10(min(y for _, y in points))), ceil(log10(max(y for _, y in points)))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (log10(x) - x_from) / max(1, x_to - x_from)
        up = (log10(y) - y_from) / max(1, y_to - y_from)
        return round(LEFT + across * (WIDTH - LEFT - RIGHT), 1), round(HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM), 1)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(x_from, x_to + 1):
        x, low = place(10**power, 10**y_from)
        out.append(f'<path d="M{x} {low}V{TOP}" stroke="#ddd"/>')
        out.append(f'<text x="{x}" y="{low + 18}" text-anchor="middle">10{_raised(power)}</text>')
    for power in range(y_from, y_to + 1):
        left, y = place(10**x_from, 10**power)
        out.append(f'<path d="M{left} {y}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        out.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">10{_raised(power)}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    out.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{escape(x_title)}</text>')
    half = (HEIGHT - BOTTOM + TOP) / 2
    out.append(f'<text x="16" y="{half}" text-anchor="middle" transform="rotate(-90 16 {half})">{escape(y_title)}</text>')
    for color, (name, line) in zip(COLORS, lines.items(), strict=False):
        if not line:
            continue
        places = [place(*point) for point in line]
        path = "L".join(f"{x} {y}" for x, y in places)
        out.append(f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        out += [f'<circle cx="{x}" cy="{y}" r="3.5" fill="{color}"/>' for x, y in places]
        out.append(f'<text x="{places[-1][0] + 10}" y="{places[-1][1] + 4}" fill="{color}">{escape(name)}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def _raised(power: int) -> str:
    return str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
