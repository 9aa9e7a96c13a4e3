"""Questions with a name: a file of SPARQL each, whose first lines say what it asks, with which parameters and columns.

A header, then the query::

    # Which models does an organization have, and since when?
    # organization: Organization, required. Who made them.
    # since: date, optional. Posts from this day, month or year on.
    # limit: integer, default 50. Rows at most.
    # columns: model, first_seen, support, key

(``//`` instead of ``#`` in Cypher.) Types of parameters: a type of the ontology or ``Entity`` (a name, alias, key or IRI is
given), ``type``, ``predicate``, ``date``, ``string``, ``integer``, ``number``. Each is ``required``, ``optional``, ``one of``
(at least one of those marked so) or has a ``default``.

How the query sees them: ``$name`` stands for the parameter everywhere, ``?name`` for everything else, and the first
variables of the SELECT are the columns, in their order.

- A parameter that is given is put in as a term that writes itself, escaped, so nothing in a value can end its string; the
  file stays valid SPARQL. (Oxigraph's own ``substitutions`` come after planning: the same query took 278 ms instead of 0.8.)
- An optional entity, type or predicate that is not given stays a free variable: anything. Where a query must know,
  ``$any_NAME`` is true when NAME was not given. An optional string that is not given is ``""``.
- Dates are compared as strings, ``$since`` <= day <= ``$until``. Without a period they are ``0000`` and ``9999``, and a post
  without a date has the day ``9999``; as soon as one end is given, posts without a date do not count.
- ``limit`` is no part of the query: reading stops after so many rows.
- Oxigraph plans without statistics: put the patterns with a parameter first, every required pattern before the first
  OPTIONAL or BIND (after one they are no longer looked up but joined whole), a wide join in a SELECT of its own, and one
  pattern for each level of EXISTS in EXISTS (those of one EXISTS are joined whole, once for every row).
"""

from __future__ import annotations

import os
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg import terms as t
from kg.errors import InputError, QueryError
from kg.lookup import find_entity
from kg.model import Value
from kg.records import Asked, scalar
from kg.store import Term
from kg.vocabulary import NS, Vocabulary, local_name

Cell: TypeAlias = Value | None
Given: TypeAlias = str | int | float

_PARAMETER = re.compile(r"(\w+): (\w+), (required|optional|one of|default ([^.\s]+))\. (.+)")
_MARK = re.compile(r"\$([a-z_]+)")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
PLAIN = frozenset({"integer", "number", "date", "string", "predicate", "type"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question wants to be told."""

    name: str
    type: str
    required: bool
    one_of: bool
    """At least one of the parameters of the question marked so must be given."""
    default: str
    help: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with a name, and the text of its query."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    text: str
    path: Path
    """The file it stands in."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of plain values, in an order that never varies."""

    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def load_questions(folder: str | Path | None = None, suffix: str = ".rq") -> list[Question]:
    """All questions by name: those of postkg, then those of a folder of one's own (or ``KG_QUERIES``), which win.

    >>> [question.title for question in load_questions() if question.name == "leaderboard"]
    ['Which models score best on a benchmark?']
    """
    own = str(folder or os.environ.get("KG_QUERIES", ""))
    if own and not Path(own).is_dir():
        raise InputError(f"There is no folder of questions at {own}.\nName one that holds *{suffix} files with --queries.")
    places = [place for place in (str(files("kg") / "queries"), own) if place]
    found = {question.name: question for place in places for question in _folder(place, suffix)}
    return [found[name] for name in sorted(found)]


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
    found = store.query(_MARK.sub(lambda mark: str(bound.get(mark[1], mark[0])), question.text))
    if not isinstance(found, ox.QuerySolutions):
        raise QueryError(f"The question {question.name} must be a SELECT.")
    limit = _limit(question, values)
    width = len(question.columns)
    if len(found.variables) < width:
        raise QueryError(f"The question {question.name} promises {width} columns and selects {len(found.variables)}.")
    return Answer(question.columns, [tuple(cell(store, row[i]) for i in range(width)) for row in islice(found, limit)])


def _limit(question: Question, values: Mapping[str, Given]) -> int | None:
    parameter = next((p for p in question.parameters if p.name == "limit" and p.name in values), None)
    if parameter is None:
        return None
    limit = int(_number(parameter, values["limit"]))
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


def complete(question: Question, asked: Mapping[str, Given | None]) -> dict[str, Given]:
    """What was given with the defaults filled in. ``QueryError`` when something is missing or unknown."""
    given = {name: value for name, value in asked.items() if value is not None}
    known = {parameter.name: parameter for parameter in question.parameters}
    unknown = sorted(given.keys() - known.keys())
    if unknown:
        raise QueryError(f"The question {question.name} has no parameter {unknown[0]!r}. It has: {', '.join(known)}.")
    for parameter in question.parameters:
        if parameter.required and parameter.name not in given:
            raise QueryError(f"The question {question.name} needs --{parameter.name.replace('_', '-')}: {parameter.help}")
    choices = [parameter.name for parameter in question.parameters if parameter.one_of]
    if choices and not given.keys() & set(choices):
        raise QueryError(f"The question {question.name} needs at least one of: {', '.join('--' + c for c in choices)}.")
    defaults: dict[str, Given] = {p.name: p.default for p in question.parameters if p.default}
    defaults |= {p.name: "" for p in question.parameters if p.type == "string" and not p.default}
    if "since" in known and not known["since"].required:
        defaults |= {"since": "0000", "until": "9998" if given.keys() & {"since", "until"} else "9999"}
    return defaults | {name: _whole_day(known[name], value) for name, value in given.items()}


def _whole_day(parameter: Parameter, value: Given) -> Given:
    """An end of a period that is needed is a day, so that its length can be counted: the first or last of a month or year."""
    if parameter.type != "date" or not parameter.required:
        return value
    text = _checked_date(str(value), f"--{parameter.name}")
    if parameter.name != "until":
        return (text + "-01-01")[:10]
    year, month = int(text[:4]), int(text[5:7] or 12)
    return text if len(text) == 10 else f"{text[:4]}-{month:02}-{monthrange(year, month)[1]}"


def _term(store: Asked, parameter: Parameter, value: Given) -> Term:
    checked = checked_value(parameter, value, store.vocabulary)
    if isinstance(checked, int | float):
        return t.number_term(checked)
    if parameter.type == "predicate":
        return ox.NamedNode(store.vocabulary.relation(checked).iri)
    if parameter.type == "type":
        return ox.NamedNode(store.vocabulary.types[checked].iri)
    return t.text_term(checked) if parameter.type in PLAIN else find_entity(store, checked, parameter.type)


def checked_value(parameter: Parameter, value: Given, vocabulary: Vocabulary) -> Given:
    """A value as the query needs it: a number, a date, the name of a predicate or a type, else text.

    Raises ``QueryError`` or ``VocabularyError`` when it is none of its kind.
    """
    option = f"--{parameter.name.replace('_', '-')}"
    if parameter.type in ("integer", "number"):
        return _number(parameter, value)
    text = str(value)
    if parameter.type == "date":
        return _checked_date(text, option)
    if parameter.type == "predicate":
        return vocabulary.relation(text.replace("-", "_")).name
    if parameter.type == "type":
        types = {name.lower(): name for name in vocabulary.types}
        if text.lower() not in types:
            raise QueryError(f"No type is called {text!r}. Known: {', '.join(sorted(vocabulary.types))}.")
        return types[text.lower()]
    return text


def _number(parameter: Parameter, value: Given) -> int | float:
    try:
        number = int(value) if parameter.type == "integer" else float(value)
        t.number_term(number)
        return number
    except (ValueError, ArithmeticError):
        kind = "a whole number" if parameter.type == "integer" else "a number"
        raise QueryError(f"--{parameter.name.replace('_', '-')} must be {kind}, not {value!r}.") from None


def _checked_date(text: str, option: str) -> str:
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        date.fromisoformat((text + "-01-01")[:10] if text > "0001" else "0001-01-01")
    except ValueError:
        raise QueryError(f"{option} must be a date such as 2025-01-31, 2025-01 or 2025, not {text!r}.") from None
    return text


def _folder(place: str, suffix: str) -> Iterator[Question]:
    for path in sorted(Path(place).glob(f"*{suffix}")):
        yield read_question(path)


@cache
def read_question(path: Path) -> Question:
    """The question in this file. ``InputError`` names file and line when its header cannot be read."""
    text = path.read_text(encoding="utf-8")
    title, parameters = "", []
    columns: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith(("#", "//")):
            break
        comment = line.lstrip("#/ ").rstrip()
        if not title:
            title = comment
        elif comment.startswith("columns: "):
            columns = tuple(column.strip() for column in comment.removeprefix("columns: ").split(","))
            break
        else:
            parameters.append(_parameter(path, number, comment))
    if not columns:
        raise InputError(f"{path}:1: the header has no line of columns.\nWrite one, such as: # columns: model, score")
    return Question(path.stem, title, tuple(parameters), columns, text, path)


def _parameter(path: Path, number: int, comment: str) -> Parameter:
    match = _PARAMETER.fullmatch(comment)
    if match is None:
        raise InputError(f"{path}:{number}: not a parameter: {comment!r}\nWrite it so: # model: Model, required. Whose facts.")
    name, kind, need, default, description = match.groups()
    return Parameter(name, kind, need == "required", need == "one of", default or "", description)
