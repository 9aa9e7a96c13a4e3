"""RSS and Atom files. Nothing is fetched, no entity of a document type is expanded."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.model import Link, Post
from kg.posts.dates import iso_date
from kg.posts.fields import language
from kg.posts.html_text import line_of, parse_html, plain_text
from kg.posts.names import digest
from kg.posts.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_HINT = "what could be read was read; get the feed again"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ENTRIES = frozenset({"item", "entry"})
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")


def read(source: Source) -> Iterator[Post]:
    """The entries of a feed, one after the other: the title on a line of its own, then the text.

    Ids are ``guid`` or ``atom:id``, else the link, else the file's name and a digest. A feed that declares entities is
    refused: they serve to blow a file up or to read others. A broken feed is a problem; its whole entries are read.
    """
    from lxml import etree

    events = etree.iterparse(
        _from_first_tag(source),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    channel, lang = "", ""
    depth = entries = 0
    try:
        for event, element in events:
            name = _local(element)
            if event == "start":
                depth += 1
                if depth == 1:
                    lang = language(element.get(_LANG) or "")
                if depth == 1 and _declares_entities(element):
                    source.problem(1, "the feed declares entities", "feeds have no use for them: remove the <!DOCTYPE ...>")
                    return
                continue
            depth -= 1
            if name in _ENTRIES:
                if _breaks_off(events):
                    break
                entries += 1
                yield from _post(source, element, channel, lang)
                element.clear()
                while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
                    parent.remove(before)
            elif name == "title" and depth < 3 and not channel and not _inside_entry(element):
                channel = _text(element)
            elif name == "language" and depth < 3:
                lang = language(_text(element))
            if depth == 0 and name not in {"rss", "feed", "RDF"} and not entries:
                source.problem(1, f"<{name}> is no feed", "RSS or Atom is expected")
    except etree.XMLSyntaxError as error:
        source.problem(error.lineno or 1, f"broken XML: {error.msg}", _HINT)
        return
    fatal = next(iter(_errors(events)), None)
    if fatal:
        source.problem(fatal.line, f"broken XML: {fatal.message}", _HINT)


def _from_first_tag(source: Source) -> BinaryIO:
    # XML wants its declaration first; feeds made by templates begin with an empty line.
    stream = source.stream()
    stream.read(len(source.head) - len(source.head.lstrip(b" \t\r\n")))
    return stream


def _errors(events: Any) -> Any:
    return events.error_log.filter_from_fatals()


def _breaks_off(events: Any) -> bool:
    # The parser closes what the end of the file left open: half an entry is none.
    return any(error.type_name == "ERR_TAG_NOT_FINISHED" for error in _errors(events))


def _post(source: Source, entry: _Element, channel: str, lang: str) -> Iterator[Post]:
    parts: dict[str, _Element] = {}
    link = ""
    for part in entry:
        name = _local(part)
        if name == "link" and part.get("rel", "alternate") == "alternate":
            link = link or (part.get("href") or _text(part)).strip()
        elif name and (part.text or len(part)):
            parts.setdefault(name, part)
    source.line = line_of(entry)
    body = next((parts[name] for name in _TEXTS if name in parts), None)
    text, links = _body(body, link) if body is not None else ("", ())
    title = _text(parts["title"]) if "title" in parts else ""
    if "<" in title or "&" in title:
        title = html.unescape(title) if "<" not in title else _body(parts["title"], link)[0]
    if title and not text.startswith(title):
        shift = len(title) + 1
        links = tuple(Link(each.start + shift, each.end + shift, each.url) for each in links)
        text = f"{title}\n{text}" if text else title
    if not text.strip():
        source.problem(line_of(entry), "an entry without title and text", "get the feed again")
        return
    named = next((_text(parts[name]) for name in ("guid", "id") if name in parts), "")
    yield Post(
        id=named or link or f"{source.stem}/{digest(text, 12)}",
        text=text,
        lang=language(entry.get(_LANG) or "") or lang,
        url=link or (named if named.startswith(("http://", "https://")) else ""),
        published=_date(source, parts),
        channel=channel,
        links=links,
    )


def _body(part: _Element, link: str) -> tuple[str, tuple[Link, ...]]:
    if len(part):
        # Atom's type="xhtml" holds elements, others hold their markup as text.
        return plain_text(part, flow=True, base=link)
    markup = part.text or ""
    if part.get("type") in {"text", "text/plain"} or not ("<" in markup or "&" in markup):
        return markup.strip(), ()
    page = parse_html(markup)
    return plain_text(page, flow=True, base=link) if page is not None else ("", ())


def _date(source: Source, parts: dict[str, _Element]) -> str:
    for name in _DATES:
        if name in parts and (date := _text(parts[name])):
            try:
                return iso_date(date)
            except ValueError as error:
                source.problem(line_of(parts[name]), str(error), "the entry is read without its date")
    return ""


def _text(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _inside_entry(element: _Element) -> bool:
    return any(_local(parent) in _ENTRIES for parent in element.iterancestors())


def _declares_entities(root: _Element) -> bool:
    dtd: Any = root.getroottree().docinfo.internalDTD
    return dtd is not None and any(True for _ in dtd.iterentities())
