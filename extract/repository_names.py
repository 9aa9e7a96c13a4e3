"""Names that the links to code of a post spell: "[lyra-lint](https://github.com/nordix/lyra-lint)" names what nobody listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.cues import cue_words, kind_words
from kg.extract.document import Span, plain
from kg.extract.features import QUOTES
from kg.extract.links import find_links
from kg.extract.name_pieces import written
from kg.extract.names import JOINERS
from kg.extract.sites import address, code_page, site_of
from kg.extract.tokens import Tokens, fold
from kg.model import Link

_SHORT = 2
"""Letters that a word may have in common with a path by chance."""
_LONG = 100
"""Letters of a path at most: all its beginnings are kept."""
_SYSTEMS = ("Model", "Software", "Dataset", "Benchmark")
_JOINTS = frozenset("-–/.@")
"""Glued to a word they make it a part of a longer one."""
_OPENING = frozenset({"[", "*", "_", *QUOTES})
_CLOSING = frozenset({"]", "*", "_", ":", "—", "–", "-", *QUOTES.values()})
"""Between two such marks, or between the beginning of a line and one, stands a name or a heading, not a word of a sentence."""
_OF_ALL, _PLACES = ("releases",), ("tree", "blob")
"""Parts of a path behind which all of the repository, and places in it, are."""
_Pages = dict[str, tuple[str, str]]
"""A name without capitals and marks to its type, and to how the link writes it."""


def with_repository_names(tokens: Tokens, spans: list[Span], links: Sequence[Link] = ()) -> list[Span]:
    """The spans, with what is written like the last part of a link to code, or like its owner and that part.

    Where marks set it off, it takes the place of names that are less of it, but for that part by itself: then the owner is no
    system.

    >>> text = "lyra-lint checks code. Nordix keeps it at https://github.com/nordix/lyra-lint"
    >>> [(span.name, span.type) for span in with_repository_names(Tokens(text), [])]
    [('lyra-lint', 'Software')]
    """
    pages = _pages(tokens, links)
    beginnings = {name[:size] for name in pages for size in range(1, len(name) + 1)}
    owner = {i: span for span in spans for i in range(span.first, span.last + 1)} if pages else {}
    parts: set[int] = set()
    more: list[Span] = []
    for first, last in _spelled(tokens, pages, beginnings):
        inside = {id(span): span for i in range(first, last + 1) if (span := owner.get(i))}
        if any(span.first < first or span.last > last for span in inside.values()):
            continue
        if any(plain(span.name) in pages for span in inside.values()):
            parts.update(key for key, span in inside.items() if span.last < last and span.type in _SYSTEMS)
            continue
        name = written(tokens, first, last)
        kind, exact = pages[plain(name)]
        peculiar = name == exact and not (name.isalpha() and name.islower())
        if (peculiar and ("/" in name or not inside)) or _set_off(tokens, first, last):
            parts.update(inside)
            more.append(Span(first, last, kind, name))
    return [span for span in spans if id(span) not in parts] + more


def _pages(tokens: Tokens, links: Sequence[Link]) -> _Pages:
    """The ways to spell the names of what is kept behind the links."""
    pages: _Pages = {}
    no_names = cue_words("code") | cue_words("paper") | kind_words()
    for link in find_links(tokens, links):
        kind, host, path = site_of(link.value)
        found = "Model" if kind == "weights" and host != "pypi.org" else "Software"
        for name in _called(link.value):
            if len(plain(name)) > _SHORT and fold(name) not in no_names:
                pages.setdefault(plain(name), (found, name))
                pages.setdefault(plain(path), (found, path.strip("/")))
    return {spelled: page for spelled, page in pages.items() if len(spelled) <= _LONG}


def _called(url: str) -> list[str]:
    """The repository or model, and the place in it to which the link leads."""
    name, (kind, _, path) = code_page(url), site_of(url)
    parts = path.strip("/").split("/")
    if name or kind != "repository" or len(parts) < 2:
        return [name]
    if len(parts) == 2 or parts[2] in _OF_ALL:
        return [parts[1]]
    return [parts[1], parts[-1]] if parts[2] in _PLACES else []


def _spelled(tokens: Tokens, pages: _Pages, beginnings: set[str]) -> Iterator[tuple[int, int]]:
    """First and last token of the runs that are written like one of the pages, the longest ones; they do not overlap."""
    end = -1
    for first, text in enumerate(tokens.texts if pages else ()):
        if first > end and text[0].isalnum() and plain(text) in beginnings and not _tied_before(tokens, first):
            last = _end(tokens, first, pages, beginnings)
            if last >= 0:
                end = last
                yield first, last


def _end(tokens: Tokens, first: int, pages: _Pages, beginnings: set[str]) -> int:
    items, found, spelled = tokens.items, -1, ""
    for last in range(first, len(items)):
        text = items[last].text
        spelled += plain(text)
        between = text[0].isalnum() or text in JOINERS
        if items[last].line != items[first].line or address(text) or not between or spelled not in beginnings:
            break
        if spelled in pages and text[-1].isalnum() and not _tied_behind(tokens, last):
            found = last
    return found


def _tied_before(tokens: Tokens, first: int) -> bool:
    """Whether a mark ties the word to what stands before it: "lint" in "lyra-lint"."""
    return first > 0 and tokens.items[first].glued and tokens.texts[first - 1] in _JOINTS


def _tied_behind(tokens: Tokens, last: int) -> bool:
    items = tokens.items[last + 1 : last + 3]
    return len(items) > 1 and items[0].text in _JOINTS and items[0].glued and items[1].glued and items[1].text[0].isalnum()


def _set_off(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the run stands between marks, or begins its line before one."""
    items, texts = tokens.items, tokens.texts
    before, line = first - 1, items[first].line
    opens = before >= 0 and texts[before] in _OPENING
    while before >= 0 and items[before].line == line and not texts[before][0].isalnum():
        before -= 1
    opens = opens or before < 0 or items[before].line != line
    return opens and last + 1 < len(texts) and texts[last + 1] in _CLOSING and items[last + 1].line == line
