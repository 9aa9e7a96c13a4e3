"""Cues: which phrases hint at what, in both languages."""

from __future__ import annotations

import pytest

from kg.extract.cues import TOPIC, Cues, load_cue, load_cues
from kg.extract.tokens import Tokens

HINTS = [
    ("OpenAI released it", "make"),
    ("Сбер представил модель", "make"),
    ("разработка команды", "make"),
    ("runs on a laptop", "run"),
    ("обучали на кластере", "run"),
    ("it scores well", "test"),
    ("outperforms the rest", "beat"),
    ("превосходит остальные", "beat"),
    ("лучше, чем раньше", "beat"),
    ("is based on it", "base"),
    ("на основе другой", "base"),
    ("trained on data", "train"),
    ("обучена на корпусе", "train"),
    ("presented at a conference", "event"),
    ("доклад на конференции", "event"),
    ("вышла в году", "date"),
    ("7 billion parameters", "size"),
    ("число параметров", "size"),
    ("the paper is here", "paper"),
    ("читайте статью", "paper"),
    ("the code is open", "code"),
    ("репозиторий открыт", "code"),
    ("it does not work", "no"),
    ("не работает", "no"),
    ("reportedly", "maybe"),
    ("по слухам", "maybe"),
]


@pytest.mark.parametrize(("text", "cue"), HINTS)
def test_phrases_of_the_project(text: str, cue: str) -> None:
    assert cue in load_cues().of(text)


NOTHING = ["🔥", "", "   ", "12 345"]


@pytest.mark.parametrize("text", NOTHING)
def test_no_phrase(text: str) -> None:
    assert not load_cues().of(text)


def test_places_of_phrases() -> None:
    cues = Cues({"beat": ["better than", "better"], "make": ["представил"]})
    found = cues.find(Tokens("Better than X. Завод представила, it is BETTER"))
    assert found["beat"] == [0, 9]


def test_case_and_endings_do_not_matter() -> None:
    assert Cues({"base": ["на основе"]}).of("НА ОСНОВУ") == {"base"}
    assert not Cues({"base": ["на основе"]}).of("на самой основе")


@pytest.mark.parametrize("text", ["Ракета ударила по городу.", "По словам министра, всё по плану."])
def test_a_preposition_is_no_topic(text: str) -> None:
    assert load_cue(TOPIC).of(text) == set()
