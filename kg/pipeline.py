"""The flow on one screen: posts go in, checked extractions come out, the store keeps them.

``extract`` is a stream: one post at a time, memory flat, order of the posts kept, whatever the number of processes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import get_context
from typing import Protocol, TypeAlias

from kg.errors import KGError
from kg.model import Extraction, Post, Problem
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


@dataclass(slots=True)
class BuildReport:
    """What a build did: posts by what became of them, claims in and out, what went wrong."""

    read: int = 0
    extracted: int = 0
    empty: int = 0
    unchanged: int = 0
    failed: int = 0
    repeated: int = 0
    """Posts whose id came before in the same run; the first one counts."""
    removed: int = 0
    claims_added: int = 0
    claims_removed: int = 0
    claims_refused: int = 0
    """Claims the vocabulary does not allow."""
    problems: list[Problem] = field(default_factory=list)


Checked: TypeAlias = tuple[Extraction | None, list[Problem]]
"""An extraction (None: it failed) and what was wrong with it."""


def extract(
    posts: Iterable[Post], extractor: Extractor, *, jobs: int = 1, factory: Callable[[], Extractor] | None = None,
    vocabulary: Vocabulary | None = None, on_problem: Callable[[Problem], None] = lambda problem: None,
) -> Iterator[Extraction]:  # fmt: skip
    """Extractions of the posts, in their order, without claims that the vocabulary refuses.

    ``jobs`` processes share the work; each makes its extractor with ``factory`` (a function that can be pickled),
    or gets a copy of ``extractor``.
    """
    for extraction, problems in _checked(posts, extractor, jobs, factory, vocabulary):
        for problem in problems:
            on_problem(problem)
        if extraction is not None:
            yield extraction


def build(
    posts: Iterable[Post], extractor: Extractor, store: Store, *, jobs: int = 1, factory: Callable[[], Extractor] | None = None,
    prune: bool = False, on_progress: Callable[[BuildReport], None] = lambda report: None,
) -> BuildReport:  # fmt: skip
    """Bring the graph up to date with the posts: only what is new or changed is extracted.

    ``prune`` removes the posts that are not among them. A post that fails is reported and keeps its former version.
    """
    report = BuildReport()
    with store.batching():
        changed = _changed(posts, extractor.version, store, report, prune, on_progress)
        for extraction, problems in _checked(changed, extractor, jobs, factory, store.vocabulary):
            _keep(extraction, problems, extractor.version, store, report)
            on_progress(report)
    return report


def _changed(
    posts: Iterable[Post], version: str, store: Store, report: BuildReport, prune: bool,
    on_progress: Callable[[BuildReport], None],
) -> Iterator[Post]:  # fmt: skip
    """The posts to extract; the others are counted, and the missing ones removed once all are read."""
    seen: set[str] = set()
    for post in posts:
        report.read += 1
        if post.id in seen:
            report.repeated += 1
        elif store.has_unchanged(post, version):
            report.unchanged += 1
            on_progress(report)
        else:
            yield post
        seen.add(post.id)
    if prune:
        missing = [post_id for post_id in store.post_ids() if post_id not in seen]
        report.removed = len(missing)
        report.claims_removed += sum(store.remove(post_id).removed for post_id in missing)


def _keep(extraction: Extraction | None, problems: list[Problem], version: str, store: Store, report: BuildReport) -> None:
    report.problems += problems
    if extraction is None:
        report.failed += 1
        return
    report.claims_refused += len(problems)
    try:
        change = store.put(extraction, version)
    except (KGError, ValueError) as error:
        report.failed += 1
        report.problems.append(_failure(extraction.post, error))
        return
    report.claims_added += change.added
    report.claims_removed += change.removed
    if extraction.claims:
        report.extracted += 1
    else:
        report.empty += 1


def _checked(
    posts: Iterable[Post], extractor: Extractor, jobs: int, factory: Callable[[], Extractor] | None, words: Vocabulary | None
) -> Iterator[Checked]:
    vocabulary = words or load_vocabulary()
    if jobs <= 1:
        yield from (check(extractor, post, vocabulary) for post in posts)
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


def check(extractor: Extractor, post: Post, vocabulary: Vocabulary) -> Checked:
    """Extract one post and keep the claims that hold; whatever an extractor raises fails this post alone."""
    from kg.validate import check_claim

    try:
        extraction = extractor.extract(post)
    except Exception as error:  # reported with its reason, the rest of the posts goes on
        return None, [_failure(post, error)]
    kept, problems = [], []
    for claim in extraction.claims:
        found = check_claim(claim, post, vocabulary)
        problems += found[:1]
        if not found:
            kept.append(claim)
    return (replace(extraction, claims=tuple(kept)) if problems else extraction), problems


def _failure(post: Post, error: Exception) -> Problem:
    return Problem(post.id, f"{type(error).__name__}: {error}", "the post was left out; its former version, if any, stays")


_worker: dict[str, tuple[Extractor, Vocabulary]] = {}


def _start_worker(factory: Callable[[], Extractor] | None, extractor: Extractor | None, vocabulary: Vocabulary) -> None:
    made = factory() if factory else extractor
    if made is not None:
        _worker["it"] = (made, vocabulary)


def _work(posts: list[Post]) -> list[Checked]:
    extractor, vocabulary = _worker["it"]
    return [check(extractor, post, vocabulary) for post in posts]
