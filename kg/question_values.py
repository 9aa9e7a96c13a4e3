"""What a question was told: completed with defaults, checked, in the form that its query needs."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from kg import terms as t
from kg.errors import QueryError
from kg.question_files import Parameter, Question
from kg.vocabulary import Vocabulary

Given: TypeAlias = str | int | float
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


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


def checked_value(parameter: Parameter, value: Given, vocabulary: Vocabulary) -> Given:
    """A value as the query needs it: a number, a date, the name of a predicate or a type, else text.

    Raises ``QueryError`` or ``VocabularyError`` when it is none of its kind.
    """
    option = f"--{parameter.name.replace('_', '-')}"
    if parameter.type in ("integer", "number"):
        return number_given(parameter, value)
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


def number_given(parameter: Parameter, value: Given) -> int | float:
    """A number that is given, as the parameter's type has it. ``QueryError`` when it is none."""
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
