"""Which entity may stand in which relation to which: the pairs of a post that the ontology allows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.blocks import AnyBlock, Blocks
from kg.extract.cues import Cues
from kg.extract.document import Document, Span
from kg.extract.names import Names
from kg.extract.pair_features import PairView
from kg.extract.pair_grid import PairGrid, pair_grid, places, topic_entity
from kg.extract.reader import UNLIKELY, Reader
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

VALUE_TYPES = {"integer": "size", "date": "date", "gYear": "date", "gYearMonth": "date", "anyURI": "link"}


@dataclass(slots=True)
class Pair:
    """Two entities (or an entity and a value) of one post, and the closest place where they meet."""

    subject: str
    object: str
    near_subject: Span
    near_object: Span
    blocks: list[AnyBlock]
    reading: Mapping[str, float] | None = None
    """What the reader says, as a logit for each predicate; None without a reader."""

    @property
    def features(self) -> list[str]:
        """The names of all features."""
        return [name for block in self.blocks for name in block.names]


def possible_predicates(vocabulary: Vocabulary) -> dict[tuple[str, str], list[str]]:
    """(type of the subject, type of the object) to the predicates that may join them; ``score`` joins both sides of a result."""
    predicates: dict[tuple[str, str], list[str]] = {}
    for relation in sorted(vocabulary.relations.values(), key=lambda relation: relation.name):
        for subject in sorted(relation.domain):
            for object_ in sorted({VALUE_TYPES.get(kind, kind) for kind in relation.range}):
                predicates.setdefault((subject, object_), []).append(relation.name)
    for result_of in ("Model", "Benchmark"):
        predicates[result_of, "score"] = ["score"]
    return predicates


class PairFinder:
    """Lists the pairs of a document that the ontology allows, with their features; for one classifier, see ``Block``."""

    def __init__(self, vocabulary: Vocabulary, names: Names, cues: Cues, reader: Reader | None = None) -> None:
        self.names, self.cues = names, cues
        self._reader = reader
        self._blocks = Blocks()
        self.predicates = possible_predicates(vocabulary)
        self._least_of = {kinds: _least_of(possible, reader) for kinds, possible in self.predicates.items()} if reader else {}

    def look(self, document: Document) -> tuple[PairView, PairGrid]:
        """What the two classifiers see of a document, and all its pairs."""
        view = PairView(document, self.cues, self.names, self._blocks)
        return view, pair_grid(document, self.predicates, topic_entity(document), view.title)

    def featured(self, view: PairView, grid: PairGrid) -> Iterator[Pair]:
        """All pairs of the grid with their features."""
        for place in places(view.doc, grid):
            yield Pair(*place[:4], view.features(place))

    def find(self, document: Document) -> Iterator[Pair]:
        """Pairs in the order of their first mentions; with a reader only those that it does not rule out."""
        view, grid = self.look(document)
        if self._reader is None or not len(grid.subject):
            return self.featured(view, grid)
        logits = self._reader.read(self._reader.input(view, grid))
        return (pair for _, pair in self.kept(view, grid, self._reader, logits))

    def kept(self, view: PairView, grid: PairGrid, reader: Reader, logits: NDArray[np.float64]) -> Iterator[tuple[int, Pair]]:
        """Pairs that the reader, who says ``logits`` of them, does not rule out, with their rows."""
        rows = np.flatnonzero((logits > self._least(view.doc, grid)).any(axis=1))
        for row, place, reading in zip(rows.tolist(), places(view.doc, grid, rows), logits[rows].tolist(), strict=True):
            yield row, Pair(*place[:4], view.features(place), dict(zip(reader.predicates, reading, strict=True)))

    def _least(self, document: Document, grid: PairGrid) -> NDArray[np.float64]:
        """Pairs by predicates: the logit above which a pair is looked at."""
        types = [spans[0].type for spans in document.entities.values()]
        kinds = zip(grid.subject.tolist(), grid.object.tolist(), strict=True)
        return np.array([self._least_of[types[subject], types[object_]] for subject, object_ in kinds])


def _least_of(predicates: Sequence[str], reader: Reader) -> list[float]:
    """What the ontology does not allow is never enough; where it allows what the reader does not know, anything is."""
    if not set(predicates).issubset(reader.predicates):
        return [-math.inf] * len(reader.predicates)
    return [UNLIKELY if predicate in predicates else math.inf for predicate in reader.predicates]
