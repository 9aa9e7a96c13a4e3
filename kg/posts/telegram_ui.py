"""What Telegram's web preview writes around posts: the phrases of ``schemas/telegram-ui.txt``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources

_COUNTS = re.compile(r"[\d.,  ]{1,12}[KMКМ]? (\D{1,40})$")
_EMOJI_PARTS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_AMOUNT = frozenset("0123456789.,KM ")


@cache
def phrases() -> dict[str, frozenset[str]]:
    """The phrases by kind, in lower case."""
    found: dict[str, set[str]] = {}
    file = resources.files("kg") / "schemas" / "telegram-ui.txt"
    for line in file.read_text("utf-8").splitlines():
        kind, colon, phrase = line.partition(":")
        if colon and not line.startswith("#"):
            found.setdefault(kind, set()).add(phrase.strip().lower())
    return {kind: frozenset(several) for kind, several in found.items()}


def is_phrase(kind: str, line: str) -> bool:
    """Whether a line is a phrase of a kind.

    >>> is_phrase("view", "VIEW IN TELEGRAM")
    True
    """
    return line.strip().lower() in phrases()[kind]


def is_count(line: str) -> bool:
    """Whether a line counts what a channel has.

    >>> is_count("1.2K subscribers"), is_count("7 billion parameters")
    (True, False)
    """
    found = _COUNTS.match(line.strip())
    return found is not None and found[1].lower() in phrases()["count"]


def forwarded_from(line: str) -> str:
    """The channel a "Forwarded from" line names; empty for any other line.

    >>> forwarded_from("Forwarded from Deep News")
    'Deep News'
    """
    low = line.lower()
    for phrase in phrases()["forwarded"]:
        if low.startswith(phrase) and line[len(phrase) : len(phrase) + 1].isspace():
            return line[len(phrase) :].strip()
    return ""


def is_reactions(line: str) -> bool:
    """Whether a line is nothing but emoji with numbers.

    >>> is_reactions("👍24🔥11❤6😢3"), is_reactions("🔥 24 GPUs"), is_reactions("2024")
    (True, False, False)
    """
    line = line.strip()
    if not line or not is_emoji(line[0]) or not (line[-1].isdecimal() or line[-1] in "KM"):
        return False
    return all(char in _AMOUNT or is_emoji(char) for char in line)


def is_emoji(char: str) -> bool:
    """Whether a character is an emoji or a part of one."""
    return char in _EMOJI_PARTS or unicodedata.category(char) in {"So", "Sk", "Cs"} or char in "‼⁉"


def without_emoji(line: str) -> str:
    """The line from its first character that is no emoji.

    >>> without_emoji("🔥 Orion-7 is out")
    'Orion-7 is out'
    """
    start = next((i for i, char in enumerate(line) if not is_emoji(char) and char != " "), len(line))
    return line[start:]
