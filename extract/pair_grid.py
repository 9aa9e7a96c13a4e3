"""All pairs of a document at once, as arrays: which two may stand in a relation, where they meet, and how they stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extract.document import Document, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_SENTENCE = 1 << 20
"""What a sentence more between two mentions counts in tokens: more than any sentence has."""
_FAR = 1 << 40
_SPANS = 1000
"""Names of a post that are held against each other; in longer posts the next thousand by themselves."""
_BLOCK = 1 << 20
"""Distances held at a time, so that a very long post does not need memory by the square of its names."""
STEPS = (0, 1, 3, 8, 16)
"""Tokens apart at which a step ends; more are the sixth."""
_SYSTEMS = ("Model", "Software", "Benchmark", "Dataset")
NOT_BEFORE = 9
"""Rank of what does not stand before."""


class PairGrid(NamedTuple):
    """Columns with one value for each pair; rows by the first mentions of subject and object, in a very long post by piece."""

    subject: Ints
    """Number of the entity in ``Document.entities``."""
    object: Ints
    subject_span: Ints
    """Number in ``Document.spans`` of the mention nearest to one of the object."""
    object_span: Ints
    start: Ints
    """The tokens ``start`` to ``end`` (not included) stand between the two, or between the lists they stand in."""
    end: Ints
    sentences: Ints
    """Sentences apart."""
    subject_first: NDArray[np.bool_]
    about: NDArray[np.bool_]
    """Is the subject what the post is about?"""
    rank_subject: Ints
    """Entities of the subject's type that stand nearer to the object's mention, 0 to 3."""
    before_subject: Ints
    """The same of those before it; ``NOT_BEFORE`` when the subject does not stand before."""
    rank_object: Ints
    before_object: Ints


class Place(NamedTuple):
    """Two entities by their keys and where they meet: a row of ``PairGrid``."""

    subject: str
    object: str
    a: Span
    b: Span
    start: int
    end: int
    sentences: int
    subject_first: bool
    about: bool
    rank_subject: int
    before_subject: int
    rank_object: int
    before_object: int


class Layout(NamedTuple):
    """The spans of a document as arrays, and the entity of each."""

    first: Ints
    last: Ints
    sentence: Ints
    group: Ints
    group_first: Ints
    group_last: Ints
    entity: Ints
    kind: Ints
    """Number of each entity's type in ``kinds``."""
    kinds: list[str]
    opening: Ints
    """Number of each entity's first span."""


def layout(document: Document) -> Layout:
    """The spans of a document as arrays."""
    spans, sentence, groups = document.spans, document.sentence, document.groups
    numbers = {key: number for number, key in enumerate(document.entities)}
    types = [mentions[0].type for mentions in document.entities.values()]
    kinds = sorted(set(types))
    kind_numbers = {kind: number for number, kind in enumerate(kinds)}
    rows = [(s.first, s.last, sentence[s.first], s.group, groups[s.group][0], groups[s.group][1], numbers[s.key]) for s in spans]
    first, last, sentences, group, group_first, group_last, entity = np.array(rows, np.int64).reshape(-1, 7).T
    opening = np.full(len(types), len(spans), np.int64)
    np.minimum.at(opening, entity, np.arange(len(spans)))
    kind = np.array([kind_numbers[kind] for kind in types], np.int64)
    return Layout(first, last, sentences, group, group_first, group_last, entity, kind, kinds, opening)


def between(at: Layout, a: Ints, b: Ints) -> tuple[Ints, Ints]:
    """First token and the one behind the last between spans, from the edges of the lists they stand in."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    start, end = at.last[low] + 1, at.first[high]
    start_, end_ = np.maximum(at.group_last[low] + 1, start), np.minimum(at.group_first[high], end)
    lists = (at.group[low] != at.group[high]) & (start_ <= end_)
    return np.where(lists, start_, start), np.where(lists, end_, end)


class _Distances(NamedTuple):
    nearest: Ints
    """Entities by spans: the distance of the nearest mention."""
    before: Ints
    """The same of the mentions before the span."""
    meeting: Ints
    """Entities by entities: distance and the two spans, in one number."""


def _distances(at: Layout) -> _Distances:
    size, entities = len(at.first), len(at.kind)
    order = np.argsort(at.entity, kind="stable")
    starts = np.searchsorted(at.entity[order], np.arange(entities))
    columns = np.arange(size)
    nearest, before = (np.full((entities, size), _FAR, np.int64) for _ in range(2))
    meeting = np.zeros((entities, entities), np.int64)
    ends = [*starts[1:], size]
    low = 0
    while low < entities:
        high = low + 1
        while high < entities and (ends[high] - starts[low]) * size <= _BLOCK:
            high += 1
        rows = order[starts[low] : ends[high - 1]]
        start, end = between(at, rows[:, None], columns)
        apart = np.abs(at.sentence[rows][:, None] - at.sentence) * _SENTENCE + np.maximum(0, end - start)
        apart[np.arange(len(rows)), rows] = _FAR
        cuts = starts[low:high] - starts[low]
        nearest[low:high] = np.minimum.reduceat(apart, cuts, axis=0)
        before[low:high] = np.minimum.reduceat(np.where(at.first[rows][:, None] < at.first, apart, _FAR), cuts, axis=0)
        joined = (apart * size + rows[:, None]) * size + columns
        by_entity = np.minimum.reduceat(joined, cuts, axis=0)[:, order]
        meeting[low:high] = np.minimum.reduceat(by_entity, starts, axis=1)
        low = high
    return _Distances(nearest, before, meeting)


def pair_grid(document: Document, allowed: Mapping[tuple[str, str], object], topic: int, title: int) -> PairGrid:
    """The pairs whose types ``allowed`` has and that stand close enough to say something of each other.

    ``topic`` is the number of the entity that the post is about (-1: none), ``title`` the line of its title. Far apart only the
    topic, what the title names, or the last of its type before the object can be meant. A post of more than ``_SPANS`` names is
    looked at piece by piece, so that time and memory grow with its length.
    """
    at = layout(document)
    pieces = [_piece(document, at, low, allowed, topic, title) for low in range(0, max(1, len(at.first)), _SPANS)]
    if len(pieces) == 1:
        return pieces[0]
    columns = [np.concatenate(parts) for parts in zip(*pieces, strict=True)]
    # Of two that meet in many pieces the first place counts.
    once = np.sort(np.unique(columns[0] * len(at.kind) + columns[1], return_index=True)[1])
    return PairGrid(*(column[once] for column in columns))


def _piece(
    document: Document, post: Layout, low: int, allowed: Mapping[tuple[str, str], object], topic: int, title: int
) -> PairGrid:
    """The pairs among ``_SPANS`` spans from ``low`` on."""
    rows = slice(low, low + _SPANS)
    numbers, entity = np.unique(post.entity[rows], return_inverse=True)
    at = Layout(
        post.first[rows], post.last[rows], post.sentence[rows], post.group[rows], post.group_first[rows], post.group_last[rows],
        entity, post.kind[numbers], post.kinds, post.opening[numbers],
    )  # fmt: skip
    size = len(at.first)
    apart = _distances(at)
    may = np.array([[(one, two) in allowed for two in at.kinds] for one in at.kinds], bool)
    may = may.reshape(len(at.kinds), len(at.kinds))
    possible = may[at.kind[:, None], at.kind] & ~np.eye(len(at.kind), dtype=bool)
    subject, object_ = np.nonzero(possible)
    met = apart.meeting[subject, object_]
    a, b = met // size % size, met % size
    sentences = np.abs(at.sentence[a] - at.sentence[b])
    before = _ranks(apart.before, at, subject, b)
    items = document.tokens.items
    lines = np.array([items[i].line for i in post.first[at.opening]], np.int64)
    scores = np.array([kind == "score" for kind in at.kinds], bool)[at.kind]
    near = (sentences <= 1) | ~scores[object_] & ((numbers[subject] == topic) | (lines[subject] == title) | (before == 0))
    subject, object_, a, b, sentences, before = (column[near] for column in (subject, object_, a, b, sentences, before))
    start, end = between(at, a, b)
    return PairGrid(
        numbers[subject], numbers[object_], a + low, b + low, start, end, sentences, at.first[a] < at.first[b],
        numbers[subject] == topic,
        _ranks(apart.nearest, at, subject, b), before,
        _ranks(apart.nearest, at, object_, a), _ranks(apart.before, at, object_, a),
    )  # fmt: skip


def places(document: Document, grid: PairGrid, rows: Ints | slice = slice(None)) -> Iterator[Place]:
    """Some pairs of the grid one by one, all by default."""
    keys, spans = list(document.entities), document.spans
    for subject, object_, a, b, *rest in zip(*(column[rows].tolist() for column in grid), strict=True):
        yield Place(keys[subject], keys[object_], spans[a], spans[b], *rest)


def _ranks(distances: Ints, at: Layout, entities: Ints, spans: Ints) -> Ints:
    """For each entity and span the others of the entity's type that are nearer to the span, 0 to 3."""
    mine = distances[entities, spans]
    rank = np.zeros(len(entities), np.int64)
    for kind in range(len(at.kinds)):
        rows = np.flatnonzero(at.kind[entities] == kind)
        if len(rows):
            three = np.sort(distances[at.kind == kind], axis=0)[:3]
            rank[rows] = (three[:, spans[rows]] < mine[rows]).sum(axis=0)
    return np.where(mine >= _FAR, NOT_BEFORE, rank)


def topic_entity(document: Document) -> int:
    """Number of the entity the post is about: of the first line that names a system, the one named most often; -1 without."""
    entities = list(document.entities.values())
    systems = [number for number, spans in enumerate(entities) if spans[0].type in _SYSTEMS]
    if not systems:
        return -1
    items = document.tokens.items
    line = items[entities[systems[0]][0].first].line
    early = [number for number in systems if items[entities[number][0].first].line == line]
    return max(early, key=lambda number: (len(entities[number]), -entities[number][0].first))


def steps(tokens: Ints) -> Ints:
    """Tokens apart in six steps, 0 to 5: none, 1, 2 to 3, 4 to 8, 9 to 16, more."""
    return np.searchsorted(STEPS, tokens)
