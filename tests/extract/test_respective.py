"""Lists in one order, without any weights: documents built by hand. A, B and C are models, X and Y benchmarks."""

from __future__ import annotations

import pytest

from kg.extract.cues import AFFIRMED, load_cue
from kg.extract.document import Document, value_spans
from kg.extract.qualifiers import find_scores
from kg.extract.respective import Shares, bracketed_scores, compared_scores, respective_scores, without_given
from kg.extract.rivalry import Rivalry
from kg.extract.stance import Stance
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

KINDS = {"A": "Model", "B": "Model", "C": "Model", "X": "Benchmark", "Y": "Benchmark"}

SHARES = [
    ("A scores 71% and 48% on X and Y, respectively.", ["A X 71", "A Y 48"]),
    ("A gains 12.5% and 7.3% respectively on X and Y.", ["A X 12.5", "A Y 7.3"]),
    ("A and B reach 71% and 69% on X, respectively.", ["A X 71", "B X 69"]),
    ("На X — 71%, на Y — 48% у B. У A — 69% и 45% соответственно.", ["A X 69", "A Y 45"]),
    ("A scores 71% and 48% on X and Y.", []),
    ("A scores 71% on X and Y, respectively.", []),
    ("A scores 71%, 48% and 30% on X and Y, respectively.", []),
    ("Respectively, A and X.", []),
]


COMPARED = [
    ("A beats B and C on X (52.1 vs 48.3 and 46.5).", ["A X 52.1", "B X 48.3", "C X 46.5"]),
    ("A обходит B и C на X: 52,1% против 48,3% и 46,5%.", ["A X 52.1", "B X 48.3", "C X 46.5"]),
    ("A beats B and C on X (52.1).", []),
    ("A beats B and C on X and Y (52.1 vs 48.3 and 46.5).", []),
    ("A beats B on X (52.1 vs 48.3).", []),
    ("A, B and C on X: 52.1, 48.3 and 46.5.", []),
]


BRACKETED = [
    ("A scores well on X and Y (52.1, 48.3).", ["A X 52.1", "A Y 48.3"]),
    ("A beats B on X and Y (52,1 и 48,3).", ["A X 52.1", "A Y 48.3"]),
    ("On X, A, B and C (52.1, 48.3 and 46.5) are close.", ["A X 52.1", "B X 48.3", "C X 46.5"]),
    ("A and B on X and Y (52.1, 48.3).", []),
    ("A on X and Y (52.1).", []),
    ("A on X and Y (52.1, 48.3, 46.5).", []),
    ("A on X and Y (52.1, C 48.3).", []),
    ("A on X and Y: 52.1, 48.3.", []),
    ("A on X and Y (52.1, 48.3", []),
]


def documents(text: str) -> tuple[Document, dict[str, str]]:
    """The document, and the names of its entities by their keys."""
    tokens = Tokens(text)
    spans = named_words(tokens, KINDS)
    return Document(tokens, spans + value_spans(tokens, find_scores(text))), {span.key: span.name for span in spans}


def written(found: Shares, names: dict[str, str]) -> list[str]:
    return sorted(f"{names[model]} {names[benchmark]} {number.name}" for (model, benchmark), number in found.items())


@pytest.mark.parametrize(("text", "shares"), SHARES)
def test_numbers_go_by_the_order_of_the_lists(text: str, shares: list[str]) -> None:
    document, names = documents(text)
    assert written(respective_scores(document), names) == shares


@pytest.mark.parametrize(("text", "shares"), COMPARED)
def test_numbers_go_by_the_order_of_those_compared(text: str, shares: list[str]) -> None:
    document, names = documents(text)
    rivals = Rivalry().find(document, {}, Stance(document, {}, load_cue(AFFIRMED)))
    assert written(compared_scores(document, rivals), names) == shares


@pytest.mark.parametrize(("text", "shares"), BRACKETED)
def test_numbers_in_brackets_go_by_the_order_of_the_names_before(text: str, shares: list[str]) -> None:
    document, names = documents(text)
    rivals = Rivalry().find(document, {}, Stance(document, {}, load_cue(AFFIRMED)))
    assert written(bracketed_scores(document, rivals), names) == shares


def test_a_number_that_a_list_gives_away_is_nobody_elses() -> None:
    document, names = documents("A beats B on X and Y (52.1, 48.3).")
    keys = {name: key for key, name in names.items()}
    one, two = (span for span in document.spans if span.type == "score")
    shares = {(keys["A"], keys["X"]): one, (keys["A"], keys["Y"]): two}
    scores = {**shares, (keys["B"], keys["X"]): two, (keys["B"], keys["Y"]): None}
    assert set(without_given(scores, shares)) == {*shares, (keys["B"], keys["Y"])}
