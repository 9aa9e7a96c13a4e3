"""What questions, their parameters and columns are called in other languages than that of their files."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


def said_in(text: str, lang: str) -> str:
    """A title or an explanation out of a question's header in a language; as it is when nobody translated it.

    >>> said_in("Whose facts.", "ru"), said_in("My own question", "ru")
    ('Чьи факты.', 'My own question')
    """
    return _words().get(lang, {}).get("texts", {}).get(text, text)


def named_in(name: str, lang: str) -> str:
    """The name of a parameter or a column in a language, words apart.

    >>> named_in("first_seen", "ru"), named_in("first_seen", "en")
    ('впервые', 'first seen')
    """
    return _words().get(lang, {}).get("names", {}).get(name, name.replace("_", " "))


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = json.loads(
        (files("kg") / "schemas" / "question-words.json").read_text(encoding="utf-8")
    )
    return found
