"""How good an extraction is: precision, recall and F1 against annotated posts.

A predicted triple is right when the predicate is the same and subject and object are the same things: by normalised
name, where an entity also matches through any of its surfaces. Numbers match within 1 %, dates when one begins with
the other, links up to scheme, ``www.`` and closing slash. A fact marked ``opt`` in the gold file counts neither way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.matching import forms_of, same_name, same_object

CORE = ("developed_by", "runs_on", "evaluated_on")
ENTITY_TYPES = ("Model", "Organization", "Hardware", "Benchmark", "Dataset", "Software", "Event")

Document = Mapping[str, Any]
"""One line of the gold form: id, entities (name, type, surfaces), triples (s, p, o, q)."""


@dataclass(slots=True)
class Tally:
    """How many of what was to be found were found, and how many were claimed."""

    right: int = 0
    gold: int = 0
    predicted: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.gold + other.gold, self.predicted + other.predicted)


@dataclass(slots=True)
class Scores:
    """Tallies by predicate and by entity type, and every single error."""

    predicates: dict[str, Tally] = field(default_factory=dict)
    types: dict[str, Tally] = field(default_factory=dict)
    missed: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    """Post id and gold triple that nobody predicted."""
    extra: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    """Post id and predicted triple that is not in the gold file."""

    def total(self, names: Iterable[str] | None = None) -> Tally:
        """Sum over these predicates, over all of them by default."""
        wanted = self.predicates if names is None else [name for name in names if name in self.predicates]
        return sum((self.predicates[name] for name in wanted), Tally())

    def total_types(self) -> Tally:
        return sum(self.types.values(), Tally())


def score(gold: Mapping[str, Document], predicted: Mapping[str, Document]) -> Scores:
    """Compare documents with the same id; a document nobody predicted counts as one without entities and triples.

    >>> doc = {"entities": [], "triples": [{"s": "RETRO", "p": "developed_by", "o": "DeepMind"}]}
    >>> score({"1": doc}, {"1": doc}).total().f1
    1.0
    """
    scores = Scores()
    for key, document in gold.items():
        answer = predicted.get(key, {})
        _score_triples(key, scored(document), scored(answer), scores)
        _score_entities(document, answer, scores)
    return scores


def read_documents(path: Path | str) -> dict[str, Document]:
    """A file in the gold form, one document per line, by id. Raises ``InputError`` naming file and line."""
    documents: dict[str, Document] = {}
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}. A gold file is UTF-8 with one JSON object a line.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            if not {"entities", "triples"} <= set(document):
                raise InputError(
                    f"{path}:{number}: this post is not annotated: it has no entities and triples.\n"
                    "Annotate posts by correcting what `kg extract --format gold` prints."
                )
            documents[document["id"]] = document
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            hint = "each line is a JSON object with id, entities and triples"
            raise InputError(f"{path}:{number}: {error!s} ({hint}; `kg extract --format gold` writes such lines).") from error
    return documents


# ---------------------------------------------------------------- triples
def _score_triples(key: str, gold: Document, answer: Document, scores: Scores) -> None:
    wanted, found = gold.get("triples", []), answer.get("triples", [])
    pairs = match_triples(gold, answer)
    right, used = {i for i, _ in pairs}, {j for _, j in pairs}
    free = {j for i, j in pairs if wanted[i].get("opt")}
    for i, triple in enumerate(wanted):
        if not triple.get("opt"):
            tally = scores.predicates.setdefault(triple["p"], Tally())
            tally.gold += 1
            tally.right += i in right
            if i not in right:
                scores.missed.append((key, triple))
    for j, triple in enumerate(found):
        if j not in free:
            scores.predicates.setdefault(triple["p"], Tally()).predicted += 1
            if j not in used:
                scores.extra.append((key, triple))


def match_triples(gold: Document, answer: Document) -> list[tuple[int, int]]:
    """Which gold triple each predicted one is: pairs of their numbers, each used once."""
    gold_forms, answer_forms = forms_of(gold), forms_of(answer)
    used: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for i, one in enumerate(gold.get("triples", [])):
        for j, two in enumerate(answer.get("triples", [])):
            if j in used or one["p"] != two["p"] or not same_name(one["s"], two["s"], gold_forms, answer_forms):
                continue
            if same_object(one["p"], one["o"], two["o"], gold_forms, answer_forms) and not _other_score(one, two):
                used.add(j)
                pairs.append((i, j))
                break
    return pairs


def _other_score(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Two results of one model on one benchmark are two facts; a result nobody gave matches any."""
    a, b = (one.get("q") or {}).get("score"), (two.get("q") or {}).get("score")
    return one["p"] == "evaluated_on" and a is not None and b is not None and str(a) != str(b)


_SIZES = {"b": 1e9, "m": 1e6, "k": 1e3, "t": 1e12, "в": 1e9, "м": 1e6}


def scored(document: Document) -> Document:
    """Without parameter counts that only repeat the size written in the name (Qwen2.5-72B): those are never scored."""
    return {**document, "triples": [t for t in document.get("triples", []) if not _size_in_name(t)]}


def _size_in_name(triple: Mapping[str, Any]) -> bool:
    if triple["p"] != "parameter_count":
        return False
    try:
        value = float(triple["o"])
    except (TypeError, ValueError):
        return False
    sizes = re.findall(r"(?<![\d.,])(\d+(?:[.,]\d+)?)\s?([bmktBMKTвм])\b", triple["s"])
    return any(abs(float(number.replace(",", ".")) * _SIZES[unit.lower()] - value) <= 0.01 * value for number, unit in sizes)


# ---------------------------------------------------------------- entities
def _score_entities(gold: Document, answer: Document, scores: Scores) -> None:
    gold_forms, answer_forms = forms_of(gold), forms_of(answer)
    found = answer.get("entities", [])
    used: set[int] = set()
    for entity in sorted(gold.get("entities", []), key=lambda e: bool(e.get("opt"))):
        if entity["type"] not in ENTITY_TYPES:
            continue
        needed = not entity.get("opt")
        tally = scores.types.setdefault(entity["type"], Tally())
        tally.gold += needed
        for j, other in enumerate(found):
            if (
                j in used
                or not _same_type(entity, other)
                or not same_name(entity["name"], other["name"], gold_forms, answer_forms)
            ):
                continue
            used.add(j)
            tally.right += needed
            tally.predicted += needed
            break
    for j, other in enumerate(found):
        if j not in used and other["type"] in ENTITY_TYPES:
            scores.types.setdefault(other["type"], Tally()).predicted += 1


def _same_type(entity: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """A benchmark and a dataset are one thing in two uses; ``alt`` is the second annotator's type."""
    both = {entity["type"], other["type"]}
    return other["type"] in (entity["type"], entity.get("alt")) or both <= {"Benchmark", "Dataset"} or bool(entity.get("opt"))
