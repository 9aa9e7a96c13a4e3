"""What a model learned from where other words than usual say so: "Lyra is a dataset. Quill was trained on it"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.extract.cues import ON_IT, TRAINING, USED_TO_TRAIN, cue_words, load_cue
from kg.extract.document import Document, Span
from kg.extract.pairs import Pair
from kg.extract.precedence import Held

PREDICATE = "trained_on"
_SAID = 0.8
"""How likely what is said so is right."""
_BEFORE, _BEHIND = 6, 4
"""Tokens from the word for training to "on it" at most, and from "на нём" to the word."""
_NEXT = 3
"""Tokens between "was used to train" and the names beside it at most."""
_DATA = ("Dataset", "Benchmark")
_CUES = load_cue(ON_IT, USED_TO_TRAIN, TRAINING)


def told_training(document: Document, held: Sequence[Held]) -> Iterator[Held]:
    """Models with the data set that they are said to be trained on and are not ``held`` for."""
    told = {(pair.subject, pair.object) for pair, predicate, _ in held if predicate == PREDICATE}
    hits = _CUES.find(document.tokens)
    if hits.keys() <= {TRAINING}:
        return
    said = [*_on_it(document, hits.get(ON_IT, ()), hits.get(TRAINING, ())), *_used(document, hits.get(USED_TO_TRAIN, ()))]
    for models, data in said:
        for model in models:
            if (model.key, data.key) not in told:
                told.add((model.key, data.key))
                yield Pair(model.key, data.key, model, data, []), PREDICATE, _SAID


def _on_it(document: Document, places: Sequence[int], training: Sequence[int]) -> Iterator[tuple[list[Span], Span]]:
    """The only models of a sentence with the only data set of the one before, where "trained on it" stands."""
    sentence = document.sentence
    for place in places:
        here = sentence[place]
        if not any(sentence[i] == here and -_BEFORE <= i - place <= _BEHIND for i in training):
            continue
        models = _plain(document, here, ("Model",))
        data = _plain(document, here - 1, _DATA)
        if _plain(document, here, _DATA) or _denied(document, here):
            continue
        if len({span.group for span in models}) == 1 and len({span.key for span in data}) == 1:
            yield models, data[-1]


def _used(document: Document, places: Sequence[int]) -> Iterator[tuple[list[Span], Span]]:
    """The list of models behind "was used to train" with the data set before it."""
    sentence, tokens = document.sentence, document.tokens
    for place in places:
        here = sentence[place]
        data = [span for span in _plain(document, here, _DATA) if 0 < place - span.last <= _NEXT]
        models = [span for span in _plain(document, here, ("Model",)) if span.first > place]
        if (
            data
            and models
            and not _denied(document, here)
            and models[0].first - place <= _NEXT + _NEXT
            and "." not in tokens.texts[place : models[0].first]
        ):
            yield [span for span in models if span.group == models[0].group], data[-1]


def _denied(document: Document, number: int) -> bool:
    start, end = (bisect_left(document.sentence, n) for n in (number, number + 1))
    return not cue_words("no").isdisjoint(document.tokens.folded[start:end])


def _plain(document: Document, number: int, types: tuple[str, ...]) -> list[Span]:
    """The names of these types in a sentence that are no part of others."""
    spans = document.by_sentence.get(number, ())
    return [span for span in spans if span.type in types and not span.hint.startswith("nested")]
