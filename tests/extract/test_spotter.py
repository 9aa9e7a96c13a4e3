"""The spotter: what it is fitted with and what it is read with say the same, and it is heard beside the CRF."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from kg.extract.emissions import token_places
from kg.extract.names import Names
from kg.extract.network_training import TOKENS
from kg.extract.spotter import Spotter
from kg.extract.spotter_inputs import numbers, spotter_vocabulary, token_flags, word_rows
from kg.extract.spotter_training import SpottedPost, _batch, _batches, first_weights, fit_spotter, spot_batch
from kg.extract.tagger import Tagger, runs
from kg.extract.tagger_training import fitted_spotter, labelled_post
from kg.extract.tokens import Tokens
from kg.extract.version import SPOTTER_FILE, weights

TEXTS = [
    "OpenAI представила GPT-4o: 88,7% на MMLU.\n**Almaz-7B** от Zavod (Казань) работает на H100.",
    "a",
    "Strauß ſ İstanbul ǅ ²³½ ① 𝔊𝔓𝔗 «кавычки» https://github.com/a/b",
    "Nothing is named here, as on most days. " * 5,
]


@pytest.fixture
def spotter() -> Spotter:
    lists = ("list=B-Model", "list=B-Organization", "list=I-Model", "list=one")
    vocabulary = spotter_vocabulary(TEXTS * 3, lists, ("O", "B-Model", "I-Model"))
    return Spotter(vocabulary, first_weights(vocabulary, np.random.default_rng(1)))


def post(spotter: Spotter, names: Names, text: str) -> SpottedPost:
    tokens, known = Tokens(text), numbers(spotter.vocabulary)
    flags = token_flags(len(tokens), names.find(tokens), token_places(tokens), known)
    return SpottedPost(word_rows(tokens.texts, known), flags, np.eye(3, dtype=np.float32)[[0] * len(tokens)], 1.0)


def scores(spotter: Spotter, names: Names, text: str) -> np.ndarray:
    tokens = Tokens(text)
    return spotter.scores(tokens, names.find(tokens), token_places(tokens))


def test_read_alone_as_in_a_batch(spotter: Spotter, names: Names) -> None:
    """JAX on posts laid end to end, numpy on each by itself."""
    posts = [post(spotter, names, text) for text in TEXTS]
    [some] = _batches(posts, range(len(posts)))
    batch = _batch(some)
    logits = np.asarray(spot_batch(spotter.weights, batch, len(spotter.vocabulary.lists)), np.float64)[batch["inked"] > 0]
    alone = np.concatenate([scores(spotter, names, text) for text in TEXTS])
    assert alone.std() > 0.01
    np.testing.assert_allclose(logits - np.log(np.exp(logits).sum(1, keepdims=True)), alone, atol=2e-4)
    assert batch["inked"].sum() == len(alone) < TOKENS


def test_a_long_post_is_read_in_pieces(spotter: Spotter, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scores(spotter, names, " ".join(TEXTS))
    monkeypatch.setattr("kg.extract.spotter.BLOCK", 10)
    assert (scores(spotter, names, " ".join(TEXTS)) == whole).all()


def test_more_words_than_are_remembered(spotter: Spotter, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [scores(spotter, names, text) for text in TEXTS]
    monkeypatch.setattr("kg.extract.spotter._MOST_WORDS", 5)
    forgetful = Spotter(spotter.vocabulary, spotter.weights)
    for text, known in [*zip(TEXTS, expected, strict=True)] * 2:
        assert (scores(forgetful, names, text) == known).all()


def test_saved_loaded_and_sent(spotter: Spotter, names: Names, tmp_path: Path) -> None:
    for name in ("one", "two"):
        spotter.save(tmp_path / f"{name}.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    loaded = Spotter.load(tmp_path / "one.npz")
    assert loaded.vocabulary == spotter.vocabulary
    for text in TEXTS:
        np.testing.assert_allclose(scores(loaded, names, text), scores(spotter, names, text), atol=0.02)  # tables have 8 bits
        assert (scores(pickle.loads(pickle.dumps(loaded)), names, text) == scores(loaded, names, text)).all()


@pytest.mark.slow
def test_it_learns_and_learns_the_same(names: Names, tmp_path: Path) -> None:
    """Names that no list has and no two posts share, by what stands before them."""
    made = [f"{a}{b}" for a in ("Rub", "Korund", "Topaz", "Opal", "Granat", "Beryl") for b in ("in", "ix", "on", "um", "a")]

    def told(name: str) -> dict[str, object]:
        entity = {"name": name, "type": "Model", "surfaces": [name]}
        return {"id": name, "text": f"Вчера вышла модель {name} и понравилась нам в Казани.", "entities": [entity]}

    posts = [labelled_post(told(name), names) for name in made[:-5] * 20]
    fitted = [fitted_spotter(posts) for _ in range(2)]
    for number, one in enumerate(fitted):
        one.save(tmp_path / f"{number}.npz")
    assert (tmp_path / "0.npz").read_bytes() == (tmp_path / "1.npz").read_bytes()
    labels = fitted[0].vocabulary.labels
    for name in made[-5:]:
        best = scores(fitted[0], names, str(told(name)["text"])).argmax(axis=1)
        assert runs([labels[number] for number in best]) == [(3, 3, "Model")]


def test_nothing_to_learn_from(spotter: Spotter, names: Names) -> None:
    too_long = post(spotter, names, "слово " * TOKENS)
    assert [len(some) for some in _batches([too_long], range(1))] == [1]
    fitted = fit_spotter([too_long], spotter.vocabulary)
    assert scores(fitted, names, TEXTS[0]).shape == scores(spotter, names, TEXTS[0]).shape


def test_the_one_in_the_package(names: Names) -> None:
    """It tells apart what the CRF does, and its word counts."""
    files = weights()
    assert files.spotter.name == SPOTTER_FILE
    spotter = Spotter.load(files.spotter)
    tokens = Tokens(TEXTS[0])
    alone, together = Tagger(files.tagger), Tagger(files.tagger, spotter)
    assert set(alone._labels) == set(spotter.vocabulary.labels)
    said = together._scores(tokens, names.find(tokens)) - alone._scores(tokens, names.find(tokens))
    order = [spotter.vocabulary.labels.index(label) for label in alone._labels]
    np.testing.assert_allclose(said, scores(spotter, names, TEXTS[0])[:, order], atol=1e-9)
    assert (2, 4, "Model") in runs(together.label(tokens, names.find(tokens)))
