"""A document seen by pairs of spans: distances, lists, rivals, the topic of the post; each computed once."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, lru_cache

from kg.extract.cues import Cues
from kg.extract.document import Document, Span
from kg.extract.names import Names
from kg.extract.tokens import fold
from kg.extract.words import load_words

Distance = tuple[int, int]
"""Sentences and tokens between two spans, lists counted as one."""
Rivals = tuple[dict[str, int], list[int]]
"""The distances of entities by key, and in order, as one number each: sentences times ``_SENTENCE``, and tokens."""
_SENTENCE = 10**9
_FAR = 10**18

_SYSTEMS = ("Model", "Software", "Benchmark", "Dataset")
_MOST_MENTIONS = 12
"""Mentions of one entity that are looked at: more make long posts slow and say nothing new."""


class PairGeometry:
    """Where the spans of a document stand to each other."""

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
        self._rivals: dict[tuple[int, int, str], tuple[Rivals, Rivals]] = {}

    def gap(self, a: Span, b: Span) -> tuple[int, int]:
        """The tokens between two spans, from the edges of the lists they stand in."""
        if a.first > b.first:
            a, b = b, a
        if a.group == b.group:
            return a.last + 1, b.first
        start, end = max(self.doc.groups[a.group][1], a.last) + 1, min(self.doc.groups[b.group][0], b.first)
        return (start, end) if a.last < start <= end else (a.last + 1, b.first)

    def distance(self, a: Span, b: Span) -> Distance:
        start, end = self.gap(a, b)
        return abs(self.doc.sentence[a.first] - self.doc.sentence[b.first]), max(0, end - start)

    def closest(self, mentions: list[Span], others: list[Span]) -> tuple[Span, Span]:
        """The mention of each that is nearest to one of the other."""
        if len(mentions) == 1 and len(others) == 1:
            return mentions[0], others[0]
        starts = [span.first for span in others[:_MOST_MENTIONS]]
        near = []
        for span in mentions[:_MOST_MENTIONS]:
            i = bisect_left(starts, span.first)
            near += [(span, others[j]) for j in (i - 1, i) if 0 <= j < len(starts)]
        return min(near, key=lambda pair: (*self.distance(*pair), pair[0].first, pair[1].first))

    def plausible(self, subject: str, a: Span, b: Span) -> bool:
        """Do the two stand close enough? Far apart only what the post is about, or the last system named before, can be meant."""
        apart = abs(self.doc.sentence[a.first] - self.doc.sentence[b.first])
        if b.type == "score":
            return apart <= 1
        return apart <= 1 or subject == self.topic or self.items[self.doc.entities[subject][0].first].line == self.title or (
            self.ranks(b, a.type, subject)[1] == 0
        )  # fmt: skip

    @cached_property
    def topic(self) -> str:
        """The entity the post is about: of the first line that names a system, the one named most often."""
        keys = [key for key, spans in self.doc.entities.items() if spans[0].type in _SYSTEMS]
        if not keys:
            return ""
        line = self.items[self.doc.entities[keys[0]][0].first].line
        early = [k for k in keys if self.items[self.doc.entities[k][0].first].line == line]
        return max(early, key=lambda k: (len(self.doc.entities[k]), -self.doc.entities[k][0].first))

    @cached_property
    def by_type(self) -> dict[str, list[Span]]:
        out: dict[str, list[Span]] = {}
        for span in self.doc.spans:
            out.setdefault(span.type, []).append(span)
        return out

    def ranks(self, target: Span, kind: str, key: str) -> tuple[int, int]:
        """How many other entities of the type stand nearer to ``target`` than the entity ``key``: anywhere (0-3), and
        before it only (0-3, 9 when ``key`` does not stand before it)."""
        known = self._rivals.get((target.first, target.last, kind))
        if known is None:
            known = self._rivals[target.first, target.last, kind] = self._nearest(target, kind)
        (anywhere, ordered), (before, ordered_before) = known
        mine, mine_before = anywhere.get(key), before.get(key)
        rank = min(3, bisect_left(ordered, mine)) if mine is not None else 3
        return rank, min(3, bisect_left(ordered_before, mine_before)) if mine_before is not None else 9

    def _nearest(self, target: Span, kind: str) -> tuple[Rivals, Rivals]:
        anywhere: dict[str, int] = {}
        before: dict[str, int] = {}
        sentence, groups = self.doc.sentence, self.doc.groups
        first, last, group, where = target.first, target.last, target.group, sentence[target.first]
        group_first, group_last, _ = groups[group]
        for span in self.by_type.get(kind, ()):
            if span is target:
                continue
            # ``distance`` written out, as one number: this is asked of every two spans
            if span.first > first:
                start, end = last + 1, span.first
                if span.group != group:
                    start_, end_ = max(group_last + 1, start), min(groups[span.group][0], end)
                    if start_ <= end_:
                        start, end = start_, end_
            else:
                start, end = span.last + 1, first
                if span.group != group:
                    start_, end_ = max(groups[span.group][1] + 1, start), min(group_first, end)
                    if start_ <= end_:
                        start, end = start_, end_
            apart = abs(sentence[span.first] - where) * _SENTENCE + (end - start if end > start else 0)
            if apart < anywhere.get(span.key, _FAR):
                anywhere[span.key] = apart
            if span.first < first and apart < before.get(span.key, _FAR):
                before[span.key] = apart
        return (anywhere, sorted(anywhere.values())), (before, sorted(before.values()))


@lru_cache(maxsize=100_000)
def _low(word: str) -> str:
    return fold(word) if word.isalpha() else word.casefold()
