"""Which words are used alike: clusters learned from unannotated posts, so that a word never annotated still says something."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

from kg.extract.version import WORDS_FILE


@cache
def load_words() -> dict[str, tuple[str, str]]:
    """Folded word to its coarse (64) and fine (500) cluster; made by ``word_training.py``."""
    data = gzip.decompress((files("kg") / "extract" / WORDS_FILE).read_bytes()).decode("utf-8")
    return {
        word: (coarse, fine) for word, coarse, fine in (line.split("\t") for line in data.split("\n") if line.count("\t") == 2)
    }
