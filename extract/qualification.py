"""What a post says about a result or a run beyond the fact itself: score, metric, rank; phase and number of devices."""

from __future__ import annotations

from bisect import bisect_left

from kg.extract.cues import INFERENCE, TRAINING, load_cue
from kg.extract.document import Document, Span
from kg.extract.metrics import metric_of
from kg.extract.names import Names
from kg.extract.qualifiers import Rank, find_count, find_ranks, leads
from kg.model import Value

_IN_ONE_BREATH = 3
"""Words of both phases no further apart mean both: "trained and run on"."""
_PHASES = load_cue(TRAINING, INFERENCE)


def result_qualifiers(document: Document, model: Span, benchmark: Span, score: Span | None, names: Names) -> dict[str, Value]:
    """Score, metric and rank of a model on a benchmark."""
    found: dict[str, Value] = {"score": score.name} if score is not None else {}
    metric = metric_of(document, score, benchmark, names)
    if metric:
        found["metric"] = metric
    rank = rank_of(document, model, benchmark)
    if rank:
        found["rank"] = rank
    return found


def rank_of(document: Document, model: Span, benchmark: Span) -> int | None:
    """The place of the model in the ranking of the benchmark, said in the benchmark's sentence; the model may stand before it."""
    items = document.tokens.items
    low, high = _sentence(document, benchmark)
    start, end = items[low].start, items[high - 1].end
    text = document.tokens.text
    ranks = list(find_ranks(text, start, end))
    if leads(text[start : items[benchmark.first].start]):
        ranks.append(Rank(start, items[benchmark.first].start, 1))
    models = [span for span in document.spans if span.type == "Model"]
    holders = (_holder(document, rank, models, low) for rank in ranks)
    return next((rank.place for rank, holder in zip(ranks, holders, strict=True) if holder == model.key), None)


def _holder(document: Document, rank: Rank, models: list[Span], low: int) -> str:
    """The key of the model that has this place: the one named last before the words that say so in their sentence, which begins
    with the token ``low``, else the next one in it, else the last one before the sentence."""
    items, sentence = document.tokens.items, document.sentence
    earlier = [span.key for span in models if span.first < low]
    within = [span for span in models if sentence[span.first] == sentence[low]]
    before = [span.key for span in within if items[span.last].end <= rank.end]
    behind = [span.key for span in within if items[span.first].start >= rank.end]
    order = (before[-1:], behind[:1], earlier[-1:]) if rank.before else (behind[:1], before[-1:], earlier[-1:])
    return next((keys[0] for keys in order if keys), "")


def run_qualifiers(document: Document, device: Span) -> dict[str, Value]:
    """Phase and number of devices of a run."""
    text, items = document.tokens.text, document.tokens.items
    found: dict[str, Value] = {}
    phase = phase_of(document, device)
    if phase:
        found["phase"] = phase
    after = items[device.last].end
    count = find_count(text[max(0, items[device.first].start - 80) : items[device.first].start], text[after : after + 16])
    if count:
        found["count"] = count
    return found


def phase_of(document: Document, device: Span) -> str:
    """``training`` or ``inference``: what the sentence speaks of last before the device, else first behind it; else empty."""
    low, high = _sentence(document, device)
    places = sorted((place, phase) for phase, found in _PHASES.find(document.tokens, low, high).items() for place in found)
    before = [(place, phase) for place, phase in places if place < device.first]
    behind = [phase for place, phase in places if place > device.last]
    if not before:
        return behind[0] if behind else ""
    last, phase = before[-1]
    both = any(other != phase and last - place <= _IN_ONE_BREATH for place, other in before)
    return "" if both else phase


def _sentence(document: Document, span: Span) -> tuple[int, int]:
    """First token of the sentence of a span, and the one behind its last."""
    sentence = document.sentence
    return bisect_left(sentence, sentence[span.first]), bisect_left(sentence, sentence[span.last] + 1)
