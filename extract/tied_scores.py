"""Numbers that are tied to a benchmark by where they stand: "71.2% on X", "X (71.2)", "an X score of 71.2", "71.2% X"."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from kg.extract.cues import EQUALS, MEASURED_ON, SCORE_APART, UNTIED, cue_words
from kg.extract.document import Document, Span

_AHEAD = 9
"""Tokens from a number to the benchmark it was reached on at most: "71.2% accuracy on the much harder X"."""
_BEHIND = 4
"""Tokens from a benchmark to its number at most: "X score of about 71.2"."""
_MANY = 200
"""Names and numbers in one sentence with which it is none."""
_NAMES = ("Model", "Benchmark", "score")
_OF_METRIC = ("@", "^")
_MARKS = frozenset("%*_~≈()\"'«»")
_OPENING = frozenset("(:=—–")
_APART = cue_words(SCORE_APART) | {",", ";"}
"""Words between a number and a benchmark after which they have nothing to do with one another."""
Ties = dict[int, Set[str]]
"""The first token of a number, and the keys of the benchmarks that it is tied to."""


def tied_scores(document: Document) -> Ties:
    """The numbers of a document that are results on nothing but certain benchmarks, whoever reached them."""
    ties: Ties = {}
    for here in document.by_sentence.values():
        if len(here) > _MANY:
            continue
        named = [span for span in here if span.type in _NAMES and not _is_part(document, span)]
        for one, two in pairwise(named):
            if one.type == "Benchmark" and two.type == "score" and _behind(document, one, two):
                ties[two.first] = {one.key}
            elif one.type == "score" and two.type == "Benchmark" and one.first not in ties and _ahead(document, one, two):
                ties[one.first] = {span.key for span in named if span.group == two.group}
    return ties


def _is_part(document: Document, span: Span) -> bool:
    """Whether it is a part of another name, or a number in that of a metric: "pass@1"."""
    of_metric = span.type == "score" and document.tokens.texts[span.first].startswith(_OF_METRIC)
    return of_metric or span.hint.startswith("nested")


def _between(document: Document, one: Span, two: Span) -> Sequence[str]:
    return [word for word in document.tokens.folded[one.last + 1 : two.first] if word not in _MARKS]


def _ahead(document: Document, score: Span, test: Span) -> bool:
    """Whether a number is followed by the benchmark: by a word such as "on", or by nothing ("71.2% X")."""
    words = _between(document, score, test)
    if not words:
        return score.hint == "percent" or "." in score.name
    return len(words) <= _AHEAD and not cue_words(MEASURED_ON).isdisjoint(words) and _APART.isdisjoint(words)


def _behind(document: Document, test: Span, score: Span) -> bool:
    """Whether a number follows the benchmark, in brackets or behind words such as "score of"."""
    texts = document.tokens.texts
    if score.first > test.last + 1 and texts[test.last + 1] in _OPENING:
        return score.first - test.last <= _BEHIND and set(texts[test.last + 1 : score.first]) <= _OPENING | _MARKS | {"+"}
    words = _between(document, test, score)
    return 0 < len(words) <= _BEHIND and set(words) <= cue_words(EQUALS) - cue_words(UNTIED)
