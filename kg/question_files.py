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
  pattern for each level of EXISTS in EXISTS (those of one EXISTS are joined whole, once for every row). What a SELECT of
  its own finds is joined whole with all that follows, but looked up in an OPTIONAL of one pattern: names and types of its
  rows belong there (lineage: 540 ms, or 7).
- ``FILTER($min_confidence <= 0 || ...)`` is left out of the query where any confidence will do.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from kg.errors import InputError

_PARAMETER = re.compile(r"(\w+): (\w+), (required|optional|one of|default ([^.\s]+))\. (.+)")
PLAIN = frozenset({"integer", "number", "date", "string", "predicate", "type"})
"""Types of parameters that name no entity."""


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
