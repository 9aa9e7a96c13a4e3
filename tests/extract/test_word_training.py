"""Word clusters: words used alike come together, and the same texts give the same file."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

TEXTS = ["модель вышла сегодня", "нейросеть вышла сегодня", "the model runs on a chip", "the network runs on a chip"] * 40


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_the_same_texts_give_the_same_clusters(tmp_path: Path) -> None:
    pytest.importorskip("gensim", reason="gensim is not installed: pip install 'postkg[train]'")
    from kg.extract.word_training import train_words

    one, two = tmp_path / "one.gz", tmp_path / "two.gz"
    assert train_words(TEXTS, one, rare=2, epochs=2) == train_words(TEXTS, two, rare=2, epochs=2) > 8
    assert one.read_bytes() == two.read_bytes()
    rows = [line.split("\t") for line in gzip.decompress(one.read_bytes()).decode().splitlines()]
    assert {"модел", "нейросет", "chip"} <= {word for word, _, _ in rows}
    assert all(coarse.isdigit() and fine.isdigit() for _, coarse, fine in rows)
