"""Which language a post is written in, by its letters."""

from __future__ import annotations

import re

_SAMPLE = 1500
"""Characters looked at."""
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-яёіїєґ]")
_UKRAINIAN = re.compile("[іїєґ]")


def detect_language(text: str) -> str:
    """``ru`` when a fifth of the letters is Cyrillic, ``en`` when most are Latin, else empty.

    Russian posts on AI are full of English names, so the bar for Russian is low. Ukrainian letters give ``uk``.

    >>> detect_language("Вышла GPT-4o mini"), detect_language("GPT-4o mini is out"), detect_language("🔥")
    ('ru', 'en', '')
    """
    sample = text[:_SAMPLE].lower()
    latin, cyrillic = len(_LATIN.findall(sample)), len(_CYRILLIC.findall(sample))
    if cyrillic * 4 >= max(1, latin):
        return "uk" if len(_UKRAINIAN.findall(sample)) * 50 > cyrillic else "ru"
    return "en" if latin * 2 > sum(map(str.isalpha, sample)) else ""
