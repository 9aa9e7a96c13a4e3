"""Results told by where they stand: "on M and N (94.2, 88)", "; B gets 70.1 and 86.4", "71.3 for A against 68.2 for B"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.cues import AND, GETS, OF_WHOM, STANDS_AT, cue_words
from kg.extract.document import Document, Span
from kg.extract.respective import Shares, named_in
from kg.extract.rivals import Rivals
from kg.extract.tokens import GENITIVE

_LEAST = 2
"""Numbers of such a list at least."""
_BETWEEN = 4
"""Tokens between a model and its list at most."""
_LIST_GAP = 3
_SEPARATORS = cue_words(AND) | {"%", "/", ",", "|"}
"""What stands between two numbers of a list in a row, and how many tokens of it."""
_OPENING = frozenset({"(", ":", "=", "—", "–"})
"""What a list of numbers may begin with right behind the names."""
_LONGEST = 30
"""Tokens of a list in brackets at most."""
_MANY = 200
"""Names and numbers in one sentence with which it is none: each list looks at all of them."""


def listed_scores(document: Document, rivals: Rivals) -> Shares:
    """The results of one model on several benchmarks, or of several on one, right behind the list of names, in brackets or not.

    Of several models in the sentence it is the one that beats the others.
    """
    shares: Shares = {}
    texts, sentence = document.tokens.texts, document.sentence
    better = {sentence[rival.worse.first]: rival.better for rival in rivals.values()}
    for first, last, size in document.groups.values():
        if size < _LEAST or last + 1 >= len(texts) or texts[last + 1] not in _OPENING:
            continue
        here = document.by_sentence.get(sentence[last], ())
        if len(here) > _MANY:
            continue
        listed = [span for span in here if first <= span.first and span.last <= last and span.type in ("Model", "Benchmark")]
        behind = (_in_brackets if texts[last + 1] == "(" else _in_a_row)(document, here, last + 1)
        if len(listed) != size or len(behind) != size or len({span.key for span in listed}) != size:
            continue
        named = named_in(document, sentence[last])
        if all(span.type == "Benchmark" for span in listed):
            models = [span for span in named if span.type == "Model"]
            model = models[0] if len(models) == 1 else better.get(sentence[last])
            shares |= {(model.key, span.key): score for span, score in zip(listed, behind, strict=True) if model}
        elif all(span.type == "Model" for span in listed):
            tested = [span for span in named if span.type == "Benchmark"]
            shares |= {(span.key, tested[0].key): score for span, score in zip(listed, behind, strict=True) if len(tested) == 1}
    return shares


def scores_in_order(document: Document) -> Shares:
    """The results of all models of a sentence in their order, behind the one benchmark: "A (by S), then B on X: 71, 70"."""
    shares: Shares = {}
    texts = document.tokens.texts
    for number, here in document.by_sentence.items():
        tested = _tested(here[:_MANY])
        if len(tested) != 1 or len(here) > _MANY:
            continue
        behind = tested[0].last + 1
        if behind >= len(texts) or texts[behind] not in _OPENING:
            continue
        models = [span for span in named_in(document, number) if span.type == "Model"]
        row = _in_a_row(document, here, behind)
        if _LEAST <= len(models) == len(row) and models[-1].last < tested[0].first:
            shares |= {(model.key, tested[0].key): score for model, score in zip(models, row, strict=True)}
    return shares


def repeated_scores(document: Document) -> Shares:
    """The results of a second model, in the order of the benchmarks of the first one: "; B gets 70.1 and 86.4".

    The benchmarks are those of the same sentence before the model, or else of the sentence before.
    """
    shares: Shares = {}
    for number, here in document.by_sentence.items():
        if len(here) > _MANY:
            continue
        for place, model in enumerate(here):
            row = _numbers_of(document, model, here[place + 1 :]) if model.type == "Model" else []
            if len(row) < _LEAST and not (row and _gets(document, model, row[0])):
                continue
            tested = _tested(here[:place]) or _tested(document.by_sentence.get(number - 1, ())[:_MANY])
            if len(tested) == len(row) and not _tested([span for span in here if span.first > row[-1].last]):
                shares |= {(model.key, span.key): score for span, score in zip(tested, row, strict=True)}
    return shares


def scores_of_whom(document: Document) -> Shares:
    """The results of several models on one benchmark that are said with each: "71.3 for A against 68.2 for B"."""
    shares: Shares = {}
    folded, first = document.tokens.folded, {span.first: span for span in document.spans if span.type == "Model"}
    said: dict[int, dict[str, Span]] = {}
    for score in document.scores:
        word = score.last + 1 + (folded[score.last + 1 : score.last + 2] == ["%"])
        model = first.get(word + 1) if word < len(folded) and folded[word] in cue_words(OF_WHOM) else None
        if model:
            said.setdefault(document.sentence[model.first], {}).setdefault(model.key, score)
    for number, found in said.items():
        tested = [span for span in named_in(document, number) if span.type == "Benchmark"]
        if len(found) >= _LEAST and len(tested) == 1:
            shares |= {(model, tested[0].key): score for model, score in found.items()}
    return shares


def scores_after_names(document: Document) -> Shares:
    """The results that a model has by its name in the genitive, on the last benchmark before: "85.3 on X, above B's 81.5"."""
    shares: Shares = {}
    texts, last = document.tokens.texts, {span.last: span for span in document.spans if span.type == "Model"}
    for score in document.scores:
        model = last.get(score.first - 2) if texts[score.first - 1] in GENITIVE else None
        if model:
            here = document.by_sentence.get(document.sentence[model.first], ())
            tested = _tested([span for span in here[:_MANY] if span.last < model.first])
            shares |= {(model.key, span.key): score for span in tested[-1:]}
    return shares


def _numbers_of(document: Document, model: Span, behind: Sequence[Span]) -> list[Span]:
    """The numbers of the list that begins close behind a model."""
    if not behind or behind[0].type != "score" or behind[0].first - model.last > _BETWEEN:
        return []
    return _in_a_row(document, behind, behind[0].first - 1)


def _gets(document: Document, model: Span, score: Span) -> bool:
    """Whether a number is the result of a model, as one before it is another's: nothing but words that say so stands between the
    two, and it counts no things ("got 20 thousand stars")."""
    words, number = document.tokens.folded, document.sentence[model.first]
    between, behind = words[model.last + 1 : score.first], words[score.last + 1 : score.last + 2]
    result = score.hint == "percent" or "." in score.name or not behind or not behind[0].isalnum()
    before = (*document.by_sentence.get(number - 1, ())[:_MANY], *document.by_sentence[number][:_MANY])
    another = any(span.type == "score" and span.first < model.first for span in before)
    said = (cue_words(GETS) | _OPENING).issuperset(between) or " ".join(between) in cue_words(STANDS_AT)
    return bool(between) and result and another and said


def _tested(spans: Sequence[Span]) -> list[Span]:
    """The first mention of each benchmark."""
    found: dict[str, Span] = {}
    for span in spans:
        if span.type == "Benchmark":
            found.setdefault(span.key, span)
    return list(found.values())


def _in_brackets(document: Document, here: Sequence[Span], opening: int) -> list[Span]:
    """The numbers between the bracket at a token and the one that closes it, if nothing but them is named there."""
    texts = document.tokens.texts
    end = min(len(texts), opening + _LONGEST)
    closing = next((i for i in range(opening, end) if texts[i] == ")"), 0)
    inside = [span for span in here if opening < span.first < closing]
    return inside if all(span.type == "score" for span in inside) else []


def _in_a_row(document: Document, here: Sequence[Span], place: int) -> list[Span]:
    """The numbers of the list that begins right behind a token."""
    texts, row = document.tokens.texts, list[Span]()
    for span in here:
        between = texts[(row[-1].last if row else place) + 1 : span.first] if span.first > place else None
        if between is None:
            continue
        if span.type != "score" or len(between) > _LIST_GAP or not _SEPARATORS.issuperset(between):
            break
        row.append(span)
    return row
