"""Lists in one order: "69%, 45% and 22% respectively", "A beats B and C on M (52.1 vs 48.3 and 46.0)", "M and N (94.2, 88)"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.extract.cues import RESPECTIVELY, cue_words
from kg.extract.document import Document, Span
from kg.extract.rivalry import Rival, Rivals, Scores

_LEAST = 2
"""Numbers of such a list at least."""
_BETWEEN = 4
"""Tokens between two numbers of a list at most."""
_LONGEST = 30
"""Tokens of a list in brackets at most."""
_MANY = 200
"""Names and numbers in one sentence with which it is none: each list looks at all of them."""

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
        here = _named(document, sentence[place])
        benchmarks, models = ([span for span in here if span.type == kind] for kind in ("Benchmark", "Model"))
        before = [span for span in _named(document, sentence[place] - 1) if span.type == "Benchmark"]
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
        tested = [span for span in _named(document, number) if span.type == "Benchmark"]
        if len(worse) < _LEAST or len(tested) != 1 or len({rival.better.key for rival in here}) != 1:
            continue
        models = [here[0].better, *(span for _, span in worse)]
        behind = [span for span in document.by_sentence[number] if span.type == "score" and span.first > models[-1].last]
        close = all(two.first - one.last - 1 <= _BETWEEN for one, two in pairwise(behind))
        if close and len(behind) == len(models) and models[0].first < models[1].first:
            shares |= {(model.key, tested[0].key): score for model, score in zip(models, behind, strict=True)}
    return shares


def bracketed_scores(document: Document, rivals: Rivals) -> Shares:
    """The results of one model on several benchmarks, or of several on one, in brackets right behind the list of names.

    Of several models in the sentence it is the one that beats the others.
    """
    shares: Shares = {}
    texts, sentence = document.tokens.texts, document.sentence
    better = {sentence[rival.worse.first]: rival.better for rival in rivals.values()}
    for first, last, size in document.groups.values():
        if size < _LEAST or last + 1 >= len(texts) or texts[last + 1] != "(":
            continue
        here = document.by_sentence.get(sentence[last], ())
        if len(here) > _MANY:
            continue
        listed = [span for span in here if first <= span.first and span.last <= last and span.type in ("Model", "Benchmark")]
        behind = _in_brackets(document, here, last + 1)
        if len(listed) != size or len(behind) != size or len({span.key for span in listed}) != size:
            continue
        named = _named(document, sentence[last])
        if all(span.type == "Benchmark" for span in listed):
            models = [span for span in named if span.type == "Model"]
            model = models[0] if len(models) == 1 else better.get(sentence[last])
            shares |= {(model.key, span.key): score for span, score in zip(listed, behind, strict=True) if model}
        elif all(span.type == "Model" for span in listed):
            tested = [span for span in named if span.type == "Benchmark"]
            shares |= {(span.key, tested[0].key): score for span, score in zip(listed, behind, strict=True) if len(tested) == 1}
    return shares


def without_given(scores: Scores, shares: Shares) -> Scores:
    """Those of ``scores`` whose number no list gives to another model or benchmark."""
    given = {(number.first, number.last) for number in shares.values()}
    return {
        names: score
        for names, score in scores.items()
        if score is None or names in shares or (score.first, score.last) not in given
    }


def _in_brackets(document: Document, here: Sequence[Span], opening: int) -> list[Span]:
    """The numbers between the bracket at a token and the one that closes it, if nothing but them is named there."""
    texts = document.tokens.texts
    end = min(len(texts), opening + _LONGEST)
    closing = next((i for i in range(opening, end) if texts[i] == ")"), 0)
    inside = [span for span in here if opening < span.first < closing]
    return inside if all(span.type == "score" for span in inside) else []


def _list_before(document: Document, place: int) -> list[Span]:
    """The last numbers of the sentence before ``place`` that stand close together."""
    numbers = [
        span for span in document.spans if span.type == "score" and document.sentence[span.first] == document.sentence[place]
    ]
    found: list[Span] = []
    for span in reversed([span for span in numbers if span.last < place]):
        if found and found[0].first - span.last - 1 > _BETWEEN:
            break
        found.insert(0, span)
    return found


def _named(document: Document, number: int) -> list[Span]:
    """The first mention of each entity of a sentence."""
    found: dict[str, Span] = {}
    for span in document.by_sentence.get(number, ()):
        if span.type in ("Model", "Benchmark"):
            found.setdefault(span.key, span)
    return list(found.values())
