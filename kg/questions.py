"""Questions with a name, asked of a store in SPARQL; ``kg.question_files`` says how they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg import terms as t
from kg.errors import QueryError
from kg.lookup import find_entity
from kg.model import Value
from kg.question_files import PLAIN, Parameter, Question, load_questions
from kg.question_values import Given, checked_value, complete, number_given
from kg.records import Asked, scalar
from kg.store import Term
from kg.vocabulary import NS, Vocabulary, local_name

Cell: TypeAlias = Value | None

_MARK = re.compile(r"\$([a-z_]+)")
_FLOOR = "FILTER($min_confidence <= 0 ||"


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of plain values, in an order that never varies."""

    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def ask(store: Asked, name: str, *, queries: str | Path | None = None, **given: Given | None) -> Answer:
    """The answer to the question of this name.

    Parameters as the question's header names them; what is None counts as not given. Raises ``QueryError`` when a parameter
    is missing or unknown, or names nothing in the graph.

    >>> from tests.graphs import world
    >>> ask(world(), "lineage", entity="R1-Distill", depth=1).rows[0]
    ('is based on', 'DeepSeek-R1', 'Model', 1, 'model/deepseek-r1')
    """
    known = {question.name: question for question in load_questions(queries)}
    if name not in known:
        raise QueryError(f"There is no question {name!r}. There are: {', '.join(known)}.")
    return answer(store, known[name], given)


def answer(store: Asked, question: Question, given: Mapping[str, Given | None]) -> Answer:
    """The answer to this question."""
    values = complete(question, given)
    put_in = [p for p in question.parameters if p.name in values and p.name != "limit"]
    bound: dict[str, Term] = {p.name: _term(store, p, values[p.name]) for p in put_in}
    bound |= {f"any_{p.name}": ox.Literal(p.name not in values) for p in question.parameters}
    text = question.text if float(values.get("min_confidence", 0)) > 0 else without_floor(question.text)
    found = store.query(_MARK.sub(lambda mark: str(bound.get(mark[1], mark[0])), text))
    if not isinstance(found, ox.QuerySolutions):
        raise QueryError(f"The question {question.name} must be a SELECT.")
    limit = _limit(question, values)
    width = len(question.columns)
    if len(found.variables) < width:
        raise QueryError(f"The question {question.name} promises {width} columns and selects {len(found.variables)}.")
    return Answer(question.columns, [tuple(cell(store, row[i]) for i in range(width)) for row in islice(found, limit)])


def without_floor(text: str) -> str:
    """A query without the conditions that are true when any confidence will do: Oxigraph would still plan for them.

    >>> without_floor("{ ?s ?p ?o FILTER($min_confidence <= 0 || EXISTS { ?c rdf:subject ?s FILTER(?s != ?o) }) }")
    '{ ?s ?p ?o  }'
    """
    kept, rest = "", text
    while _FLOOR in rest:
        before, _, rest = rest.partition(_FLOOR)
        kept, depth, end = kept + before, 1, 0
        while depth:
            depth += {"(": 1, ")": -1}.get(rest[end], 0)
            end += 1
        rest = rest[end:]
    return kept + rest


def _limit(question: Question, values: Mapping[str, Given]) -> int | None:
    parameter = next((p for p in question.parameters if p.name == "limit" and p.name in values), None)
    if parameter is None:
        return None
    limit = int(number_given(parameter, values["limit"]))
    if limit < 0:
        raise QueryError(f"--limit must be 0 or more, not {limit}.")
    return limit


def select(store: Asked, sparql: str) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Columns and rows of a SELECT; an ASK has one of each. ``QueryError`` for what gives statements instead of rows."""
    found = store.query(sparql)
    if isinstance(found, ox.QueryBoolean):
        return ("answer",), [(bool(found),)]
    if isinstance(found, ox.QueryTriples):
        raise QueryError(
            "CONSTRUCT and DESCRIBE give statements, not rows.\nAsk for rows with SELECT, or write Turtle with: kg sparql"
        )
    columns = tuple(variable.value for variable in found.variables)
    try:
        return columns, [tuple(cell(store, row[i]) for i in range(len(columns))) for row in found]
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"SPARQL cannot be answered: {error}") from error


def cell(store: Asked, term: Term | ox.Triple | None) -> Cell:
    """A term as people read it: values, names of types and predicates, keys of entities, ids of posts; an empty one is None."""
    if isinstance(term, ox.Literal):
        return scalar(term) if term.value else None
    if not isinstance(term, ox.NamedNode):
        return None if term is None else str(term)
    if term.value.startswith(NS):
        return _names(store.vocabulary).get(term.value) or local_name(term.value)
    if term.value.startswith(store.base + "post/"):
        return t.post_id(term.value, store.base)
    return t.entity_key(term.value, store.base) if term.value.startswith(store.base) else term.value


def _names(vocabulary: Vocabulary) -> dict[str, str]:
    return {relation.iri: name for name, relation in vocabulary.relations.items()}


def _term(store: Asked, parameter: Parameter, value: Given) -> Term:
    checked = checked_value(parameter, value, store.vocabulary)
    if isinstance(checked, int | float):
        return t.number_term(checked)
    if parameter.type == "predicate":
        return ox.NamedNode(store.vocabulary.relation(checked).iri)
    if parameter.type == "type":
        return ox.NamedNode(store.vocabulary.types[checked].iri)
    return t.text_term(checked) if parameter.type in PLAIN else find_entity(store, checked, parameter.type)
