"""What both classifiers say of posts that nobody annotated: a second reader learns from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.annotated_pairs import marks, probabilities
from kg.extract.classifier import Classifier
from kg.extract.cues import load_cues
from kg.extract.extractor import read_document
from kg.extract.mentions import find_mentions
from kg.extract.names import load_names
from kg.extract.network_training import UNANNOTATED
from kg.extract.pairs import PairFinder
from kg.extract.reader import Reader
from kg.extract.reader_inputs import ReaderInput
from kg.extract.reader_training import Sample
from kg.extract.tagger import Tagger
from kg.extract.tokens import Tokens
from kg.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Ensemble(Reader):
    """Several readers with one vocabulary, heard as one: readers of other seeds differ by a point of F1, their mean by less."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        super().__init__(readers[0].vocabulary, readers[0].predicates, readers[0].weights)
        self._readers = readers

    def read(self, document: ReaderInput) -> Floats:
        """The mean of their logits."""
        return np.asarray(np.mean([reader.read(document) for reader in self._readers], axis=0))


def taught_samples(texts: Iterable[str], tagger: Tagger, classifier: Classifier, reader: Reader) -> Iterator[Sample]:
    """The posts in which there are pairs, with how likely each predicate is: the mean of both, or the reader alone."""
    names = load_names()
    finder = PairFinder(load_vocabulary(), names, load_cues(), reader)
    for text in texts:
        tokens = Tokens(text)
        document = read_document(tokens, find_mentions(tokens, names, tagger))
        view, grid = finder.look(document)
        if not len(grid.subject):
            continue
        read = reader.input(view, grid)
        types = [spans[0].type for spans in document.entities.values()]
        kinds = zip(grid.subject.tolist(), grid.object.tolist(), strict=True)
        possible = marks([finder.predicates[types[s], types[o]] for s, o in kinds], reader.predicates)
        logits = reader.read(read)
        holds = probabilities(logits)
        for row, pair in finder.kept(view, grid, reader, logits):
            for column in np.flatnonzero(possible[row]):
                holds[row, column] = classifier.probability(reader.predicates[column], pair.blocks, pair.reading)
        yield Sample(read, possible * UNANNOTATED, holds.astype(np.float32))
