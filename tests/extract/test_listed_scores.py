"""Results told by where they stand: behind a list of names, beside a model, or in the order of what came before."""

from __future__ import annotations

import pytest

from kg.extract.cues import AFFIRMED, load_cue
from kg.extract.listed_scores import listed_scores, repeated_scores, scores_after_names, scores_in_order, scores_of_whom
from kg.extract.rivalry import Rivalry
from kg.extract.stance import Stance
from tests.extract.shares import documents, written

LISTED = [
    ("A scores well on X and Y (52.1, 48.3).", ["A X 52.1", "A Y 48.3"]),
    ("A beats B on X and Y (52,1 и 48,3).", ["A X 52.1", "A Y 48.3"]),
    ("On X, A, B and C (52.1, 48.3 and 46.5) are close.", ["A X 52.1", "B X 48.3", "C X 46.5"]),
    ("A and B on X and Y (52.1, 48.3).", []),
    ("A on X and Y (52.1).", []),
    ("A on X and Y (52.1, 48.3, 46.5).", []),
    ("A on X and Y (52.1, C 48.3).", []),
    ("A on X and Y: 52.1, 48.3.", ["A X 52.1", "A Y 48.3"]),
    ("A: X/Y = 52.1/48.3", ["A X 52.1", "A Y 48.3"]),
    ("На X у A и B — 52,1% и 48,3%.", ["A X 52.1", "B X 48.3"]),
    ("A on X and Y: 52.1, up from 48.3.", []),
    ("A on X and Y 52.1, 48.3.", []),
    ("A on X and Y (52.1, 48.3", []),
]


SAID_WITH_EACH = [
    ("X: 52,1 у A против 48,3 у B.", ["A X 52.1", "B X 48.3"]),
    ("On X it is 52.1% for A and 48.3% for B.", ["A X 52.1", "B X 48.3"]),
    ("On X and Y it is 52.1 for A and 48.3 for B.", []),
    ("X: 52,1 у A.", []),
    ("X: 52,1 у нас, 48,3 у B.", []),
]


IN_ORDER = [
    ("A (by S), then B and C on X: 52.1, 48.3 and 46.5.", ["A X 52.1", "B X 48.3", "C X 46.5"]),
    ("На X (52,1; 48,3) A и B.", []),
    ("Сравнил A, новую B и C на X: 52,1, 48,3, 46,5.", ["A X 52.1", "B X 48.3", "C X 46.5"]),
    ("A, then B and C on X: 52.1, 48.3.", []),
    ("A, then B on X: 52.1, then 48.3.", []),
    ("A on X: 52.1, and B on Y: 48.3.", []),
    ("A on X: 52.1, 48.3 for B.", []),
]


GENITIVES = [
    ("A scores 52.1 on X, above B's 48.3, and 46.5 on Y.", ["B X 48.3"]),
    ("A scores 52.1 on X and 46.5 on Y, above B’s 45.2.", ["B Y 45.2"]),
    ("B's 48.3 on X is low.", []),
    ("A scores 52.1 on X. B's two versions have 48.3.", []),
]


AGAIN = [
    ("A gets 52.1 on X and 48.3 on Y; B gets 50.2 and 47.1.", ["B X 50.2", "B Y 47.1"]),
    ("A набирает 52,1 на X и 48,3 на Y. B: 50,2 и 47,1.", ["B X 50.2", "B Y 47.1"]),
    ("A gets 52.1 on X and 48.3 on Y, more than ever on X; B gets 50.2 and 47.1.", ["B X 50.2", "B Y 47.1"]),
    ("A gets 52.1 on X and 48.3 on Y; B gets 50.2.", []),
    ("A gets 52.1 on X; B gets 50.2 and 47.1 on Y.", []),
    ("A is out. B gets 50.2 and 47.1.", []),
    ("A gets 52.1 on X, while B gets 50.2.", ["B X 50.2"]),
    ("A gets 52.1 on X, while B sits at 50.2.", ["B X 50.2"]),
    ("A gets 52.1 on X, while B is 50.2 GB large.", []),
    ("A gets 52.1 on X. B scores only 50.2%.", ["B X 50.2"]),
    ("A набирает 52,1% на X, а B — лишь 50,2%.", ["B X 50.2"]),
    ("A gets 52.1 on X. B costs 50.2.", []),
    ("A gets 52.1 on X. B got 20 thousand stars.", []),
    ("A leads X. B gets 50.2.", []),
    ("A gets 52.1 on X. B gets 50.2 on Y.", []),
]


@pytest.mark.parametrize(("text", "shares"), LISTED)
def test_numbers_behind_a_list_go_by_its_order(text: str, shares: list[str]) -> None:
    document, names = documents(text)
    rivals = Rivalry().find(document, {}, Stance(document, {}, load_cue(AFFIRMED)))
    assert written(listed_scores(document, rivals), names) == shares


@pytest.mark.parametrize(("text", "shares"), IN_ORDER)
def test_numbers_behind_the_benchmark_go_by_the_order_of_the_models(text: str, shares: list[str]) -> None:
    document, names = documents(text)
    assert written(scores_in_order(document), names) == shares


@pytest.mark.parametrize(("text", "shares"), GENITIVES)
def test_a_number_behind_a_genitive_is_of_the_benchmark_before(text: str, shares: list[str]) -> None:
    document, names = documents(text)
    assert written(scores_after_names(document), names) == shares


@pytest.mark.parametrize(("text", "shares"), SAID_WITH_EACH)
def test_numbers_that_are_said_with_their_models(text: str, shares: list[str]) -> None:
    document, names = documents(text)
    assert written(scores_of_whom(document), names) == shares


@pytest.mark.parametrize(("text", "shares"), AGAIN)
def test_another_models_numbers_in_the_order_of_the_benchmarks_before(text: str, shares: list[str]) -> None:
    document, names = documents(text)
    assert written(repeated_scores(document), names) == shares
