"""The parts that the ablation leaves out are there, and do nothing inside."""

from __future__ import annotations

import pytest

from benchmarks.ablation import PARTS, without
from kg.extract.extractor import Extractor
from kg.model import Post


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_left_out(part: str, extractor: Extractor) -> None:
    with without(part):
        assert extractor.extract(Post("1", "DeepMind introduced RETRO. RETRO beats GPT-3 on MMLU.")).mentions


def test_a_part_left_out_does_nothing(extractor: Extractor) -> None:
    post = Post("1", "Results on MMLU:\n1. GPT-4o — 88.7\n2. Claude 3 Opus — 86.8")

    def results() -> int:
        return sum(claim.predicate == "evaluated_on" for claim in extractor.extract(post).claims)

    assert results() == 2
    with without("tables and lists of results"):
        assert results() < 2
