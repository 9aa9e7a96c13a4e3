"""Makes ``words.tsv.gz``: word2vec over unannotated posts, its vectors gathered into coarse and fine clusters.

Run as ``python -m kg.extract.word_training POSTS...``; the sources are whatever ``kg build`` reads. A few minutes on one core.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

import click

from kg.errors import MissingExtra
from kg.extract.tokens import Tokens
from kg.extract.version import WORDS_FILE
from kg.extract.word_features import low

COARSE, FINE = 64, 500
"""How many clusters of each kind."""


def train_words(texts: Iterable[str], path: Path, rare: int = 4, epochs: int = 6) -> int:
    """Write word, coarse and fine cluster line by line; returns how many words there are.

    Words met less than ``rare`` times are left out. One thread, fixed seeds: the same texts give the same file.
    Raises ``MissingExtra`` without gensim and scikit-learn.
    """
    try:
        import numpy as np
        from gensim.models import Word2Vec
        from sklearn.cluster import MiniBatchKMeans
    except ImportError:
        raise MissingExtra("train", "gensim") from None
    sentences = [[low(token.text) for token in Tokens(text).items] for text in texts]
    model = Word2Vec(
        sentences, vector_size=100, window=3, min_count=rare, sg=1, negative=8, sample=1e-4, epochs=epochs, workers=1, seed=1
    )  # fmt: skip
    vectors = model.wv.vectors / np.linalg.norm(model.wv.vectors, axis=1, keepdims=True)
    sizes = (min(size, len(vectors)) for size in (COARSE, FINE))
    coarse, fine = (MiniBatchKMeans(n, random_state=0, n_init=3, batch_size=4096).fit_predict(vectors) for n in sizes)
    lines = "".join(f"{word}\t{coarse[i]}\t{fine[i]}\n" for i, word in enumerate(model.wv.index_to_key))
    path.write_bytes(gzip.compress(lines.encode("utf-8"), mtime=0))
    return len(vectors)


@click.command()
@click.argument("posts", nargs=-1, required=True)
@click.option("-o", "--output", default=WORDS_FILE, show_default=True, type=click.Path(dir_okay=False), help="File to write.")
def main(posts: tuple[str, ...], output: str) -> None:
    """Learn word clusters from the texts of POSTS."""
    from kg.posts import read_posts

    count = train_words((post.text for post in read_posts(*posts)), Path(output))
    click.echo(f"{count:,} words in {output}")


if __name__ == "__main__":
    main()
