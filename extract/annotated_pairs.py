"""All pairs of the annotated posts: what both classifiers are fitted on, and how good they are on posts left out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.classifier import Classifier, best_thresholds
from kg.extract.cues import load_cues
from kg.extract.document import Document
from kg.extract.gold_pairs import Post, annotated_document, found_document, labelled_pairs
from kg.extract.names import load_names
from kg.extract.pair_table import PairTable, calibrate
from kg.extract.pairs import Pair, PairFinder
from kg.extract.reader_inputs import column_offsets, reader_input, reader_vocabulary
from kg.extract.reader_training import Sample
from kg.extract.tagger import Tagger
from kg.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Logits = NDArray[np.float64]

FOLDS = 3
"""Parts of the posts; each part is tagged by a tagger trained on the other parts."""
ALL = -1
"""No part: trained on all posts."""
WRITTEN = 0.5
"""What a made-up post counts for the networks: counted in full they cost the reader two points of F1 on real posts."""

Say = Callable[[str], None]


def fold_of(post: Post) -> int:
    """Which part a post belongs to, by its id alone."""
    return int(hashlib.sha256(str(post["id"]).encode()).hexdigest(), 16) % FOLDS


class AnnotatedPairs:
    """All pairs of the posts, with annotated and with found mentions, as both classifiers are fitted on them.

    ``copies`` are real posts with other names: the regression learns from them too. The reader does not, since it knows a name by
    its type alone.
    """

    def __init__(
        self, posts: Sequence[Post], tagger_of: Callable[[Post], Tagger], real: set[str], copies: Sequence[Post] = ()
    ) -> None:
        self._names, self._vocabulary, cues = load_names(), load_vocabulary(), load_cues()
        self._finder = PairFinder(self._vocabulary, self._names, cues)
        self._tagger_of = tagger_of
        self.table = PairTable()
        self.predicates = sorted({predicate for possible in self._finder.predicates.values() for predicate in possible})
        self.reader_vocabulary = reader_vocabulary((post["text"] for post in posts), cues.names, self._finder.predicates)
        numbers, offsets = self.reader_vocabulary.numbers(), column_offsets(self.reader_vocabulary)
        self.samples: list[Sample] = []
        self.sample_folds: list[int] = []
        self._optional: set[tuple[int, str]] = set()
        """Rows of the table and predicates of facts that may be claimed or not."""
        folds, judged = [], []
        for post in posts:
            is_real = post["id"] in real
            for document, found in self._documents(post):
                view, grid = self._finder.look(document)
                first = len(self.table)
                rows = self._add(post, document, self._finder.featured(view, grid))
                self._optional |= self._may_be_left(post, document, first, [pair for pair, _ in rows])
                may_hold = marks(self.table.possible[first:], self.predicates) * (1.0 if is_real else WRITTEN)
                holds = marks([holds for _, holds in rows], self.predicates)
                self.samples.append(Sample(reader_input(view, grid, numbers, offsets), may_hold, holds))
                self.sample_folds.append(fold_of(post))
                folds += [fold_of(post)] * len(rows)
                judged += [found and is_real] * len(rows)
        self._sampled = len(self.table)
        """Rows of which the reader says something: those of copies stand behind them."""
        for copy in copies:
            for document, _ in self._documents(copy):
                rows = self._add(copy, document, self._finder.featured(*self._finder.look(document)))
                folds += [fold_of(copy)] * len(rows)
                judged += [False] * len(rows)
        self.folds, self.judged = np.array(folds), np.array(judged)
        self._matrix = self.table.matrix()
        facts = [triple["p"] for post in posts if post["id"] in real for triple in post["triples"] if not triple.get("opt")]
        self._facts = {predicate: facts.count(predicate) for predicate in self.predicates}

    def _documents(self, post: Post) -> list[tuple[Document, bool]]:
        """The post with mentions as they are found, and as they are annotated."""
        return [(found_document(post, self._names, self._tagger_of(post)), True), (annotated_document(post), False)]

    def _add(self, post: Post, document: Document, pairs: Iterable[Pair]) -> list[tuple[Pair, set[str]]]:
        """The pairs of a document, as rows of the table."""
        rows = list(labelled_pairs(post, document, pairs, self._names, self._vocabulary))
        for pair, holds in rows:
            self.table.add(pair.features, self._finder.predicates[pair.near_subject.type, pair.near_object.type], holds)
        return rows

    def _may_be_left(self, post: Post, document: Document, first: int, pairs: Sequence[Pair]) -> set[tuple[int, str]]:
        """Which rows, from ``first`` on, are optional facts."""
        triples = [triple for triple in post["triples"] if triple.get("opt")]
        if not triples:
            return set()
        left = labelled_pairs({**post, "triples": triples}, document, pairs, self._names, self._vocabulary)
        return {(first + row, predicate) for row, (_, optional) in enumerate(left) for predicate in optional}

    def regressions(self, say: Say) -> list[Classifier]:
        """One for each part, fitted on the others, and one fitted on all."""
        found = []
        for fold in (*range(FOLDS), ALL):
            found.append(self.table.fit(self._matrix, self.folds != fold))
            say(f"regression {len(found)} of {FOLDS + 1}")
        return found

    def judge(self, regressions: Sequence[Classifier], readings: Sequence[Logits], say: Say) -> Classifier:
        """The last of the regressions, with thresholds and confidences from the real posts that each of the others left out.

        Facts that the annotator marked as optional count neither way, as in ``kg score``.

        ``readings`` are the logits of each part by the reader that left it out, none without readers.
        """
        scored = defaultdict[str, list[tuple[float, bool]]](list)
        for fold in range(FOLDS):
            read = np.full((len(self.table), len(self.predicates)), np.nan)
            if readings:
                read[(self.folds == fold) & (np.arange(len(self.table)) < self._sampled)] = readings[fold]
            for number, predicate in enumerate(self.predicates):
                possible, truth = self.table.rows_of(predicate)
                judged: list[int] = np.flatnonzero(possible & self.judged & (self.folds == fold)).tolist()
                rows = np.array([row for row in judged if (row, predicate) not in self._optional], np.int64)
                logits = self.table.logits(self._matrix, regressions[fold], predicate, rows)
                if readings:
                    logits = (logits + read[rows, number]) / 2
                scored[predicate] += zip(probabilities(logits).tolist(), truth[rows].tolist(), strict=True)
        missed = {p: max(0, self._facts[p] - sum(holds for _, holds in rows)) for p, rows in scored.items()}
        classifier = regressions[-1]
        classifier.thresholds, classifier.steps = best_thresholds(scored, missed), calibrate(scored)
        say(f"F1 on posts left out, scores of results aside: {_left_out_f1(scored, missed, classifier):.3f}")
        return classifier


def marks(some: Sequence[Collection[str]], predicates: Sequence[str]) -> NDArray[np.float32]:
    """Rows by predicates: 1 where the row has the predicate."""
    out = np.zeros((len(some), len(predicates)), np.float32)
    for row, names in enumerate(some):
        for name in names:
            out[row, predicates.index(name)] = 1
    return out


def probabilities(logits: Logits) -> Logits:
    """Of logits."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float64)


def _left_out_f1(scored: dict[str, list[tuple[float, bool]]], missed: dict[str, int], classifier: Classifier) -> float:
    right = claimed = true = 0
    for predicate, rows in scored.items():
        if predicate != "score":
            right += sum(holds and classifier.holds(predicate, probability) for probability, holds in rows)
            claimed += sum(classifier.holds(predicate, probability) for probability, _ in rows)
            true += sum(holds for _, holds in rows) + missed[predicate]
    return 2 * right / max(1, claimed + true)
