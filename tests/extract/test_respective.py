"""Lists in one order, without any weights: documents built by hand. A, B and C are models, X and Y benchmarks."""

from __future__ import annotations

import pytest

from kg.extract.cues import AFFIRMED, load_cue
from kg.extract.respective import compared_scores, respective_scores
from kg.extract.rivalry import Rivalry
from kg.extract.stance import Stance
from tests.extract.shares import documents, written

SHARES = [
    ("A scores 71% and 48% on X and Y, respectively.", ["A X 71", "A Y 48"]),
    ("A gains 12.5% and 7.3% respectively on X and Y.", ["A X 12.5", "A Y 7.3"]),
    ("A and B reach 71% and 69% on X, respectively.", ["A X 71", "B X 69"]),
    ("На X — 71%, на Y — 48% у B. У A — 69% и 45% соответственно.", ["A X 69", "A Y 45"]),
    ("A and B are out. C is not. On X they reach 71% and 69% respectively.", ["A X 71", "B X 69"]),
    ("Вышли A, B и C. На X у них 71, 69 и 48 соответственно.", ["A X 71", "B X 69", "C X 48"]),
    ("A, B and C are out. On X they reach 71% and 69% respectively.", []),
    ("A scores 71% and 48% on X and Y.", []),
    ("A scores 71% on X and Y, respectively.", []),
    ("A scores 71%, 48% and 30% on X and Y, respectively.", []),
    ("Respectively, A and X.", []),
]


COMPARED = [
    ("A beats B and C on X (52.1 vs 48.3 and 46.5).", ["A X 52.1", "B X 48.3", "C X 46.5"]),
    ("A обходит B и C на X: 52,1% против 48,3% и 46,5%.", ["A X 52.1", "B X 48.3", "C X 46.5"]),
    ("A beats B and C on X (52.1).", ["A X 52.1"]),
    ("A is here. It beats B on X: 52.1%.", ["A X 52.1"]),
    ("A beats B (48.3) on X.", []),
    ("A beats B on X by 3.8.", []),
    ("A обходит B на 3,8 на X (52,1).", []),
    ("A beats B on X by a margin that nobody thought it would be, at 52.1.", []),
    ("A beats B and C on X and Y (52.1 vs 48.3 and 46.5).", []),
    ("A beats B on X (52.1 vs 48.3).", ["A X 52.1", "B X 48.3"]),
    ("A beats B on X, 52.1 to 48.3.", ["A X 52.1", "B X 48.3"]),
    ("A is here. On X it beats B, 52.1 to 48.3.", ["A X 52.1", "B X 48.3"]),
    ("A beats B on X by 3.8 points: 52.1 vs 48.3.", []),
    ("A, B and C on X: 52.1, 48.3 and 46.5.", []),
    ("A не дотягивает до B: 48,3% против 52,1% на X.", ["A X 48.3", "B X 52.1"]),
    ("A trails B on X: 48.3 vs 52.1.", ["A X 48.3", "B X 52.1"]),
    ("A trails B on X: 52.1 vs 48.3.", []),
    ("A trails B and C on X: 48.3 vs 52.1.", []),
]


@pytest.mark.parametrize(("text", "shares"), SHARES)
def test_numbers_go_by_the_order_of_the_lists(text: str, shares: list[str]) -> None:
    document, names = documents(text)
    assert written(respective_scores(document), names) == shares


@pytest.mark.parametrize(("text", "shares"), COMPARED)
def test_numbers_go_by_the_order_of_those_compared(text: str, shares: list[str]) -> None:
    document, names = documents(text)
    rivals = Rivalry().find(document, {}, Stance(document, {}, load_cue(AFFIRMED)))
    assert written(compared_scores(document, rivals), names) == shares
