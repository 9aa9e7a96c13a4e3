"""Pairs of a document: which are looked at, where the two meet, who stands nearer.

Latin capitals are models, what begins with ``z`` is a company, with ``h`` hardware.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import pair_grid as module
from kg.extract.document import Document, Span
from kg.extract.pair_grid import NOT_BEFORE, PairGrid, Place, pair_grid, places, steps, topic_entity
from kg.extract.tokens import Tokens

Ranks = tuple[int, int]
ALLOWED = {("Model", "Organization"), ("Model", "Hardware"), ("Model", "Model")}


def read(text: str) -> Document:
    tokens = Tokens(text)
    return Document(
        tokens, [Span(i, i, kind, t.text) for i, t in enumerate(tokens.items) for kind in _kinds(t.text)]
    )  # fmt: skip


def _kinds(word: str) -> list[str]:
    if not word.isalnum():
        return []
    return (
        ["Model"]
        if word.isascii() and word.isupper()
        else ["Organization"]
        if word[0] == "z"
        else ["Hardware"]
        if word[0] == "h"
        else []
    )


def grid(document: Document) -> PairGrid:
    return pair_grid(document, dict.fromkeys(ALLOWED), topic_entity(document), 0)


def find(text: str) -> list[Place]:
    document = read(text)
    return list(places(document, grid(document)))


PLACES = [
    # text, subject, object, tokens between, sentences apart, rank and rank before of the subject, of the object
    ("A от z1", "A", "z1", 1, 0, (0, 0), (0, NOT_BEFORE)),
    ("z1 сделала A", "A", "z1", 1, 0, (0, NOT_BEFORE), (0, 0)),
    ("A, B и C от z1", "A", "z1", 1, 0, (0, 0), (0, NOT_BEFORE)),
    ("A лучше B от z1", "A", "z1", 3, 0, (1, 1), (0, NOT_BEFORE)),
    ("A лучше B от z1", "B", "z1", 1, 0, (0, 0), (0, NOT_BEFORE)),
    ("A вышла. Потом z1 сделала B", "A", "z1", 3, 1, (1, 0), (0, NOT_BEFORE)),
    ("A у z1, B у z2, C у z3, D у z4", "D", "z1", 9, 0, (3, NOT_BEFORE), (3, 2)),
]


@pytest.mark.parametrize(("text", "subject", "object_", "apart", "sentences", "subject_ranks", "object_ranks"), PLACES)
def test_how_two_stand(
    text: str, subject: str, object_: str, apart: int, sentences: int, subject_ranks: Ranks, object_ranks: Ranks
) -> None:
    place = next(p for p in find(text) if (p.a.name, p.b.name) == (subject, object_))
    assert (place.end - place.start, place.sentences) == (apart, sentences)
    assert (place.rank_subject, place.before_subject) == subject_ranks
    assert (place.rank_object, place.before_object) == object_ranks


LOOKED_AT = [
    ("A от z1.", ["A z1"]),
    ("z1 и z2.", []),
    ("A. Б. Г. z1.", ["A z1"]),  # what the post is about may stand far away
    ("О новостях.\nБ. A. Д. Е. Ж. B. И. z1.", ["A z1", "B z1"]),  # so may the last one before
    ("О новостях.\nA. Д. Е. Ж. B. И. z1. C. К.", ["A z1", "B z1", "C z1"]),
    ("О новостях.\nz1. Б. Г. A. Д. Е. Ж. B.", ["A z1"]),
    ("", []),
    ("z1", []),
]


@pytest.mark.parametrize(("text", "pairs"), LOOKED_AT)
def test_pairs_that_are_looked_at(text: str, pairs: list[str]) -> None:
    assert [f"{p.a.name} {p.b.name}" for p in find(text) if p.b.type == "Organization"] == pairs


def test_the_nearest_mentions_count() -> None:
    [place] = [p for p in find("A вышла. Все ждали. A работает на h1, а h1 нет.") if p.b.type == "Hardware"]
    assert (place.a.first, place.b.first) == (6, 9)


@given(st.text("ABC.z1h, \n", max_size=60), st.sampled_from([4, 1 << 20]))
def test_the_arrays_say_what_counting_says(letters: str, block: int) -> None:
    """Distances one by one, as the definitions read; whatever so many are held at a time."""
    document = read(" ".join(letters))
    before, module._BLOCK = module._BLOCK, block
    try:
        found = grid(document)
    finally:
        module._BLOCK = before
    for place in places(document, found):
        mentions, others = document.entities[place.subject], document.entities[place.object]
        nearest = min((*_apart(document, a, b), a.first, b.first) for a in mentions for b in others if a is not b)
        assert (place.sentences, max(0, place.end - place.start), place.a.first, place.b.first) == nearest
        for key, target, ranks in (
            (place.subject, place.b, (place.rank_subject, place.before_subject)),
            (place.object, place.a, (place.rank_object, place.before_object)),
        ):
            kind = document.entities[key][0].type
            rivals = {k: spans for k, spans in document.entities.items() if spans[0].type == kind}
            assert ranks == (_rank(document, rivals, key, target, False), _rank(document, rivals, key, target, True))


def _apart(document: Document, a: Span, b: Span) -> tuple[int, int]:
    a, b = sorted((a, b), key=lambda span: span.first)
    start, end = a.last + 1, b.first
    if a.group != b.group:
        start_, end_ = max(document.groups[a.group][1] + 1, start), min(document.groups[b.group][0], end)
        start, end = (start_, end_) if start_ <= end_ else (start, end)
    return abs(document.sentence[a.first] - document.sentence[b.first]), max(0, end - start)


def _rank(document: Document, rivals: dict[str, list[Span]], key: str, target: Span, only_before: bool) -> int:
    others = {
        rival: [span for span in spans if span is not target and (span.first < target.first or not only_before)]
        for rival, spans in rivals.items()
    }
    nearest = {rival: min(_apart(document, span, target) for span in spans) for rival, spans in others.items() if spans}
    return min(3, sum(apart < nearest[key] for apart in nearest.values())) if key in nearest else NOT_BEFORE


def test_a_very_long_post_is_looked_at_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of one piece as ever, with the topic of the whole post; none of two pieces."""
    text = "A от z1. B от z2. A от z3. B от z4."
    whole = find(text)
    monkeypatch.setattr(module, "_SPANS", 4)
    cut = find(text)
    assert next(p for p in whole if p.b.type == "Organization") in cut
    assert [(p.a.name, p.b.name, p.about) for p in cut if p.b.type == "Organization"] == [
        ("A", "z1", True), ("A", "z2", True), ("B", "z1", False), ("B", "z2", False),
        ("A", "z3", True), ("A", "z4", True), ("B", "z3", False), ("B", "z4", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("tokens", "step"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (8, 3), (9, 4), (16, 4), (17, 5), (900, 5)])
def test_steps(tokens: int, step: int) -> None:
    import numpy as np

    assert steps(np.array([tokens])).tolist() == [step]
