"""Lines of text in SVG: measured, wrapped, escaped."""

from __future__ import annotations

from html import escape

from kg.lettering import fitted, known, width
from kg.marks import n

LABEL = 12.0
"""Pixels of ordinary text."""


def line(text: str, x: float, y: float, size: float, color: str = "", *, bold: bool = False) -> str:
    """A line of text from x on; in another font than ours it is squeezed into the width ours would take."""
    weight = ' font-weight="600"' if bold else ""
    paint = f' fill="{color}"' if color else ""
    sized = f' font-size="{n(size)}"' if size != LABEL else ""
    long = n(width(text, size, bold=bold))
    fit = f' textLength="{long}" lengthAdjust="spacingAndGlyphs"' if text and known(text) else ""
    return f'<text x="{n(x)}" y="{n(y)}"{sized}{weight}{paint}{fit}>{plain(text)}</text>'


def wrapped(text: str, room: float, size: float = LABEL, *, bold: bool = False) -> list[str]:
    """Words in lines of so many pixels; a word too long for one is clipped."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size, bold=bold) <= room or not lines[-1]:
            lines[-1] = fitted(longer, size, room, bold=bold)
        else:
            lines.append(fitted(word, size, room, bold=bold))
    return lines


def plain(text: str) -> str:
    """Text for XML, which has no place for some characters."""
    return escape("".join(c for c in text if c not in "\ufffe\uffff"))
