"""The flow on one screen: posts go in, checked extractions come out, the store keeps them.

``extract`` is a stream: one post at a time, memory flat, order of the posts kept, whatever the number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Protocol, TypeAlias

from kg.build_report import BuildReport
from kg.errors import ExtractionFailed, VocabularyError
from kg.model import Extraction, Post, Problem
from kg.seen import Seen
from kg.store import Store
from kg.vocabulary import Vocabulary, load_vocabulary
from kg.workers import spread


class Extractor(Protocol):
    """What finds claims: ``version`` changes whenever its answers may."""

    version: str

    def extract(self, post: Post) -> Extraction:
        """All that is found in one post."""
        ...


@dataclass(slots=True)
class LateExtractor:
    """An extractor that is made when a post is there for it: a build of unchanged posts needs no more than its version."""

    version: str
    make: Callable[[], Extractor]
    """Can be pickled."""

    def extract(self, post: Post) -> Extraction:
        """All that is found in one post, by an extractor made for it alone."""
        return self.make().extract(post)


__all__ = ["BuildReport", "Extractor", "LateExtractor", "build", "extract"]

Checked: TypeAlias = tuple[Post, Extraction | None, list[Problem]]
"""A post, its extraction (None: it failed) and what was wrong with it."""


def extract(
    posts: Iterable[Post], extractor: Extractor, *, jobs: int = 1, factory: Callable[[], Extractor] | None = None,
    vocabulary: Vocabulary | None = None, on_problem: Callable[[Problem], None] = lambda problem: None,
    report: BuildReport | None = None, on_failure: Callable[[Post, str], None] = lambda post, reason: None,
) -> Iterator[Extraction]:  # fmt: skip
    """Extractions of the posts, in their order, without claims that the vocabulary refuses.

    ``jobs`` processes share the work; each makes its extractor with ``factory`` (a function that can be pickled),
    or gets a copy of ``extractor``. ``report`` counts what becomes of each post,
    ``on_failure`` gets those that failed with the reason.
    """
    counted = report or BuildReport()
    for post, extraction, problems in _checked(posts, extractor, jobs, factory, vocabulary):
        counted.read += 1
        for problem in problems:
            on_problem(problem)
        if extraction is None:
            counted.failed += 1
            on_failure(post, problems[0].what)
            continue
        counted.claims_refused += len(problems)
        counted.count(extraction)
        yield extraction


def build(
    posts: Iterable[Post], extractor: Extractor, store: Store, *, jobs: int = 1, factory: Callable[[], Extractor] | None = None,
    prune: bool = False, complete: Callable[[], bool] = lambda: True,
    on_progress: Callable[[BuildReport], None] = lambda report: None, report: BuildReport | None = None,
) -> BuildReport:  # fmt: skip
    """Bring the graph up to date with the posts: only what is new or changed is extracted.

    ``prune`` removes the posts that are not among them, if there are any and ``complete`` says, once all are read, that nothing
    was missing: a file that could not be read takes no post away. A post that fails is reported, and the graph keeps the reason
    beside the claims of its former version; the next build tries it again. ``report`` is counted on, for what a reader has
    counted already.
    """
    report = report or BuildReport()
    with store.batching():
        changed = _changed(posts, extractor.version, store, report, complete if prune else lambda: False, on_progress)
        with closing(_checked(changed, extractor, jobs, factory, store.vocabulary)) as checked:
            for post, extraction, problems in checked:
                _keep(post, extraction, problems, extractor.version, store, report)
                on_progress(report)
    return report


def _changed(
    posts: Iterable[Post], version: str, store: Store, report: BuildReport, prune: Callable[[], bool],
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
    if report.read and prune():
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
) -> Generator[Checked, None, None]:
    vocabulary = words or load_vocabulary()
    source = iter(posts)
    first = next(source, None)
    if first is None:  # nothing to do is found out before an extractor is made
        return
    source = chain([first], source)
    if isinstance(extractor, LateExtractor):
        factory = factory or extractor.make
    if jobs > 1:
        start = partial(_checker, factory, None if factory else extractor, vocabulary)
        for post, (extraction, problems) in spread(source, start, jobs, weight=lambda post: len(post.text)):
            yield post, (extraction and replace(extraction, post=post)), problems
        return
    ready = extractor.make() if isinstance(extractor, LateExtractor) else extractor
    for post in source:
        yield post, *check(ready, post, vocabulary)


def _checker(
    factory: Callable[[], Extractor] | None, extractor: Extractor | None, vocabulary: Vocabulary
) -> Callable[[Post], tuple[Extraction | None, list[Problem]]]:
    """What a worker does with a post: the post itself need not travel back."""
    made = factory() if factory else extractor

    def work(post: Post) -> tuple[Extraction | None, list[Problem]]:
        assert made is not None
        extraction, problems = check(made, post, vocabulary)
        return extraction and replace(extraction, post=Post(post.id, "")), problems

    return work


def check(extractor: Extractor, post: Post, vocabulary: Vocabulary) -> tuple[Extraction | None, list[Problem]]:
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
    what = str(error) if isinstance(error, ExtractionFailed) else f"{type(error).__name__}: {error}"
    return Problem(post.id, what, "the post was left out; its former version, if any, stays")
