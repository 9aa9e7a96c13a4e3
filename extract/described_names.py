"""Names of plain words at the head of a line that goes on to say what they are: "**Settings Mirror** — a tool that ..."."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.cues import DESCRIBED, DESCRIBING_ARTICLE, HEADING, INSIDE_NAME, NOUNS, TITLE_ABOUT, cue_words
from kg.extract.document import Span
from kg.extract.name_pieces import is_field, written
from kg.extract.sites import address
from kg.extract.titled_names import is_survey
from kg.extract.tokens import Tokens

_LONGEST = 7
"""Tokens of such a name at most."""
_SIGNS = 5
"""Signs before the first word of a line at most: of a list, of bold text, a picture."""
_REACH = 9
"""Tokens from the dash to the word that says what the thing is at most."""
_DASHES = frozenset("—-")
"""The shorter dash stands behind what a paragraph is about rather than behind a name."""
_CLOSING = frozenset("*_`])(")
_STOPS = frozenset(".,;:!?()")
_AND = cue_words(INSIDE_NAME)
_ABOUT = cue_words(TITLE_ABOUT)
"""Words of a title behind the name: "Drift Cloning in LLMs"."""
_ARTICLES = cue_words(DESCRIBING_ARTICLE)
"""With other English words, "proposes" and the like, it is the title of a paper of which something is told."""


def with_described(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """These spans, and the names at the head of a line in place of pieces of their ends; a piece that begins one is what is
    spoken of ("Lyra Overview — a ...").
    """
    covering = {i: span for span in spans for i in range(span.first, span.last + 1)}
    dropped: set[int] = set()
    more = []
    for first, last, kind in _heads(tokens):
        inside = {id(span): span for span in map(covering.get, range(first, last + 1)) if span}
        name = written(tokens, first, last)
        if not is_field(name) and all(first < span.first and span.last <= last for span in inside.values()):
            dropped |= inside.keys()
            more.append(Span(first, last, kind, name))
    return [*(span for span in spans if id(span) not in dropped), *more]


def _heads(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    """First and last token of the names that lines begin with, and the type that the words behind the dash say."""
    items, texts, size = tokens.items, tokens.texts, len(tokens)
    starts = [i for i in range(size) if not i or items[i].line != items[i - 1].line]
    for start, end in zip(starts, [*starts[1:], size], strict=True):
        first = next((i for i in range(start, min(start + _SIGNS, end)) if texts[i][0].isalnum()), end)
        last = _last(tokens, first, end)
        if first > last or texts[first].endswith("ing") or not cue_words(HEADING).isdisjoint(tokens.folded[first : last + 1]):
            continue
        dash = _dash(tokens, last, end)
        kind = _kind(tokens, dash + 1, min(end, dash + 1 + _REACH)) if dash and not is_survey(tokens, dash) else ""
        if kind:
            yield first, last, kind


def _last(tokens: Tokens, first: int, end: int) -> int:
    """Last of the words from ``first`` on that are written as those of a Latin name are; before ``first`` if there is none."""
    texts, items, last = tokens.texts, tokens.items, first - 1
    for i in range(first, min(end, first + _LONGEST)):
        named = texts[i] < "А" and (texts[i][0].isupper() or texts[i][0].isdigit() or (items[i].glued and texts[i].isalpha()))
        if named and (i > first or texts[i][0].isupper()):
            last = i
        elif i == first or not (texts[i] in _AND or (texts[i] == "-" and items[i].glued)):
            break
    return last


def _dash(tokens: Tokens, last: int, end: int) -> int:
    """The dash behind a name, of which bold text and a link may end before it, or of two words and what they are for; else 0."""
    texts, items, i = tokens.texts, tokens.items, last + 1
    if i < end and texts[i] in _ABOUT and last and not items[last].glued and texts[last - 1][0].isalnum():
        i = next((k for k in range(i, min(end, i + _LONGEST)) if texts[k] in _DASHES and not items[k].glued), end)
    while i < end and (texts[i] in _CLOSING or address(texts[i])):
        i += 1
    alone = i + 1 < end and texts[i] in _DASHES and not items[i + 1].glued
    return i if alone and not (items[i].glued and texts[i - 1][-1].isalnum()) else 0


def _kind(tokens: Tokens, start: int, end: int) -> str:
    """The type of which the first noun of a description says that it is one; of English descriptions with an article."""
    first = tokens.texts[start]
    if first[0] < "А" and first.islower() and first not in _ARTICLES:
        return ""
    for i in range(start, end):
        word = tokens.folded[i]
        kind = next((kind for cue, kind in NOUNS.items() if kind != "Organization" and word in cue_words(cue)), "")
        if kind or tokens.texts[i] in _STOPS:
            return kind
        if word in cue_words(DESCRIBED) and tokens.texts[i].islower():
            return "Software" if word[0] >= "а" else "Model"
    return ""
