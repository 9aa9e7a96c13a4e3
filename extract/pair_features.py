"""What the classifier sees of a pair: order, distance, rivals, the words and cues around, what the lists know."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise

from kg.extract.document import Span, plain
from kg.extract.link_features import LinkView
from kg.extract.names import Names
from kg.extract.pair_geometry import PairGeometry

_STEPS = (0, 1, 3, 8, 16)
_STEP_NAMES = ("0", "1", "2-3", "4-8", "9-16", "17+")


class PairView(PairGeometry):
    """The features of the pairs of one document."""

    def features(self, subject: str, object_: str, a: Span, b: Span) -> list[str]:
        """All features of a pair at its closest place; an owner inside the name is told by the name alone."""
        if b.hint.startswith("nested") and a.first <= b.first <= a.last:
            return self._owner_inside(a, b)
        sentences, tokens_apart = self.distance(a, b)
        order = "so" if a.first < b.first else "os"
        near = "same" if sentences == 0 else "next" if sentences == 1 else "far"
        apart = _STEP_NAMES[bisect_left(_STEPS, tokens_apart)]
        kinds = f"{a.type}>{b.type}"
        about = subject == self.topic
        rank_s, before_s = self.ranks(b, a.type, subject)
        rank_o, before_o = self.ranks(a, b.type, object_)
        out = [f"kinds={kinds}", order, f"near={near}", f"{order} {near} apart={apart}", f"{kinds} {order} {near}"]
        if a.group == b.group:
            out.append("one list")
        out += [
            f"rank s={rank_s} {near}", f"rank o={rank_o} {near}", f"ranks={rank_s}{rank_o} {order} {near}",
            f"before s={before_s} {near}", f"before o={before_o} {near}", f"{kinds} ranks={rank_s}{rank_o}",
            f"topic={about} ranks={rank_s}{rank_o}",
        ]  # fmt: skip
        out += self._place(subject, object_, a, b, kinds, near, about)
        out += self._around(a, b, order, near, kinds, rank_s, rank_o)
        out += self._said_of("o", b, kinds, about, near) + self._said_of("s", a, kinds, about, near)
        out += self._together(subject, object_, about, kinds)
        out += self._known(a, b, near)
        if b.type == "link":
            out += self._links.features(subject, a, b, about, before_s)
        if b.hint:
            out += [
                f"hint={b.hint} {order} {near} apart={apart}",
                f"hint={b.hint} rank={rank_s} {near}",
                f"hint={b.hint} topic={about} rank={rank_s} {near}",
            ]
        return out

    def _owner_inside(self, a: Span, b: Span) -> list[str]:
        rest = self.doc.tokens.items[a.last].text.casefold() if a.last == b.last + 1 else ""
        generic = rest.rstrip("s") in ("gpu", "cpu", "tpu", "api", "cloud", "chat", "sdk", "ide")
        known = any(m in plain(b.name) or plain(b.name) in m for m in _makers(self.names, a.name))
        return [
            b.hint,
            f"{b.hint} {a.type}",
            f"{b.hint} generic={generic} {a.type}",
            f"{b.hint} maker={known}",
            f"nested rest={rest}",
        ]

    @property
    def _links(self) -> LinkView:
        if not hasattr(self, "_link_view"):
            self._link_view = LinkView(self.doc, self.cues)
        return self._link_view

    def _place(self, subject: str, object_: str, a: Span, b: Span, kinds: str, near: str, about: bool) -> list[str]:
        """Where in the post the two stand, and how many others of their types there are."""
        counts, entities = self.doc.type_counts, self.doc.entities
        n_s, n_o = counts[a.type], counts[b.type]
        out = [
            f"topic={about} {near}", f"{kinds} topic={about}", f"n s type={min(n_s, 4)}", f"n o type={min(n_o, 4)}",
            f"topic={about} n o={min(n_o, 3)} n s={min(n_s, 3)}",
        ]  # fmt: skip
        if self.items[entities[subject][0].first].line == self.title:
            out += [f"s in title {near}", f"s in title {kinds}"]
        if self.items[entities[object_][0].first].line == self.title:
            out.append(f"o in title {near}")
        if self.items[a.first].line == self.items[b.first].line:
            out.append(f"one line {kinds}")
        return out

    def _around(self, a: Span, b: Span, order: str, near: str, kinds: str, rank_s: int, rank_o: int) -> list[str]:
        """The words and cues between the two and on either side."""
        left, right = (a, b) if a.first < b.first else (b, a)
        start, end = self.gap(a, b)
        out = []
        if near == "far":
            start = end = right.first
        else:
            between = [self._word(i) for i in range(start, end)] if end - start <= 14 else []
            out += [f"{order} mid={word}" for word in dict.fromkeys(between)]
            out += [f"{order} mid k={k}" for k in sorted({self.words[word][1] for word in between if word in self.words})]
            out += [f"{order} mid={one}_{two}" for one, two in pairwise(between)]
            if end - start <= 4:
                out += [f"{order} all={'_'.join(between)}", f"{kinds} {order} all={'_'.join(between)}"]
            sentence = self.doc.sentence
            out += [
                f"{order} pre={self._word(i)}"
                for i in (left.first - 1, left.first - 2)
                if i >= 0 and sentence[i] == sentence[left.first]
            ]
            after = (i for i in (right.last + 1, right.last + 2) if i < len(self.items) and sentence[i] == sentence[right.last])
            out += [f"{order} post={self._word(i)}" for i in after]
        for cue, places in self.hits.items():
            if end - start <= 40 and bisect_left(places, end) > bisect_left(places, start):
                out += [
                    f"cue={cue} mid {order}",
                    f"cue={cue} mid {kinds} {order}",
                    f"cue={cue} mid {order} ranks={rank_s}{rank_o}",
                ]
            if self._before(places, left.first, 8):
                out += [f"cue={cue} pre {order}", f"cue={cue} pre {kinds} {order}"]
            if self._after(places, right.last, 8):
                out += [f"cue={cue} post {order}", f"cue={cue} post {kinds} {order}"]
        others = self.doc.spans[bisect_right(self.firsts, left.last) : bisect_left(self.firsts, right.first)]
        return [
            *out,
            *(f"between={kind}" for kind in sorted({s.type for s in others})),
            f"between n={min(len(others), 3)} {near}",
        ]

    def _said_of(self, who: str, span: Span, kinds: str, about: bool, near: str) -> list[str]:
        """The cues just before and just after one of the two, whatever the other is."""
        out = []
        first, last, _ = self.doc.groups[span.group]
        for cue, places in self.hits.items():
            if self._before(places, first, 6):
                out += [f"cue={cue} before {who} {near}", f"cue={cue} before {who} {kinds} topic={about}"]
            if self._after(places, last, 5):
                out.append(f"cue={cue} after {who} {near}")
        sentence = self.doc.sentence
        if first and sentence[first - 1] == sentence[first]:
            out.append(f"{who} after={self._word(first - 1)} {near}")
            if first > 1 and sentence[first - 2] == sentence[first]:
                out.append(f"{who} after={self._word(first - 2)}_{self._word(first - 1)}")
        return out

    def _together(self, subject: str, object_: str, about: bool, kinds: str) -> list[str]:
        """In how many sentences the two meet, how often the subject is named, whether it is the first of its type."""
        entities, sentence = self.doc.entities, self.doc.sentence
        mine, other = entities[subject], entities[object_]
        shared = len({sentence[s.first] for s in mine} & {sentence[s.first] for s in other})
        first, most, only = self._standing(mine[0].type)
        return [
            f"meet={min(shared, 2)} {kinds}", f"named={min(len(mine), 3)} topic={about}", 
            f"first of type={first == subject} {kinds}", f"most named={len(mine) >= most} only={only} {kinds}",
            f"most named={len(mine) >= most} topic={about} meet={min(shared, 1)}",
        ]  # fmt: skip

    def _standing(self, kind: str) -> tuple[str, int, bool]:
        """Of a type: the first entity, how often the most named one is named, whether there is only one."""
        rivals = {key: len(spans) for key, spans in self.doc.entities.items() if spans[0].type == kind}
        return next(iter(rivals)), max(rivals.values()), len(rivals) == 1

    def _known(self, a: Span, b: Span, near: str) -> list[str]:
        """What the lists know of the two, and what one name says of the other."""
        out = []
        one, two = plain(a.name), plain(b.name)
        if b.type in ("Organization", "Person", "Model", "Software"):
            if len(two) > 2 and two in one:
                out.append(f"o in s {a.type}>{b.type}")
            if len(one) > 2 and one in two:
                out.append(f"s in o {a.type}>{b.type}")
        if b.type == "Organization":
            makers = _makers(self.names, a.name)
            if makers:
                known = any(m in two or two in m for m in makers)
                out += [f"maker known={known}", f"maker known={known} same={near == 'same'}"]
        return out

    # -- small questions ----------------------------------------------------------------------------
    def _word(self, i: int) -> str:
        span = self.span_at.get(i)
        if span:
            return f"<{span.type}>"
        word = self.lows[i]
        return "<0>" if word[0].isdigit() else word

    def _before(self, places: list[int], first: int, reach: int) -> bool:
        """Does one of the places stand at most ``reach`` tokens before ``first``, in its sentence?"""
        i = bisect_left(places, first) - 1
        return i >= 0 and first - places[i] <= reach and self.doc.sentence[places[i]] == self.doc.sentence[first]

    def _after(self, places: list[int], last: int, reach: int) -> bool:
        i = bisect_right(places, last)
        return i < len(places) and places[i] - last <= reach and self.doc.sentence[places[i]] == self.doc.sentence[last]


@lru_cache(maxsize=50_000)
def _makers(names: Names, name: str) -> frozenset[str]:
    return frozenset(plain(maker) for entry in names.family(name) for maker in entry.developers)
