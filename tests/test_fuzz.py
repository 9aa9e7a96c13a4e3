"""Some hundred inputs that nobody meant, for each door; ``benchmarks/fuzz.py`` tries as many as there is time for."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz_seeds import BREAKERS, NAMES, mutated, seeds
from tests.fuzz_targets import TARGETS

PIECES = st.sampled_from((*BREAKERS, *NAMES)) | st.text(max_size=40)
TEXTS = st.lists(PIECES, max_size=6).map(lambda pieces: "\n".join(pieces).encode("utf-8", "replace"))


@pytest.mark.parametrize("target", TARGETS)
def test_mutated_inputs(target: str) -> None:
    random, known = Random(target), seeds(target)
    for _ in range(40 if target == "extractor" else 150):
        TARGETS[target](mutated(random.choice(known), known, random))


@pytest.mark.parametrize("target", TARGETS)
def test_inputs_made_by_hypothesis(target: str) -> None:
    @settings(max_examples=30 if target == "extractor" else 100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.tuples(st.binary(min_size=1, max_size=1), st.binary(max_size=300) | TEXTS).map(b"".join))
    @example(b"")
    def holds(data: bytes) -> None:
        TARGETS[target](data)

    holds()
