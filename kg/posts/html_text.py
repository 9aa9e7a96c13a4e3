"""The plain text an HTML element denotes, and the links its words carry.

lxml and not selectolax: the parser is needed for feeds anyway, and libxml2 stops at 255 nested elements where
Lexbor takes minutes for a megabyte of ``<div>``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin

from kg.model import Link

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kg.posts.source import Source

_SPACES = re.compile(r"[ \t\n\r\f]+")
_SCHEME = re.compile(r"https?://(www\.)?", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)

_UNSEEN = "script style template noscript head title svg iframe button select textarea object"
_SPACED = "p h1 h2 h3 h4 h5 h6 blockquote ul ol dl pre table figure section article hr"
_STACKED = "div li tr dt dd header footer main figcaption address details summary nav form aside"

HIDDEN = frozenset(_UNSEEN.split())
_PARAGRAPHS = frozenset(_SPACED.split())
_BLOCKS = frozenset(_STACKED.split())


def parse_html(markup: str, source: Source | None = None) -> _Element | None:
    """The root element of an HTML page or fragment; None if there is nothing in it.

    Where the parser gives up (nested too deeply, a piece of more than 10 MB) the source is told.

    >>> parse_html("<p>GPT-4</p>").findtext(".//p")
    'GPT-4'
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    data = markup.encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except etree.XMLSyntaxError:
        root = None
    errors: Any = parser.error_log
    fatal = next(iter(errors.filter_from_fatals()), None)
    if source and fatal:
        source.problem(fatal.line, f"HTML that cannot be read to its end: {fatal.message}", "cut the page into smaller ones")
    return root


def classes(element: _Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((element.get("class") or "").split())


def by_class(root: _Element, name: str) -> list[_Element]:
    """The elements of a class, in order of the page."""
    return [element for element in root.iterfind(".//*[@class]") if name in classes(element)]


def words(element: _Element) -> str:
    """The words of an element on one line, whatever else is in it."""
    return " ".join("".join(map(str, element.itertext())).split())


def line_of(element: _Element) -> int:
    """The line of the file an element begins in, from 1."""
    line = element.sourceline
    return line if isinstance(line, int) else 1


def spelled_out(shown: str, url: str) -> bool:
    """Whether words show the address they lead to.

    >>> spelled_out("arxiv.org/abs/2309.01909", "https://arxiv.org/abs/2309.01909/"), spelled_out("paper", "https://a.org")
    (True, False)
    """
    bare = _SCHEME.sub("", url).rstrip("/")
    return bare in shown or unquote(bare) in unquote(shown)


def plain_text(
    element: _Element, *, flow: bool, base: str = "", drop: frozenset[str] = frozenset()
) -> tuple[str, tuple[Link, ...]]:
    """The text of an element and the links its words carry without showing them.

    With ``flow`` white space is collapsed as a browser does and paragraphs get lines of their own; without, every
    character counts, as in messages. Elements named in ``drop`` are passed over. Offsets are characters from 0.

    >>> plain_text(parse_html("<p>Read  <a href='https://a.org/x'>the paper</a></p>"), flow=True)
    ('Read the paper', (Link(start=5, end=14, url='https://a.org/x'),))
    """
    writer = _Writer(flow, base, drop | HIDDEN)
    writer.element(element, outermost=True)
    return writer.result()


class _Writer:
    """Puts text together and remembers where links begin and end."""

    def __init__(self, flow: bool, base: str, drop: frozenset[str]) -> None:
        self.flow, self.base, self.drop = flow, base, drop
        self.pieces: list[str] = []
        self.length = 0
        self.breaks = 0
        self.space = self.cell = False
        self.at_line_start = True
        self.links: list[Link] = []

    def element(self, element: _Element, outermost: bool = False, in_pre: bool = False) -> None:
        # Recursion is safe: the parser stops at 255 levels.
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag and (outermost or tag not in self.drop):
            pre = in_pre or tag == "pre"
            self._break_at(tag)
            start = len(self.pieces)
            self._write(element.text, pre)
            for child in element:
                self.element(child, in_pre=pre)
            if tag == "a":
                self._link(element.get("href") or "", start)
            if tag != "br":
                self._break_at(tag)
        if not outermost:
            self._write(element.tail, in_pre)

    def _break_at(self, tag: str) -> None:
        block = tag in _PARAGRAPHS or tag in _BLOCKS
        if tag in {"td", "th"}:
            self.cell = self.space = True
        elif self.flow:
            self.breaks = self.breaks + 1 if tag == "br" else max(self.breaks, 2 * (tag in _PARAGRAPHS) or block)
        elif tag == "br" or (block and not self.at_line_start):
            self._put("\n")

    def _write(self, text: str | None, pre: bool) -> None:
        if not text:
            return
        if not self.flow:
            self._put(text)
            return
        if not pre:
            collapsed = _SPACES.sub(" ", text)
            self.space = self.space or collapsed.startswith(" ")
            text = collapsed.strip(" ")
            if not text:
                return
        if self.length:
            self._put("\n" * min(self.breaks, 2) or ("\t" if self.cell else " " if self.space else ""))
        self.cell = False
        self._put(text)
        self.breaks = 0
        self.space = not pre and collapsed.endswith(" ")

    def _put(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.length += len(text)
            self.at_line_start = text.endswith("\n")

    def _link(self, href: str, first: int) -> None:
        words = "".join(self.pieces[first:])
        try:
            url = urljoin(self.base, href.strip()) if self.base else href.strip()
        except ValueError:  # http://[ is no address
            return
        shown = words.strip()
        if not shown or shown[0] in "@#" or not _WEB.match(url) or spelled_out(shown, url):
            return
        start = self.length - len(words) + words.index(shown)
        self.links.append(Link(start, start + len(shown), url))

    def result(self) -> tuple[str, tuple[Link, ...]]:
        whole = "".join(self.pieces)
        text = whole.strip(" \t\r\n")
        shift = len(whole) - len(whole.lstrip(" \t\r\n"))
        return text, tuple(Link(link.start - shift, link.end - shift, link.url) for link in self.links)
