"""The reader: what it is fitted with and what it is read with say the same, and it rules out pairs only where it may."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.extract.blocks import Block
from kg.extract.classifier import Classifier
from kg.extract.cues import load_cues
from kg.extract.document import Document, Span
from kg.extract.extractor import read_document
from kg.extract.names import Names
from kg.extract.pairs import PairFinder, possible_predicates
from kg.extract.reader import Reader
from kg.extract.reader_inputs import ReaderInput, column_offsets, reader_input, reader_vocabulary
from kg.extract.reader_training import Sample, _batch, _batches, first_weights, fit_reader, read_batch
from kg.extract.tokens import Tokens
from kg.extract.version import READER_FILE, weights
from kg.vocabulary import load_vocabulary
from tests.extract.named_words import named_words

TYPES = {"Almaz": "Model", "Rubin": "Model", "Korund": "Model", "Zavod": "Organization", "H100": "Hardware", "MMLU": "Benchmark"}
TEXTS = [
    "Zavod представил Almaz: 7 млрд параметров, код на https://a.example/b.",
    "Almaz обошла Rubin на MMLU: 71.2 против 69.9.\nОбучали на H100. Rubin сделал не Zavod.",
    "Almaz",
    "Ничего.",
    "Zavod Almaz работает на H100 и H100. " * 6,
]
PREDICATES = tuple(sorted({predicate for possible in possible_predicates(load_vocabulary()).values() for predicate in possible}))


def read(text: str) -> Document:
    tokens = Tokens(text)
    spans = named_words(tokens, TYPES)
    spans += [Span(i, i, "Organization", "Zavod", "nested apart sure") for i, t in enumerate(tokens.items) if t.text == "H100"]
    return read_document(tokens, spans)


@pytest.fixture
def finder(names: Names) -> PairFinder:
    return PairFinder(load_vocabulary(), names, load_cues())


@pytest.fixture
def reader(finder: PairFinder) -> Reader:
    vocabulary = reader_vocabulary([*TEXTS] * 3, load_cues().names, finder.predicates)
    return Reader(vocabulary, PREDICATES, first_weights(vocabulary, len(PREDICATES), np.random.default_rng(1)))


def inputs(finder: PairFinder, reader: Reader) -> list[ReaderInput]:
    return [reader.input(*finder.look(read(text))) for text in TEXTS]


def sample(document: ReaderInput, holds: NDArray[np.float32] | None = None) -> Sample:
    nothing = np.zeros((len(document.pairs), len(PREDICATES)), np.float32)
    return Sample(document, nothing + 1, nothing if holds is None else holds)


def test_read_alone_as_in_a_batch(finder: PairFinder, reader: Reader) -> None:
    """JAX on documents laid end to end, numpy on each by itself."""
    documents = [document for document in inputs(finder, reader) if len(document.pairs)]
    [some] = _batches([sample(document) for document in documents], range(len(documents)))
    together = np.asarray(read_batch(reader.weights, _batch(some, len(PREDICATES))))
    alone = np.concatenate([reader.read(document) for document in documents])
    assert len(alone) > 20
    assert np.abs(alone).max() > 3
    np.testing.assert_allclose(together[: len(alone)], alone, atol=2e-4)


def test_a_post_without_pairs(finder: PairFinder, reader: Reader) -> None:
    assert [reader.read(document).shape for document in inputs(finder, reader)[2:4]] == [(0, len(PREDICATES))] * 2


def test_saved_and_loaded(finder: PairFinder, reader: Reader, tmp_path: Path) -> None:
    reader.save(tmp_path / "one.npz")
    reader.save(tmp_path / "two.npz")
    loaded = Reader.load(tmp_path / "one.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert (loaded.predicates, loaded.vocabulary) == (reader.predicates, reader.vocabulary)
    for document in inputs(finder, reader):
        np.testing.assert_allclose(loaded.read(document), reader.read(document), atol=0.05)  # tables are kept in 8 bits


def test_a_name_reads_like_any_other(finder: PairFinder, reader: Reader) -> None:
    one, other = (reader.input(*finder.look(read(text))) for text in ("Zavod представил Almaz", "Zavod представил Korund"))
    assert reader.read(one).tolist() == reader.read(other).tolist()


@pytest.mark.parametrize(
    ("bias", "predicates", "found"), [(-20, PREDICATES, set()), (20, PREDICATES, {"all"}), (-20, ("runs_on",), {"the others"})]
)
def test_pairs_ruled_out(names: Names, reader: Reader, bias: float, predicates: tuple[str, ...], found: set[str]) -> None:
    """Of what the ontology allows a pair, the reader has to know everything to rule it out."""
    given = {**reader.weights, "output": np.zeros((96, len(predicates))), "output bias": np.full(len(predicates), float(bias))}
    alone, sure = (
        {(pair.subject, pair.object) for pair in PairFinder(load_vocabulary(), names, load_cues(), one).find(read(TEXTS[1]))}
        for one in (None, Reader(reader.vocabulary, predicates, given))
    )
    runs = {("Model/almaz", "Hardware/h100"), ("Model/rubin", "Hardware/h100")}
    assert runs < alone
    assert sure == (alone if "all" in found else alone - runs if found else set())


@pytest.mark.parametrize(
    ("logit", "reading", "probability"),
    [(2.0, None, 0.881), (2.0, {"runs_on": -2.0}, 0.5), (2.0, {"outperforms": -9.0}, 0.881), (0.0, {"runs_on": 4.0}, 0.881)],
)
def test_two_opinions(logit: float, reading: dict[str, float] | None, probability: float) -> None:
    classifier = Classifier({"runs_on": {"": logit}}, {})
    assert round(classifier.probability("runs_on", [Block(["near"])], reading), 3) == probability


@pytest.mark.slow
def test_it_learns_and_learns_the_same(finder: PairFinder, reader: Reader, tmp_path: Path) -> None:
    documents = inputs(finder, reader)
    truth = [(np.arange(len(d.pairs) * len(PREDICATES)).reshape(-1, len(PREDICATES)) % 5 == 0) for d in documents]
    samples = [sample(d, holds.astype(np.float32)) for d, holds in zip(documents, truth, strict=True)] * 30
    readers = [fit_reader(samples, reader.vocabulary, PREDICATES) for _ in range(2)]
    for number, fitted in enumerate(readers):
        fitted.save(tmp_path / f"{number}.npz")
    assert (tmp_path / "0.npz").read_bytes() == (tmp_path / "1.npz").read_bytes()
    before, after = (np.concatenate([r.read(d) for d in documents[:2]]) for r in (reader, readers[0]))
    holds = np.concatenate(truth[:2])
    assert (after[holds].mean() - after[~holds].mean()) > 0.1 + (before[holds].mean() - before[~holds].mean())


def test_the_one_in_the_package(finder: PairFinder) -> None:
    """It knows every predicate and pair of types that the ontology has, so it may rule pairs out."""
    known = Reader.load(weights()[2])
    assert weights()[2].name == READER_FILE
    assert set(known.predicates) == {predicate for possible in finder.predicates.values() for predicate in possible}
    assert set(known.vocabulary.kinds) == set(finder.predicates)
    assert set(known.vocabulary.cues) == set(load_cues().names)
    view, grid = finder.look(read(TEXTS[1]))
    document = reader_input(view, grid, known.numbers, column_offsets(known.vocabulary))
    assert document.features.max() < len(known.weights["pairs"])
