"""Devices that are told to run something, without any weights."""

from __future__ import annotations

import pytest

from kg.extract.cues import AFFIRMED, ALSO, load_cue, load_cues
from kg.extract.document import Document
from kg.extract.running_devices import running_devices
from kg.extract.stance import Stance
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

RUNS = [
    ("X can run A.", ["A X"]),
    ("The X easily runs the A at full speed.", ["A X"]),
    ("X can run A and B.", ["A X", "B X"]),
    ("X gets 180 tok/s on A.", ["A X"]),
    ("X тянет A без проблем.", ["A X"]),
    ("X спокойно тянет A.", ["A X"]),
    ("X выдаёт 120 токенов/с на A.", ["A X"]),
    ("X can't run A.", []),
    ("X не тянет A.", []),
    ("Can X run A?", []),
    ("X vs Y: A, B", []),
    ("X runs hot, and A is out.", []),
    ("X gets a discount on A.", []),
    ("X gets 180 tok/s. A is slow.", []),
    ("X runs Y and A.", []),
    ("Speeds on X:\n- A: 34 tok/s\n- B: 22 tok/s", ["A X", "B X"]),
    ("Тесты на X:\nA — 88 т/с\nB — 79 т/с", ["A X", "B X"]),
    ("Tested on X: A - 88 tok/s, B - 79 tok/s.", ["A X", "B X"]),
    ("Speeds on X:\n- A: 34 tok/s\n\nB makes 22 tok/s", ["A X"]),
    ("News on X:\n- A is out\n- B: 22 tok/s", []),
    ("X: A - 88 tok/s", []),
    ("No names.", []),
]


@pytest.mark.parametrize(("text", "runs"), RUNS)
def test_what_a_device_runs(text: str, runs: list[str]) -> None:
    tokens = Tokens(text)
    kinds = {"A": "Model", "B": "Model", "X": "Hardware", "Y": "Hardware"}
    document = Document(tokens, named_words(tokens, kinds))
    stance = Stance(document, load_cues().find(tokens), load_cue(AFFIRMED, ALSO))
    found = list(running_devices(document, stance, []))
    assert [f"{pair.near_subject.name} {pair.near_object.name}" for pair, _, _ in found] == runs
    assert not list(running_devices(document, stance, [(pair, "runs_on", 0.9) for pair, _, _ in found]))
