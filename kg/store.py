"""The graph on disk: posts in, claims and names merged, questions out.

A graph is a directory: ``postkg.json`` (format, base IRI, version) beside ``rdf/`` (Oxigraph). Its content is a function
of the set of posts alone: any order of puts and removals that ends with the same posts ends with the same statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal, TypeAlias

import pyoxigraph as ox

from kg import terms as t
from kg.digest import post_digest
from kg.errors import QueryError, StoreError
from kg.manifest import RDF_DIR, Manifest
from kg.model import Extraction, Post
from kg.rdf import Contribution, contribution
from kg.transaction import EntityStates, Transaction
from kg.vocabulary import BASE, PREFIXES, Vocabulary, load_vocabulary

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Result: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_KNOWN_ENTITIES = 50_000
_MANY_FILES = 20
"""Bulk writes after which the files are merged on closing: questions are answered twice as fast then."""
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})


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
        self._known: EntityStates = {}
        self._batch_size = self._waiting = self._files = 0
        self._batch: dict[str, Contribution] = {}
        self._digests: set[tuple[str, str]] = set()

    @classmethod
    def open(
        cls, path: str | Path, mode: Literal["read", "write"] = "read", *, base: str = "", vocabulary: Vocabulary | None = None
    ) -> Store:
        """The graph in this directory; ``write`` makes it when there is none.

        Raises ``StoreError`` when there is no graph, its format or base is another one, or another process writes to it.
        """
        root = Path(path)
        if mode == "read":
            manifest = Manifest.read(root)
            store = cls(_opened(root, "read"), manifest.base, vocabulary=vocabulary, writable=False)
        else:
            manifest = Manifest.read_or_write(root, base)
            store = cls(_opened(root, "write"), manifest.base, vocabulary=vocabulary)
        store.root = root
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
        if self.writable:
            self._commit_batch()
            self.graph.flush()
            if self._files >= _MANY_FILES:
                self.graph.optimize()
        self.graph = ox.Store()

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
            self._digests.add((post.value, post_digest(extraction.post, extractor)))
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

    def prune(self, keep: Iterable[str]) -> Change:
        """Remove every post whose id is not among these."""
        wanted = set(keep)
        changes = [self.remove(post_id) for post_id in list(self.post_ids()) if post_id not in wanted]
        return Change(removed=sum(change.removed for change in changes))

    @contextmanager
    def batching(self, statements: int = 10_000) -> Iterator[None]:
        """Inside, new posts are committed so many statements at a time: faster, and still all or nothing for each post."""
        self._batch_size = statements
        try:
            yield
        finally:
            self._batch_size = 0
            self._commit_batch()

    def has_unchanged(self, post: Post, extractor: str = "") -> bool:
        """Whether exactly this post, read by this version of the extractor, is in the graph already."""
        node, digest = t.post_iri(post.id, self.base), post_digest(post, extractor)
        return (node.value, digest) in self._digests or ox.Quad(node, t.DIGEST, t.text_term(digest)) in self.graph

    def post_ids(self) -> Iterator[str]:
        """The ids of all posts, sorted."""
        self._commit_batch()
        posts = self.graph.quads_for_pattern(None, t.TYPE, t.POST)
        yield from sorted(t.post_id(q.subject.value, self.base) for q in posts if isinstance(q.subject, ox.NamedNode))

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
            if _first_word(sparql) in _UPDATES:
                raise QueryError("This changes the graph, and kg sparql is read-only. Change posts and run: kg build") from error
            raise QueryError(_syntax_error(sparql, str(error))) from error
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
        step.commit()
        return Change(added, removed)

    def _commit_batch(self) -> None:
        batch = list(self._batch.values())
        self._batch.clear()
        self._digests.clear()
        self._waiting = 0
        if not batch:
            return
        step = self._step(batch)
        renamed = step.renamed()
        if not renamed:
            step.commit()
            self._files += step.bulk
            return
        # Taking a label back needs a slower kind of transaction: only the posts that cause it go through it.
        for renaming in (False, True):
            step = self._step(new for new in batch if bool(renamed & new.names.keys()) == renaming)
            step.commit()
            self._files += step.bulk

    def _step(self, batch: Iterable[Contribution]) -> Transaction:
        step = self._begin()
        for new in batch:
            step.add(new)
        return step

    def _begin(self) -> Transaction:
        if not self.writable:
            raise StoreError("This graph was opened for reading. To change it, open it with mode='write', or run: kg build")
        if len(self._known) > _KNOWN_ENTITIES:
            self._known.clear()
        return Transaction(self.graph, self._known)


def open_store(path: str | Path, *, vocabulary: Vocabulary | None = None) -> Store:
    """The graph in this directory, for reading. Raises ``StoreError`` that says how to build one."""
    return Store.open(path, "read", vocabulary=vocabulary)


def _opened(root: Path, mode: str) -> ox.Store:
    path = str(root / RDF_DIR)
    try:
        return ox.Store(path) if mode == "write" else ox.Store.read_only(path)
    except OSError as error:
        if "LOCK" in str(error):
            raise StoreError(
                f"{root} is being written by another process (another kg build?).\n"
                "Wait until it is done, or build into another directory with -o."
            ) from error
        raise StoreError(
            f"{root} cannot be opened: {error}\nIf it was never built to the end, build it again: kg build POSTS... -o {root}"
        ) from error


def _syntax_error(sparql: str, message: str) -> str:
    """Where it went wrong, with the line itself and a mark under the column."""
    where, _, what = message.removeprefix("error at ").partition(": ")
    line, _, column = where.partition(":")
    if not (line.isdecimal() and column.isdecimal()):
        return f"SPARQL cannot be read: {message}"
    if "Prefix not found" in what:
        what = f"a prefix is not declared. Declared without saying: {', '.join(sorted(PREFIXES))}"
    written = [*sparql.splitlines(), ""][int(line) - 1]
    mark = " " * (int(column) - 1) + "^"
    return f"SPARQL cannot be read at line {line}, column {column}: {what}\n{written}\n{mark}"


def _first_word(sparql: str) -> str:
    """The first word after the prologue, in capitals."""
    for line in sparql.splitlines():
        words = line.split(maxsplit=1)
        if words and not words[0].startswith("#") and words[0].upper() not in ("PREFIX", "BASE"):
            return words[0].upper().split("{")[0]
    return ""
