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


BARE = [
    ("code: github.com/nordix/lyra.", [("github.com/nordix/lyra", "https://github.com/nordix/lyra")]),
    ("(www.gitlab.com/nordix)", [("www.gitlab.com/nordix", "https://www.gitlab.com/nordix")]),
    ("статья: arxiv.org/abs/2401.00001, код", [("arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2401.00001")]),
    ("Lyra (arXiv:2401.00001)", [("arXiv:2401.00001", "https://arxiv.org/abs/2401.00001")]),
    ("arXiv: 2401.00001v2 [cs.CL]", [("arXiv: 2401.00001v2", "https://arxiv.org/abs/2401.00001v2")]),
    ("github.com/a/b, arXiv:2401.00001, arxiv.org/abs/2401.00001", [
        ("github.com/a/b", "https://github.com/a/b"), ("arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2401.00001"),
    ]),
    ("arXiv:2401", []),
    ("ask on github.com.", []),
    ("either github.com/ or not", []),
    ("git@github.com/nordix/lyra", []),
    ("notgithub.com/nordix", []),
    ("a.example/github.com/nordix", []),
    ("x.com/nordix", []),
    ('import "github.com/nordix/lyra"', []),
    ("go install github.com/nordix/lyra@latest", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "links"), BARE)
def test_links_without_a_scheme(text: str, links: list[tuple[str, str]]) -> None:
    found = find_links(Tokens(text))
    assert [(text[value.start : value.end], value.value) for value in found] == links


HIDDEN = [
    ("статья тут", Link(0, 6, PAGE), [(0, 6, PAGE, "hidden")]),
    ("статья тут", Link(0, 6, "javascript:alert(1)"), []),
    (f"статья {PAGE}", Link(0, 6, PAGE), [(7, 26, PAGE, "")]),
]


@pytest.mark.parametrize(("text", "link", "found"), HIDDEN)
def test_links_behind_words(text: str, link: Link, found: list[tuple[int, int, str, str]]) -> None:
    assert [(v.start, v.end, v.value, v.hint) for v in find_links(Tokens(text), [link])] == found
