"""Names by the company they keep: "on MMLU, Riddles and QRST", "71.2% on Riddles", "models such as Lyra and Quill".

A list names things of one kind, and a result stands on nothing but a benchmark, whatever a name looks like.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from kg.extract.cues import (
    AND_OR,
    ARTICLE,
    BEHIND_LIST,
    BENCHMARKS,
    EXAMPLES,
    MANY,
    MEASURED_ON,
    OTHER_ADVANTAGE,
    cue_words,
)
from kg.extract.document import Span
from kg.extract.name_pieces import written
from kg.extract.names import Names
from kg.extract.tokens import GENITIVE, Tokens
from kg.extract.word_features import low
from kg.extract.words import load_words

_KIND = ("Benchmark", "Dataset")
_UNSURE = ("Model", "Software")
"""Types for which a tagger takes the name of a benchmark that it never heard of."""
_MIXED = (*_UNSURE, "Organization")
"""Types that are taken for each other, where nobody knows the names."""
_AND = cue_words(AND_OR) | {"&"}
_SEPARATORS = _AND | {",", ";"}
_MARKS = frozenset('*_`[]"“”«»')
_OPENING = _MARKS | frozenset(",:(—–-")
_NOUN, _PLURAL = "benchmarks", ("и", "ов", "ам", "ами", "ах")
"""The word that in the singular calls the name behind it a benchmark, and how it ends otherwise, where its stem tells nothing."""
_SHOWING = frozenset(":(—–")
"""Behind a word for many things they say that examples of them follow."""
_BRACKET = 10
"""Tokens in brackets behind a name of a list at most: its result, what it tests."""
_NEAR = 4
"""Tokens before a list in which its word stands."""


def listed_names(tokens: Tokens, spans: Sequence[Span], names: Names) -> list[Span]:
    """Give names in lists of benchmarks and behind "models such as" their type, in place; those that nobody found in the former.

    >>> from kg.extract.names import load_names
    >>> spans = [Span(1, 1, "Benchmark", "MMLU"), Span(3, 3, "Model", "Zarven")]
    >>> [span.name for span in listed_names(Tokens("on MMLU, Zarven and XQZT"), spans, load_names())], spans[1].type
    (['XQZT'], 'Benchmark')
    """
    starts = {span.first: span for span in spans}
    ends = {span.last for span in spans}
    more: list[Span] = []
    behind = -1
    for span in sorted(spans, key=lambda span: span.first):
        if span.first <= behind or span.type not in (*_KIND, *_MIXED):
            continue
        members, end = _list(tokens, span, starts)
        behind = members[-1].last
        unlisted = [member for member in members if not names.lookup(member.name)]
        kind = "" if _owns(tokens, span) else _examples_of(tokens, span.first)
        if kind:
            for member in unlisted:
                member.type = kind if member.type in _MIXED and member.first in starts else member.type
            continue
        if unlisted and _are_benchmarks(tokens, members, end, names, ends):
            for member in unlisted:
                if member.type in _UNSURE:
                    member.type = "Benchmark"
                if member.first not in starts:
                    more.append(member)
    return more


def _are_benchmarks(tokens: Tokens, members: list[Span], end: int, names: Names, ends: Set[int]) -> bool:
    """Do the words beside a list, or one of its names, say that it is one of benchmarks, and no known thing of another kind?"""
    first = members[0].first
    if any(member.type not in _KIND and names.lookup(member.name) for member in members):
        return False
    known = any(member.type in _KIND for member in members)
    if _called(tokens, first, known) or _result_before(tokens, first, ends):
        return True
    word = tokens.folded[end] if end < len(tokens) and tokens.items[end].line == tokens.items[first].line else "."
    if len(members) < 2 or (word[0].isalnum() and word not in cue_words(BENCHMARKS) | cue_words(BEHIND_LIST)):
        return False  # "A on B, and C performs better"
    measured = known and (_on(tokens, members) or all(_has_result(tokens, member) for member in members))
    return measured or word in cue_words(BENCHMARKS)


def _on(tokens: Tokens, members: list[Span]) -> bool:
    """Does "on" stand before a list? Of two names with a comma between them the second may be who was tested: "On B, A leads"."""
    joined = any(word in _AND for word in tokens.texts[members[0].last + 1 : members[-1].first])
    return _measured(tokens, members[0].first) >= 0 and (joined or len(members) > 2)


def _has_result(tokens: Tokens, span: Span) -> bool:
    """Does a number with a decimal part or in per cent stand behind a name, as in "A 71.2" and "A (71%)"?"""
    behind = tokens.texts[span.last + 1 : span.last + 6]
    while behind and (behind[0] in _MARKS or behind[0] in "(:~+-"):
        behind = behind[1:]
    return bool(behind) and behind[0][0].isdigit() and ("." in behind[0] or behind[1:2] == ["%"])


def _measured(tokens: Tokens, first: int) -> int:
    """The token of "on" before a name, else -1."""
    i = first - 1
    while i >= 0 and (tokens.texts[i] in _MARKS or tokens.texts[i] in cue_words(ARTICLE)):
        i -= 1
    return i if i >= 0 and tokens.folded[i] in cue_words(MEASURED_ON) else -1


def _examples_of(tokens: Tokens, first: int) -> str:
    """The type that "models such as" before a name says it has; empty if nothing does."""
    i, example = first - 1, False
    while i >= 0 and first - i <= _NEAR and (tokens.texts[i] in _OPENING or tokens.folded[i] in cue_words(EXAMPLES)):
        example = example or (tokens.folded[i] in cue_words(EXAMPLES) and tokens.texts[i] not in cue_words(ARTICLE))
        i -= 1
    if i < 0 or not example or tokens.items[i].line != tokens.items[first].line:
        return ""
    return next((kind for cue, kind in MANY.items() if tokens.folded[i] in cue_words(cue)), "")


def _called(tokens: Tokens, first: int, known: bool) -> bool:
    """Does "benchmarks such as" stand before a name, or "benchmarks" before a list with a ``known`` one?

    "In benchmarks A beats B" tells who was tested.
    """
    i, example = first - 1, known
    while i >= 0 and first - i <= _NEAR and (tokens.texts[i] in _OPENING or tokens.folded[i] in cue_words(EXAMPLES)):
        example = example or tokens.texts[i] in _SHOWING or tokens.folded[i] in cue_words(EXAMPLES)
        i -= 1
    if i < 0 or tokens.items[i].line != tokens.items[first].line:
        return False
    if example:
        return tokens.folded[i] in cue_words(BENCHMARKS)
    one = tokens.folded[i] in cue_words(_NOUN) and not tokens.texts[i].endswith(_PLURAL)
    return one and _MARKS.issuperset(tokens.texts[i + 1 : first])


def _result_before(tokens: Tokens, first: int, ends: Set[int]) -> bool:
    """Does a result with "on" stand before a name: "71.2% on"?"""
    texts, behind = tokens.texts, _measured(tokens, first) - 1
    if behind < 1 or behind in ends:
        return False
    per_cent = texts[behind] == "%"
    place = behind - 1 if per_cent else behind
    number = texts[place]
    if not cue_words(OTHER_ADVANTAGE).isdisjoint(tokens.folded[max(0, place - _NEAR) : place]):
        return False  # "a discount of 20% on A", "its speed grew by 20% on A"
    return number[0].isdigit() and (per_cent or "." in number or "," in number)


def _list(tokens: Tokens, span: Span, starts: dict[int, Span]) -> tuple[list[Span], int]:
    """The names of the list that begins with one, found or not, and the token behind it."""
    members, end = [span], span.last + 1
    while True:
        end = _passed(tokens, end)
        i = end
        while i < len(tokens) and (tokens.texts[i] in _MARKS or tokens.texts[i] in _SEPARATORS):
            i += 1
        apart = any(tokens.texts[k] in _SEPARATORS for k in range(end, i))
        if not apart or i >= len(tokens) or tokens.items[i].line != tokens.items[span.first].line:
            return members, end
        found = starts.get(i) or _unknown(tokens, i, starts)
        if not found or found.type not in (*_KIND, *_MIXED) or _owns(tokens, found):
            return members, end
        members.append(found)
        end = found.last + 1
        if any(tokens.texts[k] in _AND for k in range(members[-2].last + 1, found.first)):
            return members, _passed(tokens, end)


def _owns(tokens: Tokens, span: Span) -> bool:
    return span.last + 1 < len(tokens) and tokens.texts[span.last + 1] in GENITIVE


def _passed(tokens: Tokens, i: int) -> int:
    """The token behind the marks, the brackets and the number that stand behind a name."""
    texts, size = tokens.texts, len(tokens)
    while i < size:
        closing = next((k for k in range(i + 1, min(size, i + 1 + _BRACKET)) if texts[k] == ")"), -1) if texts[i] == "(" else -1
        if closing > 0:
            i = closing + 1
        elif texts[i] in _MARKS or texts[i] == "%" or (texts[i][0].isdigit() and texts[i - 1] not in _SEPARATORS):
            i += 1
        else:
            break
    return i


def _unknown(tokens: Tokens, first: int, starts: dict[int, Span]) -> Span | None:
    """A word of capitals, or joined to others, that nobody knows: a name if those beside it are."""
    last = first
    while (
        last + 2 < len(tokens) and tokens.texts[last + 1] == "-" and tokens.items[last + 1].glued and tokens.items[last + 2].glued
    ):
        last += 2
    words = tokens.texts[first : last + 1]
    if any(i in starts for i in range(first, last + 1)) or sum(letter.isupper() for letter in "".join(words)) < 2:
        return None
    known = any(low(word) in load_words() for word in words[:1])
    return None if known or not words[0][0].isalpha() else Span(first, last, "Benchmark", written(tokens, first, last))
