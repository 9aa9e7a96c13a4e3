"""Links: written out, in Markdown, behind words."""

from __future__ import annotations

import pytest

from kg.extract.links import find_links
from kg.extract.tokens import Tokens
from kg.model import Link

PAGE = "https://a.example/b"
LINKS = [
    (PAGE, [PAGE]),
    (f"{PAGE}.", [PAGE]),
    (f"({PAGE})", [PAGE]),
    (f"({PAGE}).", [PAGE]),
    (f"[статья]({PAGE})", [PAGE]),
    (f"<{PAGE}>", [PAGE]),
    (f"«{PAGE}»", [PAGE]),
    (f"**{PAGE}**", [PAGE]),
    (f"{PAGE}, {PAGE}/c!", [PAGE, f"{PAGE}/c"]),
    (f"{PAGE}\n{PAGE}", [PAGE, PAGE]),
    (f"{PAGE}?x=1&y=2#z", [f"{PAGE}?x=1&y=2#z"]),
    (f"{PAGE}_(c)", [f"{PAGE}_(c)"]),
    ("http://a.example", ["http://a.example"]),
    ("https://пример.рф/путь", ["https://пример.рф/путь"]),
    ("ftp://a.example", []),
    ("javascript:alert(1)", []),
    ("https://", []),
    ("a.example", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "links"), LINKS)
def test_links_in_text(text: str, links: list[str]) -> None:
    tokens = Tokens(text)
    found = list(find_links(tokens))
    assert [value.value for value in found] == links
    assert [text[value.start : value.end] for value in found] == links


HIDDEN = [
    ("статья тут", Link(0, 6, PAGE), [(0, 6, PAGE, "hidden")]),
    ("статья тут", Link(0, 6, "javascript:alert(1)"), []),
    (f"статья {PAGE}", Link(0, 6, PAGE), [(7, 26, PAGE, "")]),
]


@pytest.mark.parametrize(("text", "link", "found"), HIDDEN)
def test_links_behind_words(text: str, link: Link, found: list[tuple[int, int, str, str]]) -> None:
    assert [(v.start, v.end, v.value, v.hint) for v in find_links(Tokens(text), [link])] == found
