"""What a single value must be like, read from ``schemas/shapes.ttl``: the tables behind the check of each claim.

Of the shapes with a property as path: least and greatest number, length, pattern, list of values, message. All else that
SHACL can say is left to a SHACL engine (``kg.shacl``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from kg.vocabulary import RDF

SH = "http://www.w3.org/ns/shacl#"
_INFINITY = float("inf")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a value must be like; without arguments, anything.

    >>> rank = Limits(minimum=1.0)
    >>> rank.allows("1"), rank.allows("0")
    (True, False)
    """

    minimum: float = -_INFINITY
    maximum: float = _INFINITY
    length: int = 0
    """Least number of characters."""
    patterns: tuple[re.Pattern[str], ...] = ()
    one_of: frozenset[str] = frozenset()
    message: str = ""
    """In English, what is expected."""

    def holds(self, number: float) -> bool:
        """Whether a number is between minimum and maximum, both included."""
        return self.minimum <= number <= self.maximum

    def allows(self, text: str) -> bool:
        """Whether a value, written as in RDF, keeps to all limits."""
        if len(text) < self.length or (self.one_of and text not in self.one_of):
            return False
        if (self.minimum > -_INFINITY or self.maximum < _INFINITY) and not self.holds(float(text)):
            return False
        return all(pattern.search(text) for pattern in self.patterns)


def shapes_file() -> str:
    """Where the shapes are."""
    return str(files("kg") / "schemas" / "shapes.ttl")


@cache
def load_limits() -> dict[str, Limits]:
    """The IRI of each property to what the shapes say of its values.

    >>> from kg.vocabulary import NS
    >>> load_limits()[NS + "rank"].minimum
    1.0
    """
    graph = _shapes()
    found: dict[str, list[ox.NamedNode | ox.BlankNode]] = {}
    for quad in graph.quads_for_pattern(None, ox.NamedNode(SH + "path"), None):
        if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
            found.setdefault(quad.object.value, []).append(quad.subject)
    return {path: _limits(graph, shapes) for path, shapes in found.items()}


@cache
def nothing_relates_to_itself() -> bool:
    """Whether the shapes say that subject and object of a claim differ."""
    graph = _shapes()
    disjoint = graph.quads_for_pattern(None, ox.NamedNode(SH + "disjoint"), ox.NamedNode(RDF + "object"))
    subject = ox.NamedNode(RDF + "subject")
    return any(_first(graph, quad.subject, "path") == subject for quad in disjoint)


@cache
def _shapes() -> ox.Store:
    graph = ox.Store()
    graph.load(path=shapes_file(), format=ox.RdfFormat.TURTLE)
    return graph


def _limits(graph: ox.Store, shapes: list[ox.NamedNode | ox.BlankNode]) -> Limits:
    nodes = [*shapes, *(node for shape in shapes for node in _objects(graph, shape, "node"))]

    def literals(name: str) -> list[ox.Literal]:
        return [value for node in nodes for value in _objects(graph, node, name) if isinstance(value, ox.Literal)]

    lists = [head for node in nodes for head in _objects(graph, node, "in")]
    messages = [message.value for message in literals("message") if message.language == "en"]
    return Limits(
        max((float(value.value) for value in literals("minInclusive")), default=-_INFINITY),
        min((float(value.value) for value in literals("maxInclusive")), default=_INFINITY),
        max((int(value.value) for value in literals("minLength")), default=0),
        tuple(re.compile(pattern) for pattern in sorted({value.value for value in literals("pattern")})),
        frozenset(member.value for head in lists for member in _members(graph, head) if isinstance(member, ox.Literal)),
        min(messages, default="").rstrip("."),
    )


def _objects(graph: ox.Store, node: object, name: str) -> list[object]:
    if not isinstance(node, ox.NamedNode | ox.BlankNode):
        return []
    return [quad.object for quad in graph.quads_for_pattern(node, ox.NamedNode(SH + name), None)]


def _first(graph: ox.Store, node: object, name: str) -> object:
    return next(iter(_objects(graph, node, name)), None)


def _members(graph: ox.Store, head: object) -> Iterator[object]:
    """Members of an RDF list."""
    while isinstance(head, ox.BlankNode):
        parts = {quad.predicate.value: quad.object for quad in graph.quads_for_pattern(head, None, None)}
        yield parts[RDF + "first"]
        head = parts[RDF + "rest"]
