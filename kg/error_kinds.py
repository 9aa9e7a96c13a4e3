"""What kind of error each missed or needless triple is, so that work goes where most is lost.

The kinds are told apart from what both sides say of the same post: which names they have, and which triples of these names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.matching import VALUES, names_of, normal, same_value
from kg.score import Document, Scores

Triple = Mapping[str, Any]


@dataclass(slots=True)
class ErrorKind:
    """One kind of error: ``side`` is ``missed`` or ``extra``, ``cases`` are post ids with their triples."""

    side: str
    kind: str
    cases: list[tuple[str, Triple]] = field(default_factory=list)

    @property
    def predicate(self) -> str:
        """The predicate that has most of it."""
        counts: dict[str, int] = defaultdict(int)
        for _, triple in self.cases:
            counts[triple["p"]] += 1
        return min(counts, key=lambda name: (-counts[name], name), default="")


def error_kinds(scores: Scores, gold: Mapping[str, Document], predicted: Mapping[str, Document]) -> list[ErrorKind]:
    """The errors of ``scores`` by kind, the most frequent first.

    >>> from kg.score import score
    >>> gold = {"1": {"entities": [{"name": "RETRO", "type": "Model"}, {"name": "DeepMind", "type": "Organization"}],
    ...               "triples": [{"s": "RETRO", "p": "developed_by", "o": "DeepMind"}]}}
    >>> found = {"1": {"entities": [{"name": "RETRO", "type": "Model"}], "triples": []}}
    >>> [(kind.side, kind.kind, len(kind.cases)) for kind in error_kinds(score(gold, found), gold, found)]
    [('missed', 'object: name not found', 1)]
    """
    kinds: dict[tuple[str, str], ErrorKind] = {}
    for side, errors, ours, theirs in (("missed", scores.missed, gold, predicted), ("extra", scores.extra, predicted, gold)):
        for post, triple in errors:
            kind = _kind(triple, _Side(ours.get(post, {})), _Side(theirs.get(post, {})), side)
            kinds.setdefault((side, kind), ErrorKind(side, kind)).cases.append((post, triple))
    return sorted(kinds.values(), key=lambda kind: (-len(kind.cases), kind.side, kind.kind))


class _Side:
    """What one side, gold or predicted, says of a post."""

    def __init__(self, document: Document) -> None:
        self.triples: list[Triple] = list(document.get("triples", []))
        self.entities: list[Mapping[str, Any]] = list(document.get("entities", []))

    def forms(self, name: Any) -> set[str]:
        """All normalised ways of writing what a triple of this side calls ``name``."""
        own = (entity for entity in self.entities if entity["name"] == name)
        return {normal(name)}.union(*(names_of(entity) for entity in own))

    def types(self, name: Any) -> set[str]:
        """The types this side gives to what is called so."""
        return {entity["type"] for entity in self.entities if entity["name"] == name}

    def having(self, forms: set[str]) -> list[Mapping[str, Any]]:
        """The entities that have one of these forms."""
        return [entity for entity in self.entities if forms & names_of(entity)]


def _kind(triple: Triple, ours: _Side, theirs: _Side, side: str) -> str:
    ends = ["s"] if triple["p"] in VALUES else ["s", "o"]
    for end in ends:
        trouble = _name_trouble(triple[end], ours, theirs, side)
        if trouble:
            return f"{'subject' if end == 's' else 'object'}: {trouble}"
    return _relation_trouble(triple, ours, theirs, side)


def _name_trouble(name: Any, ours: _Side, theirs: _Side, side: str) -> str:
    """What is wrong with a name of the triple, when the other side does not have it as it is."""
    forms = ours.forms(name)
    same = theirs.having(forms)
    if not same:
        others = [form for entity in theirs.entities for form in names_of(entity)]
        if any(len(form) > 1 and len(other) > 1 and (form in other or other in form) for form in forms for other in others):
            return "name cut otherwise"
        return "name not found" if side == "missed" else "no name of the post"
    types, other_types = ours.types(name), {entity["type"] for entity in same}
    if types and not types & other_types and not types | other_types <= {"Benchmark", "Dataset"}:
        return f"type {'/'.join(sorted(other_types))} instead of {'/'.join(sorted(types))}" if side == "missed" else "wrong type"
    return ""


def _relation_trouble(triple: Triple, ours: _Side, theirs: _Side, side: str) -> str:
    """What the other side says of the two names instead."""
    subject, object_ = ours.forms(triple["s"]), ours.forms(triple["o"])

    def is_object(other: Triple) -> bool:
        if triple["p"] in VALUES:
            return other["p"] in VALUES and same_value(triple["p"], triple["o"], other["o"])
        return bool(object_ & theirs.forms(other["o"]))

    about = [other for other in theirs.triples if subject & theirs.forms(other["s"])]
    if any(other["p"] == triple["p"] and is_object(other) for other in about):
        return "another score" if triple["p"] == "evaluated_on" and _score(triple) is not None else "said twice"
    if any(is_object(other) for other in about):
        return "another predicate"
    turned = (other for other in theirs.triples if object_ & theirs.forms(other["s"]))
    if any(other["p"] == triple["p"] and subject & theirs.forms(other["o"]) for other in turned):
        return "turned round"
    if any(other["p"] == triple["p"] and is_object(other) for other in theirs.triples):
        return "another subject"
    if any(other["p"] == triple["p"] for other in about):
        return "another object"
    return "not claimed" if side == "missed" else "not said"


def _score(triple: Triple) -> Any:
    return (triple.get("q") or {}).get("score")


def rows_of(kinds: Iterable[ErrorKind]) -> list[tuple[Any, ...]]:
    """As a table: side, kind, how many, the predicate that has most of them, and the first case."""
    return [
        (kind.side, kind.kind, len(kind.cases), kind.predicate, "{}: {} {} {}".format(kind.cases[0][0], *_said(kind.cases[0][1])))
        for kind in kinds
    ]


def _said(triple: Triple) -> tuple[str, str, str]:
    return str(triple["s"]), str(triple["p"]), str(triple["o"])
