"""A record of named fields (a JSON object, a CSV row) turned into a post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.errors import InputError
from kg.model import Post
from kg.posts.dates import iso_date
from kg.posts.names import digest

KNOWN: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "guid", "post_id", "message_id"),
    "text": ("text", "body", "content", "message"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "created_at", "timestamp"),
    "url": ("url", "link"),
    "channel": ("channel", "source", "author_channel", "feed"),
    "lang": ("lang", "language"),
    "forwarded_from": ("forwarded_from", "forward_from"),
}
"""Our fields and what others call them, the likeliest name first."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])")


class Fields:
    """Knows under which names a source keeps the fields of a post.

    >>> Fields({"text": "inhalt"}).post({"id": 7, "inhalt": "GPT-4", "date": "2023-03-14"}, "feed")
    Post(id='7', text='GPT-4', lang='', url='', published='2023-03-14', channel='', forwarded_from='', links=())
    """

    def __init__(self, columns: Mapping[str, str]) -> None:
        check_columns(columns)
        self._names = {ours: (columns[ours],) if ours in columns else theirs for ours, theirs in KNOWN.items()}

    def knows(self, header: list[str]) -> bool:
        """Whether a row of names has one for the text."""
        return any(name in header for name in self._names["text"])

    def post(self, record: Mapping[str, Any], stem: str) -> Post:
        """The post in a record; ``ValueError`` says in words what is wrong with it."""
        text = self._string(record, "text", strip=False)
        if not text.strip():
            raise ValueError("no text")
        title = self._string(record, "title")
        if title and not text.lstrip().startswith(title):
            text = f"{title}\n{text}"
        date = self._value(record, "published")
        return Post(
            id=self._string(record, "id", strip=False) or f"{stem}/{digest(text, 12)}",
            text=text,
            lang=language(self._string(record, "lang")),
            url=self._string(record, "url"),
            published="" if date in (None, "") else iso_date(date),
            channel=self._string(record, "channel"),
            forwarded_from=self._string(record, "forwarded_from"),
        )

    def _value(self, record: Mapping[str, Any], ours: str) -> Any:
        for name in self._names[ours]:
            value = record.get(name)
            if value is not None and value != "":
                return value
        return None

    def _string(self, record: Mapping[str, Any], ours: str, strip: bool = True) -> str:
        value = self._value(record, ours)
        if value is None:
            return ""
        if isinstance(value, bool | float | dict | list) or (ours == "text" and not isinstance(value, str)):
            raise ValueError(f"{ours} is a {type(value).__name__}, not a string")
        return str(value).strip() if strip else str(value)


def check_columns(columns: Mapping[str, str]) -> None:
    """``InputError`` when a mapping names a field posts do not have."""
    for ours in columns:
        if ours not in KNOWN:
            raise InputError(f"Posts have no field {ours!r}.\nMap one of:  {', '.join(KNOWN)}")


def language(tag: str) -> str:
    """The ISO 639 code a language tag begins with, empty for what is none.

    >>> language("ru-RU"), language("Russian")
    ('ru', '')
    """
    found = _LANGUAGE.match(tag.strip().lower())
    return found[0] if found else ""
