"""What a sentence in which a word says who is better, or worse, names, and whom it is about when it names nobody."""

from __future__ import annotations

from kg.extract.document import Document, Span
from kg.extract.pair_grid import topic_entity

OBJECT = 4
"""Tokens from a verb to its object at most."""
MANY = 200
"""Names in one sentence with which it is none: each verb looks at all of them."""


def around(document: Document, place: int) -> tuple[list[Span], list[Span]]:
    """The models of the sentence, and those of them that stand before ``place``."""
    here = models_of(document, document.sentence[place])
    return here, [span for span in here if span.last < place]


def models_of(document: Document, sentence: int) -> list[Span]:
    """The models that a sentence names; none of a sentence with too many names."""
    here = document.by_sentence.get(sentence, ())
    return [span for span in here if span.type == "Model"] if len(here) <= MANY else []


def right_before(document: Document, place: int) -> str:
    """The folded word before a token in its sentence, else empty."""
    first = place == 0 or document.sentence[place - 1] != document.sentence[place]
    return "" if first else document.tokens.folded[place - 1]


def any_word(document: Document, start: int, end: int, words: frozenset[str]) -> bool:
    """Whether one of the words stands between two tokens."""
    return not words.isdisjoint(document.tokens.folded[start + 1 : end])


def object_of(document: Document, span: Span, stops: set[int]) -> bool:
    """Whether another verb stands before the name, or the list it is in: "A matches B and beats C" says nothing of B and C."""
    return not stops.isdisjoint(document.before(span, OBJECT))


def unsaid_subject(document: Document, place: int, topic: Span | None, others: set[str], bases: set[int]) -> Span | None:
    """The subject of a sentence that names none but the ``others``: the first model of the sentence before that nothing is built
    on, or what the post is about, or the first model of the sentence before that one."""
    here = document.sentence[place]
    before, long_before = ([span for span in models_of(document, here - back) if span.key not in others] for back in (1, 2))
    about = [topic] if topic and topic.first < place and topic.key not in others else []
    own = [span for span in before if not object_of(document, span, bases)]
    return next(iter([*own, *about, *before, *long_before]), None)


def topic_of(document: Document) -> Span | None:
    """The model that the post is about."""
    topic = list(document.entities.values())[topic_entity(document)][0]
    return topic if topic.type == "Model" else None
