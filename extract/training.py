"""Weights from annotated posts: the tagger, then both classifiers of pairs on what it finds in posts it was not trained on."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.classifier import Classifier, best_thresholds
from kg.extract.cues import load_cues
from kg.extract.features import token_features
from kg.extract.gold import bio_labels, gold_spans
from kg.extract.gold_pairs import Post, annotated_document, found_document, labelled_pairs
from kg.extract.names import Names, load_names
from kg.extract.pair_table import PairTable, calibrate
from kg.extract.pairs import PairFinder
from kg.extract.reader import Reader
from kg.extract.reader_inputs import column_offsets, reader_input, reader_vocabulary
from kg.extract.reader_training import Sample, check_reader_training, fit_reader
from kg.extract.tagger import Sample as TaggedPost
from kg.extract.tagger import Tagger, crf_trainer, train_tagger
from kg.extract.tokens import Tokens
from kg.extract.version import CLASSIFIER_FILE, READER_FILE, TAGGER_FILE
from kg.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Logits = NDArray[np.float64]

FOLDS = 3
"""Parts of the posts; each part is tagged by a tagger trained on the other parts."""
_ALL = -1
"""No part: trained on all posts."""
_WRITTEN = 0.5
"""What a made-up post counts for the reader: counted in full they cost it two points of F1 on real posts."""

Say = Callable[[str], None]


def train(
    real: Sequence[Post], folder: Path, written: Sequence[Post] = (), jobs: int = 2, say: Say = lambda line: None,
    *, quick: bool = False,
) -> None:  # fmt: skip
    """Fit all models and write them into ``folder``: on one machine the same posts give the same weights.

    ``quick`` takes a sixth of the time, makes no reader, and costs three or four points of F1. ``written`` posts (made up to
    teach) are trained on like the ``real`` ones, but thresholds are chosen on real ones alone.
    """
    crf_trainer(quick)  # says what is missing before processes are started for it
    if not quick:
        check_reader_training()
    folder.mkdir(parents=True, exist_ok=True)
    posts = [*real, *written]
    with TemporaryDirectory() as scratch, ProcessPoolExecutor(jobs, get_context("spawn"), max_tasks_per_child=1) as pool:
        parts = [Path(scratch) / f"{fold}.crfsuite" for fold in range(FOLDS)]
        plan = [([p for p in posts if fold_of(p) != fold], path, quick) for fold, path in enumerate(parts)]
        plan.append((list(posts), folder / TAGGER_FILE, quick))
        for done, _ in enumerate(pool.map(_fit_tagger, plan), 1):
            say(f"tagger {done} of {len(plan)}")
        taggers = [Tagger(path) for path in parts]
        pairs = AnnotatedPairs(posts, lambda post: taggers[fold_of(post)], {str(post["id"]) for post in real})
        say(f"{len(pairs.table)} pairs")
        readers = [] if quick else pairs.start_readers(pool, Path(scratch))
        classifier = pairs.fit(readers, say)
        classifier.save(folder / CLASSIFIER_FILE)
        (folder / READER_FILE).unlink(missing_ok=True)
        for reader in readers[FOLDS:]:
            reader.result()[0].save(folder / READER_FILE)


class AnnotatedPairs:
    """All pairs of the posts, with annotated and with found mentions, as both classifiers are fitted on them."""

    def __init__(self, posts: Sequence[Post], tagger_of: Callable[[Post], Tagger], real: set[str]) -> None:
        names, vocabulary, cues = load_names(), load_vocabulary(), load_cues()
        finder = PairFinder(vocabulary, names, cues)
        self.table = PairTable()
        self.predicates = sorted({predicate for possible in finder.predicates.values() for predicate in possible})
        self.reader_vocabulary = reader_vocabulary((post["text"] for post in posts), cues.names, finder.predicates)
        numbers, offsets = self.reader_vocabulary.numbers(), column_offsets(self.reader_vocabulary)
        self._samples: list[Sample] = []
        self._sample_folds: list[int] = []
        folds, judged = [], []
        for post in posts:
            fold, is_real = fold_of(post), post["id"] in real
            for document, found in ((found_document(post, names, tagger_of(post)), True), (annotated_document(post), False)):
                view, grid = finder.look(document)
                rows = list(labelled_pairs(post, document, finder.featured(view, grid), names, vocabulary))
                possible = [finder.predicates[pair.near_subject.type, pair.near_object.type] for pair, _ in rows]
                for (pair, holds), may in zip(rows, possible, strict=True):
                    self.table.add(pair.features, may, holds)
                may_hold = self._marks(possible) * (1.0 if is_real else _WRITTEN)
                sample = Sample(reader_input(view, grid, numbers, offsets), may_hold, self._marks([holds for _, holds in rows]))
                self._samples.append(sample)
                self._sample_folds.append(fold)
                folds += [fold] * len(rows)
                judged += [found and is_real] * len(rows)
        self.folds, self.judged = np.array(folds), np.array(judged)
        facts = [triple["p"] for post in posts if post["id"] in real for triple in post["triples"]]
        self._facts = {predicate: facts.count(predicate) for predicate in self.predicates}

    def _marks(self, predicates: Sequence[Collection[str]]) -> NDArray[np.float32]:
        marks = np.zeros((len(predicates), len(self.predicates)), np.float32)
        for row, some in enumerate(predicates):
            for predicate in some:
                marks[row, self.predicates.index(predicate)] = 1
        return marks

    def start_readers(self, pool: ProcessPoolExecutor, scratch: Path) -> list[Future[tuple[Reader, Logits]]]:
        """A reader for each part, trained on the others and asked about it, and one trained on all."""
        path = scratch / "samples.pickle"
        path.write_bytes(pickle.dumps((self._samples, self._sample_folds, self.reader_vocabulary, self.predicates)))
        return [pool.submit(_fit_reader, path, fold) for fold in (*range(FOLDS), _ALL)]

    def fit(self, readers: Sequence[Future[tuple[Reader, Logits]]], say: Say) -> Classifier:
        """The regression on all pairs; thresholds and confidences from real posts left out, with what the readers say of them."""
        matrix, scored = self.table.matrix(), defaultdict[str, list[tuple[float, bool]]](list)
        for fold in range(FOLDS):
            classifier = self.table.fit(matrix, self.folds != fold)
            readings = np.full((len(self.table), len(self.predicates)), np.nan)
            if readers:
                readings[self.folds == fold] = readers[fold].result()[1]
            for number, predicate in enumerate(self.predicates):
                possible, truth = self.table.rows_of(predicate)
                rows = np.flatnonzero(possible & self.judged & (self.folds == fold))
                logits = self.table.logits(matrix, classifier, predicate, rows)
                if readers:
                    logits = (logits + readings[rows, number]) / 2
                scored[predicate] += zip(_probabilities(logits).tolist(), truth[rows].tolist(), strict=True)
            say(f"classifiers {fold + 1} of {FOLDS + 1}")
        missed = {p: max(0, self._facts[p] - sum(holds for _, holds in rows)) for p, rows in scored.items()}
        classifier = self.table.fit(matrix, self.folds != _ALL)
        classifier.thresholds, classifier.steps = best_thresholds(scored, missed), calibrate(scored)
        say(f"F1 on posts left out, scores of results aside: {_left_out_f1(scored, missed, classifier):.3f}")
        return classifier


def _probabilities(logits: Logits) -> Logits:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float64)


def _left_out_f1(scored: dict[str, list[tuple[float, bool]]], missed: dict[str, int], classifier: Classifier) -> float:
    right = claimed = true = 0
    for predicate, rows in scored.items():
        if predicate != "score":
            right += sum(holds and classifier.holds(predicate, probability) for probability, holds in rows)
            claimed += sum(classifier.holds(predicate, probability) for probability, _ in rows)
            true += sum(holds for _, holds in rows) + missed[predicate]
    return 2 * right / max(1, claimed + true)


def fold_of(post: Post) -> int:
    """Which part a post belongs to, by its id alone."""
    return int(hashlib.sha256(str(post["id"]).encode()).hexdigest(), 16) % FOLDS


def tagger_sample(post: Post, names: Names) -> TaggedPost:
    """Features and labels of one annotated post."""
    tokens = Tokens(post["text"])
    return token_features(tokens, names.find(tokens)), bio_labels(len(tokens), gold_spans(tokens, post["entities"]))


def _fit_tagger(task: tuple[list[Post], Path, bool]) -> None:
    posts, path, quick = task
    names = load_names()
    train_tagger((tagger_sample(post, names) for post in posts), path, quick)


def _fit_reader(path: Path, left_out: int) -> tuple[Reader, Logits]:
    """A reader of all parts but one, and what it says of that one."""
    # One thread adds up in the same order each time.
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    samples, folds, vocabulary, predicates = pickle.loads(path.read_bytes())
    reader = fit_reader([sample for sample, fold in zip(samples, folds, strict=True) if fold != left_out], vocabulary, predicates)
    answers = [reader.read(sample.document) for sample, fold in zip(samples, folds, strict=True) if fold == left_out]
    return reader, np.concatenate([np.zeros((0, len(predicates))), *answers])
