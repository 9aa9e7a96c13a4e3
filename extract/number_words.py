"""Numbers written as words: "seventy-five billion", "сто двадцать миллиардов"."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_WORDS = re.compile(r"(?:[^\W\d_]{1,16}[-\s]){1,5}\Z")
"""The words right before a place."""
_WORD = re.compile(r"[^\W\d_]+")
_HUNDRED = 100
_FAR = 90
"""Characters of five such words."""


class NumberWords(NamedTuple):
    """A number and where its first word begins."""

    start: int
    value: float


@cache
def load_numbers() -> dict[str, float]:
    """Words to their numbers, from ``schemas/numbers.tsv``."""
    rows = (files("kg") / "schemas" / "numbers.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {word: float(number) for number, words in pairs for word in words.split(", ")}


def number_before(text: str, end: int) -> NumberWords | None:
    """The number whose words stand right before an offset, the longest one.

    >>> number_before("has one hundred and", 16), number_before("сто двадцать пять миллиардов", 18)
    (NumberWords(start=4, value=100.0), NumberWords(start=0, value=125.0))
    >>> number_before("several billion", 8) is None
    True
    """
    low = max(0, end - _FAR)
    before = _WORDS.search(text[low:end])
    found: NumberWords | None = None
    total = last = 0.0
    for match in reversed([*_WORD.finditer(before[0])] if before else []):
        value = load_numbers().get(match[0].casefold().replace("ё", "е"))
        if value is None or not (value > last or last == _HUNDRED):
            break
        if last == _HUNDRED and value < _HUNDRED:
            total += value * _HUNDRED - _HUNDRED  # "two hundred"
            last = value * _HUNDRED
        else:
            total, last = total + value, value
        found = NumberWords(low + before.start() + match.start(), total) if before else None
    return found
