"""Methods named by plain words, where an item about a paper begins with the name: "Fine Lantern - proposes ... [Paper](...)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.cues import NO_TITLE, SURVEY, cue_words
from kg.extract.document import Span
from kg.extract.links import find_links, is_paper
from kg.extract.name_pieces import written
from kg.extract.tokens import Tokens, fold
from kg.model import Link

_LONGEST = 4
"""Words of such a name at most."""
_TOKENS = 12
_SAID = 12
"""Tokens behind a title in which it is said what the paper is."""
_ENDS = frozenset({"-", "–", "—", ":"})
_MARKUP = frozenset("*_#")
_ORDINARY = re.compile(r"\w+(?:ing|ly)")
"""What is done and how is no name: "Enhancing Reasoning"."""


def titled_names(tokens: Tokens, spans: Sequence[Span], links: Sequence[Link] = ()) -> Iterator[Span]:
    """Two to four capitalized words at the beginning of a line, before a dash or colon, if that line or the next has a paper.

    >>> text = "Fine Lantern - proposes a way to think.\\n[Paper](https://arxiv.org/abs/2401.00001)"
    >>> [span.name for span in titled_names(Tokens(text), [])]
    ['Fine Lantern']
    """
    papers = set(_lines_with_papers(tokens, links))
    if not papers:
        return
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    line = -1
    for first, item in enumerate(tokens.items):
        if item.line == line or item.text in _MARKUP:
            continue
        line = item.line
        last = _title(tokens, first)
        free = last > first and not papers.isdisjoint((line, line + 1)) and taken.isdisjoint(range(first, last + 1))
        if free and not is_survey(tokens, last):
            yield Span(first, last, "Model", written(tokens, first, last))


def is_survey(tokens: Tokens, last: int) -> bool:
    """Whether words of the line behind a title say that a whole field is looked at: "Fine Lanterns - a survey of ..."."""
    line = tokens.items[last].line
    behind = range(last + 1, min(last + 1 + _SAID, len(tokens)))
    return any(tokens.folded[i] in cue_words(SURVEY) for i in behind if tokens.items[i].line == line)


def _lines_with_papers(tokens: Tokens, links: Sequence[Link]) -> Iterator[int]:
    for link in find_links(tokens, links):
        first = tokens.starts.get(link.start, -1)
        if first >= 0 and is_paper(tokens, first, link.value):
            yield tokens.items[first].line


def _title(tokens: Tokens, first: int) -> int:
    """The last token of capitalized words that a dash with blanks around it or a colon ends, else -1."""
    items, words, last = tokens.items, 0, first
    for i in range(first, min(first + _TOKENS, len(items) - 1)):
        text, glued = items[i].text, items[i].glued
        if items[i].line != items[first].line:
            return -1
        if text in _ENDS and (text == ":" or not (glued or items[i + 1].glued)):
            return last if 2 <= words <= _LONGEST else -1
        if text == "*" or (text == "-" and glued and items[i + 1].glued):
            continue
        named = text.isascii() and (text[0].isupper() or text.isdigit())
        if not named or _ORDINARY.fullmatch(text) or fold(text) in cue_words(NO_TITLE):
            return -1
        words += not (i > first and items[i - 1].text == "-")
        last = i
    return -1
