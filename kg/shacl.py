"""Whole graphs against ``schemas/shapes.ttl``, by pySHACL (extra ``shacl``): the report that the W3C defines.

A graph of a million triples takes pySHACL minutes and gigabytes; ``sample`` takes a number of posts out, with all that
they say and name, which can be checked alone.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import terms as t
from kg.errors import InputError, MissingExtra
from kg.limits import SH, shapes_file
from kg.records import Graph
from kg.vocabulary import RDF

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One result of a SHACL report."""

    focus: str
    path: str
    """The property with its prefix, ``^`` before an inverse one, ``/`` between steps; empty when the focus itself is wrong."""
    value: str
    message: str

    def __str__(self) -> str:
        value = f"= {self.value}" if self.value and self.value != self.focus else ""
        return " ".join(part for part in (self.focus, self.path, value) if part) + f": {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a SHACL engine found."""

    conforms: bool
    violations: tuple[Violation, ...]
    turtle: str
    """The W3C report, ``sh:ValidationReport``, in Turtle."""


def check_shapes(quads: Iterable[ox.Quad], *, lang: str = "en", vocabulary: Iterable[Path] = ()) -> Report:
    """Check statements against the shapes; messages in English or Russian (``lang`` ``en`` or ``ru``).

    ``vocabulary`` are Turtle files of the user's own, with classes, relations and shapes in the manner of ``schemas/``.
    Raises ``MissingExtra`` without pySHACL, ``InputError`` when such a file is not Turtle.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise MissingExtra("shacl", "pySHACL") from error
    from kg.export import rdflib_graph

    with _silence():
        own = [_turtle(path) for path in vocabulary]
        ontology, shapes = (_turtle(path) for path in (files("kg") / "schemas" / "ontology.ttl", shapes_file()))
        data = rdflib_graph(quads)
        # Mixed in here and not by pySHACL, which would copy the whole graph for it.
        data += ontology
        for graph in own:
            data += graph
            shapes += graph
        conforms, found, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, inference="none", advanced=False)
    return Report(bool(conforms), tuple(sorted(_violations(found, lang))), found.serialize(format="turtle"))


def sample(store: Graph, posts: int) -> Iterator[ox.Quad]:
    """The statements of so many posts, with the entities they name and the facts they claim; the same posts each time."""
    nodes = [quad.subject for quad in store.graph.quads_for_pattern(None, t.TYPE, t.POST)]
    chosen = sorted(nodes, key=lambda node: sha256(str(node).encode()).digest())[:posts]
    seen: set[ox.NamedNode] = set()
    for post in chosen:
        yield from store.graph.quads_for_pattern(post, None, None)
        for derived in store.graph.quads_for_pattern(None, t.DERIVED_FROM, post):
            own = list(store.graph.quads_for_pattern(derived.subject, None, None))
            yield from own
            yield from _named(store, own, seen)


def _named(store: Graph, own: list[ox.Quad], seen: set[ox.NamedNode]) -> Iterator[ox.Quad]:
    """What the entity of a mention is called, or the direct triple of a claim."""
    parts = {quad.predicate: quad.object for quad in own}
    entity = parts.get(t.NAMES)
    if isinstance(entity, ox.NamedNode) and entity not in seen:
        seen.add(entity)
        for predicate in (t.TYPE, t.LABEL, t.ALT_LABEL, t.SEARCH_KEY):
            yield from store.graph.quads_for_pattern(entity, predicate, None)
    subject, relation, target = (parts.get(part) for part in (t.SUBJECT, t.PREDICATE, t.OBJECT))
    if isinstance(subject, ox.NamedNode) and isinstance(relation, ox.NamedNode) and target is not None:
        yield from store.graph.quads_for_pattern(subject, relation, target)


def _turtle(path: object) -> rdflib.Graph:
    import rdflib

    try:
        return rdflib.Graph().parse(str(path), format="turtle")
    except (SyntaxError, OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}\nA vocabulary is Turtle, in the manner of schemas/ontology.ttl.") from error


@contextmanager
def _silence() -> Iterator[None]:
    """rdflib prints a traceback for each value it cannot read, which the report names anyway."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


# ---------------------------------------------------------------- reading the report
def _violations(report: rdflib.Graph, lang: str) -> Iterator[Violation]:
    from rdflib import URIRef

    for result in report.objects(None, URIRef(SH + "result")):
        messages = {str(getattr(m, "language", "") or ""): str(m) for m in report.objects(result, URIRef(SH + "resultMessage"))}
        focus, path, value = (report.value(result, URIRef(SH + name)) for name in ("focusNode", "resultPath", "value"))
        message = messages.get(lang) or min(messages.values(), default="does not conform")
        yield Violation(_short(report, focus), _path(report, path), _short(report, value), message)


def _path(report: rdflib.Graph, path: object) -> str:
    """A path as SPARQL writes it."""
    from rdflib import BNode, URIRef
    from rdflib.collection import Collection

    if not isinstance(path, BNode):
        return _short(report, path)
    inverse = report.value(path, URIRef(SH + "inversePath"))
    if inverse is not None:
        return "^" + _path(report, inverse)
    if report.value(path, URIRef(RDF + "first")) is not None:
        return "/".join(_path(report, step) for step in Collection(report, path))
    return ""


def _short(report: rdflib.Graph, term: object) -> str:
    from rdflib import Literal, URIRef

    if isinstance(term, URIRef):
        return term.n3(report.namespace_manager)
    return term.n3() if isinstance(term, Literal) else ""
