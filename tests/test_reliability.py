"""Confidences against what is right."""

from __future__ import annotations

from typing import Any

import pytest

from kg.reliability import calibration_error, judged, reliability

BINS = [
    ([(0.0, False)], {0: (1, 0.0, 0.0)}),
    ([(1.0, True)], {9: (1, 1.0, 1.0)}),
    # Multiplied by ten, 0.3 and 0.7 are no whole numbers.
    ([(0.3, True), (0.7, True), (0.29, False)], {2: (1, 0.29, 0.0), 3: (1, 0.3, 1.0), 7: (1, 0.7, 1.0)}),
    ([(0.1, True), (0.6, False), (0.9, True)], {1: (1, 0.1, 1.0), 6: (1, 0.6, 0.0), 9: (1, 0.9, 1.0)}),
    ([(0.82, True), (0.84, True), (0.86, False), (0.88, True)], {8: (4, 0.85, 0.75)}),
    ([], {}),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "filled"), BINS)
def test_bins(claims: list[tuple[float, bool]], filled: dict[int, tuple[int, float, float]]) -> None:
    bins = reliability(claims)
    assert len(bins) == 10 and (bins[0].low, bins[-1].high) == (0.0, 1.0)
    assert {i for i, one in enumerate(bins) if one.claims} == filled.keys()
    for i, (number, mean, right) in filled.items():
        assert [bins[i].claims, bins[i].mean, bins[i].right] == pytest.approx([number, mean, right])


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ([], 0.0),
        ([(1.0, True), (0.0, False)], 0.0),
        ([(0.95, False)], 0.95),
        ([(0.9, True), (0.9, True), (0.9, True), (0.1, True)], (3 * 0.1 + 0.9) / 4),
    ],
)
def test_how_far_off_they_are(claims: list[tuple[float, bool]], error: float) -> None:
    assert calibration_error(reliability(claims)) == pytest.approx(error)


def triple(s: str, p: str, o: Any, **more: Any) -> dict[str, Any]:
    return {"s": s, "p": p, "o": o, **more}


def sure(confidence: float, s: str, p: str, o: Any) -> dict[str, Any]:
    return triple(s, p, o, confidence=confidence)


FACT, AGAIN, LESS = triple("A", "based_on", "B"), sure(0.8, "a", "based_on", "b"), sure(0.7, "A", "based_on", "B")
SIZE, OTHER = sure(0.9, "A-7B", "parameter_count", 7e9), sure(0.6, "B", "based_on", "A")
JUDGED = [
    ([FACT], [AGAIN], [(0.8, True)]),
    ([FACT], [OTHER], [(0.6, False)]),
    # An answer is used once, as in the score.
    ([FACT], [AGAIN, LESS], [(0.8, True), (0.7, False)]),
    ([FACT | {"opt": True}], [AGAIN, OTHER], [(0.6, False)]),
    # A size that only the name has is not scored, wherever it stands in the list.
    ([FACT], [SIZE, AGAIN], [(0.8, True)]),
    ([FACT], [], []),
]


@pytest.mark.parametrize(("gold", "answers", "wanted"), JUDGED)
def test_which_claims_are_right(gold: list[Any], answers: list[Any], wanted: list[tuple[float, bool]]) -> None:
    document = {"id": "1", "entities": [], "triples": gold}
    assert judged({"1": document}, {"1": {"entities": [], "triples": answers}, "2": {"triples": answers}}) == wanted
    assert judged({"1": document}, {}) == []
