"""The formats posts come in: how each is recognised and which reader takes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from kg.model import Post
from kg.posts.source import Source

READERS: Mapping[str, str] = {
    "telegram-json": "telegram_json:read",
    "telegram-html": "telegram_html:read",
    "telegram-web": "telegram_web:read",
    "dump": "dump:read",
    "jsonl": "jsonl:read",
    "csv": "csv_table:read",
    "feed": "feed:read",
    "markdown": "article:read_markdown",
    "html": "article:read_html",
}
"""Each format and the function that reads it, in a module of this package that is loaded when it is needed."""

_BY_SUFFIX = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
}
_TELEGRAM_KEYS = re.compile(r'"(?:messages|chats|left_chats|personal_information)"\s*:\s*[\[{]')
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|h1|meta|main)\b", re.IGNORECASE)
_EXPORT = re.compile(r"class=\"(?:page_wrap|page_body chat_page|message (?:default|service))")


def reader_of(name: str) -> Callable[[Source], Iterator[Post]]:
    """The function that reads a format."""
    module, _, function = READERS[name].partition(":")
    read: Callable[[Source], Iterator[Post]] = getattr(import_module(f"kg.posts.{module}"), function)
    return read


def format_of(source: Source) -> str:
    """The format of an opened source, by its name where that says enough, else by its first bytes; empty for binary data."""
    head = source.preview().lstrip("\ufeff \t\r\n")
    if source.suffix in _BY_SUFFIX:
        return _BY_SUFFIX[source.suffix]
    if "\0" in head:
        return ""
    if head[:1] == "{":
        return "telegram-json" if _is_export(head, source.suffix) else "jsonl"
    if source.suffix == ".json" or (head[:1] == "[" and head[1:].lstrip()[:1] in {"{", "["}):
        return "jsonl"
    if head[:1] == "<" or source.suffix in {".html", ".htm", ".xhtml", ".xml"}:
        found = _markup(head, source.suffix)
        if found:
            return found
    if head.startswith(("---\n", "---\r\n", "+++\n", "# ")):
        return "markdown"
    return "csv" if _is_table(head, source) else "dump"


def _is_export(head: str, suffix: str) -> bool:
    if _TELEGRAM_KEYS.search(head) is None:
        # An export may say a lot about the account first; a line of JSON Lines ends with its brace.
        return suffix == ".json" and not head.partition("\n")[0].rstrip().endswith("}")
    first = head.partition("\n")[0].rstrip()
    return not (first.endswith("}") and head.partition("\n")[2].lstrip().startswith("{"))


def _markup(head: str, suffix: str) -> str:
    if _FEED.search(head[:4096]) or suffix == ".xml":
        return "feed"
    if "tgme_widget_message" in head or "tgme_channel" in head:
        return "telegram-web"
    if _EXPORT.search(head):
        return "telegram-html"
    return "html" if suffix.startswith((".htm", ".xht")) or _PAGE.search(head[:4096]) else ""


def _is_table(head: str, source: Source) -> bool:
    from kg.posts.csv_table import delimiter_of
    from kg.posts.fields import Fields

    line = head.partition("\n")[0]
    delimiter = delimiter_of(line)
    names = [name.strip().strip('"') for name in line.split(delimiter)]
    return len(names) > 1 and len(line) < 1000 and Fields(source.columns).knows(names)
