"""Lists in one order: "69%, 45% and 22% respectively" and "A beats B and C on M (52.1 vs 48.3 and 46.0)"."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from kg.extract.cues import MARGIN, RESPECTIVELY, cue_words
from kg.extract.document import Document, Span
from kg.extract.rivals import Rival, Rivals

_LEAST = 2
"""Numbers of such a list at least."""
_MOST, _MANY = 20, 200
"""Numbers of such a list, and names and numbers of a sentence with one, at most."""
_BACK = 3
"""Sentences that are looked back."""
_BETWEEN = 4
"""Tokens between two numbers of a list at most."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Shares = dict[tuple[str, str], Span]
"""(model, benchmark) by their keys, and the number that is theirs."""


def respective_scores(document: Document) -> Shares:
    """The results that the lists of a document give by their order.

    As many benchmarks as numbers stand in the same sentence or in the one before, or else as many models in the same sentence or,
    where it names none ("they reach 74.5 and 74.9 respectively"), in the last one before that names so many.
    """
    shares: Shares = {}
    sentence, starts = document.sentence, [score.first for score in document.scores]
    for place in _places(document):
        numbers = _list_before(document, bisect_left(starts, place), sentence[place])
        if len(numbers) < _LEAST:
            continue
        here = named_in(document, sentence[place])
        benchmarks, models = ([span for span in here if span.type == kind] for kind in ("Benchmark", "Model"))
        before = [span for span in named_in(document, sentence[place] - 1) if span.type == "Benchmark"]
        tested = next((found for found in (benchmarks, before if not benchmarks else []) if len(found) == len(numbers)), None)
        if tested and len(models) == 1:
            shares |= {(models[0].key, span.key): number for span, number in zip(tested, numbers, strict=True)}
            continue
        models = models or _models_before(document, sentence[place], len(numbers))
        if len(benchmarks) == 1 and len(models) == len(numbers):
            shares |= {(span.key, benchmarks[0].key): number for span, number in zip(models, numbers, strict=True)}
    return shares


def respective_counts(document: Document) -> dict[tuple[int, str], str]:
    """Numbers of parameters, by first token and key, that a list gives by its order to the models, by their keys."""
    found: dict[tuple[int, str], str] = {}
    for place in _places(document):
        number = document.sentence[place]
        sizes = [span for span in document.by_sentence.get(number, ()) if span.type == "size" and span.last < place]
        if len(sizes) < _LEAST:
            continue
        models = [span for span in named_in(document, number) if span.type == "Model"]
        models = models or _models_before(document, number, len(sizes))
        if len(models) == len(sizes):
            found |= {(size.first, size.key): model.key for model, size in zip(models, sizes, strict=True)}
    return found


def compared_scores(document: Document, rivals: Rivals) -> Shares:
    """The results that follow who beats whom: of all in the order of their names, or the only one, which is the better one's.

    "A beats B and C on X (52.1 vs 48.3 and 46.0)", "A beats B and C on X (52.1)", "A trails B on X: 48.3 vs 52.1"; of "A beats B
    (48.3) on X" neither is sure, and "by 3.8" is a margin.
    """
    shares: Shares = {}
    compared: dict[int, list[Rival]] = {}
    for rival in rivals.values():
        compared.setdefault(document.sentence[rival.worse.first], []).append(rival)
    for number, here in compared.items():
        tested = [span for span in named_in(document, number) if span.type == "Benchmark"]
        if len(tested) != 1 or len({rival.better.key for rival in here}) != 1:
            continue
        models = [here[0].better, *(span for _, span in sorted({rival.worse.first: rival.worse for rival in here}.items()))]
        numbers = [span for span in document.by_sentence[number] if span.type == "score"]
        if any(document.tokens.folded[span.first - 1] in cue_words(MARGIN) for span in numbers):
            continue
        if len(numbers) == 1 and models[-1].last < tested[0].first < numbers[0].first <= tested[0].last + _BETWEEN:
            shares[models[0].key, tested[0].key] = numbers[0]
        elif len(models) == _LEAST and document.sentence[models[0].first] == number and models[1].last < models[0].first:
            behind = [span for span in numbers if span.first > models[0].last]
            if len(behind) == _LEAST and behind[1].first - behind[0].last - 1 <= _BETWEEN and _less(*behind):
                shares |= {(model.key, tested[0].key): score for model, score in zip(reversed(models), behind, strict=True)}
        elif document.sentence[models[0].first] < number or models[0].first < models[1].first:
            behind = [span for span in numbers if span.first > models[-1].last]
            if len(behind) == len(models) and all(two.first - one.last - 1 <= _BETWEEN for one, two in pairwise(behind)):
                shares |= {(model.key, tested[0].key): score for model, score in zip(models, behind, strict=True)}
    return shares


def _less(one: Span, two: Span) -> bool:
    return all(_NUMBER.fullmatch(span.name) for span in (one, two)) and float(one.name) < float(two.name)


def _places(document: Document) -> list[int]:
    """Where the word stands that says it, but for sentences that name more than anybody would list."""
    places = [i for i, word in enumerate(document.tokens.folded) if word in cue_words(RESPECTIVELY)]
    return [i for i in places if len(document.by_sentence.get(document.sentence[i], ())) <= _MANY]


def _list_before(document: Document, behind: int, sentence: int) -> list[Span]:
    """Of the first ``behind`` numbers the last ones that stand close together in a sentence; a few, for nobody lists more."""
    found: list[Span] = []
    for span in reversed(document.scores[max(0, behind - _MOST) : behind]):
        if document.sentence[span.first] != sentence or (found and found[0].first - span.last - 1 > _BETWEEN):
            break
        found.insert(0, span)
    return found


def _models_before(document: Document, number: int, wanted: int) -> list[Span]:
    """The models of the nearest of the sentences before that names as many as are wanted."""
    for before in range(number - 1, number - 1 - _BACK, -1):
        models = [span for span in named_in(document, before) if span.type == "Model"]
        if len(models) == wanted:
            return models
    return []


def named_in(document: Document, number: int) -> list[Span]:
    """The first mention of each entity of a sentence."""
    found: dict[str, Span] = {}
    for span in document.by_sentence.get(number, ()):
        if span.type in ("Model", "Benchmark"):
            found.setdefault(span.key, span)
    return list(found.values())
