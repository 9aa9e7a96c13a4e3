"""Which entity may stand in which relation to which: the pairs of a post that the ontology allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.blocks import AnyBlock, Blocks
from kg.extract.cues import Cues
from kg.extract.document import Document, Span
from kg.extract.names import Names
from kg.extract.pair_features import PairView
from kg.vocabulary import Vocabulary

VALUE_TYPES = {"integer": "size", "date": "date", "gYear": "date", "gYearMonth": "date", "anyURI": "link"}


@dataclass(slots=True)
class Pair:
    """Two entities (or an entity and a value) of one post, and the closest place where they meet."""

    subject: str
    object: str
    near_subject: Span
    near_object: Span
    blocks: list[AnyBlock]

    @property
    def features(self) -> list[str]:
        """The names of all features."""
        return [name for block in self.blocks for name in block.names]


class PairFinder:
    """Lists the pairs of a document that the ontology allows, with their features; for one classifier, see ``Block``."""

    def __init__(self, vocabulary: Vocabulary, names: Names, cues: Cues) -> None:
        self.names, self.cues = names, cues
        self._blocks = Blocks()
        self.predicates: dict[tuple[str, str], list[str]] = {}
        """(type of the subject, type of the object) to the predicates that may join them."""
        for relation in sorted(vocabulary.relations.values(), key=lambda relation: relation.name):
            for subject in sorted(relation.domain):
                for object_ in sorted({VALUE_TYPES.get(kind, kind) for kind in relation.range}):
                    self.predicates.setdefault((subject, object_), []).append(relation.name)
        for result_of in ("Model", "Benchmark"):
            self.predicates[result_of, "score"] = ["score"]

    def find(self, document: Document) -> Iterator[Pair]:
        """Pairs in the order of their first mentions."""
        view = PairView(document, self.cues, self.names, self._blocks)
        entities = document.entities
        objects = {
            kind: [(key, spans) for key, spans in entities.items() if (kind, spans[0].type) in self.predicates]
            for kind in document.type_counts
        }
        for subject, mentions in entities.items():
            for object_, others in objects[mentions[0].type]:
                if subject != object_:
                    near_subject, near_object = view.closest(mentions, others)
                    if view.plausible(subject, near_subject, near_object):
                        blocks = view.features(subject, object_, near_subject, near_object)
                        yield Pair(subject, object_, near_subject, near_object, blocks)
