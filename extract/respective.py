"""Lists in one order: "69%, 45% and 22% respectively" and "A beats B and C on M (52.1 vs 48.3 and 46.0)"."""

from __future__ import annotations

from itertools import pairwise

from kg.extract.cues import RESPECTIVELY, cue_words
from kg.extract.document import Document, Span
from kg.extract.rivalry import Rival, Rivals

_LEAST = 2
"""Numbers of such a list at least."""
_BETWEEN = 4
"""Tokens between two numbers of a list at most."""

Shares = dict[tuple[str, str], Span]
"""(model, benchmark) by their keys, and the number that is theirs."""


def respective_scores(document: Document) -> Shares:
    """The results that the lists of a document give by their order.

    As many benchmarks as numbers stand in the same sentence or in the one before, or else as many models in the same sentence.
    """
    shares: Shares = {}
    folded, sentence = document.tokens.folded, document.sentence
    for place in [i for i, word in enumerate(folded) if word in cue_words(RESPECTIVELY)]:
        numbers = _list_before(document, place)
        here = named_in(document, sentence[place])
        benchmarks, models = ([span for span in here if span.type == kind] for kind in ("Benchmark", "Model"))
        before = [span for span in named_in(document, sentence[place] - 1) if span.type == "Benchmark"]
        if len(numbers) < _LEAST:
            continue
        tested = next((found for found in (benchmarks, before if not benchmarks else []) if len(found) == len(numbers)), None)
        if tested and len(models) == 1:
            shares |= {(models[0].key, span.key): number for span, number in zip(tested, numbers, strict=True)}
        elif len(models) == len(numbers) and len(benchmarks) == 1:
            shares |= {(span.key, benchmarks[0].key): number for span, number in zip(models, numbers, strict=True)}
    return shares


def compared_scores(document: Document, rivals: Rivals) -> Shares:
    """The results of one model and of several that it beats on one benchmark, in the order of their names behind them."""
    shares: Shares = {}
    compared: dict[int, list[Rival]] = {}
    for rival in rivals.values():
        if document.sentence[rival.better.first] == document.sentence[rival.worse.first]:
            compared.setdefault(document.sentence[rival.worse.first], []).append(rival)
    for number, here in compared.items():
        worse = sorted({rival.worse.first: rival.worse for rival in here}.items())
        tested = [span for span in named_in(document, number) if span.type == "Benchmark"]
        if len(worse) < _LEAST or len(tested) != 1 or len({rival.better.key for rival in here}) != 1:
            continue
        models = [here[0].better, *(span for _, span in worse)]
        behind = [span for span in document.by_sentence[number] if span.type == "score" and span.first > models[-1].last]
        close = all(two.first - one.last - 1 <= _BETWEEN for one, two in pairwise(behind))
        if close and len(behind) == len(models) and models[0].first < models[1].first:
            shares |= {(model.key, tested[0].key): score for model, score in zip(models, behind, strict=True)}
    return shares


def _list_before(document: Document, place: int) -> list[Span]:
    """The last numbers of the sentence before ``place`` that stand close together."""
    numbers = [span for span in document.scores if document.sentence[span.first] == document.sentence[place]]
    found: list[Span] = []
    for span in reversed([span for span in numbers if span.last < place]):
        if found and found[0].first - span.last - 1 > _BETWEEN:
            break
        found.insert(0, span)
    return found


def named_in(document: Document, number: int) -> list[Span]:
    """The first mention of each entity of a sentence."""
    found: dict[str, Span] = {}
    for span in document.by_sentence.get(number, ()):
        if span.type in ("Model", "Benchmark"):
            found.setdefault(span.key, span)
    return list(found.values())
