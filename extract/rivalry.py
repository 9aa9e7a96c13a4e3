"""Who yields to whom: in "A trails B" and "A уступает B" the better one comes second, which the classifiers seldom saw."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.cues import YIELD, Cues, load_cue
from kg.extract.document import Document, Span
from kg.extract.stance import TURNS

PREDICATE = "outperforms"
_AHEAD = 8
"""Tokens from the words that say so to the better one at most: "lags behind such rivals as B"."""
_DENIED = 3
"""Tokens before those words in which a negation turns them: "не уступает", "does not trail"."""
_CONCESSION = TURNS | {"though", "although", "хотя"}
"""Words between a name and those words after which they are not about that name: "beats A but trails B"."""

Rivals = dict[tuple[str, str], tuple[Span, Span]]
"""(better, worse) by their keys, and where they stand."""


class Rivalry:
    """Finds them in one document after the other.

    >>> from kg.extract.tokens import Tokens
    >>> spans = [Span(0, 0, "Model", "A"), Span(3, 3, "Model", "B")]
    >>> list(Rivalry().find(Document(Tokens("A lags behind B"), spans), {}))
    [('Model/b', 'Model/a')]
    """

    def __init__(self) -> None:
        self._yields: Cues = load_cue(YIELD)

    def find(self, document: Document, hits: dict[str, list[int]]) -> Rivals:
        """The rivals of a document, of which ``hits`` are the places of cues."""
        models = [span for span in document.spans if span.type == "Model"]
        if len(models) < 2:
            return {}
        found: Rivals = {}
        for places in self._yields.find(document.tokens).values():
            for place in places:
                if not any(place - _DENIED <= i < place for i in hits.get("no", ())):
                    for better, worse in _around(document, models, place, hits.get("beat", [])):
                        if better.key != worse.key:
                            found.setdefault((better.key, worse.key), (better, worse))
        return found


def _around(document: Document, models: list[Span], place: int, beats: list[int]) -> Iterator[tuple[Span, Span]]:
    """Better and worse of the sentence in which ``place`` is the first word that says so."""
    sentence = document.sentence
    here = [span for span in models if sentence[span.first] == sentence[place]]
    before = [span for span in here if span.last < place]
    behind = [span for span in here if place < span.first <= place + _AHEAD]
    if not before or not behind or _any(document, place, behind[0].first, TURNS):
        return
    first, last = before[0], before[-1]
    aside = _any(document, last.last, place, _CONCESSION) or any(first.last < i < last.first for i in beats)
    worse = [span for span in before if span.group == (first if aside else last).group]
    better = [span for span in here if span.group == behind[0].group]
    yield from ((one, other) for one in better for other in worse)


def _any(document: Document, start: int, end: int, words: frozenset[str]) -> bool:
    return not words.isdisjoint(document.tokens.folded[start + 1 : end])
