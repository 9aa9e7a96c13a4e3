"""Rows as people or programs want them: a table, JSON or CSV."""

from __future__ import annotations

import csv
import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO, TypeAlias

from kg.model import Value

Cell: TypeAlias = Value | None
FORMATS = ("table", "json", "csv")
_NARROWEST = 8
"""Columns are clipped no further than this."""
# Control characters could rewrite the terminal, and bidirectional ones the line.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def write_rows(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], out: TextIO, form: str = "table", *, width: int = 0
) -> None:
    """Write rows to ``out``; ``width`` clips a table to so many columns of the screen, 0 clips nothing.

    >>> import sys
    >>> write_rows(["model", "score"], [("GPT-4o", 88.7), ("RETRO", None)], sys.stdout)
    model   score
    ------  -----
    GPT-4o   88.7
    RETRO
    """
    if form == "json":
        _write_json(columns, rows, out)
    elif form == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_plain(cell) for cell in row] for row in rows)
    else:
        _write_table(columns, list(rows), out, width)


def screen_width(out: TextIO) -> int:
    """Columns of the terminal that ``out`` is, 0 when it is none."""
    return shutil.get_terminal_size().columns if out.isatty() else 0


def display_width(text: str) -> int:
    """Columns of the screen that a text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def clip(text: str, width: int) -> str:
    """The beginning of a text, with an ellipsis when it does not fit.

    >>> clip("DeepSeek-V3", 8)
    'DeepSee…'
    """
    if display_width(text) <= width:
        return text
    kept, used = [], 1
    for c in text:
        used += display_width(c)
        if used > width:
            break
        kept.append(c)
    return "".join(kept) + "…"


def _write_json(columns: Sequence[str], rows: Iterable[Sequence[Cell]], out: TextIO) -> None:
    separator = "[\n"
    for row in rows:
        out.write(separator + json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")


def _write_table(columns: Sequence[str], rows: list[Sequence[Cell]], out: TextIO, width: int) -> None:
    shown = [[_CONTROL.sub(" ", _plain(cell)) for cell in row] for row in rows]
    widths = [max([display_width(name), *(display_width(row[i]) for row in shown)]) for i, name in enumerate(columns)]
    if width:
        widths = _fitted(widths, width)
    numeric = [_is_numeric(row[i] for row in rows) for i in range(len(columns))]
    for line in (list(columns), ["-" * n for n in widths], *shown):
        cells = [_padded(clip(text, n), n, right) for text, n, right in zip(line, widths, numeric, strict=True)]
        out.write("  ".join(cells).rstrip() + "\n")


def _fitted(widths: list[int], width: int) -> list[int]:
    """Widths that fit the screen, taken from the widest columns first."""
    fitted = list(widths)
    over = sum(fitted) + 2 * (len(fitted) - 1) - width
    while over > 0 and max(fitted, default=0) > _NARROWEST:
        widest = max(fitted)
        second = max((n for n in fitted if n < widest), default=_NARROWEST)
        takers = [i for i, n in enumerate(fitted) if n == widest]
        cut = min(widest - max(second, _NARROWEST), -(-over // len(takers))) or 1
        for i in takers:
            fitted[i] -= cut
        over -= cut * len(takers)
    return fitted


def _is_numeric(cells: Iterable[Cell]) -> bool:
    values = [cell for cell in cells if cell is not None]
    return bool(values) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in values)


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - display_width(text))
    return space + text if right else text + space


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return ("yes" if cell else "no") if isinstance(cell, bool) else str(cell)
