"""A folder of posts: which of its files to read, in which order, and what to say about the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.model import Problem

_TEXTS = ".json .jsonl .ndjson .csv .tsv .html .htm .xhtml .xml .rss .atom .rdf .md .markdown .txt .gz"
_PICTURES = ".jpg .jpeg .png .gif .webp .svg .bmp .heic .ico .mp4 .mov .webm .mkv .avi .tgs"
_OTHERS = ".mp3 .ogg .oga .opus .m4a .wav .flac .css .js .map .woff .woff2 .ttf .pdf .zip .vcard .vcf"

READABLE = frozenset(_TEXTS.split())
SILENT = frozenset(f"{_PICTURES} {_OTHERS}".split())
"""What an exported channel or a saved page brings along."""

_NUMBER = re.compile(r"(\d+)")


def files(folder: Path, report: Callable[[Problem], None]) -> Iterator[Path]:
    """The files with posts below a folder, ``messages2`` before ``messages10``.

    Hidden files and what a Telegram export brings along (pictures, styles) are passed over in silence; another
    extension is reported once; a folder that links lead back to is entered once.
    """
    unknown: dict[str, list[Path]] = {}
    for path in _walk(folder, set(), report):
        suffix = path.suffix.lower()
        if suffix in READABLE and (suffix != ".gz" or Path(path.stem).suffix.lower() in READABLE):
            yield path
        elif suffix not in SILENT:
            unknown.setdefault(suffix, []).append(path)
    for suffix, paths in sorted(unknown.items()):
        what = f"a file with the unknown extension {suffix or '(none)'} was left out"
        if len(paths) > 1:
            what = f"{len(paths)} files with the unknown extension {suffix or '(none)'} were left out"
        report(Problem(str(paths[0]), what, "name the file itself to have it read, or give the format"))


def _walk(folder: Path, entered: set[Path], report: Callable[[Problem], None]) -> Iterator[Path]:
    real = folder.resolve()
    if real in entered:
        return
    entered.add(real)
    try:
        children = sorted(folder.iterdir(), key=_order)
    except OSError as error:
        report(Problem(str(folder), f"cannot be opened: {error.strerror}", "check its permissions"))
        return
    for child in children:
        if child.name.startswith("."):
            continue
        if child.is_dir():
            yield from _walk(child, entered, report)
        elif child.is_file():
            yield child


def _order(path: Path) -> tuple[list[tuple[int, int, str]], str]:
    parts = _NUMBER.split(path.name.lower())
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts], path.name
