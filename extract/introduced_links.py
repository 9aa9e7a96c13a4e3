"""Papers, and what the text before introduces: "proposes a benchmark (Quill) ... [Paper](...)"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.cues import PROPOSE, load_cue
from kg.extract.document import Document, Span
from kg.extract.links import is_paper
from kg.extract.objects import is_object
from kg.extract.pairs import Pair
from kg.extract.precedence import Held

PREDICATE = "described_in"
_SYSTEMS = ("Model", "Software", "Dataset", "Benchmark")
_SAID = 0.75
_LEAST = 0.1
"""How likely a name and a paper must belong together if the paper is held as that of another name."""
_PROPOSE = load_cue(PROPOSE)


def introduced_links(
    document: Document, held: Sequence[Held], likely: Mapping[tuple[str, str], float] | None = None
) -> Iterator[Held]:
    """Papers behind a name that is said to be introduced; no other paper stands between.

    Of papers that are ``held`` as somebody's only those that the classifiers do not find absurd, by how ``likely`` a name and a
    link belong together: a title says other names, too. On posts left out of the training all five such were right.

    >>> from kg.extract.document import value_spans
    >>> from kg.extract.links import find_links
    >>> from kg.extract.tokens import Tokens
    >>> tokens = Tokens("Proposes a test (Quill) of language models. https://arxiv.org/abs/2401.00001")
    >>> document = Document(tokens, [Span(4, 4, "Benchmark", "Quill"), *value_spans(tokens, find_links(tokens))])
    >>> [pair.near_subject.name for pair, _, _ in introduced_links(document, [])]
    ['Quill']
    """
    told = {(pair.subject, pair.object) for pair, predicate, _ in held if predicate == PREDICATE}
    owned, likely = {paper for _, paper in told}, likely or {}
    papers = [span for span in document.spans if span.type == "link" and is_paper(document.tokens, span.first, span.name)]
    if not papers:
        return
    names = list(_introduced(document))
    starts, before = [name.first for name in names], -1
    for paper in papers:
        own = paper.key not in owned
        for name in names[bisect_left(starts, before) : bisect_right(starts, paper.first)]:
            both = name.key, paper.key
            if own or (both not in told and likely.get(both, 0.0) >= _LEAST):
                told.add(both)
                owned.add(paper.key)
                yield Pair(*both, name, paper, []), PREDICATE, _SAID
        before = paper.last


def _introduced(document: Document) -> Iterator[Span]:
    """The first system behind a verb that introduces one, in the same clause and no complement of something else, or in brackets;
    with those of its list."""
    systems = [span for span in document.spans if span.type in _SYSTEMS]
    starts, seen = [span.first for span in systems], -1
    for place in _PROPOSE.find(document.tokens).get(PROPOSE, ()):
        number = bisect_left(starts, place)
        if number < len(systems) and number > seen and is_object(document, place, systems[number]):
            group = systems[number].group
            while number < len(systems) and systems[number].group == group:
                yield systems[number]
                seen, number = number, number + 1
