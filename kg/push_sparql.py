"""Bringing the graph of a SPARQL server up to date with the store.

The server's statements are read first and compared subject by subject, so that only the difference is sent, an interrupted push
goes on where it stopped, and pushing twice changes nothing. What is ours there is what has a subject under the base IRI and a
predicate that postkg writes; nothing else is read into the comparison, changed or removed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import terms as t
from kg.endpoint import Endpoint
from kg.store import Store
from kg.vocabulary import NS

_STATEMENTS = 10_000
_CHARACTERS = 2_000_000
"""A request holds no more than about so much."""
_SUBJECTS = 500
"""Subjects that one request clears."""
_MODULUS = 2**64


@dataclass(slots=True)
class PushReport:
    """What a push did, in subjects (entities, posts, claims, mentions), and how many statements it sent."""

    total: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    left: int = 0
    """Subjects on the server that the store does not have, left there."""
    statements: int = 0

    @property
    def done(self) -> int:
        """Subjects of the store that are on the server as they should be."""
        return self.created + self.updated + self.unchanged


@dataclass(slots=True)
class _Batch:
    """Statements to send and subjects to clear before."""

    lines: list[str] = field(default_factory=list)
    characters: int = 0
    created: int = 0
    changed: list[str] = field(default_factory=list)


Watch = Callable[[PushReport], None]


def push(store: Store, endpoint: Endpoint, *, prune: bool = False, on_progress: Watch = lambda report: None) -> PushReport:
    """Make the server's graph say what the store says; ``prune`` also removes subjects that the store does not have.

    Each request is one SPARQL Update that may be sent twice. Raises ``ServerError``; what was sent until then stays.
    """
    report = PushReport()
    predicates = _predicates(store)
    there = _digests(endpoint, store.base, predicates, lambda: on_progress(report))
    subjects = sorted({str(quad.subject) for quad in store.graph.quads_for_pattern(None, None, None)})
    report.total = len(subjects)
    batch = _Batch()
    for subject in subjects:
        quads = list(store.graph.quads_for_pattern(ox.NamedNode(subject[1:-1]), None, None))
        known = there.pop(subject, None)
        if known == sum(map(_digest, quads)) % _MODULUS:
            report.unchanged += 1
        else:
            _put(batch, subject, sorted(map(_line, quads)), is_new=known is None)
        if len(batch.lines) >= _STATEMENTS or batch.characters >= _CHARACTERS or len(batch.changed) >= _SUBJECTS:
            batch = _send(endpoint, batch, predicates, report)
        on_progress(report)
    _send(endpoint, batch, predicates, report)
    report.left = len(there)
    if prune:
        _prune(endpoint, sorted(there), predicates, report, on_progress)
    return report


def _put(batch: _Batch, subject: str, lines: list[str], *, is_new: bool) -> None:
    batch.lines += lines
    batch.characters += sum(map(len, lines))
    if is_new:
        batch.created += 1
    else:
        batch.changed.append(subject)


def _send(endpoint: Endpoint, batch: _Batch, predicates: list[str], report: PushReport) -> _Batch:
    """Send what is waiting, in one request: all of it is done or nothing. An empty batch to go on with."""
    if batch.lines:
        inserted = _in_graph(endpoint, "\n".join(batch.lines))
        steps = [_cleared(endpoint, batch.changed, predicates)] if batch.changed else []
        endpoint.update(" ;\n".join([*steps, f"INSERT DATA {{ {inserted} }}"]))
        report.created += batch.created
        report.updated += len(batch.changed)
        report.statements += len(batch.lines)
    return _Batch()


def _prune(endpoint: Endpoint, subjects: list[str], predicates: list[str], report: PushReport, on_progress: Watch) -> None:
    for i in range(0, len(subjects), _SUBJECTS):
        some = subjects[i : i + _SUBJECTS]
        endpoint.update(_cleared(endpoint, some, predicates))
        report.removed += len(some)
        report.left -= len(some)
        on_progress(report)


def _cleared(endpoint: Endpoint, subjects: list[str], predicates: list[str]) -> str:
    """An update that removes what postkg says about these subjects."""
    found = _in_graph(endpoint, "?s ?p ?o")
    ours = f"FILTER(STRSTARTS(STR(?p), {ox.Literal(NS)}) || ?p IN ({', '.join(predicates)}))"
    return f"DELETE {{ {found} }} WHERE {{ VALUES ?s {{ {' '.join(subjects)} }} {found} {ours} }}"


def _in_graph(endpoint: Endpoint, pattern: str) -> str:
    return pattern if endpoint.named_graph is None else f"GRAPH {endpoint.named_graph} {{ {pattern} }}"


def _predicates(store: Store) -> list[str]:
    """Every predicate that postkg writes, those of the store's own relations among them."""
    rows = store.query("SELECT DISTINCT ?p { ?s ?p ?o }")
    used = {str(row[0]) for row in rows} if isinstance(rows, ox.QuerySolutions) else set()
    return sorted(used | {str(ox.NamedNode(relation.iri)) for relation in store.vocabulary.relations.values()})


def _digests(endpoint: Endpoint, base: str, predicates: list[str], still: Callable[[], None]) -> dict[str, int]:
    """A digest of what the server has of each subject of ours: the sum of those of its statements."""
    ours = frozenset(predicates)
    found: dict[str, int] = {}
    for number, quad in enumerate(endpoint.statements(base)):
        if number % _STATEMENTS == 0:
            still()
        if str(quad.predicate) in ours or quad.predicate.value.startswith(NS):
            subject = str(quad.subject)
            found[subject] = (found.get(subject, 0) + _digest(quad)) % _MODULUS
    return found


def _line(quad: ox.Quad) -> str:
    """A statement as it is sent. Jena's TDB2 gives the decimal 89 back as 89.0 and then cannot delete it: it is sent as 89.0."""
    target = quad.object
    if isinstance(target, ox.Literal) and target.datatype == t.DECIMAL and "." not in target.value:
        target = ox.Literal(f"{target.value}.0", datatype=t.DECIMAL)
    return f"{quad.subject} {quad.predicate} {target} ."


def _digest(quad: ox.Quad) -> int:
    """The same for the same predicate and object within one run of Python; some servers write the decimal 89 as 89.0."""
    target = quad.object
    if isinstance(target, ox.Literal) and target.datatype == t.DECIMAL:
        target = t.number_term(float(target.value))
    return hash((quad.predicate.value, str(target)))
