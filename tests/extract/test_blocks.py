"""Blocks of features: what they weigh is what their names weigh."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.extract.blocks import Block, Blocks, Weights, Words
from kg.extract.classifier import Classifier
from kg.extract.tokens import Tokens
from kg.posts import read_posts

ROOT = Path(__file__).parents[2]
WEIGHTS = {"": -1.0, "so": 0.5, "so mid=of": 2.0, "so mid==": 4.0, "so mid k=7": 8.0, "near=same": 16.0}


@pytest.mark.parametrize(
    "block",
    [
        Block([]),
        Block(["so", "near=same", "unknown"]),
        Block(["so", "so"]),
        Words(),
        Words(("so mid", ["of", "of", "the", "="]), ("so mid k", ["7"]), ("os mid", ["of"])),
    ],
    ids=["empty", "names", "twice", "no words", "words"],
)
def test_a_block_weighs_what_its_names_weigh(block: Block | Words) -> None:
    expected = sum(WEIGHTS.get(name, 0.0) for name in block.names)
    assert block.weigh(Weights(WEIGHTS)) == expected
    classifier = Classifier({"runs_on": WEIGHTS}, {})
    for _ in range(2):  # the second time from what is remembered
        assert classifier.probability("runs_on", [block, block]) == pytest.approx(1 / (1 + math.exp(1 - 2 * expected)))


def test_pairs_of_real_posts(extractor: Extractor) -> None:
    finder, classifier = extractor._claims._pairs, extractor._claims._classifier
    count = 0
    for post in read_posts(ROOT / "examples" / "posts"):
        for pair in finder.find(extractor._read(Tokens(post.text), post.links)):
            for predicate in finder.predicates[pair.near_subject.type, pair.near_object.type]:
                weights = classifier.weights[predicate]
                total = weights[""] + sum(weights.get(name, 0.0) for name in pair.features)
                expected = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
                assert classifier.probability(predicate, pair.blocks) == pytest.approx(expected)
                count += 1
    assert count > 500


def test_blocks_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.extract.blocks._MOST", 10)
    blocks = Blocks()
    for number in range(35):
        assert blocks[lambda n: [f"near={n}"], number].names == (f"near={number}",)
    assert len(blocks) <= 10
