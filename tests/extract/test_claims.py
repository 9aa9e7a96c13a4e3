"""Claims of a document: which pairs hold, what qualifies them, which characters are quoted.

The weights are made by hand: a predicate that is given always holds, so that what is tested is the rest.
"""

from __future__ import annotations

import pytest

from kg.extract.claims import ClaimFinder, Finding, evidence
from kg.extract.classifier import Classifier
from kg.extract.cues import load_cues
from kg.extract.document import Document
from kg.extract.extractor import read_document
from kg.extract.names import Names
from kg.extract.pairs import PairFinder
from kg.extract.tokens import Tokens
from kg.model import Value
from kg.vocabulary import load_vocabulary
from tests.extract.named_words import named_words

TYPES = {
    "Almaz": "Model",
    "Rubin": "Model",
    "GRPO": "Model",
    "Zavod": "Organization",
    "Zavoda": "Organization",
    "H100": "Hardware",
    "MMLU": "Benchmark",
    "GSM8K": "Benchmark",
    "Pile": "Dataset",
}


def read(text: str) -> Document:
    tokens = Tokens(text)
    return read_document(tokens, named_words(tokens, TYPES))


def find(names: Names, text: str, *predicates: str, topic: str = "\n#ИИ нейросети") -> list[Finding]:
    """What is found when every pair of the predicates holds; ``topic`` is a last line that says what the post is about."""
    cues = load_cues()
    classifier = Classifier({predicate: {"": 5.0} for predicate in predicates}, {})
    return list(ClaimFinder(PairFinder(load_vocabulary(), names, cues), classifier, cues, names).find(read(text + topic)))


TRIPLES = [
    ("Zavod представил Almaz.", "developed_by", [("Almaz", "Zavod")]),
    ("Almaz is better than Rubin.", "outperforms", [("Almaz", "Rubin")]),
    ("Almaz and Rubin are good.", "outperforms", [("Almaz", "Rubin"), ("Rubin", "Almaz")]),
    ("Almaz обучали на Pile.", "trained_on", [("Almaz", "Pile")]),
    ("GRPO beats Rubin on MMLU.", "evaluated_on", [("GRPO", "MMLU"), ("Rubin", "MMLU"), ("GRPO", "Rubin")]),
    ("GRPO is a part of what MMLU tests.", "evaluated_on", []),
    ("Almaz: 7 млрд параметров.", "parameter_count", [("Almaz", "7000000000")]),
    ("Almaz вышла 9 декабря 2021 года.", "released_on", [("Almaz", "2021-12-09")]),
    ("Almaz: https://a.example/b.", "has_code", [("Almaz", "https://a.example/b")]),
    ("Almaz сравнили с другими.", "outperforms", []),
    ("Zavod представил Almaz.", "no_such_predicate", []),
    ("", "developed_by", []),
]


@pytest.mark.parametrize(("text", "predicate", "pairs"), TRIPLES)
def test_pairs_the_ontology_allows(names: Names, text: str, predicate: str, pairs: list[tuple[str, str]]) -> None:
    assert [(claim.subject.name, claim.object.name) for claim in find(names, text, predicate)] == pairs


def test_a_post_on_something_else_states_nothing(names: Names) -> None:
    text = "Zavod показал ракету Almaz на выставке."
    assert find(names, text, "developed_by", topic="") == []
    assert len(find(names, text, "developed_by", topic="\nОна из нейросетей.")) == 1


RUNS: list[tuple[str, dict[str, Value]]] = [
    ("Almaz was trained on 512 H100.", {"phase": "training", "count": 512}),
    ("Almaz обучали на 8 H100.", {"phase": "training", "count": 8}),
    ("Almaz обучали на 8xH100.", {"phase": "training", "count": 8}),
    ("Almaz runs on H100.", {"phase": "inference"}),
    ("Almaz запускается на H100.", {"phase": "inference"}),
    ("Almaz на H100 (8x).", {"count": 8}),
    ("Almaz was trained and runs on H100.", {}),
    ("Almaz, trained on 200 thousand images, runs on a single H100.", {"phase": "inference", "count": 1}),
    ("Almaz помещается на один H100.", {"phase": "inference", "count": 1}),
    ("Almaz needs 2.788M H100 GPU hours for training.", {"phase": "training"}),
    ("Almaz на H100.", {}),
]


@pytest.mark.parametrize(("text", "qualifiers"), RUNS)
def test_what_qualifies_a_run(names: Names, text: str, qualifiers: dict[str, Value]) -> None:
    assert [claim.qualifiers for claim in find(names, text, "runs_on")] == [qualifiers]


RESULTS: list[tuple[str, dict[str, Value]]] = [
    ("Almaz набрала 88,7% на MMLU.", {"score": "88.7"}),
    ("Almaz scores 0.75 accuracy on MMLU", {"score": "0.75", "metric": "accuracy"}),
    ("Almaz занимает второе место на MMLU.", {"rank": 2}),
    ("Almaz проверили на MMLU.", {}),
    ("Almaz leads MMLU.", {"rank": 1}),
    ("Almaz с точностью 91% на MMLU.", {"score": "91", "metric": "accuracy"}),
]


@pytest.mark.parametrize(("text", "qualifiers"), RESULTS)
def test_what_qualifies_a_result(names: Names, text: str, qualifiers: dict[str, Value]) -> None:
    assert [claim.qualifiers for claim in find(names, text, "evaluated_on", "score")] == [qualifiers]


HEDGES = [
    ("Возможно, Zavod представит Almaz.", True),
    ("Zavod may release Almaz.", True),
    ("По слухам, это Almaz от Zavod.", True),
    ("Zavod представил Almaz.", False),
    ("Zavod представил Almaz. Возможно, скоро будет больше.", False),
]


@pytest.mark.parametrize(("text", "hedged"), HEDGES)
def test_rumours_and_plans(names: Names, text: str, hedged: bool) -> None:
    assert [claim.qualifiers.get("hedged", False) for claim in find(names, text, "developed_by")] == [hedged]


QUOTES = [
    ("Zavod представил Almaz. Это всё.", "Zavod представил Almaz."),
    ("Утро. Zavod представил Almaz.", "Zavod представил Almaz."),
    ("Вышла Almaz. Её сделал Zavod.", "Вышла Almaz. Её сделал Zavod."),
    ("Вышла Almaz\nЕё сделал Zavod\nКонец", "Вышла Almaz\nЕё сделал Zavod"),
    ("Вышла Almaz. Все рады. Её сделал Zavod.", "Её сделал Zavod."),
]


@pytest.mark.parametrize(("text", "quote"), QUOTES)
def test_the_sentence_that_says_it(text: str, quote: str) -> None:
    document = read(text)
    model, maker = (next(s for s in document.spans if s.type == kind) for kind in ("Model", "Organization"))
    start, end = evidence(document, model, maker)
    assert text[start:end] == quote


@pytest.mark.parametrize("words", [100, 1000])
def test_a_long_sentence_is_cut_around_the_names(words: int) -> None:
    document = read("слово " * words + "Zavod представил Almaz " + "слово " * words)
    maker, model = document.spans
    start, end = evidence(document, model, maker)
    assert "Zavod представил Almaz" in document.tokens.text[start:end]
    assert end - start <= 400
