"""Whose a number is when two models would have it, without any weights: documents built by hand in which A and B are models."""

from __future__ import annotations

import pytest

from kg.extract.cues import AFFIRMED, load_cue
from kg.extract.document import Document, value_spans
from kg.extract.pairs import Pair
from kg.extract.qualifiers import find_scores
from kg.extract.results import (
    find_score,
    without_given,
    without_only_beaten,
    without_shared,
    without_untested,
    without_worse,
)
from kg.extract.rivalry import Rivalry
from kg.extract.rivals import without_borrowed
from kg.extract.stance import Stance
from kg.extract.tied_scores import tied_scores
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words
from tests.extract.shares import documents

SHARED = [
    ("A beats others on X (71.5), among them B.", {"A": (0.9, 0.9), "B": (0.5, 0.4)}, ["A"]),
    ("A beats others on X (71.5), among them B.", {"A": (0.5, 0.4), "B": (0.9, 0.9)}, ["B"]),
    ("A beats others on X (71.5), among them B.", {"A": (0.6, 0.9), "B": (0.9, 0.5)}, ["A"]),
    ("A and B reach 71.5 on X.", {"A": (0.9, 0.9), "B": (0.5, 0.4)}, ["A", "B"]),
    ("A reaches 71.5 on X, so they say of B.", {"A": (0.9, 0.9), "B": (0.9, None)}, ["A", "B"]),
]


@pytest.mark.parametrize(("text", "sure", "kept"), SHARED)
def test_a_number_has_one_owner(text: str, sure: dict[str, tuple[float, float | None]], kept: list[str]) -> None:
    """``sure`` says how likely each model is tested on X and, where it would have the number, has it."""
    tokens = Tokens(text)
    spans = {span.name: span for span in named_words(tokens, {"A": "Model", "B": "Model", "X": "Benchmark"})}
    document = Document(tokens, [*spans.values(), *value_spans(tokens, find_scores(text))])
    (number,) = (span for span in document.spans if span.type == "score")
    test = spans.pop("X")
    results = {(span.key, test.key): (Pair(span.key, test.key, span, test, []), sure[name][0]) for name, span in spans.items()}
    scores = {(span.key, test.key): number if sure[name][1] is not None else None for name, span in spans.items()}
    likely = {(span.key, number.key): p for name, span in spans.items() if (p := sure[name][1]) is not None}
    left = without_shared(scores, results, likely)
    assert [name for name, span in spans.items() if (span.key, test.key) in left] == kept


def test_a_number_is_that_of_who_is_better() -> None:
    document, names = documents("Tried on X, A beats others such as B, with 71.5.")
    keys = {name: key for key, name in names.items()}
    a, b, x = (document.entities[keys[name]][0] for name in "ABX")
    (number,) = (span for span in document.spans if span.type == "score")
    rivals = Rivalry().find(document, {}, Stance(document, {}, load_cue(AFFIRMED)))
    results = {(span.key, x.key): (Pair(span.key, x.key, span, x, []), p) for span, p in ((a, 0.6), (b, 0.9))}
    likely = {(a.key, number.key): 0.4, (b.key, number.key): 0.9}
    scores = without_borrowed(dict.fromkeys(results, number), rivals)
    assert without_shared(scores, results, likely) == {(a.key, x.key): number}


WORSE = [
    ("A has 51.2% on X against 60.1% of B.", True),
    ("A has 60.1% on X against 51.2% of B.", False),
    ("A has an error of 5.2% on X against 6.1% of B.", False),
]


@pytest.mark.parametrize(("text", "worse"), WORSE)
def test_who_has_less_is_not_better(text: str, worse: bool) -> None:
    document, names = documents(text)
    keys = {name: key for key, name in names.items()}
    one, two = (span for span in document.spans if span.type == "score")
    a, b = (document.entities[keys[name]][0] for name in "AB")
    held = [(Pair(a.key, b.key, a, b, []), "outperforms", 0.9)]
    scores = {(a.key, keys["X"]): one, (b.key, keys["X"]): two}
    assert list(without_worse(document, held, scores)) == ([] if worse else held)


TIED = [
    ("A has 71.2% on X and 65.5 on Y.", 0.9, "71.2"),
    ("A has 71.2% accuracy in the hard task of X, then 65.5 on Y.", 0.3, "71.2"),
    ("A has 65.5 on Y, and was tried on X.", 0.9, None),
]


@pytest.mark.parametrize(("text", "sure", "number"), TIED)
def test_a_number_beside_a_benchmark_is_a_result_on_it(text: str, sure: float, number: str | None) -> None:
    """``sure`` says how likely the last number is one on X."""
    document, names = documents(text)
    keys = {name: key for key, name in names.items()}
    a, x = (document.entities[keys[name]][0] for name in "AX")
    likely = {(key, span.key): sure for key in (a.key, x.key) for span in document.scores}
    found = find_score(document, Pair(a.key, x.key, a, x, []), likely, tied_scores(document))
    assert (found.name if found else None) == number


BEATEN = [
    ("A has 60.1 on X, surpassing B.", []),
    ("A surpasses B on X.", ["B"]),
    ("On X, A surpasses B.", ["B"]),
    ("A surpasses B on Y and leads X.", []),
    ("A surpasses B on Y and X.", ["B"]),
    ("A has 60.1 on X, surpassing others. B is there.", ["B"]),
]


@pytest.mark.parametrize(("text", "tested"), BEATEN)
def test_who_is_only_beaten_was_not_tested(text: str, tested: list[str]) -> None:
    document, names = documents(text)
    keys = {name: key for key, name in names.items()}
    b, x = (document.entities[keys[name]][0] for name in "BX")
    rivals = Rivalry().find(document, {}, Stance(document, {}, load_cue(AFFIRMED)))
    held = [(Pair(b.key, x.key, b, x, []), "evaluated_on", 0.9)]
    left = without_only_beaten(document, held, {(b.key, x.key): None}, rivals)
    assert [names[pair.subject] for pair, _, _ in left] == tested


BYSTANDERS = [
    ("A tops X, and B is out.", 0.45, ["A"]),
    ("A tops X, and so does B.", 0.8, ["A", "B"]),
    ("A возглавил X, вышла и B.", 0.45, ["A"]),
    ("On X, A and then B were run.", 0.45, ["A", "B"]),
    ("A tops X, and B has 71.5.", 0.45, ["A", "B"]),
    ("A was tested on X against B.", 0.45, ["A", "B"]),
    ("A проверили на X и сравнили с B.", 0.45, ["A", "B"]),
]


@pytest.mark.parametrize(("text", "sure", "tested"), BYSTANDERS)
def test_who_is_named_behind_the_result_of_another_was_not_tested(text: str, sure: float, tested: list[str]) -> None:
    document, names = documents(text)
    keys = {name: key for key, name in names.items()}
    a, b, x = (document.entities[keys[name]][0] for name in "ABX")
    held = [(Pair(span.key, x.key, span, x, []), "evaluated_on", p) for span, p in ((a, 0.9), (b, sure))]
    number = next((span for span in document.spans if span.type == "score"), None)
    left = without_untested(document, held, {(a.key, x.key): None, (b.key, x.key): number})
    assert [names[pair.subject] for pair, _, _ in left] == tested


def test_a_number_that_a_list_gives_away_is_nobody_elses() -> None:
    document, names = documents("A beats B on X and Y (52.1, 48.3).")
    keys = {name: key for key, name in names.items()}
    one, two = (span for span in document.spans if span.type == "score")
    shares = {(keys["A"], keys["X"]): one, (keys["A"], keys["Y"]): two}
    scores = {**shares, (keys["B"], keys["X"]): two, (keys["B"], keys["Y"]): None}
    assert set(without_given(scores, shares)) == {*shares, (keys["B"], keys["Y"])}
