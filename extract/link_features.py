"""What a link says about the system it may belong to: its site, its path, its words, where it stands."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from kg.extract import pair_names
from kg.extract.blocks import Block, Blocks
from kg.extract.cues import Cues
from kg.extract.document import Document, Span, plain
from kg.extract.sites import address, site_of

_SYSTEMS = ("Model", "Software", "Benchmark", "Dataset")
_TAIL = 12
"""Words at the end of a post in which its links often stand together."""
_ANCHOR = 40
"""Tokens of the words of a Markdown link at most."""


class LinkFacts(NamedTuple):
    """What a link tells of one system."""

    site: str
    named: bool
    """Does its path name the system?"""
    other: bool
    """Does its path name another one?"""
    alone: bool
    """Is there nothing but links on its line?"""
    tail: bool
    """Does it stand in the tail of the post?"""
    first: bool
    links: int
    """Links of the post, 0 to 4."""
    systems: int
    """Systems of the post, 0 to 4."""
    anchor: str
    """Whose name its words are: ``s`` for the system's, ``other``, empty for nobody's."""


class LinkView:
    """The links of one document; what depends on the link alone is computed once."""

    def __init__(self, document: Document, cues: Cues, blocks: Blocks) -> None:
        self.doc, self.items, self.cues, self._blocks = document, document.tokens.items, cues, blocks
        self._seen: dict[int, tuple[list[str], list[str], list[Span], bool, bool]] = {}
        self._named: dict[str, tuple[set[str], set[str]]] = {}
        self._first = next((span for span in document.spans if span.type == "link"), None)
        self._systems = min(4, sum(document.type_counts[kind] for kind in _SYSTEMS))

    def facts(self, subject: str, link: Span) -> LinkFacts:
        """What a link tells of a system."""
        site, _, path = site_of(link.name)
        keys, systems = self._named_in(path)
        _, _, spans, alone, tail = self._of(link)
        anchor = "s" if any(s.key == subject for s in spans) else "other" if spans else ""
        links = min(self.doc.type_counts["link"], 4)
        named, other = subject in keys, bool(systems - {subject})
        return LinkFacts(site, named, other, alone, tail, link is self._first, links, self._systems, anchor)

    def features(self, subject: str, a: Span, b: Span, about: bool, before: int) -> list[Block]:
        """Features of the pair of a system and a link."""
        facts, host = self.facts(subject, b), site_of(b.name)[1]
        words, cues, *_ = self._of(b)
        names = [f"host={host}", *([f"anchor={word}" for word in words] or ["no anchor"])]
        names += [f"anchor cue={cue} topic={about}" for cue in cues]
        standing = (facts.links, facts.systems, facts.tail, facts.alone, facts.first, facts.anchor)
        return [
            self._blocks[pair_names.link, a.type, facts.site, about, before, facts.named, facts.other, *standing],
            Block(names),
        ]

    def _named_in(self, path: str) -> tuple[set[str], set[str]]:
        """The keys of all spans that a path names, and of the models and software among them."""
        known = self._named.get(path)
        if known is None:
            folded = plain(path)
            found = [span for span in self.doc.spans if len(plain(span.name)) > 2 and plain(span.name) in folded]
            systems = {span.key for span in found if span.type in ("Model", "Software")}
            known = self._named[path] = {span.key for span in found}, systems
        return known

    def _of(self, link: Span) -> tuple[list[str], list[str], list[Span], bool, bool]:
        """Words of the link, their cues, names among them; is it alone on its line, is it in the tail of the post?"""
        known = self._seen.get(link.first)
        if known is None:
            start, end = self._anchor(link)
            words = [self.items[k].text.casefold() for k in range(start, end) if self.items[k].text[0].isalnum()][:8]
            spans = [s for s in self.doc.spans if start <= s.first and s.last < end] if start < end else []
            alone, tail = self.items[link.first].line not in self._lines_with_words, link.last >= self._tail
            known = self._seen[link.first] = (words, sorted(self.cues.of(" ".join(words))), spans, alone, tail)
        return known

    @cached_property
    def _lines_with_words(self) -> set[int]:
        """Lines on which more stands than links."""
        return {t.line for t in self.items if t.text[0].isalnum() and not address(t.text)}

    @cached_property
    def _tail(self) -> int:
        """The token behind which fewer than ``_TAIL`` words follow."""
        words = [i for i, t in enumerate(self.items) if t.text[0].isalpha() and not address(t.text)]
        return words[-_TAIL] if len(words) >= _TAIL else 0

    def _anchor(self, link: Span) -> tuple[int, int]:
        """Tokens of the words of a link: ``[words](url)``, or the words a hidden link stands behind."""
        if link.hint == "hidden":
            return link.first, link.last + 1
        i = link.first - 1
        if i < 1 or self.items[i].text != "(" or self.items[i - 1].text != "]":
            return 0, 0
        j = i - 2
        while j >= 0 and i - j < _ANCHOR and self.items[j].text != "[":
            j -= 1
        return (j + 1, i - 1) if j >= 0 and self.items[j].text == "[" else (0, 0)
