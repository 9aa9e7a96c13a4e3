"""What stands in a list of benchmarks is one: B is a benchmark that was found, A, C and D are taken for models."""

from __future__ import annotations

import pytest

from kg.extract.listed_names import listed_names
from kg.extract.names import Name, Names
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

KNOWN = Names([(Name("Known", "Model", (), ""), [])])
LISTS = [
    ("Lyra gets 71.2 on B, C and D.", "BCD"),
    ("Lyra gets good results on **B**, **C** and XQZT", "BC XQZT"),
    ("best on B, XQ-ZT (math), C and D, as before", "BCD XQ-ZT"),
    ("Лира лучшая на B, C и D", "BCD"),
    ("strong on benchmarks such as C and D", "BCD"),
    ("on many benchmarks, including C, D and more", "BCD"),
    ("набрала 71,2% на C", "BC"),
    ("71.2% on C and ~60 more", "BC"),
    ("it has +19.05 on C", "BC"),
    ("tests on C, D benchmarks", "BCD"),
    ("with results like B 71.2, C 70.1", "BC"),
    ("better on B, and C surpasses it", "B"),
    ("good on B and C performing well", "B"),
    ("It is B, C and D", "B"),
    ("On B, C by Nordix is the first", "B"),
    ("On B, C with 9 layers wins", "B"),
    ("The two are good on B, C", "B"),
    ("on C and D", "B"),
    ("on B and C's D", "B"),
    ("on B, Known and C", "B"),
    ("on B\nand C", "B"),
    ("on B and Nordix.", "B"),
    ("на бенчмарке C", "BC"),
    ("на тестах B, C и D", "BCD"),
    ("бенчмарки: C", "BC"),
    ("в тестах C обошла B", "B"),
    ("по бенчмаркам C лучше", "B"),
    ("On benchmarks, C is ahead", "B"),
    ("on the leaderboard C is ahead", "B"),
    ("Скидка 20% на C", "B"),
    ("version 4.1 of C", "B"),
    ("benchmarks\nC", "B"),
    ("on C", "B"),
    ("%", "B"),
    ("C (", "B"),
    ("on B and", "B"),
]


@pytest.mark.parametrize(("text", "benchmarks"), LISTS)
def test_a_list_of_benchmarks(text: str, benchmarks: str) -> None:
    tokens = Tokens(text)
    spans = named_words(tokens, {"A": "Model", "B": "Benchmark", "C": "Model", "D": "Software", "Known": "Model"})
    more = listed_names(tokens, spans, KNOWN)
    letters, *unknown = benchmarks.split()
    found = {span.name for span in spans if span.type == "Benchmark"}
    assert found | {"B"} == {*letters, "B"}
    assert [span.name for span in more] == unknown


EXAMPLES = [
    ("models such as C, D and E", {"C": "Model", "D": "Model", "E": "Model"}),
    ("companies like C and others", {"C": "Organization"}),
    ("инструментов, таких как C, E", {"C": "Software", "E": "Software"}),
    ("chips, including C", {"C": "Hardware"}),
    ("models like Known and D", {"Known": "Software", "D": "Model"}),
    ("models like E's C", {"E": "Organization"}),
    ("the models, C and D", {"D": "Software"}),
    ("models\nsuch as D", {"D": "Software"}),
    ("people like D", {"D": "Software"}),
    ("such as D", {"D": "Software"}),
]


@pytest.mark.parametrize(("text", "types"), EXAMPLES)
def test_examples_of_many_things(text: str, types: dict[str, str]) -> None:
    tokens = Tokens(text)
    spans = named_words(tokens, {"C": "Model", "D": "Software", "E": "Organization", "Known": "Software"})
    assert listed_names(tokens, spans, KNOWN) == []
    assert types.items() <= {span.name: span.type for span in spans}.items()
