"""Articles, one per file: Markdown with or without front matter, and HTML pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import Post
from kg.posts.dates import iso_date
from kg.posts.fields import language
from kg.posts.html_text import parse_html, plain_text, words
from kg.posts.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_AROUND = frozenset(["nav", "footer", "aside", "form"])
_AROUND_PAGE = _AROUND | {"header"}  # an article's own header has its title, a page's has menus


def read_markdown(source: Source) -> Iterator[Post]:
    """The article of a Markdown file, its text as written, marks and all.

    Front matter (YAML's ``key: value`` lines between ``---``, TOML between ``+++``) gives title, date, url, language; a title
    the article does not begin with is put on a line of its own before it.
    """
    text = source.text()
    facts, text = front_matter(text)
    title = facts.get("title", "")
    if title and not text.lstrip("# \r\n").startswith(title):
        text = f"{title}\n{text}"
    if not text.strip():
        source.problem(1, "no text", "an article has at least one line")
        return
    yield Post(
        id=source.stem,
        text=text,
        lang=language(facts.get("lang") or facts.get("language") or ""),
        url=facts.get("url") or facts.get("canonical_url") or facts.get("link") or "",
        published=_date(source, facts.get("date") or facts.get("published") or ""),
    )


def read_html(source: Source) -> Iterator[Post]:
    """The article of an HTML page: its title and its main text, menus and scripts left out.

    The main text is that of the only ``<article>``, else of ``<main>``, else of the whole page.
    """
    page = parse_html(source.text(), source)
    title, text = "", ""
    if page is not None:
        url = _first(page, ".//link[@rel='canonical']/@href", ".//meta[@property='og:url']/@content")
        body, drop = _main(page)
        text, links = plain_text(body, flow=True, base=url, drop=drop)
        title = _first(page, ".//meta[@property='og:title']/@content", ".//h1", ".//title")
    if page is None or not text:
        source.problem(1, "no article in this page", "give the format if it is something else")
        return
    if title and not text.startswith(title):
        shift = len(title) + 1
        text = f"{title}\n{text}"
        links = tuple(type(link)(link.start + shift, link.end + shift, link.url) for link in links)
    when = _first(page, ".//meta[@property='article:published_time']/@content", ".//time[@datetime]/@datetime")
    site = _first(page, ".//meta[@property='og:site_name']/@content")
    lang = language(page.get("lang") or "")
    yield Post(source.stem, text, lang=lang, url=url, published=_date(source, when), channel=site, links=links)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The facts before a Markdown article, and the article.

    >>> front_matter("---\\ntitle: 'Orion-7'\\ndate: 2024-05-01\\n---\\nA new model.")
    ({'title': 'Orion-7', 'date': '2024-05-01'}, 'A new model.')
    """
    fence = text[:3]
    if fence not in {"---", "+++"} or text[3:].lstrip(" \t\r")[:1] != "\n":
        return {}, text
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines[1:500], 1) if line.rstrip() == fence), 0)
    if not end:
        return {}, text
    head, body = lines[1:end], "\n".join(lines[end + 1 :])
    if fence == "+++":
        import tomllib

        try:
            facts = tomllib.loads("\n".join(line.rstrip("\r") for line in head))
        except (tomllib.TOMLDecodeError, RecursionError):
            return {}, text
        return {key: str(value) for key, value in facts.items() if not isinstance(value, dict | list)}, body
    return dict(_yaml_line(line) for line in head if ":" in line and line[0] not in " #-"), body


def _yaml_line(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    return key.strip().lower(), value


def _main(page: _Element) -> tuple[_Element, frozenset[str]]:
    articles = page.findall(".//article")
    if len(articles) == 1:
        return articles[0], _AROUND
    main = page.find(".//main")
    if main is not None:
        return main, _AROUND
    body = page.find(".//body")
    return (page if body is None else body), _AROUND_PAGE


def _first(page: _Element, *paths: str) -> str:
    for path in paths:
        element = page.find(path.partition("/@")[0])
        if element is not None:
            attribute = path.partition("/@")[2]
            found = element.get(attribute) if attribute else words(element)
            if found and found.strip():
                return found.strip()
    return ""


def _date(source: Source, date: str) -> str:
    try:
        return iso_date(date) if date else ""
    except ValueError as error:
        source.problem(1, str(error), "write it as 2024-05-31")
        return ""
