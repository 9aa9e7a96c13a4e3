"""The questions of ``queries/*.cypher``, asked of any engine: the same header, parameters and rows as their ``.rq``.

How the query sees its parameters: an entity as its ``id``, a type as a label, a predicate as a relationship type, all others as
they are; every parameter is bound, what is not given as null (an optional string as ``''``). Everything that
``kg.questions`` says of dates holds here; ``LIMIT $limit`` is part of the query. A label that is a parameter is written as Neo4j
has it from 5.26 on, ``(e:$($type))``, and put into the text for all engines: it comes from the ontology, never from outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.cypher_lookup import EngineDirectory
from kg.engine import Engine
from kg.errors import QueryError
from kg.lookup import find_key
from kg.property_schema import ENTITY, quoted, relationship_type
from kg.question_files import PLAIN, Question, read_question
from kg.question_values import Given, checked_value, complete
from kg.questions import Answer, Cell
from kg.vocabulary import Vocabulary, load_vocabulary

SUFFIX = ".cypher"
_ALL = 2**31 - 1


def answer_cypher(
    engine: Engine, question: Question, given: Mapping[str, Given | None], *, vocabulary: Vocabulary | None = None
) -> Answer:
    """The answer to this question. ``QueryError`` when a parameter is missing, unknown, or names nothing in the graph."""
    words = vocabulary or load_vocabulary()
    values = complete(question, given)
    bound: dict[str, Any] = {parameter.name: None for parameter in question.parameters} | {"limit": _ALL}
    for parameter in question.parameters:
        if parameter.name in values:
            value = checked_value(parameter, values[parameter.name], words)
            if parameter.type not in PLAIN:
                value = find_key(EngineDirectory(engine), str(value), parameter.type)
            bound[parameter.name] = relationship_type(str(value)) if parameter.type == "predicate" else value
    text = question.text
    for parameter in question.parameters:
        if parameter.type == "type":
            text = text.replace(f":$(${parameter.name})", f":{quoted(bound[parameter.name] or ENTITY)}")
    found = engine.run(text, bound)
    width = len(question.columns)
    # Some servers name no columns when there are no rows.
    if found.columns and len(found.columns) < width:
        raise QueryError(f"The question {question.name} promises {width} columns and returns {len(found.columns)}.")
    return Answer(question.columns, [tuple(_cell(value) for value in row[:width]) for row in found.rows])


def in_cypher(question: Question) -> Question:
    """The same question in Cypher: the file of the same name beside it. ``QueryError`` when there is none."""
    path = question.path.with_suffix(SUFFIX)
    if not path.is_file():
        raise QueryError(f"The question {question.name} has no form in Cypher.\nWrite one beside it: {path}")
    return read_question(path)


def _cell(value: Any) -> Cell:
    """A value as ``kg.questions.cell`` gives it: nothing for an empty string, whole numbers without a point."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or value == "":
        return None
    return value if isinstance(value, bool | int | float | str) else str(value)
