"""Building: what is new is extracted, what failed is reported, what was killed is finished by the next run."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.audit import check_graph
from kg.model import Extraction, Post, Problem
from kg.pipeline import build, extract
from kg.records import claims_of_post
from kg.stats import count
from kg.store import Store, open_store
from tests.graphs import EXTRACTIONS, WORLD

POSTS = [post for post, _ in WORLD]


class ByHand:
    """Knows the answers for the posts of the world; stumbles over the word "crash"."""

    version = "hand/1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract(self, post: Post) -> Extraction:
        self.seen.append(post.id)
        if "crash" in post.text:
            raise RuntimeError("stumbled")
        return next((found for found in EXTRACTIONS if found.post == post), Extraction(post))


def dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump_sorted(out)
    return out.getvalue()


def test_building_and_building_again() -> None:
    with Store.memory() as store:
        report = build(POSTS, ByHand(), store)
        assert (report.read, report.extracted, report.empty, report.unchanged, report.failed) == (10, 9, 1, 0, 0)
        assert report.claims_added == sum(len(said) for _, said in WORLD)
        assert report.problems == []
        once, again = dump(store), ByHand()
        report = build(POSTS, again, store)
        assert (report.read, report.unchanged, report.claims_added, again.seen) == (10, 10, 0, [])
        assert dump(store) == once


def test_a_new_version_of_the_extractor_reads_again() -> None:
    newer = ByHand()
    newer.version = "hand/2"
    with Store.memory() as store:
        build(POSTS, ByHand(), store)
        assert build(POSTS, newer, store).unchanged == 0
    assert len(newer.seen) == len(POSTS)


def test_a_post_that_fails_is_reported_and_the_rest_goes_on() -> None:
    with Store.memory() as store:
        report = build([*POSTS[:2], Post("bad/1", "crash"), *POSTS[2:]], ByHand(), store)
        assert (report.failed, report.extracted + report.empty) == (1, 10)
        assert [(problem.where, problem.what) for problem in report.problems] == [("bad/1", "RuntimeError: stumbled")]
        assert "bad/1" in store.post_ids()
        assert list(claims_of_post(store, "bad/1")) == []


def test_an_id_that_comes_twice() -> None:
    with Store.memory() as store:
        report = build([Post("a/1", "first"), Post("a/1", "second")], ByHand(), store)
        assert (report.read, report.duplicate, report.empty) == (2, 1, 1)
        again = build([Post("a/1", "first"), Post("a/1", "second")], ByHand(), store)
        assert (again.read, again.duplicate, again.empty, again.unchanged) == (2, 1, 1, 1)


def test_a_post_that_fails_keeps_what_it_said_and_is_tried_again() -> None:
    good = POSTS[0]
    with Store.memory() as store:
        build([good], ByHand(), store)
        once = dump(store)
        said = list(claims_of_post(store, good.id))
        for _ in range(2):
            report = build([replace(good, text="crash")], ByHand(), store)
            assert (report.failed, report.unchanged, report.adds_up, store.failed()) == (1, 0, True, 1)
            assert list(claims_of_post(store, good.id)) == said
            assert list(check_graph(store)) == []
        assert count(store).failures == {"RuntimeError: stumbled": 1}
        assert build([good], ByHand(), store).extracted == 1
        assert dump(store) == once


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.tuples(st.integers(0, 4), st.sampled_from([POSTS[0].text, "nothing", "crash"])), max_size=12))
def test_every_post_ends_in_one_state(texts: list[tuple[int, str]]) -> None:
    """Also in a second build of the same posts; the graph has each post once, in the state it was counted with."""
    posts = [Post(f"a/{number}", text) for number, text in texts]
    with Store.memory() as store:
        first, second = build(posts, ByHand(), store), build(posts, ByHand(), store)
        for report in (first, second):
            assert report.read == len(posts) == sum(report.states().values())
            in_graph = {state: number for state, number in report.states().items() if number and state != "duplicate"}
            assert count(store).posts_by_state == in_graph
        assert second.unchanged == second.extracted + second.empty


def test_pruning_removes_what_is_no_longer_there() -> None:
    with Store.memory() as store:
        build(POSTS, ByHand(), store)
        report = build(POSTS[2:], ByHand(), store, prune=True)
        assert (report.removed, report.claims_removed, report.unchanged) == (2, 10, 8)
        rest = dump(store)
    with Store.memory() as store:
        build(POSTS[2:], ByHand(), store)
        assert dump(store) == rest


def test_claims_the_vocabulary_refuses_are_counted() -> None:
    class Wrong(ByHand):
        def extract(self, post: Post) -> Extraction:
            found = super().extract(post)
            backwards = [claim for claim in found.claims if claim.predicate == "outperforms"]
            return Extraction(post, found.mentions, found.entities, tuple(c for c in found.claims if c not in backwards) + tuple(
                type(c)(c.subject, "runs_on", c.object, c.evidence) for c in backwards))  # fmt: skip

    problems: list[Problem] = []
    with Store.memory() as store:
        report = build(POSTS, Wrong(), store)
        problems += report.problems
        assert (report.claims_refused, len(problems), report.failed) == (2, 2, 0)


def test_several_processes_give_the_same_in_the_same_order() -> None:
    many = [Post(f"{post.id}-{n}", post.text) for n in range(30) for post in POSTS] + POSTS
    alone = list(extract(many, ByHand()))
    assert list(extract(many, ByHand(), jobs=2, factory=ByHand)) == alone
    assert [found.post for found in alone] == many


def test_only_so_many_posts_are_read_ahead() -> None:
    read = 0

    def endless() -> Iterator[Post]:
        nonlocal read
        while True:
            read += 1
            yield Post(f"a/{read}", "nothing")

    found = extract(endless(), ByHand(), jobs=2, factory=ByHand)
    next(found)
    assert read < 1000
    del found


KILLED = """
import sys
from pathlib import Path
from tests.graphs import EXTRACTIONS, WORLD
from tests.test_store_pipeline import ByHand, many_posts
from kg.pipeline import build
from kg.store import Store
with Store.open(sys.argv[1], "write") as store:
    print("open", flush=True)
    build(many_posts(), ByHand(), store)
    print("done", flush=True)
"""


def many_posts() -> list[Post]:
    """As many as keep a build busy for some seconds; every tenth is one of the world."""
    return POSTS + [Post(f"n/{n}", f"Filler {n}. " + POSTS[n % 10].text) for n in range(6_000)]


@pytest.mark.parametrize("delay", [0.05, 0.25])
def test_killed_in_mid_build_and_built_again(tmp_path: Path, delay: float) -> None:
    root = Path(__file__).resolve().parent.parent
    run = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path / "g")], stdout=subprocess.PIPE, text=True, cwd=root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])},
    )  # fmt: skip
    assert run.stdout is not None
    with run.stdout as out:
        assert out.readline() == "open\n"
        time.sleep(delay)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert out.read() == "", "the build was over before it was killed"
    with Store.open(tmp_path / "g", "write") as store:
        left = len(list(store.post_ids()))
        assert left < len(many_posts())
        report = build(many_posts(), ByHand(), store)
        assert report.unchanged == left
    with open_store(tmp_path / "g") as store, Store.memory() as clean:
        build(many_posts(), ByHand(), clean)
        assert dump(store) == dump(clean)
