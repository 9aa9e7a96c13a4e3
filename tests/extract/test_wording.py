"""What words beside a name say, without any weights: documents built by hand in which A, B and C are models, D is a data set,
H is a device and E is a conference."""

from __future__ import annotations

import pytest

from kg.extract.cues import load_cues
from kg.extract.document import Document, Span
from kg.extract.pairs import Pair
from kg.extract.tokens import Tokens
from kg.extract.wording import Wording
from tests.extract.named_words import named_words

TYPES = {"A": "Model", "B": "Model", "C": "Model", "D": "Dataset", "H": "Hardware", "E": "Event"}
BASES = [
    ("A is built on B.", False),
    ("A is built on C and B.", False),
    ("A, a B fine-tune, is out.", False),
    ("A сделана на базе B.", False),
    ("A: the encoder is B.", False),
    ("Фундамент A — это B.", False),
    ("A — форк B.", False),
    ("A comes with B.", True),
    ("A works via B.", True),
    ("A (B) is out.", True),
    ("A uses little memory and is as quick as B.", True),
    ("A построена заново. Потом вышла B.", True),
    ("A вышла вслед за B.", True),
]
DATA_SETS = [
    ("A was trained on D.", False),
    ("A was trained by a small team in two long weeks on D.", False),
    ("A is out. For fine-tuning they took D.", False),
    ("A обучена на D.", False),
    ("D для обучения A.", False),
    ("Nordix представила A, обученную на D.", False),
    ("A скормили весь D.", False),
    ("A вышла. Учили её долго и на D.", False),
    ("A is larger than what D holds.", True),
    ("A was trained. D is out, too.", True),
    ("A вышла. Датасет D открыт.", True),
]
DEVICES = [
    ("A is quick on H.", False),
    ("On H, inference with A is quick.", False),
    ("A is out. Training took two days on H.", False),
    ("A вышла. Запускается и на H.", False),
    ("The firm that makes H likes A.", True),
    ("A was trained. The new H is sold out.", True),
    ("A вышла. Новинку показали рядом с H.", True),
]

EVENTS = [
    ("A was shown at E.", False),
    ("A was accepted to the main track of E.", False),
    ("A was accepted to the E.", False),
    ("A (E) is out.", False),
    ("A is an E oral.", False),
    ("A показали на E.", False),
    ("A показали на большой конференции E.", False),
    ("A показали в рамках E.", False),
    ("A was rejected at E.", True),
    ("A отклонили на E.", True),
    ("A is as loud as E.", True),
    ("A will not wait until after E.", True),
    ("A получила престижную премию E.", True),
]

SPELLED = [
    ("A is built on B.", True),
    ("A is built on top of the much older B.", True),
    ("A, a fine-tuned version of B, is out.", True),
    ("A is inspired by C and B.", True),
    ("A outperforms its predecessor B.", True),
    ("A - a port of B.", True),
    ("A — редактор на базе B.", True),
    ("A — улучшенная версия B.", True),
    ("A, построенная на C и B.", True),
    ("B is built on A.", False),
    ("A and a fork of B are out.", False),
    ("A или дообученная версия B.", False),
    ("On A, a model built on B is out.", False),
    ("A beats C built on B.", False),
    ("C beats A; it is built on B.", False),
    ("C is small; A is old; built on B.", True),
    ("A is out; it is built on B.", True),
    ("C обходит A, а она построена на B.", False),
    ("A is fine-tuned and B is not.", False),
    ("A, на основе которой сделана B.", False),
    ("A — сайты на основе B-макетов.", False),
    ("A-сервер на основе B.", False),
    ("A вышла. Сделана на основе B.", False),
    ("A is as old as B.", False),
]

PLACED = [
    ("A runs at forty tokens a second on H.", True),
    ("A with 7B parameters, optimized for H.", True),
    ("A отлично работает на H.", True),
    ("A вышла и работает на H.", False),
    ("A, как и C, вышла для H.", False),
    ("A likes the maker of H.", False),
    ("Models like A run on H.", False),
    ("A runs well, C needs more memory on H.", False),
    ("A is out. It is quick on H.", False),
]


def look(text: str) -> tuple[Wording, dict[str, Span]]:
    """The words of a text and its first span of each name."""
    tokens = Tokens(text)
    document = Document(tokens, named_words(tokens, TYPES))
    return Wording(document, load_cues().find(tokens)), {span.name: span for span in reversed(document.spans)}


def pair(subject: Span, object_: Span) -> Pair:
    return Pair(subject.key, object_.key, subject, object_, [])


@pytest.mark.parametrize(("text", "missing"), BASES)
def test_words_that_say_a_base(text: str, missing: bool) -> None:
    wording, names = look(text)
    assert wording.missing("based_on", pair(names["A"], names["B"]), 0.49) is missing


@pytest.mark.parametrize(("text", "missing"), DATA_SETS)
def test_words_that_say_a_training(text: str, missing: bool) -> None:
    wording, names = look(text)
    assert wording.missing("trained_on", pair(names["A"], names["D"]), 0.79) is missing


@pytest.mark.parametrize(("text", "missing"), DEVICES)
def test_words_that_say_a_run(text: str, missing: bool) -> None:
    wording, names = look(text)
    assert wording.missing("runs_on", pair(names["A"], names["H"]), 0.49) is missing


@pytest.mark.parametrize(("text", "missing"), EVENTS)
def test_words_that_say_an_event(text: str, missing: bool) -> None:
    wording, names = look(text)
    assert wording.missing("presented_at", pair(names["A"], names["E"]), 0.79) is missing


@pytest.mark.parametrize(("text", "spelled"), SPELLED)
def test_bases_of_which_a_plain_phrase_speaks(text: str, spelled: bool) -> None:
    wording, names = look(text)
    assert (wording.probability("based_on", pair(names["A"], names["B"]), 0.1) > 0.1) is spelled


@pytest.mark.parametrize(("text", "spelled"), PLACED)
def test_devices_of_which_a_plain_phrase_speaks(text: str, spelled: bool) -> None:
    wording, names = look(text)
    assert (wording.probability("runs_on", pair(names["A"], names["H"]), 0.2) > 0.2) is spelled


ELSEWHERE = [
    ("B grew: A joins it. A, a small model built on B, is out.", True),
    ("B grew: A joins it. A is built on C and B.", True),
    ("B grew: A joins it. C and A are built on B.", True),
    ("B выросла: к ней добавилась A. A создана на основе B.", True),
    ("B grew: A joins it. C is built on B, and A is out.", False),
    ("B grew: A joins it. B is built on A.", False),
    ("B grew: A joins it. A is a B built on sand.", False),
    ("B grew: A joins it. A is built on C. B is out.", False),
]


@pytest.mark.parametrize(("text", "told"), ELSEWHERE)
def test_bases_told_where_the_names_do_not_stand_closest(text: str, told: bool) -> None:
    wording, names = look(text)
    assert (wording.probability("based_on", pair(names["A"], names["B"]), 0.1) > 0.1) is told


UNTOUCHED = [("based_on", 0.01), ("based_on", 0.9), ("outperforms", 0.1)]


@pytest.mark.parametrize(("predicate", "probability"), UNTOUCHED)
def test_a_phrase_makes_nothing_likely_that_is_absurd_or_sure_or_another_relation(predicate: str, probability: float) -> None:
    wording, names = look("A is built on B.")
    assert wording.probability(predicate, pair(names["A"], names["B"]), probability) == probability


def test_the_classifiers_are_believed_if_they_are_sure() -> None:
    wording, names = look("A comes with B.")
    assert not wording.missing("based_on", pair(names["A"], names["B"]), 0.51)


def test_relations_that_need_no_word() -> None:
    wording, names = look("A comes with B.")
    assert not wording.missing("outperforms", pair(names["A"], names["B"]), 0.1)
