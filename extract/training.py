"""Weights from annotated posts: the tagger, then both classifiers of pairs on what it finds in posts it was not trained on."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extract.annotated_pairs import ALL, FOLDS, WRITTEN, AnnotatedPairs, Say, fold_of
from kg.extract.classifier import Classifier
from kg.extract.gold_pairs import Post
from kg.extract.names import load_names
from kg.extract.network_training import TOKENS, check_network_training
from kg.extract.reader import Reader
from kg.extract.reader_teaching import Ensemble, taught_samples
from kg.extract.reader_training import Sample, fit_reader
from kg.extract.renaming import renamed
from kg.extract.tagger import load_tagger
from kg.extract.tagger_training import crf_trainer, fit_tagger, labelled_post
from kg.extract.tokens import Tokens
from kg.extract.topic import Topic
from kg.extract.version import weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Logits = NDArray[np.float64]

Read = tuple[Reader, "Logits"]
RENAMINGS = 2
"""Copies of each real post with other names, from which the taggers learn too: with one, F1 on posts in which organizations were
renamed rose from 0.53 to 0.57, with two to 0.58, and on the posts as they are it stayed (one third; ``docs/quality.md``)."""
COPIES_FOR_PAIRS = 1
"""The same for the regression: where all names are made up F1 rose from 0.525 to 0.531, else from 0.664 to 0.666."""
TEACHERS = 3
"""Readers of different seeds whose mean says what is likely in unannotated posts."""


def train(
    real: Sequence[Post], folder: Path, written: Sequence[Post] = (), jobs: int = 2, say: Say = lambda line: None,
    *, unannotated: Sequence[str] = (), quick: bool = False, keep: Path | None = None,
) -> None:  # fmt: skip
    """Fit all models and write them into ``folder``: on one machine the same posts give the same weights.

    ``written`` posts (made up to teach) are trained on like the ``real`` ones, but thresholds are chosen on real ones alone; the
    taggers also learn from the real ones with other names (``renamed``). Of
    the ``unannotated`` texts those about computing are used, once each: the networks also learn from what first ones, together
    with the CRF and the regression, say of them. ``quick`` makes no networks. Into ``keep`` go the weights that left out each
    part of the posts, in folders ``0`` to ``2`` (``fold_of`` says which part a post is in): they extract it as if it were new.
    """
    crf_trainer(quick)  # says what is missing before processes are started for it
    if not quick:
        check_network_training()
    posts = [*real, *written]
    texts = [] if quick else _new_texts(unannotated, posts)
    if unannotated:
        say(f"{len(texts)} unannotated posts are about computing and new")
    with TemporaryDirectory() as scratch, ProcessPoolExecutor(jobs, get_context("spawn"), max_tasks_per_child=1) as pool:
        real_ids = {str(post["id"]) for post in real}
        parts = [*((keep or Path(scratch)) / str(fold) for fold in range(FOLDS)), folder]
        plan = [
            ([p for p in posts if fold_of(p) != fold], real_ids, texts, part, quick)
            for fold, part in zip((*range(FOLDS), ALL), parts, strict=True)
        ]
        for done, _ in enumerate(pool.map(_fit_tagger, plan), 1):
            say(f"tagger {done} of {len(plan)}")
        taggers = [load_tagger(weights(part)) for part in parts]
        pairs = AnnotatedPairs(posts, lambda post: taggers[fold_of(post)], real_ids, list(_copies(real, COPIES_FOR_PAIRS)))
        say(f"{len(pairs.table)} pairs")
        if quick:
            regressions, readers = pairs.regressions(say), list[Read]()
        else:
            regressions, readers = _fit_classifiers(pool, Path(scratch), pairs, parts, texts, say)
        judged = pairs.judge(regressions, [answers for _, answers in readers[:FOLDS]], say)
        for part, regression in zip(parts, regressions, strict=True):
            regression.thresholds, regression.steps = judged.thresholds, judged.steps
            regression.save(weights(part).classifier)
            weights(part).reader.unlink(missing_ok=True)
        for part, (reader, _) in zip(parts, readers, strict=False):
            reader.save(weights(part).reader)


def _fit_classifiers(
    pool: ProcessPoolExecutor, scratch: Path, pairs: AnnotatedPairs, parts: Sequence[Path], texts: list[str], say: Say
) -> tuple[list[Classifier], list[Read]]:
    """For each part, and for all, the regression and the reader, with what that says of the part."""
    samples = scratch / "samples.pickle"
    samples.write_bytes(pickle.dumps((pairs.samples, pairs.sample_folds, pairs.reader_vocabulary, pairs.predicates, texts)))
    folds = (*range(FOLDS), ALL)
    ensembles = [[pool.submit(_fit_reader, samples, fold, seed) for seed in range(TEACHERS if texts else 1)] for fold in folds]
    regressions = pairs.regressions(say)
    found = [[reader.result() for reader in ensemble] for ensemble in ensembles]
    say("readers")
    if not texts:
        return regressions, [ensemble[0] for ensemble in found]
    teachers = [Teacher(*each) for each in zip(parts, regressions, ([r for r, _ in ensemble] for ensemble in found), strict=True)]
    taught = [pool.submit(_fit_reader, samples, fold, 0, teacher) for fold, teacher in zip(folds, teachers, strict=True)]
    return regressions, [reader.result() for reader in taught]


class Teacher(NamedTuple):
    """What says of unannotated posts what is likely in them."""

    tagger: Path
    """The folder of its weights."""
    regression: Classifier
    readers: list[Reader]


def _new_texts(unannotated: Sequence[str], posts: Sequence[Post]) -> list[str]:
    """Those that the extractor would read, that are not too long to train on, and that no annotated post repeats."""
    topic = Topic(load_names())
    known = {_letters(post["text"]) for post in posts}
    found = []
    for text in unannotated:
        tokens, letters = Tokens(text), _letters(text)
        if letters not in known and len(tokens) < TOKENS // 2 and topic.may_be_computing(tokens):
            known.add(letters)
            found.append(text)
    return found


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _fit_tagger(task: tuple[list[Post], set[str], list[str], Path, bool]) -> None:
    posts, real, texts, folder, quick = task
    _one_thread()
    folder.mkdir(parents=True, exist_ok=True)
    names = load_names()
    labelled = [labelled_post(post, names, 1.0 if post["id"] in real else WRITTEN) for post in posts]
    copies = _copies([post for post in posts if post["id"] in real], RENAMINGS)
    fit_tagger(labelled, weights(folder), quick, texts, [labelled_post(copy, names) for copy in copies])


def _copies(posts: Sequence[Post], number: int) -> Iterator[Post]:
    """The posts with other names, each so often; those without a name are left out."""
    copies = (renamed(post, seed) for post in posts for seed in range(number))
    return (copy for copy in copies if copy)


def _one_thread() -> None:
    """One thread adds up in the same order each time."""
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"


def _fit_reader(path: Path, left_out: int, seed: int, teacher: Teacher | None = None) -> Read:
    """A reader of all parts but one, and what it says of that one; with a teacher also of what that says of unannotated posts."""
    _one_thread()
    samples, folds, vocabulary, predicates, texts = pickle.loads(path.read_bytes())
    learned: list[Sample] = [sample for sample, fold in zip(samples, folds, strict=True) if fold != left_out]
    if teacher:
        learned += taught_samples(texts, load_tagger(weights(teacher.tagger)), teacher.regression, Ensemble(teacher.readers))
    reader = fit_reader(learned, vocabulary, predicates, seed)
    answers = [reader.read(sample.document) for sample, fold in zip(samples, folds, strict=True) if fold == left_out]
    return reader, np.concatenate([np.zeros((0, len(predicates))), *answers])
