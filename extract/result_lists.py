"""Lists of results, one on each line, under a line that says of what.

Results on MMLU:            Lumen 3 vs GPT-4o mini:
1. Claude Opus — 88.7       - MMLU: 78.1 vs 77.0
2. GPT-5 (86.1 %)           - GSM8K: 92.0 vs 91.3
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kg.extract.claims import Finding
from kg.extract.cues import VERSUS, cue_words
from kg.extract.document import Document, Span
from kg.extract.metrics import metric_of
from kg.extract.names import Names
from kg.model import Value

_BEFORE = 6
"""Tokens before the first name of a line at most, none of them a word: a number, a medal, an asterisk."""
_BETWEEN = 8
"""Tokens between this name and its number at most: "(OpenAI) — "."""
_ABOVE = 2
"""Lines with text from the one that says of what to the first of the list at most."""
_SIDES = frozenset({"/", "|"})
_CONFIDENCE = 0.8
"""As in tables: such lists are too rare for a measured share."""


class Row(NamedTuple):
    """A line of a list."""

    line: int
    name: Span
    """A model with one number, or a benchmark with two."""
    scores: list[Span]


Lines = dict[int, list[Span]]


def list_findings(document: Document, names: Names) -> Iterator[Finding]:
    """The results of all lists of two lines and more."""
    if not document.type_counts["Benchmark"] or document.type_counts["Model"] < 2:
        return
    lines = _by_line(document)
    only = _only_benchmark(document)
    rows = [row for line in sorted(lines) if (row := _row(document, line, lines[line]))]
    for _, numbered in groupby(enumerate(rows), key=lambda item: (item[1].line - item[0], item[1].name.type)):
        together = [row for _, row in numbered]
        others = _heads(lines, together[0], only) if len(together) > 1 else []
        for row in together if others else ():
            start, end = document.tokens.items[row.name.first].start, document.tokens.items[row.scores[-1].last].end
            for other, score in zip(others, row.scores, strict=True):
                model, benchmark = (row.name, other) if row.name.type == "Model" else (other, row.name)
                qualifiers: dict[str, Value] = {"score": score.name}
                metric = metric_of(document, score, benchmark, names)
                if metric:
                    qualifiers["metric"] = metric
                yield Finding(model, "evaluated_on", benchmark, start, end, qualifiers, _CONFIDENCE)


def _by_line(document: Document) -> Lines:
    """The names and numbers of each line; owners inside other names left out."""
    lines: Lines = {}
    for span in document.spans:
        if not span.hint.startswith("nested"):
            lines.setdefault(document.tokens.items[span.first].line, []).append(span)
    return lines


def _row(document: Document, line: int, spans: list[Span]) -> Row | None:
    """The line, if it begins with its only model or benchmark and goes on with as many numbers as that has."""
    named = [span for span in spans if span.type in ("Model", "Benchmark")]
    scores = [span for span in spans if span.type == "score" and named and span.first > named[0].last]
    if len(named) != 1 or len(scores) != (1 if named[0].type == "Model" else 2):
        return None
    name, items = named[0], document.tokens.items
    before = [i for i in range(max(0, name.first - _BEFORE - 1), name.first) if items[i].line == line]
    if len(before) > _BEFORE or any(items[i].text[0].isalpha() for i in before) or scores[0].first - name.last > _BETWEEN + 1:
        return None
    return Row(line, name, scores) if len(scores) == 1 or _against(document, *scores) else None


def _against(document: Document, one: Span, two: Span) -> bool:
    """Does nothing stand between two numbers but that they are compared?"""
    words = set(document.tokens.folded[one.last + 1 : two.first]) - {"%", "."}
    return bool(words) and words <= cue_words(VERSUS) | _SIDES


def _heads(lines: Lines, first: Row, only: Span | None) -> list[Span]:
    """What the lines above the list say it is of: a benchmark, or two models; nothing when that is not clear."""
    wanted = "Benchmark" if first.name.type == "Model" else "Model"
    above: dict[str, Span] = {}
    for line in range(first.line - 1, max(-1, first.line - 1 - _ABOVE), -1):
        here: dict[str, Span] = {}
        for span in lines.get(line, ()):
            if span.type == wanted:
                here.setdefault(span.key, span)
        above = here | above
        if len(above) >= len(first.scores):
            break
    if not above and wanted == "Benchmark" and only and only.first < first.name.first:
        return [only]
    return list(above.values()) if len(above) == len(first.scores) else []


def _only_benchmark(document: Document) -> Span | None:
    """The only benchmark of the post, where it is named first."""
    found = [spans[0] for spans in document.entities.values() if spans[0].type == "Benchmark"]
    return found[0] if len(found) == 1 else None
