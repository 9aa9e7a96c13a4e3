"""What a link says about the system it may belong to: its site, its path, its words, where it stands."""

from __future__ import annotations

from functools import cached_property

from kg.extract.cues import Cues
from kg.extract.document import Document, Span, plain
from kg.extract.sites import site_of

_SYSTEMS = ("Model", "Software", "Benchmark", "Dataset")
_TAIL = 12
"""Words at the end of a post in which its links often stand together."""
_ANCHOR = 40
"""Tokens of the words of a Markdown link at most."""


class LinkView:
    """The links of one document; what depends on the link alone is computed once."""

    def __init__(self, document: Document, cues: Cues) -> None:
        self.doc, self.items, self.cues = document, document.tokens.items, cues
        self._seen: dict[int, tuple[list[str], list[str], list[Span], bool, bool]] = {}
        self._first = next((span for span in document.spans if span.type == "link"), None)
        self._systems = min(4, sum(document.type_counts[kind] for kind in _SYSTEMS))

    def features(self, subject: str, a: Span, b: Span, about: bool, before: int) -> list[str]:
        """Features of the pair of a system and a link."""
        site, host, path = site_of(b.name)
        path = plain(path)
        named = any(len(plain(s.name)) > 2 and plain(s.name) in path for s in self.doc.entities[subject])
        other = any(
            s.key != subject and len(plain(s.name)) > 2 and plain(s.name) in path
            for s in self.doc.spans
            if s.type in ("Model", "Software")
        )
        words, cues, spans, alone, tail = self._of(b)
        first = b is self._first
        out = [
            f"site={site}", f"host={host}", f"site={site} topic={about}", f"site={site} named={named}",
            f"site={site} before={before}", f"site={site} {a.type}", f"named={named} other={other}",
            f"site={site} named={named} topic={about} before={before}",
            f"topic={about} before={before} named={named} other={other}",
            f"links={min(self.doc.type_counts['link'], 4)} topic={about}",
            f"systems={self._systems} topic={about}", f"tail={tail} topic={about} site={site}",
            f"link alone={alone} topic={about}", f"link alone={alone} site={site} topic={about}",
            f"link alone={alone} named={named} other={other} topic={about}", f"first link={first} topic={about} site={site}",
        ]  # fmt: skip
        out += [f"anchor={word}" for word in words] or ["no anchor"]
        out += [f"anchor cue={cue} topic={about}" for cue in cues]
        if any(s.key == subject for s in spans):
            out += ["anchor is s", f"anchor is s site={site}"]
        elif spans:
            out.append("anchor is other")
        return out

    def _of(self, link: Span) -> tuple[list[str], list[str], list[Span], bool, bool]:
        """Words of the link, their cues, names among them; is it alone on its line, is it in the tail of the post?"""
        known = self._seen.get(link.first)
        if known is None:
            start, end = self._anchor(link)
            words = [self.items[k].text.casefold() for k in range(start, end) if self.items[k].text[0].isalnum()][:8]
            spans = [s for s in self.doc.spans if start <= s.first and s.last < end]
            alone, tail = self.items[link.first].line not in self._lines_with_words, link.last >= self._tail
            known = self._seen[link.first] = (words, sorted(self.cues.of(" ".join(words))), spans, alone, tail)
        return known

    @cached_property
    def _lines_with_words(self) -> set[int]:
        """Lines on which more stands than links."""
        return {t.line for t in self.items if t.text[0].isalnum() and not t.text.startswith("http")}

    @cached_property
    def _tail(self) -> int:
        """The token behind which fewer than ``_TAIL`` words follow."""
        words = [i for i, t in enumerate(self.items) if t.text[0].isalpha() and not t.text.startswith("http")]
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
