"""What the classifier sees of a pair: order, distance, rivals, the words and cues around, what the lists know."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from typing import NamedTuple

from kg.extract import pair_names
from kg.extract.blocks import AnyBlock, Block, Blocks, Words
from kg.extract.cues import GENERIC, Cues, cue_words
from kg.extract.document import Document, Span, plain
from kg.extract.link_features import LinkView
from kg.extract.names import Names
from kg.extract.pair_context import PairContext
from kg.extract.pair_grid import STEPS, Place

_STEP_NAMES = ("0", "1", "2-3", "4-8", "9-16", "17+")
MAKERS = frozenset({"Organization", "Person", "Model", "Software"})
"""Types whose name may say something of the other's."""
_CUES_BETWEEN = 40
"""The tokens among which cues are looked for between two spans, at most."""


class EntityView(NamedTuple):
    """What all pairs of an entity share."""

    rivals: int
    """Entities of its type, itself too: 1 to 4."""
    named: int
    """1 to 3."""
    in_title: bool
    sentences: frozenset[int]
    first: bool
    """Is it the first of its type?"""
    most: bool
    """Is none of its type named more often?"""


class PairView(PairContext):
    """The features of the pairs of one document."""

    def __init__(self, document: Document, cues: Cues, names: Names, blocks: Blocks) -> None:
        super().__init__(document, cues, names)
        self._blocks = blocks
        self._types = [span.type for span in document.spans]

    def features(self, place: Place) -> list[AnyBlock]:
        """All features of a pair at its closest place; an owner inside the name is told by the name alone."""
        subject, a, b, about = place.subject, place.a, place.b, place.about
        if b.hint.startswith("nested") and a.first <= b.first <= a.last:
            return [self._owner_inside(a, b)]
        blocks, items, start, end = self._blocks, self.items, place.start, place.end
        order = "so" if place.subject_first else "os"
        near = "same" if place.sentences == 0 else "next" if place.sentences == 1 else "far"
        apart = _STEP_NAMES[bisect_left(STEPS, max(0, end - start))]
        kinds = _kinds(a.type, b.type)
        rank_s, before_s, rank_o, before_o = place[-4:]
        mine, other = self.entities[subject], self.entities[place.object]
        one_line = items[a.first].line == items[b.first].line
        meet = self.meet(subject, place.object)
        out: list[AnyBlock] = [
            blocks[pair_names.place, kinds, order, near, apart, a.group == b.group],
            blocks[pair_names.ranks, kinds, order, near, about, rank_s, before_s, rank_o, before_o],
            blocks[pair_names.post, kinds, near, about, mine.rivals, other.rivals, mine.in_title, other.in_title, one_line],
            blocks[
                pair_names.together, kinds, about, meet, mine.named, mine.first, mine.most, mine.rivals == 1
            ],
        ]  # fmt: skip
        view_a, view_b = self.view(a), self.view(b)
        before, behind = (view_a.before, view_b.behind) if place.subject_first else (view_b.before, view_a.behind)
        out += [blocks[pair_names.cue_beside, cue, "pre", kinds, order] for cue in before]
        out += [blocks[pair_names.cue_beside, cue, "post", kinds, order] for cue in behind]
        for who, span, view in (("o", b, view_b), ("s", a, view_a)):
            out += [blocks[pair_names.cue_before, cue, who, kinds, about, near] for cue in view.before_list]
            out += [blocks[pair_names.cue_behind, cue, who, near] for cue in view.behind_list]
            out.append(self.words_before(who, self.doc.groups[span.group][0], near))
        self._add_between(out, place, order, near, kinds)
        if b.type in MAKERS:
            self._add_known(out, a, b, kinds, near)
        if b.type == "link":
            out += self.links.features(subject, a, b, about, before_s)
        if b.hint:
            out.append(blocks[pair_names.hint, b.hint, order, near, apart, rank_s, about])
        return out

    def _owner_inside(self, a: Span, b: Span) -> Block:
        rest = self.doc.tokens.items[a.last].text.casefold() if a.last == b.last + 1 else ""
        generic = rest.rstrip("s") in cue_words(GENERIC)
        known = any(m in plain(b.name) or plain(b.name) in m for m in _makers(self.names, a.name))
        return Block([
            b.hint,
            f"{b.hint} {a.type}",
            f"{b.hint} generic={generic} {a.type}",
            f"{b.hint} maker={known}",
            f"nested rest={rest}",
        ])  # fmt: skip

    @cached_property
    def links(self) -> LinkView:
        return LinkView(self.doc, self.cues, self._blocks)

    @cached_property
    def entities(self) -> dict[str, EntityView]:
        first: dict[str, str] = {}
        most: dict[str, int] = {}
        for key, spans in self.doc.entities.items():
            kind = spans[0].type
            first.setdefault(kind, key)
            most[kind] = max(most.get(kind, 0), len(spans))
        sentence, counts = self.doc.sentence, self.doc.type_counts
        return {
            key: EntityView(
                min(counts[spans[0].type], 4),
                min(len(spans), 3),
                self.items[spans[0].first].line == self.title,
                frozenset([sentence[span.first] for span in spans]),
                first[spans[0].type] == key,
                len(spans) >= most[spans[0].type],
            )
            for key, spans in self.doc.entities.items()
        }

    def _add_between(self, out: list[AnyBlock], place: Place, order: str, near: str, kinds: str) -> None:
        """The words, cues and spans between the two, and the words on either side."""
        blocks, start, end = self._blocks, place.start, place.end
        rank_s, rank_o = place.rank_subject, place.rank_object
        left, right = (place.a, place.b) if place.subject_first else (place.b, place.a)
        if near != "far":
            out.append(self.words_between(order, start, end))
            if end - start <= 4:
                words = ("_".join(self.shown[start:end]),)
                out.append(Words((f"{order} all", words), (f"{kinds} {order} all", words)))
            out += (self.words_beside(f"{order} pre", left.first, -1), self.words_beside(f"{order} post", right.last, 1))
            if start < end <= start + _CUES_BETWEEN:
                out += [blocks[pair_names.cue_between, cue, kinds, order, rank_s, rank_o] for cue in self.cues_in(start, end)]
        others = self._types[bisect_right(self.firsts, left.last) : bisect_left(self.firsts, right.first)]
        out.append(blocks[pair_names.between, tuple(sorted(set(others))) if others else (), min(len(others), 3), near])

    def meet(self, subject: str, object_: str) -> int:
        """In how many sentences both stand, 0 to 2."""
        return min(2, len(self.entities[subject].sentences & self.entities[object_].sentences))

    def known(self, a: Span, b: Span) -> tuple[bool, bool, str]:
        """Is the object's name in the subject's, the other way round, and do the lists know the object as the subject's maker
        (``True`` or ``False``, empty when they know none)?"""
        if b.type not in MAKERS:
            return False, False, ""
        one, two = plain(a.name), plain(b.name)
        maker = ""
        if b.type == "Organization":
            makers = _makers(self.names, a.name)
            maker = str(any(m in two or two in m for m in makers)) if makers else ""
        return len(two) > 2 and two in one, len(one) > 2 and one in two, maker

    def _add_known(self, out: list[AnyBlock], a: Span, b: Span, kinds: str, near: str) -> None:
        """What the lists know of the two, and what one name says of the other."""
        o_in_s, s_in_o, maker = self.known(a, b)
        if o_in_s or s_in_o or maker:
            out.append(self._blocks[pair_names.known, kinds, near, o_in_s, s_in_o, maker])


@lru_cache(maxsize=1000)
def _kinds(subject: str, object_: str) -> str:
    return f"{subject}>{object_}"


@lru_cache(maxsize=50_000)
def _makers(names: Names, name: str) -> frozenset[str]:
    return frozenset(plain(maker) for entry in names.family(name) for maker in entry.developers)
