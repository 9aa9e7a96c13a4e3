"""What the classifier sees of a pair: order, distance, rivals, the words and cues around, what the lists know."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import pairwise

from kg.extract import pair_names
from kg.extract.blocks import Block, Blocks
from kg.extract.cues import Cues
from kg.extract.document import Document, Span, plain
from kg.extract.link_features import LinkView
from kg.extract.names import Names
from kg.extract.pair_geometry import PairGeometry

_STEPS = (0, 1, 3, 8, 16)
_STEP_NAMES = ("0", "1", "2-3", "4-8", "9-16", "17+")
_MOST_BETWEEN = 14
"""Words between two spans that are looked at one by one, at most."""
_CUES_BETWEEN = 40
"""The tokens among which cues are looked for between two spans, at most."""


class PairView(PairGeometry):
    """The features of the pairs of one document."""

    def __init__(self, document: Document, cues: Cues, names: Names, blocks: Blocks) -> None:
        super().__init__(document, cues, names)
        self._blocks = blocks
        self._of_words: dict[tuple[str, int, int], Block] = {}
        self._of_cues: dict[tuple[int, int], tuple[str, ...]] = {}
        self._types = [span.type for span in document.spans]
        hits = sorted((place, cue) for cue, places in self.hits.items() for place in places)
        self._hit_places, self._hit_cues = [place for place, _ in hits], [cue for _, cue in hits]

    def features(self, subject: str, object_: str, a: Span, b: Span) -> list[Block]:
        """All features of a pair at its closest place; an owner inside the name is told by the name alone."""
        if b.hint.startswith("nested") and a.first <= b.first <= a.last:
            return [self._owner_inside(a, b)]
        blocks = self._blocks
        sentences, tokens_apart = self.distance(a, b)
        order = "so" if a.first < b.first else "os"
        near = "same" if sentences == 0 else "next" if sentences == 1 else "far"
        apart = _STEP_NAMES[bisect_left(_STEPS, tokens_apart)]
        kinds = f"{a.type}>{b.type}"
        about = subject == self.topic
        rank_s, before_s = self.ranks(b, a.type, subject)
        rank_o, before_o = self.ranks(a, b.type, object_)
        counts, entities, items, title = self.doc.type_counts, self.doc.entities, self.items, self.title
        mine, other = entities[subject], entities[object_]
        first, most, only = self._standing[mine[0].type]
        meet = len(self.sentences(subject) & self.sentences(object_))
        out = [
            blocks[pair_names.place, kinds, order, near, apart, a.group == b.group],
            blocks[pair_names.ranks, kinds, order, near, about, rank_s, before_s, rank_o, before_o],
            blocks[
                pair_names.post, kinds, near, about, min(counts[a.type], 4), min(counts[b.type], 4),
                items[mine[0].first].line == title, items[other[0].first].line == title,
                items[a.first].line == items[b.first].line,
            ],
            blocks[
                pair_names.together, kinds, about, min(meet, 2), min(len(mine), 3), first == subject, len(mine) >= most, only
            ],
        ]  # fmt: skip
        self._add_around(out, a, b, order, near, kinds, rank_s, rank_o)
        for who, span in (("o", b), ("s", a)):
            start, end, _ = self.doc.groups[span.group]
            before, after = self._cues_before(start, 6), self._cues_after(end, 5)
            if before or after:
                out.append(blocks[pair_names.said_of, who, before, after, kinds, about, near])
            out.append(self._words_before(who, start, near))
        self._add_known(out, a, b, kinds, near)
        if b.type == "link":
            out += self._links.features(subject, a, b, about, before_s)
        if b.hint:
            out.append(blocks[pair_names.hint, b.hint, order, near, apart, rank_s, about])
        return out

    def _owner_inside(self, a: Span, b: Span) -> Block:
        rest = self.doc.tokens.items[a.last].text.casefold() if a.last == b.last + 1 else ""
        generic = rest.rstrip("s") in ("gpu", "cpu", "tpu", "api", "cloud", "chat", "sdk", "ide")
        known = any(m in plain(b.name) or plain(b.name) in m for m in _makers(self.names, a.name))
        return Block([
            b.hint,
            f"{b.hint} {a.type}",
            f"{b.hint} generic={generic} {a.type}",
            f"{b.hint} maker={known}",
            f"nested rest={rest}",
        ])  # fmt: skip

    @cached_property
    def _links(self) -> LinkView:
        return LinkView(self.doc, self.cues, self._blocks)

    @cached_property
    def _standing(self) -> dict[str, tuple[str, int, bool]]:
        """Of each type: the first entity, how often the most named one is named, whether there is only one."""
        out: dict[str, tuple[str, int, bool]] = {}
        for key, spans in self.doc.entities.items():
            first, most, _ = out.get(spans[0].type, (key, 0, True))
            out[spans[0].type] = (first, max(most, len(spans)), spans[0].type not in out)
        return out

    def _add_around(
        self, out: list[Block], a: Span, b: Span, order: str, near: str, kinds: str, rank_s: int, rank_o: int
    ) -> None:
        """The words and cues between the two and on either side."""
        blocks = self._blocks
        left, right = (a, b) if a.first < b.first else (b, a)
        if near == "far":
            start = end = right.first
        else:
            start, end = self.gap(a, b)
            out.append(self._words_between(order, start, end))
            if end - start <= 4:
                words = "_".join(self._shown[start:end])
                out.append(Block((f"{order} all={words}", f"{kinds} {order} all={words}")))
            out.append(self._words_outside(order, left.first, right.last))
        if start < end <= start + _CUES_BETWEEN:
            for cue in self._cues_in(start, end):
                out.append(blocks[pair_names.cue_between, cue, kinds, order, rank_s, rank_o])
        for cue in self._cues_before(left.first, 8):
            out.append(blocks[pair_names.cue_beside, cue, "pre", kinds, order])
        for cue in self._cues_after(right.last, 8):
            out.append(blocks[pair_names.cue_beside, cue, "post", kinds, order])
        others = self._types[bisect_right(self.firsts, left.last) : bisect_left(self.firsts, right.first)]
        out.append(blocks[pair_names.between, tuple(sorted(set(others))) if others else (), min(len(others), 3), near])

    def _add_known(self, out: list[Block], a: Span, b: Span, kinds: str, near: str) -> None:
        """What the lists know of the two, and what one name says of the other."""
        if b.type not in ("Organization", "Person", "Model", "Software"):
            return
        one, two = plain(a.name), plain(b.name)
        maker = ""
        if b.type == "Organization":
            makers = _makers(self.names, a.name)
            maker = str(any(m in two or two in m for m in makers)) if makers else ""
        o_in_s, s_in_o = len(two) > 2 and two in one, len(one) > 2 and one in two
        if o_in_s or s_in_o or maker:
            out.append(self._blocks[pair_names.known, kinds, near, o_in_s, s_in_o, maker])

    # -- words --------------------------------------------------------------------------------------
    @cached_property
    def _shown(self) -> list[str]:
        """Each token as features name it: numbers alike, names by their type."""
        shown = ["<0>" if word[0].isdigit() else word for word in self.lows]
        for i, span in self.span_at.items():
            shown[i] = f"<{span.type}>"
        return shown

    def _words_between(self, order: str, start: int, end: int) -> Block:
        block = self._of_words.get((order, start, end))
        if block is None:
            between = self._shown[start:end] if end - start <= _MOST_BETWEEN else []
            names = [f"{order} mid={word}" for word in dict.fromkeys(between)]
            names += [f"{order} mid k={k}" for k in {self.words[word][1] for word in between if word in self.words}]
            names += [f"{order} mid={one}_{two}" for one, two in pairwise(between)]
            block = self._of_words[order, start, end] = Block(names)
        return block

    def _words_outside(self, order: str, first: int, last: int) -> Block:
        """The two words before the first of a pair and the two behind the last."""
        sentence, shown = self.doc.sentence, self._shown
        names = [f"{order} pre={shown[i]}" for i in (first - 1, first - 2) if i >= 0 and sentence[i] == sentence[first]]
        after = (i for i in (last + 1, last + 2) if i < len(shown) and sentence[i] == sentence[last])
        return Block(names + [f"{order} post={shown[i]}" for i in after])

    def _words_before(self, who: str, first: int, near: str) -> Block:
        key = (f"{who} {near}", first, first)
        block = self._of_words.get(key)
        if block is None:
            sentence, shown, names = self.doc.sentence, self._shown, []
            if first and sentence[first - 1] == sentence[first]:
                names.append(f"{who} after={shown[first - 1]} {near}")
                if first > 1 and sentence[first - 2] == sentence[first]:
                    names.append(f"{who} after={shown[first - 2]}_{shown[first - 1]}")
            block = self._of_words[key] = Block(names)
        return block

    # -- cues ---------------------------------------------------------------------------------------
    def _cues_in(self, start: int, end: int) -> set[str]:
        """The cues that begin at the tokens ``start`` to ``end`` (not included)."""
        return set(self._hit_cues[bisect_left(self._hit_places, start) : bisect_left(self._hit_places, end)])

    def _cues_before(self, first: int, reach: int) -> tuple[str, ...]:
        """The cues at most ``reach`` tokens before ``first``, in its sentence."""
        known = self._of_cues.get((first, -reach))
        if known is None:
            start = max(first - reach, bisect_left(self.doc.sentence, self.doc.sentence[first]))
            known = self._of_cues[first, -reach] = tuple(sorted(self._cues_in(start, first)))
        return known

    def _cues_after(self, last: int, reach: int) -> tuple[str, ...]:
        """The cues at most ``reach`` tokens behind ``last``, in its sentence."""
        known = self._of_cues.get((last, reach))
        if known is None:
            end = min(last + reach + 1, bisect_right(self.doc.sentence, self.doc.sentence[last]))
            known = self._of_cues[last, reach] = tuple(sorted(self._cues_in(last + 1, end)))
        return known


@lru_cache(maxsize=50_000)
def _makers(names: Names, name: str) -> frozenset[str]:
    return frozenset(plain(maker) for entry in names.family(name) for maker in entry.developers)
