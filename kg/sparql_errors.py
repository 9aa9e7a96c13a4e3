"""What is wrong with a query that cannot be read: where, with the line itself and a mark under the column."""

from __future__ import annotations

from kg.vocabulary import PREFIXES

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})


def what_is_wrong(sparql: str, message: str) -> str:
    """What to tell who asked, from what Oxigraph says (``error at 1:8: expected ...``).

    >>> print(what_is_wrong("SELECT WHERE", "error at 1:8: expected a variable"))
    SPARQL cannot be read at line 1, column 8: expected a variable
    SELECT WHERE
           ^
    >>> what_is_wrong("DELETE WHERE { ?s ?p ?o }", "error at 1:1: expected SELECT")
    'This changes the graph, and kg sparql is read-only. Change posts and run: kg build'
    """
    if _first_word(sparql) in _UPDATES:
        return "This changes the graph, and kg sparql is read-only. Change posts and run: kg build"
    where, _, what = message.removeprefix("error at ").partition(": ")
    line, _, column = where.partition(":")
    if not (line.isdecimal() and column.isdecimal()):
        return f"SPARQL cannot be read: {message}"
    if "Prefix not found" in what:
        what = f"a prefix is not declared. Declared without saying: {', '.join(sorted(PREFIXES))}"
    written = [*sparql.splitlines(), ""][int(line) - 1]
    mark = " " * (int(column) - 1) + "^"
    return f"SPARQL cannot be read at line {line}, column {column}: {what}\n{written}\n{mark}"


def _first_word(sparql: str) -> str:
    """The first word after the prologue, in capitals."""
    for line in sparql.splitlines():
        words = line.split(maxsplit=1)
        if words and not words[0].startswith("#") and words[0].upper() not in ("PREFIX", "BASE"):
            return words[0].upper().split("{")[0]
    return ""
