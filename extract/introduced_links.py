"""Papers, and what the text before introduces: "proposes a benchmark (Quill) ... [Paper](...)"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.cues import APART, PROPOSE, RIVAL, TOLD_IN, cue_words, load_cue
from kg.extract.document import Document, Span
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.sites import site_of
from kg.extract.tokens import fold

PREDICATE = "described_in"
_SYSTEMS = ("Model", "Software", "Dataset", "Benchmark")
_REACH = 10
"""Tokens from the verb to the name of what is introduced at most."""
_CLAUSE = frozenset(".,;:!?")
_INDEFINITE = frozenset({"a", "an"})
"""Right before a name they say that it tells of which kind something else is."""
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
    papers = [span for span in document.spans if span.type == "link" and _is_paper(document, span)]
    if not papers:
        return
    names = list(_introduced(document))
    starts, before = [name.first for name in names], -1
    for paper in papers:
        own = paper.key not in owned
        for name in names[bisect_left(starts, before) : bisect_left(starts, paper.first)]:
            both = name.key, paper.key
            if own or (both not in told and likely.get(both, 0.0) >= _LEAST):
                told.add(both)
                owned.add(paper.key)
                yield Pair(*both, name, paper, []), PREDICATE, _SAID
        before = paper.last


def _is_paper(document: Document, link: Span) -> bool:
    """By its site, or by its words: "[Paper](...)", "Статья: ..."."""
    texts, first = document.tokens.texts, link.first
    named = texts[max(0, first - 3) : first]
    words = named[:1] if named[1:] == ["]", "("] else named[-2:-1] if named[-1:] == [":"] else []
    return site_of(link.name)[0] == "paper" or any(fold(word) in cue_words(TOLD_IN) for word in words)


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


def is_object(document: Document, verb: int, name: Span) -> bool:
    """Whether a name behind a verb stands in its clause and is no complement of something else, or stands in brackets."""
    tokens = document.tokens
    if name.first - verb > _REACH or document.sentence[verb] != document.sentence[name.first]:
        return False
    between = tokens.texts[verb + 1 : name.first]
    if between[-1:] == ["("]:
        return True
    tied = tokens.texts[name.last + 1 : name.last + 2] == ["-"] and tokens.items[name.last + 1].glued
    if tokens.folded[name.first - 1] in _INDEFINITE:
        return False  # "proposes a Lyra agent"
    if not cue_words(RIVAL).isdisjoint(tokens.folded[name.first - 1 : name.first] + tokens.folded[name.last + 1 : name.last + 2]):
        return False  # "released a Lyra rival", "показал свой ответ Lyra"
    return not tied and _CLAUSE.isdisjoint(between) and cue_words(APART).isdisjoint(tokens.folded[verb + 1 : name.first])
