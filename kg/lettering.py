"""How wide text is in the font of pictures, so that labels can be placed without drawing them.

The font is Inter (SIL Open Font License) reduced to Latin, Greek and Cyrillic, in ``fonts/``, so that a bare machine has it.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib.resources import files

FAMILY = "Inter"
_FACES = {False: "Regular", True: "SemiBold"}
_UNKNOWN, _WIDE = 0.65, 1.05
"""Guesses, in font sizes, for letters of other fonts; wide ones are Chinese letters and emoji."""


def font_files() -> list[str]:
    """Paths of the font files."""
    return [str(files("kg") / "fonts" / f"{FAMILY}-{face}.otf") for face in _FACES.values()]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that a text takes at a font size.

    >>> round(width("Яндекс", 12), 1), round(width("Яндекс", 12, bold=True), 1)
    (42.6, 44.0)
    """
    widths = _widths(_FACES[bold])
    return size * sum(widths[c] if c in widths else _guess(c) for c in text)


def known(text: str) -> bool:
    """Whether the font has every letter of a text."""
    widths = _widths(_FACES[False])
    return all(c in widths for c in text)


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The beginning of a text that fits into so many pixels, with an ellipsis when it is not all.

    >>> fitted("Llama 3.1 405B Instruct", 12, 90)
    'Llama 3.1 405…'
    """
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


@cache
def _widths(face: str) -> dict[str, float]:
    table = json.loads((files("kg") / "fonts" / "widths.json").read_text(encoding="utf-8"))[face]
    return {letter: em for letters, em in table.items() for letter in letters}


def _guess(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN
