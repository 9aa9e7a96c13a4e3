"""What stands around the spans of a document and between them: words as features name them, and cues."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from kg.extract.blocks import Words
from kg.extract.cues import Cues
from kg.extract.document import Document, Span
from kg.extract.names import Names
from kg.extract.tokens import fold
from kg.extract.words import load_words

_MOST_BETWEEN = 14
"""Words between two spans that are looked at one by one, at most."""


class SpanView(NamedTuple):
    """What all pairs of a span share: the cues around its list, the cues around itself."""

    before_list: tuple[str, ...]
    behind_list: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]


class PairContext:
    """Words and cues by their places; what several pairs share is made once."""

    def __init__(self, document: Document, cues: Cues, names: Names) -> None:
        self.doc = document
        self.items = document.tokens.items
        self.cues = cues
        self.names = names
        self.lows = list(map(_low, document.tokens.texts))
        self.words = load_words()
        self.hits = cues.find(document.tokens)
        self.span_at = {i: span for span in document.spans for i in range(span.first, span.last + 1)}
        self.firsts = [span.first for span in document.spans]
        self.title = self.items[0].line if self.items else 0
        self._of_words: dict[tuple[str, int, int], Words] = {}
        self._of_spans: dict[tuple[int, int, int], SpanView] = {}
        hits = sorted((place, cue) for cue, places in self.hits.items() for place in places)
        self._hit_places, self._hit_cues = [place for place, _ in hits], [cue for _, cue in hits]

    def view(self, span: Span) -> SpanView:
        key = (span.first, span.last, span.group)
        view = self._of_spans.get(key)
        if view is None:
            first, last, _ = self.doc.groups[span.group]
            view = self._of_spans[key] = SpanView(
                self._cues_before(first, 6),
                self._cues_behind(last, 5),
                self._cues_before(span.first, 8),
                self._cues_behind(span.last, 8),
            )
        return view

    @cached_property
    def shown(self) -> list[str]:
        """Each token as features name it: numbers alike, names by their type."""
        shown = ["<0>" if word[0].isdigit() else word for word in self.lows]
        for i, span in self.span_at.items():
            shown[i] = f"<{span.type}>"
        return shown

    @cached_property
    def _joined(self) -> list[str]:
        """Each token with the next one."""
        return [f"{one}_{two}" for one, two in pairwise(self.shown)]

    def words_between(self, order: str, start: int, end: int) -> Words:
        block = self._of_words.get((order, start, end))
        if block is None:
            few = start < end <= start + _MOST_BETWEEN
            words = list(dict.fromkeys(self.shown[start:end])) if few else []
            alike = list({self.words[word][1] for word in words if word in self.words})
            joined = self._joined[start : end - 1] if few else []
            block = self._of_words[order, start, end] = Words((f"{order} mid", words + joined), (f"{order} mid k", alike))
        return block

    def words_beside(self, feature: str, at: int, step: int) -> Words:
        """The two words before a token (``step`` -1) or behind it (1), in its sentence."""
        block = self._of_words.get((feature, at, step))
        if block is None:
            sentence, shown = self.doc.sentence, self.shown
            places = [i for i in (at + step, at + 2 * step) if 0 <= i < len(shown) and sentence[i] == sentence[at]]
            block = self._of_words[feature, at, step] = Words((feature, [shown[i] for i in places]))
        return block

    def words_before(self, who: str, first: int, near: str) -> Words:
        key = (f"{who} {near}", first, first)
        block = self._of_words.get(key)
        if block is None:
            sentence, words = self.doc.sentence, []
            if first and sentence[first - 1] == sentence[first]:
                words.append(f"{self.shown[first - 1]} {near}")
                if first > 1 and sentence[first - 2] == sentence[first]:
                    words.append(self._joined[first - 2])
            block = self._of_words[key] = Words((f"{who} after", words))
        return block

    def cues_in(self, start: int, end: int) -> set[str]:
        """The cues that begin at the tokens ``start`` to ``end`` (not included)."""
        return set(self._hit_cues[bisect_left(self._hit_places, start) : bisect_left(self._hit_places, end)])

    def _cues_before(self, first: int, reach: int) -> tuple[str, ...]:
        """The cues at most ``reach`` tokens before ``first``, in its sentence."""
        start = max(first - reach, bisect_left(self.doc.sentence, self.doc.sentence[first]))
        return tuple(sorted(self.cues_in(start, first)))

    def _cues_behind(self, last: int, reach: int) -> tuple[str, ...]:
        """The cues at most ``reach`` tokens behind ``last``, in its sentence."""
        end = min(last + reach + 1, bisect_right(self.doc.sentence, self.doc.sentence[last]))
        return tuple(sorted(self.cues_in(last + 1, end)))


@lru_cache(maxsize=100_000)
def _low(word: str) -> str:
    return fold(word) if word.isalpha() else word.casefold()
