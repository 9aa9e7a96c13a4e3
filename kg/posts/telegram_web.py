"""The page ``t.me/s/channel`` saved from a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import Post
from kg.posts.dates import iso_date
from kg.posts.html_text import by_class, classes, line_of, parse_html, plain_text, words
from kg.posts.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element


def read(source: Source) -> Iterator[Post]:
    """The posts of a saved preview page; service messages and media without words are left out.

    Ids are ``channel/number`` as the page has them.
    """
    page = parse_html(source.text(), source)
    messages = [] if page is None else by_class(page, "tgme_widget_message")
    if not messages:
        source.problem(1, "no posts in this page", "save it after it has loaded")
    for message in messages:
        if "service_message" in classes(message):
            continue
        source.line = line_of(message)
        name = (message.get("data-post") or "").strip()
        if not name:
            source.problem(line_of(message), "a message without data-post", "save the page again")
            continue
        body = _body(message)
        text, links = plain_text(body, flow=False) if body is not None else ("", ())
        if not text:
            continue
        try:
            published = _date(message)
        except ValueError as error:
            source.problem(line_of(message), str(error), "save the page again")
            continue
        yield Post(
            id=name,
            text=text,
            url=f"https://t.me/{name}",
            published=published,
            channel=_words(message, "tgme_widget_message_owner_name"),
            forwarded_from=_words(message, "tgme_widget_message_forwarded_from_name"),
            links=links,
        )


def _body(message: _Element) -> _Element | None:
    # The message it answers is quoted inside the message, in an element of the same class.
    for body in by_class(message, "tgme_widget_message_text"):
        if not any("tgme_widget_message_reply" in classes(parent) for parent in body.iterancestors()):
            return body
    return None


def _date(message: _Element) -> str:
    for link in by_class(message, "tgme_widget_message_date"):
        for time in link.iter("time"):
            return iso_date(time.get("datetime"))
    return ""


def _words(message: _Element, name: str) -> str:
    return next((words(element) for element in by_class(message, name)), "")
