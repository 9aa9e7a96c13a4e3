"""Whether confidences mean what they say: of the claims with a confidence near 0.8, eight in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

from kg.gold_form import gold_document
from kg.model import Extraction
from kg.score import Document, match_triples, scored

Judged = tuple[float, bool]
"""The confidence of a claim, 0 to 1, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims with a confidence from ``low`` to below ``high`` (1 is in the last one)."""

    low: float
    high: float
    claims: int
    mean: float
    """Their mean confidence."""
    right: float
    """The share of them that is right, 0 to 1."""


def sure_document(extraction: Extraction) -> dict[str, Any]:
    """The gold form of what was found, with the ``confidence`` of each claim in its triple.

    >>> from kg.model import Claim, Entity, Evidence, Post
    >>> one, two = Entity("model/a", "Model", "A"), Entity("model/b", "Model", "B")
    >>> claim = Claim(one, "outperforms", two, Evidence("1", 0, 9), confidence=0.7)
    >>> sure_document(Extraction(Post("1", "A beats B"), (), (one, two), (claim,)))["triples"][0]["confidence"]
    0.7
    """
    document = gold_document(extraction)
    pairs = zip(document["triples"], extraction.claims, strict=True)
    return document | {"triples": [triple | {"confidence": claim.confidence} for triple, claim in pairs]}


def judged(gold: Mapping[str, Document], answers: Mapping[str, Document]) -> list[Judged]:
    """Each triple of the answers (made by ``sure_document``) with whether ``kg.score`` counts it as right.

    What gold marks ``opt`` counts neither way, nor does a post that is not in gold.
    """
    found: list[Judged] = []
    for post, document in gold.items():
        wanted, answer = scored(document), scored(answers.get(post, {}))
        gold_of = {j: wanted["triples"][i] for i, j in match_triples(wanted, answer)}
        for j, triple in enumerate(answer.get("triples", [])):
            if not gold_of.get(j, {}).get("opt"):
                found.append((float(triple["confidence"]), j in gold_of))
    return found


def reliability(claims: Iterable[Judged], bins: int = 10) -> list[Bin]:
    """The claims by confidence, in bins of one width; an empty one has the mean and share 0.

    >>> [(b.low, b.high, b.claims, b.right) for b in reliability([(0.2, False), (0.9, True), (1.0, False)], bins=2)]
    [(0.0, 0.5, 1, 0.0), (0.5, 1.0, 2, 0.5)]
    """
    groups: list[list[Judged]] = [[] for _ in range(bins)]
    for confidence, right in claims:
        # 0.7 * 10 is 7.000000000000001, and 0.29 * 100 is 28.999999999999996.
        groups[min(bins - 1, floor(round(confidence * bins, 9)))].append((confidence, right))
    return [_bin(number / bins, (number + 1) / bins, group) for number, group in enumerate(groups)]


def calibration_error(bins: Iterable[Bin]) -> float:
    """How far confidence and share are apart on average, each claim counting the same (expected calibration error).

    >>> calibration_error(reliability([(0.75, True), (0.75, False)]))
    0.25
    """
    filled = [one for one in bins if one.claims]
    return sum(one.claims * abs(one.mean - one.right) for one in filled) / max(1, sum(one.claims for one in filled))


def _bin(low: float, high: float, group: list[Judged]) -> Bin:
    size = max(1, len(group))
    return Bin(low, high, len(group), sum(c for c, _ in group) / size, sum(right for _, right in group) / size)
