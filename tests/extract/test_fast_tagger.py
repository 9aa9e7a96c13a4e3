"""The tagger's own arithmetic against CRFsuite's: the same weights, the same scores, the same labels."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pycrfsuite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.extract.crf_file import CrfWeights, read_weights
from kg.extract.emissions import Emissions
from kg.extract.features import token_features
from kg.extract.names import Names
from kg.extract.tagger import Tagger
from kg.extract.tokens import Tokens
from kg.extract.version import TAGGER_FILE
from kg.extract.viterbi import Viterbi
from kg.posts import read_posts

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "extract" / TAGGER_FILE
TEXTS = [
    *(post.text for post in read_posts(ROOT / "examples" / "posts")),
    "",
    "a",
    "«GPT-4o» (OpenAI) [Llama 3] **Claude** | ||| a|b",
    "**GPT-4**\n(не закрыта\nGPT-4 GPT-4 GPT-4 GPT-4 \"кавычка\nhttps://github.com/a/b",
    "Strauß ſ İstanbul ǅ ²³½ ① 𝔊𝔓𝔗",
]  # fmt: skip


@pytest.fixture(scope="module")
def weights() -> CrfWeights:
    return read_weights(WEIGHTS)


@pytest.fixture(scope="module")
def crfsuite() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(WEIGHTS))
    return tagger


def test_the_file_is_read_as_crfsuite_reads_it(weights: CrfWeights, crfsuite: pycrfsuite.Tagger) -> None:
    info = crfsuite.info()
    assert set(weights.labels) == set(info.labels)
    assert len(weights.attributes) == len(info.attributes)
    number = {label: i for i, label in enumerate(weights.labels)}
    for (name, label), weight in info.state_features.items():  # printed with six digits
        assert weights.states[weights.attributes[name], number[label]] == pytest.approx(weight, abs=1e-6)
    for (before, after), weight in info.transitions.items():
        assert weights.transitions[number[before], number[after]] == pytest.approx(weight, abs=1e-6)
    assert np.count_nonzero(weights.states) == sum(1 for weight in info.state_features.values() if weight)


def test_scores_are_the_sums_of_the_weights_of_all_features(weights: CrfWeights, names: Names) -> None:
    emissions = Emissions(weights)
    for text in filter(None, TEXTS):
        tokens = Tokens(text)
        matches = names.find(tokens)
        expected = weights.sums(token_features(tokens, matches))
        assert np.allclose(emissions.scores(tokens, matches), expected, rtol=0, atol=1e-9), text


def test_labels_are_those_of_crfsuite(crfsuite: pycrfsuite.Tagger, names: Names) -> None:
    tagger = Tagger(WEIGHTS)
    for text in TEXTS:
        tokens = Tokens(text)
        matches = names.find(tokens)
        assert tagger.label(tokens, matches) == (crfsuite.tag(token_features(tokens, matches)) if text else []), text


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aЯя1G4-*«»()[]\"'.|!?@#_ \n​ßİ²", min_size=1, max_size=40))
def test_any_text_gets_the_labels_of_crfsuite(text: str) -> None:
    tokens = Tokens(text)
    if len(tokens):
        assert _OURS.label(tokens, []) == _THEIRS.tag(token_features(tokens, []))


_OURS, _THEIRS = Tagger(WEIGHTS), pycrfsuite.Tagger()
_THEIRS.open(str(WEIGHTS))


def test_more_words_than_are_remembered(weights: CrfWeights, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [tokens for tokens in map(Tokens, TEXTS[:20] * 2) if len(tokens)]
    expected = [Emissions(weights).scores(tokens, []) for tokens in texts]
    monkeypatch.setattr("kg.extract.word_table._MOST_WORDS", 30)
    forgetful = Emissions(weights)
    for tokens, scores in zip(texts, expected, strict=True):
        assert np.allclose(forgetful.scores(tokens, []), scores, rtol=0, atol=1e-9)


def every_path(scores: np.ndarray, transitions: np.ndarray) -> float:
    """The best score over all paths, tried one by one."""
    best = {label: scores[0, label] for label in range(scores.shape[1])}
    for row in scores[1:]:
        best = {y: row[y] + max(best[x] + transitions[x, y] for x in best) for y in best}
    return float(max(best.values()))


@pytest.mark.parametrize("seed", range(40))
def test_the_best_path_is_the_best(seed: int) -> None:
    random = np.random.default_rng(seed)
    labels, size = int(random.integers(1, 6)), int(random.integers(1, 30))
    transitions = random.normal(0, 3, (labels, labels))
    scores = random.normal(0, 3, (size, labels))
    scores[:, 0] += random.choice([0.0, 4.0, 20.0])  # mostly outside, as texts are
    path = Viterbi(transitions, 0).best(scores)
    found = sum(scores[i, label] for i, label in enumerate(path)) + sum(transitions[a, b] for a, b in pairwise(path))
    assert found == pytest.approx(every_path(scores, transitions))


@pytest.mark.parametrize("data", [b"", b"no model", b"lCRF" + bytes(60)], ids=["empty", "text", "zeros"])
def test_a_file_that_is_no_model(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "mentions.crfsuite"
    path.write_bytes(data)
    with pytest.raises(InputError, match="kg train"):
        read_weights(path)


def test_a_model_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "mentions.crfsuite"
    path.write_bytes(WEIGHTS.read_bytes()[:-1000])
    with pytest.raises(InputError, match="kg train"):
        read_weights(path)
