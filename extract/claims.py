"""Pairs to claims: which relation holds, what qualifies it and which characters of the post say so."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.classifier import Classifier
from kg.extract.cues import AFFIRMED, TOPIC, Cues, load_cue
from kg.extract.document import Document, Span
from kg.extract.names import Names
from kg.extract.pairs import Pair, PairFinder
from kg.extract.qualifiers import find_count, find_rank
from kg.extract.sites import site_of
from kg.extract.stance import Stance
from kg.model import Value

_EVIDENCE = 400
"""Longest quoted evidence in characters; longer sentences are cut around the two names."""
_ONE_SCORE = 0.35
"""A number is the score when model and benchmark both point at it with this geometric mean of probabilities."""

_FAR_MODEL = 0.3
"""What the model's side counts when it stands far from the number, as in a list of results under its name."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim before its names are resolved to entities."""

    subject: Span
    predicate: str
    object: Span
    start: int
    end: int
    qualifiers: dict[str, Value]
    probability: float


class ClaimFinder:
    """Finds the claims of one document."""

    def __init__(self, pairs: PairFinder, classifier: Classifier, cues: Cues, names: Names) -> None:
        self._pairs, self._classifier, self._cues, self._names = pairs, classifier, cues, names
        self._affirmed, self._topic = load_cue(AFFIRMED), load_cue(TOPIC)

    def find(self, document: Document) -> Iterator[Finding]:
        """Claims in the order of their subjects and objects in the text."""
        if not self._on_topic(document):
            return
        pairs = list(self._pairs.find(document))
        scores = self._scores(pairs)
        hits = self._cues.find(document.tokens)
        stance = Stance(document, hits, self._affirmed)
        for pair in pairs:
            near_subject, near_object = pair.near_subject, pair.near_object
            if stance.denied(near_subject, near_object) or stance.asked(near_subject, near_object):
                continue
            for predicate in self._pairs.predicates[pair.near_subject.type, pair.near_object.type]:
                if predicate == "score":
                    continue
                probability = self._classifier.probability(predicate, pair.features)
                if not self._classifier.holds(predicate, probability):
                    continue
                start, end = evidence(document, pair.near_subject, pair.near_object)
                common: dict[str, Value] = {"hedged": True} if stance.hedged(near_subject, near_object) else {}
                for own in self._qualifiers(document, pair, predicate, hits, scores):
                    yield Finding(pair.near_subject, predicate, pair.near_object, start, end, {**own, **common}, probability)

    def _on_topic(self, document: Document) -> bool:
        """Is the post about computing at all? Missiles, viruses and aircraft have names like models, too."""
        if self._topic.find(document.tokens):
            return True
        return any(
            site_of(span.name)[0] in ("paper", "repository", "weights")
            if span.type == "link"
            else span.type not in ("Organization", "Person")
            and any(name.type == span.type for name in self._names.family(span.name))
            for span in document.spans
        )

    def _scores(self, pairs: list[Pair]) -> dict[tuple[str, str], float]:
        """(entity, score) to the probability that the number is a result of the one."""
        return {
            (pair.subject, pair.object): self._classifier.probability("score", pair.features)
            for pair in pairs
            if pair.near_object.type == "score"
        }

    def _qualifiers(
        self, document: Document, pair: Pair, predicate: str, hits: dict[str, list[int]], scores: dict[tuple[str, str], float]
    ) -> Iterator[dict[str, Value]]:
        if predicate == "evaluated_on":
            yield from self._results(document, pair, scores)
        elif predicate == "runs_on":
            yield _run(document, pair, hits)
        else:
            yield {}

    def _results(self, document: Document, pair: Pair, scores: dict[tuple[str, str], float]) -> Iterator[dict[str, Value]]:
        rated = []
        for key, spans in document.entities.items():
            if spans[0].type == "score":
                ours = scores.get((pair.subject, key), _FAR_MODEL)
                both = math.sqrt(ours * scores.get((pair.object, key), 0.0))
                if both >= _ONE_SCORE:
                    rated.append((-both, spans[0].first, spans[0]))
        start, end = evidence(document, pair.near_subject, pair.near_object)
        rank = find_rank(document.tokens.text[start:end])
        extra: dict[str, Value] = {"rank": rank} if rank and document.type_counts["Benchmark"] == 1 else {}
        if not rated:
            yield extra
        for _, _, span in sorted(rated, key=lambda row: row[:2])[:1]:
            metric = self._metric(document, span)
            yield {"score": span.name, **({"metric": metric} if metric else {}), **extra}

    def _metric(self, document: Document, score: Span) -> str:
        """The metric named nearest to the score in its sentence."""
        tokens, sentence = document.tokens, document.sentence
        low = max(0, score.first - 12)
        best, name = 99, ""
        for match in self._names.find_type(tokens, "Metric", low, min(len(tokens), score.last + 13)):
            apart = max(match.first - score.last, score.first - match.last)
            if sentence[match.first] == sentence[score.first] and apart < best:
                best, name = apart, match.names[0].name
        return name


def evidence(document: Document, a: Span, b: Span) -> tuple[int, int]:
    """The characters that say it: the sentence of both, both sentences when they are neighbours, else the object's."""
    items, sentence = document.tokens.items, document.sentence
    first, last = (a, b) if a.first <= b.first else (b, a)
    if sentence[last.first] - sentence[first.first] > 1:
        first = last = b
    low = bisect_left(sentence, sentence[first.first])
    high = bisect_left(sentence, sentence[max(first.last, last.last)] + 1) - 1
    start, end = items[low].start, items[high].end
    if end - start > _EVIDENCE:
        room = max(0, _EVIDENCE - (items[last.last].end - items[first.first].start)) // 2
        low = next(i for i in range(low, first.first + 1) if items[i].start >= items[first.first].start - room)
        high = next(i for i in range(high, last.last - 1, -1) if items[i].end <= items[last.last].end + room or i == last.last)
        start, end = items[low].start, items[high].end
    return start, end


def _run(document: Document, pair: Pair, hits: dict[str, list[int]]) -> dict[str, Value]:
    sentence, chip = document.sentence, pair.near_object
    text, items = document.tokens.text, document.tokens.items
    found: dict[str, Value] = {}
    words = {document.tokens.items[i].text.casefold()[:5] for i, s in enumerate(sentence) if s == sentence[chip.first]}
    training = any(word.startswith(("train", "pretr", "обуч", "предо", "дообу", "fine")) for word in words)
    inference = any(
        word.startswith(("infer", "serv", "run", "deplo", "инфер", "запус", "работ", "token", "токен", "laten")) for word in words
    )
    if training != inference:
        found["phase"] = "training" if training else "inference"
    count = find_count(text[: items[chip.first].start], text[items[chip.last].end : items[chip.last].end + 12])
    if count:
        found["count"] = count
    return found
