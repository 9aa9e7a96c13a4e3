"""Which metric a result is measured in: the one named beside the number, else the one that the sentence counts in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.cues import ADVANTAGE, AND_BUT, EQUALS, GETS, MEASURED, TRIED, cue_words
from kg.extract.document import Document, Span
from kg.extract.names import Names
from kg.extract.number_pairs import joined
from kg.extract.tokens import Tokens, fold

_REACH = 40
"""Tokens between a number and the metric that its sentence counts in at most."""
_TO_BENCHMARK = 6
"""Tokens between a metric and its benchmark at most, when no number is given."""
_GAIN = "improvement"
"""The metric of a number with a plus when none is named: it says how much better, not how good."""
_MARKS = frozenset("%*_~≈:=()[]|\"'«»—–-+,")
_AT = re.compile(r"(?<!\w)(?P<name>[^\W\d_]{3,10})(?P<sign>[@^])\s?(?P<number>\d{1,5})(?![\w.])")
"""A metric of so many tries or places: pass@8192, recall@10, pass^3."""


@dataclass(frozen=True, slots=True)
class Metric:
    """Tokens ``first`` to ``last`` (both included) name a metric."""

    first: int
    last: int
    name: str
    sure: bool
    """The name means nothing else."""


def find_metrics(tokens: Tokens, names: Names, start: int = 0, end: int | None = None) -> list[Metric]:
    """The metrics named among the tokens ``start`` to ``end`` (not included), in order.

    >>> from kg.extract.names import Name
    >>> known = Names([(Name("accuracy", "Metric", (), "context"), ["точность"]), (Name("pass@k", "Metric", (), ""), [])])
    >>> [metric.name for metric in find_metrics(Tokens("точностью 91%, 80.7% Pass@8192"), known)]
    ['accuracy', 'pass@8192']
    """
    end = len(tokens) if end is None else end
    found = list(_at(tokens, names, start, end))
    taken = {i for metric in found for i in range(metric.first, metric.last + 1)}
    for match in names.find_type(tokens, "Metric", start, end):
        if taken.isdisjoint(range(match.first, match.last + 1)) and not _part_of_name(tokens, match.first, match.last):
            taken.update(range(match.first, match.last + 1))
            found.append(Metric(match.first, match.last, match.names[0].name, match.names[0].when != "context"))
    return sorted(found, key=lambda metric: metric.first)


def _at(tokens: Tokens, names: Names, start: int, end: int) -> Iterator[Metric]:
    if start >= end:
        return
    low, high = tokens.items[start].start, tokens.items[end - 1].end
    for match in _AT.finditer(tokens.text, low, high):
        sign, number = match["sign"], int(match["number"])
        known = [entry.name for entry in names.lookup(f"{match['name']}{sign}k") if entry.type == "Metric"]
        first, last = tokens.starts.get(match.start()), tokens.ends.get(match.end())
        if known and first is not None and last is not None:
            general = next((name for name in known if name.endswith(f"{sign}k")), known[0])
            yield Metric(first, last, f"{general.removesuffix(f'{sign}k')}{sign}{number}", True)


def _part_of_name(tokens: Tokens, first: int, last: int) -> bool:
    """Is it joined to more ("BLEU" in "BLEU-Bench")?"""
    after = tokens.items[last + 1 : last + 3]
    joined = len(after) == 2 and after[0].glued and after[0].text in "-_/" and after[1].glued
    return joined and after[1].text[0].isupper()


def metric_of(document: Document, score: Span | None, benchmark: Span, names: Names) -> str:
    """The metric of a result: of the number ``score``, or of the benchmark when no number is given; empty when none is named."""
    sentence, anchor = document.sentence, score or benchmark
    partner = _partner(document, score) if score else None
    where = {sentence[span.first] for span in (anchor, partner) if span}  # "vs." may end a sentence, not a breath
    low = max(0, anchor.first - _REACH)
    metrics = [
        metric
        for metric in find_metrics(document.tokens, names, low, min(len(sentence), anchor.last + _REACH + 1))
        if sentence[metric.first] in where and not _inside(metric, document, benchmark)
    ]
    if score is None:
        return next((m.name for m in metrics if _leads_to(document, m, benchmark)), "")
    for number in (score, partner):
        beside = [m.name for m in metrics if number and _behind(document, number, m)]
        beside += [m.name for m in metrics if number and _before(document, m, number)]
        if beside:
            return beside[0]
    return _counted_in(document, metrics, score) or (_GAIN if score.name.startswith("+") else "")


def _inside(metric: Metric, document: Document, benchmark: Span) -> bool:
    """A benchmark's own name is no metric of it."""
    return any(span.first <= metric.first and metric.last <= span.last for span in document.entities[benchmark.key])


def _between(document: Document, first: int, last: int) -> list[str]:
    return [token.text for token in document.tokens.items[first:last]]


def _behind(document: Document, score: Span, metric: Metric) -> bool:
    words = _between(document, score.last + 1, metric.first)
    measured = cue_words(MEASURED)
    return score.last < metric.first and len(words) <= 4 and all(w in _MARKS - {","} or fold(w) in measured for w in words)


def _before(document: Document, metric: Metric, score: Span) -> bool:
    words = _between(document, metric.last + 1, score.first)
    return metric.last < score.first and len(words) <= 5 and all(w in _MARKS or fold(w) in cue_words(EQUALS) for w in words)


def _counted_in(document: Document, metrics: list[Metric], score: Span) -> str:
    """What the sentence counts in: the last metric named before the number, else the first one behind it that stands beside no
    other number; none named before "and scores", behind which it is counted anew."""
    before = [metric.name for metric in metrics if metric.last < score.first and not _counts_anew(document, metric, score)]
    if before:
        return before[-1]
    low, high = (bisect_left(document.scores, place, key=_first) for place in (score.first - _REACH, score.last + _REACH + 1))
    others = [span for span in document.scores[low:high] if span.first != score.first]
    beside = (metric for metric in metrics for n in others if _before(document, metric, n) or _behind(document, n, metric))
    taken = {metric.first for metric in beside}
    return next((metric.name for metric in metrics if metric.first not in taken), "")


def _counts_anew(document: Document, metric: Metric, score: Span) -> bool:
    """Whether another result begins between a metric and a number: "80 % accuracy on X and scores 71 on Y"."""
    folded = document.tokens.folded
    places = range(metric.last + 2, score.first)
    return any(folded[i] in cue_words(GETS) and folded[i - 1] in cue_words(AND_BUT) for i in places)


def _partner(document: Document, score: Span) -> Span | None:
    """The number said in one breath with this one: "66.5 vs. 65.9 in pass@1"."""
    numbers = document.scores
    at = bisect_left(numbers, score.first, key=_first)
    after = numbers[at + 1 : at + 2]
    before = numbers[at - 1 : at] if at else []
    return next((n for n in after if joined(document, score, n)), next((n for n in before if joined(document, n, score)), None))


def _first(span: Span) -> int:
    return span.first


def _leads_to(document: Document, metric: Metric, benchmark: Span) -> bool:
    """Is the metric tied to the benchmark: "accuracy on MMLU", "MMLU accuracy", or said to be better: "on MMLU, it has higher
    accuracy"?"""
    if metric.first and document.tokens.folded[metric.first - 1] in cue_words(ADVANTAGE):
        return True
    if benchmark.last < metric.first:
        return metric.first - benchmark.last == 1
    words = _between(document, metric.last + 1, benchmark.first)
    return bool(words) and len(words) <= _TO_BENCHMARK and fold(words[0]) in cue_words(TRIED) and "," not in words
