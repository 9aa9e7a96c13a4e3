"""The HTML that Telegram Desktop exports: ``messages.html``, ``messages2.html``, ..."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import Post
from kg.posts.dates import iso_date
from kg.posts.html_text import by_class, classes, line_of, parse_html, plain_text, words
from kg.posts.names import slug
from kg.posts.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element


def read(source: Source) -> Iterator[Post]:
    """The messages of one page of an export; service messages and media without words are left out.

    Ids are ``channel/message id`` as in the JSON export. A message joined to the one before it in a forwarded block has
    the same origin.
    """
    page = parse_html(source.text(), source)
    if page is None:
        source.problem(1, "an empty page", "export the chat again")
        return
    channel = next((words(title) for header in by_class(page, "page_header") for title in by_class(header, "text")), "")
    name = slug(channel) or source.stem
    origin = ""
    for message in by_class(page, "message"):
        kind = classes(message)
        if "service" in kind or "default" not in kind:
            origin = ""
            continue
        # The picture of the sender is marked ``forwarded`` too; the block with the words is the one that is also a ``body``.
        forwarded = next((part for part in by_class(message, "forwarded") if "body" in (part.get("class") or "").split()), None)
        said = _origin(forwarded)
        origin = said or (origin if "joined" in kind and forwarded is not None else "")
        source.line = line_of(message)
        number = (message.get("id") or "").removeprefix("message")
        if not number.lstrip("-").isdecimal():
            source.problem(line_of(message), "a message without a number", "export the chat again")
            continue
        try:
            published = _date(message)
        except ValueError as error:
            source.problem(line_of(message), str(error), "export the chat again")
            continue
        body = next(iter(by_class(message, "text")), None)
        if body is None:
            continue
        text, links = plain_text(body, flow=False)
        if text:
            yield Post(f"{name}/{number}", text, published=published, channel=channel, forwarded_from=origin, links=links)


def _origin(forwarded: _Element | None) -> str:
    if forwarded is None:
        return ""
    # The name's element has the date of the original after it: only its own first words count.
    return next(((who.text or "").strip() for who in by_class(forwarded, "from_name")), "")


def _date(message: _Element) -> str:
    date = next((when.get("title") for when in by_class(message, "date") if when.get("title")), None)
    return iso_date(date) if date else ""
