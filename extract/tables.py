"""Tables of results: models down, benchmarks across (or the other way round), a number in each cell.

Markdown rows (``| a | b |``), cells with tabs between them, and columns set apart by two or more blanks are read alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.claims import Finding
from kg.extract.document import Document, Span
from kg.extract.metrics import find_metrics
from kg.extract.names import Names
from kg.extract.qualifiers import score_value
from kg.extract.simpler_names import distinctive
from kg.extract.spelling import clean_name
from kg.extract.tokens import Tokens
from kg.model import Value

_RULE = frozenset(" \t|:+=-–—")
"""Characters of the line between the header and the rows."""
_MARKDOWN = re.compile(r"(?<!\\)\|")
_APART = re.compile(r"\t+|\s{2,}")
_BOUND = re.compile(r"[|\t]|[^\S\r\n]{2}")
"""What some line of a table has."""
_NUMBER = re.compile(
    r"[*_`~≈\s]*+(?P<number>[+−-]?\d{1,4}(?:[.,]\d{1,3})?)\s?%?[*_`\s]*+(?:\(.{1,12}\)|±\s?\d++(?:[.,]\d++)?)?[*_`\s†‡↑↓]*+"
)
_CONFIDENCE = 0.8
"""Tables of results are rare in posts, so this is no measured share: what stands in a cell is what it says, but the names of
rows and columns may be wrong."""
_LONGEST = 60
"""Characters of a name in a table at most."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``text[start:end]`` without the blanks around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, the first one its header."""

    rows: list[list[Cell]]


def find_tables(text: str) -> Iterator[Table]:
    """The tables of a text: a header and at least one row of as many cells, three at least.

    >>> text = "Scores:\\n| Model | MMLU | GPQA |\\n|---|---|---|\\n| Almaz | 70.1 | 40 |"
    >>> [[[text[c.start : c.end] for c in row] for row in table.rows] for table in find_tables(text)]
    [[['Model', 'MMLU', 'GPQA'], ['Almaz', '70.1', '40']]]
    """
    if not _BOUND.search(text):
        return
    rows: list[list[Cell]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        cells = _cells(line.rstrip("\r\n"), start)
        start += len(line)
        if rows and not cells and _is_rule(line.strip()):
            continue
        if rows and len(cells) != len(rows[0]):
            if len(rows) > 1:
                yield Table(rows)
            rows = []
        if len(cells) >= 2:
            rows.append(cells)
    if len(rows) > 1:
        yield Table(rows)


def _is_rule(line: str) -> bool:
    return ("--" in line or "==" in line) and _RULE.issuperset(line)


def _cells(line: str, start: int) -> list[Cell]:
    """The cells of a line; none when it is no row."""
    if _is_rule(line):
        return []
    markdown = line.count("|") >= 2
    pieces, at = [], 0
    for match in (_MARKDOWN if markdown else _APART).finditer(line):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, len(line)))
    if markdown:
        pieces = [piece for i, piece in enumerate(pieces) if 0 < i < len(pieces) - 1 or line[slice(*piece)].strip()]
    found = []
    for first, last in pieces:
        inked = line[first:last].strip()
        at = first + line[first:last].index(inked) if inked else first
        found.append(Cell(start + at, start + at + len(inked)))
    return found if len(found) > 1 and (markdown or all(c.end > c.start for c in found)) else []


def table_names(tokens: Tokens, spans: list[Span], names: Names) -> list[Span]:
    """Names in the header and the first column of tables of results that stand alone there, so that nobody found them."""
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    more = []
    for table in find_tables(tokens.text):
        heads = [(cell, _listed(tokens.text, cell, names)) for cell in table.rows[0][1:]]
        firsts = [(row[0], _listed(tokens.text, row[0], names)) for row in table.rows[1:]]
        sides = [(heads, "Benchmark", firsts), (firsts, "Benchmark", heads)]
        for benchmarks, kind, models in sides:
            if not any(kind in types for _, types in benchmarks) or not _numbers(tokens.text, table):
                continue
            wanted = [(cell, kind) for cell, types in benchmarks if kind in types or (not types and _name(tokens.text, cell))]
            wanted += [(cell, "Model") for cell, types in models if "Model" in types or (not types and _name(tokens.text, cell))]
            for cell, type_ in wanted:
                first, last = _tokens_of(tokens, cell)
                if first <= last and taken.isdisjoint(range(first, last + 1)):
                    taken.update(range(first, last + 1))
                    more.append(Span(first, last, type_, tokens.text[tokens.items[first].start : tokens.items[last].end]))
            break
    return more


def table_findings(document: Document, names: Names) -> Iterator[Finding]:
    """One result for each number whose row and column are a model and a benchmark."""
    text = document.tokens.text
    starts = {span.first: span for span in reversed(document.spans) if span.type in ("Model", "Benchmark")}
    for table in find_tables(text):
        heads = [_named(document, starts, cell) for cell in table.rows[0]]
        for row in table.rows[1:]:
            side = _named(document, starts, row[0])
            for head, above, cell in zip(heads[1:], table.rows[0][1:], row[1:], strict=True):
                number = _number(text, cell)
                pair = {span.type: span for span in (side, head) if span}
                if not number or set(pair) != {"Model", "Benchmark"}:
                    continue
                qualifiers: dict[str, Value] = {"score": score_value(number["number"], "%" in number.group())}
                metric = _metric(document, above if head and head.type == "Benchmark" else row[0], names)
                if metric:
                    qualifiers["metric"] = metric
                end = row[-1].end if row[-1].end - row[0].start <= 400 else cell.end
                yield Finding(pair["Model"], "evaluated_on", pair["Benchmark"], row[0].start, end, qualifiers, _CONFIDENCE)


def with_tables(findings: list[Finding], found: list[Finding]) -> list[Finding]:
    """All findings; what a table says of a model and a benchmark goes before what else was made of its words."""
    said = {(one.subject.key, one.predicate, one.object.key) for one in found}
    return [one for one in findings if (one.subject.key, one.predicate, one.object.key) not in said] + found


def _numbers(text: str, table: Table) -> bool:
    """Are most cells behind the first column numbers?"""
    cells = [_number(text, cell) for row in table.rows[1:] for cell in row[1:]]
    return 2 * sum(bool(cell) for cell in cells) >= len(cells)


def _number(text: str, cell: Cell) -> re.Match[str] | None:
    return _NUMBER.fullmatch(text, cell.start, cell.end) if cell.end - cell.start <= _LONGEST else None


def _listed(text: str, cell: Cell, names: Names) -> set[str]:
    name = clean_name(text[cell.start : min(cell.end, cell.start + _LONGEST)])
    exact = {entry.type for entry in names.lookup(name)}
    return exact or {entry.type for entry in names.family(name)} & {"Model"}


def _name(text: str, cell: Cell) -> bool:
    written = text[cell.start : cell.end]
    return len(written) <= _LONGEST and distinctive(clean_name(written))


def _tokens_of(tokens: Tokens, cell: Cell) -> tuple[int, int]:
    """First and last token of the name in a cell, without the markup around it."""
    first = bisect_left(tokens.items, cell.start, key=lambda token: token.start)
    last = bisect_left(tokens.items, cell.end, key=lambda token: token.end)
    while first <= last and last < len(tokens) and not tokens.items[last].text[-1].isalnum():
        last -= 1
    while first <= last and not tokens.items[first].text[0].isalnum():
        first += 1
    return first, min(last, len(tokens) - 1)


def _named(document: Document, starts: dict[int, Span], cell: Cell) -> Span | None:
    """The model or benchmark named in a cell, the first one."""
    items = document.tokens.items
    number = bisect_left(items, cell.start, key=lambda token: token.start)
    while number < len(items) and items[number].start < cell.end:
        span = starts.get(number)
        if span and items[span.last].end <= cell.end:
            return span
        number += 1
    return None


def _metric(document: Document, cell: Cell, names: Names) -> str:
    items = document.tokens.items
    first = bisect_left(items, cell.start, key=lambda token: token.start)
    last = bisect_left(items, cell.end, key=lambda token: token.start)
    return next((metric.name for metric in find_metrics(document.tokens, names, first, last)), "")
