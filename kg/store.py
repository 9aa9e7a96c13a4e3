"""The graph on disk: posts in, claims and names merged, questions out.

A graph is a directory: ``postkg.json`` (format, base IRI, version) beside ``rdf/`` (Oxigraph). Its content is a function
of the set of posts alone: any order of puts and removals that ends with the same posts ends with the same statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal, TypeAlias

import pyoxigraph as ox

from kg import terms as t
from kg.copy_groups import WordsOf
from kg.digest import post_digest
from kg.disk_errors import disk_errors
from kg.errors import QueryError, StoreError
from kg.graph_directory import GraphDirectory
from kg.model import Extraction, Post
from kg.rdf import Contribution, contribution
from kg.sparql_errors import what_is_wrong
from kg.transaction import EntityStates, Transaction
from kg.vocabulary import BASE, PREFIXES, Vocabulary, load_vocabulary

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Result: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_KNOWN_ENTITIES = 50_000
_KNOWN_WORDS = 1_000
_MANY_FILES = 20
"""Bulk writes after which the files are merged on closing: questions are answered twice as fast then."""


@dataclass(frozen=True, slots=True)
class Change:
    """What putting or removing one post did, in claims."""

    added: int = 0
    removed: int = 0


class Store:
    """A graph opened for reading or writing; use ``Store.open``, ``Store.memory`` or ``open_store``.

    >>> from kg.model import Entity, Evidence, Claim
    >>> retro, deepmind = Entity("model/retro", "Model", "RETRO"), Entity("organization/deepmind", "Organization", "DeepMind")
    >>> post = Post("ai_news/12", "DeepMind released RETRO.")
    >>> claim = Claim(retro, "developed_by", deepmind, Evidence(post.id, 0, 24))
    >>> with Store.memory() as store:
    ...     store.put(Extraction(post, claims=(claim,)))
    Change(added=1, removed=0)
    """

    def __init__(self, graph: ox.Store, base: str = BASE, *, vocabulary: Vocabulary | None = None, writable: bool = True) -> None:
        self.graph = graph
        self.base = base
        self.vocabulary = vocabulary or load_vocabulary()
        self.writable = writable
        self.root: Path | None = None
        """The directory of the graph; None when it is in memory."""
        self._broken = False
        self._directory: GraphDirectory | None = None
        self._known: EntityStates = {}
        self._words: WordsOf = {}
        self._batch_size = self._waiting = self._files = 0
        self._batch: dict[str, Contribution] = {}
        self._digests: set[tuple[str, str]] = set()

    @classmethod
    def open(
        cls, path: str | Path, mode: Literal["read", "write"] = "read", *, base: str = "", vocabulary: Vocabulary | None = None
    ) -> Store:
        """The graph in this directory; ``write`` makes it when there is none.

        While another process writes to it, ``read`` sees the graph as it is at this moment. Raises ``StoreError`` when there is
        no graph, its format or base is another one, the disk refuses, or (to write) another process writes to it.
        """
        directory = GraphDirectory.to_read(Path(path)) if mode == "read" else GraphDirectory.to_write(Path(path), base)
        store = cls(directory.graph, directory.base, vocabulary=vocabulary, writable=mode == "write")
        store.root, store._directory = directory.root, directory
        return store

    @classmethod
    def memory(cls, base: str = BASE, *, vocabulary: Vocabulary | None = None) -> Store:
        """An empty graph that is nowhere on disk."""
        return cls(ox.Store(), base, vocabulary=vocabulary)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Write what is waiting and let go of the directory."""
        try:
            if self.writable and not self._broken:
                self._commit_batch()
                with self._writing():
                    self.graph.flush()
                    if self._files >= _MANY_FILES:
                        self.graph.optimize()
        finally:
            self.graph = ox.Store()
            if self._directory is not None:
                self._directory.release()
            self._directory = None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The disk may be full: then nothing more is written, and what was committed before stays."""
        try:
            with disk_errors(self.root or Path()):
                yield
        except StoreError:
            self._broken = True
            raise

    # ---------------------------------------------------------------- posts in and out
    def put(self, extraction: Extraction, extractor: str = "") -> Change:
        """Make this the graph's version of the post, in one transaction; the same again changes nothing.

        ``extractor`` is the version of what found the claims: a new version reads unchanged posts again.
        Raises ``VocabularyError`` when a type, predicate or qualifier is not in the ontology; the graph stays as it was.
        """
        new = contribution(extraction, self.base, vocabulary=self.vocabulary, extractor=extractor)
        post = t.post_iri(extraction.post.id, self.base)
        if post.value not in self._batch and not self._has(post):
            self._batch[post.value] = new
            self._digests.add((post.value, new.digest))
            self._waiting += len(new.own)
            if self._waiting >= self._batch_size:
                self._commit_batch()
            return Change(added=new.claims)
        self._commit_batch()
        return self._replace(post, new)

    def remove(self, post_id: str) -> Change:
        """Take a post out, and every fact and entity that only it supported; nothing happens when there is none."""
        self._commit_batch()
        post = t.post_iri(post_id, self.base)
        return self._replace(post, Contribution()) if self._has(post) else Change()

    @contextmanager
    def batching(self, statements: int = 30_000) -> Iterator[None]:
        """Inside, new posts are committed so many statements at a time: faster, and still all or nothing for each post."""
        self._batch_size = statements
        try:
            yield
        finally:
            self._batch_size = 0
            if not self._broken:
                self._commit_batch()

    def fail(self, post: Post, reason: str) -> None:
        """Note that this post could not be extracted, and why. What an earlier version says stays; the next build tries again."""
        self._commit_batch()
        node = t.post_iri(post.id, self.base)
        step = self._begin()
        step.fail(node, post, reason)
        self._apply(step)

    def unchanged_state(self, post: Post, extractor: str = "") -> str:
        """``extracted`` or ``empty`` when exactly this post, read by this version, is in the graph already, else nothing."""
        node, digest = t.post_iri(post.id, self.base), post_digest(post, extractor)
        if (node.value, digest) in self._digests:
            self._commit_batch()
        if ox.Quad(node, t.DIGEST, t.text_term(digest)) not in self.graph:
            return ""
        states = (quad.object for quad in self.graph.quads_for_pattern(node, t.STATE, None))
        return min(state.value for state in states if isinstance(state, ox.Literal))

    def post_ids(self) -> Iterator[str]:
        """The ids of all posts, sorted."""
        self._commit_batch()
        posts = self.graph.quads_for_pattern(None, t.TYPE, t.POST)
        yield from sorted(t.post_id(q.subject.value, self.base) for q in posts if isinstance(q.subject, ox.NamedNode))

    def failed(self) -> int:
        """How many posts of the graph failed when they were read last."""
        self._commit_batch()
        return sum(1 for _ in self.graph.quads_for_pattern(None, t.STATE, t.text_term("failed")))

    # ---------------------------------------------------------------- questions
    def query(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> Result:
        """Answer SPARQL, the prefixes of ``kg.vocabulary.PREFIXES`` declared; values come in as terms, never as text.

        A substituted variable must be among those a SELECT returns. Raises ``QueryError`` with line and column.
        """
        self._commit_batch()
        bound: Any = {ox.Variable(name): term for name, term in (substitutions or {}).items()}
        try:
            return self.graph.query(sparql, prefixes=PREFIXES, substitutions=bound or None)
        except SyntaxError as error:
            raise QueryError(what_is_wrong(sparql, str(error))) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"SPARQL cannot be answered: {error}") from error

    def dump_sorted(self, out: BinaryIO) -> None:
        """Every statement as N-Quads, one a line, sorted: two graphs are equal when these are."""
        self._commit_batch()
        lines: bytes = self.graph.dump(format=ox.RdfFormat.N_QUADS) or b""
        out.writelines(sorted(lines.splitlines(keepends=True)))

    # ---------------------------------------------------------------- how changes are applied
    def _has(self, post: ox.NamedNode) -> bool:
        return ox.Quad(post, t.TYPE, t.POST) in self.graph

    def _replace(self, post: ox.NamedNode, new: Contribution) -> Change:
        step = self._begin()
        added, removed = step.replace(post, new)
        self._apply(step)
        return Change(added, removed)

    def _commit_batch(self) -> None:
        batch = dict(self._batch)
        self._batch.clear()
        self._digests.clear()
        self._waiting = 0
        if not batch:
            return
        step = self._step(batch)
        renamed, movers = step.renamed(), step.groups.movers
        if not (renamed or movers):
            self._apply(step)
            return
        # Taking a label or a group back needs a slower kind of transaction: only the posts that cause it go through it.
        slow = {post for post, new in batch.items() if renamed & new.names.keys()} | {post.value for post in movers}
        for taking_back in (False, True):
            self._apply(self._step({post: new for post, new in batch.items() if (post in slow) == taking_back}))

    def _apply(self, step: Transaction) -> None:
        with self._writing():
            step.commit()
        self._files += step.bulk

    def _step(self, batch: Mapping[str, Contribution]) -> Transaction:
        step = self._begin()
        for post, new in batch.items():
            step.add(ox.NamedNode(post), new)
        return step

    def _begin(self) -> Transaction:
        if not self.writable:
            raise StoreError("This graph was opened for reading. To change it, open it with mode='write', or run: kg build")
        if len(self._known) > _KNOWN_ENTITIES:
            self._known.clear()
        if len(self._words) > _KNOWN_WORDS:
            self._words.clear()
        return Transaction(self.graph, self._known, self._words)


def open_store(path: str | Path, *, vocabulary: Vocabulary | None = None) -> Store:
    """The graph in this directory, for reading. Raises ``StoreError`` that says how to build one."""
    return Store.open(path, "read", vocabulary=vocabulary)
