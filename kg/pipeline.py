"""The flow on one screen: posts go in, checked extractions come out, the store keeps them.

``extract`` is a stream: one post at a time, memory flat, order of the posts kept, whatever the number of processes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from typing import Protocol, TypeAlias

from kg.build_report import BuildReport
from kg.errors import VocabularyError
from kg.model import Extraction, Post, Problem
from kg.seen import Seen
from kg.store import Store
from kg.vocabulary import Vocabulary, load_vocabulary

_CHUNK = 32
"""Posts a worker process takes at once."""
_AHEAD = 4
"""Chunks waiting per worker."""


class Extractor(Protocol):
    """What finds claims: ``version`` changes whenever its answers may."""

    version: str

    def extract(self, post: Post) -> Extraction:
        """All that is found in one post."""
        ...


__all__ = ["BuildReport", "Extractor", "build", "extract"]

Checked: TypeAlias = tuple[Post, Extraction | None, list[Problem]]
"""A post, its extraction (None: it failed) and what was wrong with it."""


def extract(
    posts: Iterable[Post], extractor: Extractor, *, jobs: int = 1, factory: Callable[[], Extractor] | None = None,
    vocabulary: Vocabulary | None = None, on_problem: Callable[[Problem], None] = lambda problem: None,
    report: BuildReport | None = None,
) -> Iterator[Extraction]:  # fmt: skip
    """Extractions of the posts, in their order, without claims that the vocabulary refuses.

    ``jobs`` processes share the work; each makes its extractor with ``factory`` (a function that can be pickled),
    or gets a copy of ``extractor``. ``report`` counts what becomes of each post.
    """
    counted = report or BuildReport()
    for _, extraction, problems in _checked(posts, extractor, jobs, factory, vocabulary):
        counted.read += 1
        for problem in problems:
            on_problem(problem)
        if extraction is None:
            counted.failed += 1
            continue
        counted.claims_refused += len(problems)
        counted.count(extraction)
        yield extraction


def build(
    posts: Iterable[Post], extractor: Extractor, store: Store, *, jobs: int = 1, factory: Callable[[], Extractor] | None = None,
    prune: bool = False, on_progress: Callable[[BuildReport], None] = lambda report: None, report: BuildReport | None = None,
) -> BuildReport:  # fmt: skip
    """Bring the graph up to date with the posts: only what is new or changed is extracted.

    ``prune`` removes the posts that are not among them. A post that fails is reported, and the graph keeps the reason beside the
    claims of its former version; the next build tries it again. ``report`` is counted on, for what a reader has counted already.
    """
    report = report or BuildReport()
    with store.batching():
        changed = _changed(posts, extractor.version, store, report, prune, on_progress)
        for post, extraction, problems in _checked(changed, extractor, jobs, factory, store.vocabulary):
            _keep(post, extraction, problems, extractor.version, store, report)
            on_progress(report)
    return report


def _changed(
    posts: Iterable[Post], version: str, store: Store, report: BuildReport, prune: bool,
    on_progress: Callable[[BuildReport], None],
) -> Iterator[Post]:  # fmt: skip
    """The posts to extract; the others are counted, and the missing ones removed once all are read."""
    seen = Seen()
    for post in posts:
        report.read += 1
        if seen.put(post.id) is not None:
            report.duplicate += 1
        elif state := store.unchanged_state(post, version):
            report.unchanged += 1
            report.extracted += state == "extracted"
            report.empty += state == "empty"
            on_progress(report)
        else:
            yield post
    if prune:
        missing = [post_id for post_id in store.post_ids() if post_id not in seen]
        report.removed = len(missing)
        report.claims_removed += sum(store.remove(post_id).removed for post_id in missing)


def _keep(
    post: Post, extraction: Extraction | None, problems: list[Problem], version: str, store: Store, report: BuildReport
) -> None:
    report.problems += problems
    if extraction is None:
        report.failed += 1
        store.fail(post, problems[0].what)
        return
    report.claims_refused += len(problems)
    try:
        change = store.put(extraction, version)
    except (VocabularyError, ValueError) as error:
        problem = _failure(post, error)
        report.failed += 1
        report.problems.append(problem)
        store.fail(post, problem.what)
        return
    report.claims_added += change.added
    report.claims_removed += change.removed
    report.count(extraction)


def _checked(
    posts: Iterable[Post], extractor: Extractor, jobs: int, factory: Callable[[], Extractor] | None, words: Vocabulary | None
) -> Iterator[Checked]:
    vocabulary = words or load_vocabulary()
    if jobs <= 1:
        yield from (_check(extractor, post, vocabulary) for post in posts)
        return
    source = iter(posts)
    # A started worker must not inherit open databases and threads, so none is forked from this process.
    start = (factory, None if factory else extractor, vocabulary)
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, start) as pool:
        waiting: deque[Future[list[Checked]]] = deque()
        while chunk := list(islice(source, _CHUNK)):
            waiting.append(pool.submit(_work, chunk))
            if len(waiting) >= _AHEAD * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _check(extractor: Extractor, post: Post, vocabulary: Vocabulary) -> Checked:
    """Extract one post and keep the claims that hold; whatever an extractor raises fails this post alone."""
    from kg.validate import check_claim

    try:
        extraction = extractor.extract(post)
    except Exception as error:  # reported with its reason, the rest of the posts goes on
        return post, None, [_failure(post, error)]
    kept, problems = [], []
    for claim in extraction.claims:
        found = check_claim(claim, post, vocabulary)
        problems += found[:1]
        if not found:
            kept.append(claim)
    return post, (replace(extraction, claims=tuple(kept)) if problems else extraction), problems


def _failure(post: Post, error: Exception) -> Problem:
    return Problem(post.id, f"{type(error).__name__}: {error}", "the post was left out; its former version, if any, stays")


_worker: dict[str, tuple[Extractor, Vocabulary]] = {}


def _start_worker(factory: Callable[[], Extractor] | None, extractor: Extractor | None, vocabulary: Vocabulary) -> None:
    made = factory() if factory else extractor
    if made is not None:
        _worker["it"] = (made, vocabulary)


def _work(posts: list[Post]) -> list[Checked]:
    extractor, vocabulary = _worker["it"]
    return [_check(extractor, post, vocabulary) for post in posts]
