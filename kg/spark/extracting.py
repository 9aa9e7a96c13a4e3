"""Posts to claims, on the executors: the extractor of one machine, and what it finds as rows and as N-Quads."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyoxigraph as ox

from kg import terms as t
from kg.claim_rows import FAILED, Row, claim_rows, post_of, post_row, unread_row
from kg.claim_schemas import CLAIMS, POSTS
from kg.errors import ClusterError
from kg.model import Extraction, Post
from kg.pipeline import Extractor, check
from kg.rdf import contribution, failed_quads
from kg.vocabulary import Vocabulary

NAMED = pa.struct([("entity", pa.string()), ("type", pa.string()), ("name", pa.string()), ("forms", pa.list_(pa.string()))])
FOUND = pa.schema(
    [
        *POSTS,
        ("original", pa.string()),
        ("bands", pa.list_(pa.string())),
        ("claims", pa.list_(pa.struct(list(CLAIMS)))),
        ("quads", pa.string()),
        ("facts", pa.list_(pa.string())),
        ("names", pa.list_(NAMED)),
    ]
)
"""A row of the posts with all that came of it.

``original`` is the digest of its words, ``bands`` (of a post with claims) what copies of it are found by; ``quads`` are its own
statements in N-Quads, ``facts`` the direct triples it supports, ``names`` what it calls each entity: copies, facts and entities
belong to many posts and are brought together afterwards.
"""
_CHUNK = 100
"""Posts in one batch that goes back to Java."""


@dataclass(frozen=True)
class Setup:
    """What every executor needs and gets once: the extractor with its name lists and weights, the ontology, the base IRI."""

    extractor: Extractor
    vocabulary: Vocabulary
    base: str
    installed: str
    """``extractor_version()`` of the driver, that is of the code and lists installed there."""


@dataclass(frozen=True)
class Worker:
    """Turns batches of posts into batches of what is found in them; goes to the executors with a handle of the broadcast."""

    setup: Any
    """A ``pyspark.Broadcast`` of a ``Setup``: a Python process of an executor unpacks it once, however many tasks it runs."""
    unpacked: Any
    """A ``pyspark.Accumulator`` that counts how often that was."""

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """What ``mapInArrow`` calls, once a task."""
        setup: Setup = self.setup.value
        if setup is not _here.get("setup"):
            check_installed(setup.installed)
            _here["setup"] = setup
            self.unpacked.add(1)
        for batch in batches:
            records = batch.to_pylist()
            for start in range(0, len(records), _CHUNK):
                rows = [found_row(record, setup) for record in records[start : start + _CHUNK]]
                yield pa.RecordBatch.from_pylist(rows, FOUND)


_here: dict[str, Setup] = {}
"""The setup this process worked with last."""


def check_installed(expected: str) -> None:
    """``ClusterError`` when this machine has another postkg than the driver: its claims would be others."""
    from kg.extract.version import extractor_version

    if extractor_version() != expected:
        raise ClusterError(
            f"{socket.gethostname()} has another postkg installed than the machine that started the run. "
            "Install the same version on all of them."
        )


def found_row(record: Row, setup: Setup) -> Row:
    """All that comes of one record. Whatever an extractor raises fails this post alone."""
    post, version = post_of(record), setup.extractor.version
    if record["state"]:
        return unread_row(post, record["state"], version, where=record["where"], reason=record["reason"])
    extraction, problems = check(setup.extractor, post, setup.vocabulary)
    if extraction is None:
        return _failed(post, setup, record["where"], problems[0].what)
    notes = [record["reason"], *(problem.what for problem in problems)]
    try:
        return _understood(extraction, setup, record["where"], "; ".join(filter(None, notes)))
    except Exception as error:  # what the store of one machine would refuse
        return _failed(post, setup, record["where"], f"{type(error).__name__}: {error}")


def _failed(post: Post, setup: Setup, where: str, reason: str) -> Row:
    node = t.post_iri(post.id, setup.base)
    quads = written(failed_quads(node, post, reason, known=False))
    return unread_row(post, FAILED, setup.extractor.version, where=where, reason=reason) | {"quads": quads}


def _understood(extraction: Extraction, setup: Setup, where: str, reason: str) -> Row:
    version = setup.extractor.version
    found = contribution(extraction, setup.base, vocabulary=setup.vocabulary, extractor=version)
    # Whose copy a post with claims is, all posts together decide.
    own = found.own if found.bands else [*found.own, original_quad(extraction.post.id, found.original, setup.base)]
    return post_row(extraction, version, where=where, reason=reason) | {
        "original": found.original,
        "bands": found.bands,
        "claims": claim_rows(extraction, setup.vocabulary, setup.base),
        "quads": written(own),
        "facts": written(found.facts).splitlines(),
        "names": [
            {"entity": node.value, "type": names.type.value, "name": name, "forms": sorted(names.forms)}
            for node, names in found.names.items()
            for name in sorted(names.names)
        ],
    }


def original_quad(post: str, original: str, base: str) -> ox.Quad:
    """The statement to which copies a post belongs."""
    return ox.Quad(t.post_iri(post, base), t.ORIGINAL, t.text_term(original))


def written(quads: Iterable[ox.Quad]) -> str:
    """Statements as N-Quads, sorted, in the one form that Oxigraph gives to numbers and dates.

    >>> line = written([ox.Quad(t.post_iri("1"), t.PUBLISHED, t.date_term("2024-05-13T10:00:00+00:00"))])
    >>> line.split()[2].partition("^")[0]
    '"2024-05-13T10:00:00Z"'
    """
    graph = ox.Store()
    graph.extend(quads)
    lines = (graph.dump(format=ox.RdfFormat.N_QUADS) or b"").decode().splitlines()
    return "\n".join(sorted(lines))
