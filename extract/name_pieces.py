"""What the tagger marks as one run, as the names that can be in it; and what looks like a name and is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from kg.extract.cues import ARTICLE, FIELD, INTRODUCE, LICENCE, LICENSED, UNDER, cue_words, load_phrases
from kg.extract.document import Span, plain
from kg.extract.joined_names import is_short_form
from kg.extract.tokens import Tokens, fold

_TIMES = re.compile(r"\d+[x×хХX]")
"""How many of the thing there are, written before its name: 8xH200."""
_SIZE = re.compile(r"(?:(?:MoE|LLM|VLM)[\s-])?\d+(?:[.,]\d+)?\s?[BbMmTБ](?:-A\d+(?:[.,]\d+)?B)?")
"""A size by itself ("the 20B") is a version of what was named before, or says how large it is ("a MoE 26B-A3B"), and no name."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 24
"""Tokens a name has at most; names of events are the longest."""
_BESIDE, _WORDS_BESIDE = 8, 2
"""Tokens, and words, from the name of a licence to the word that says that it is one: "- **License**: MIT"."""
_WITH_COMMAS = ("Organization", "Person", "Event")
"""Types whose names may have commas: of a university and its place, of a conference and its year."""


def name_pieces(tokens: Tokens, first: int, last: int, kind: str) -> list[tuple[int, int]]:
    """A tagged run as a name can be: within one line and column, between words, brackets closed, "Vicuna+Alpaca" two names.

    So are "A, B", unless its ``kind`` may have commas, and "A Introduces B".
    """
    items = tokens.items
    first, last = _closed(tokens, first, min(last, first + _LONGEST))
    cuts = [i for i in range(first + 1, last + 1) if items[i].line != items[i - 1].line or _set_apart(tokens, i)]
    joins = [
        i
        for i in range(first + 1, last)
        if (items[i].text in "/+|" and _wordlike(items[i - 1].text) and _wordlike(items[i + 1].text))
        or (items[i].text == "," and kind not in _WITH_COMMAS)
        or tokens.folded[i] in cue_words(INTRODUCE)
    ]
    edges = sorted({first, *cuts, *joins, last + 1})
    found = []
    for start, end in pairwise(edges):
        a, b = start, end - 1
        while a <= b and (not _inked(items[a].text) or (a < b and _no_part(tokens, a))):
            a += 1
        closed = any(items[i].text == "(" for i in range(a, b))
        while b >= a and not _inked(items[b].text) and items[b].text not in ("+", "#") and not (closed and items[b].text == ")"):
            b -= 1
        while b + 1 < len(items) and items[b + 1].text in ("+", "#") and items[b + 1].glued and not _goes_on(tokens, b + 2):
            b += 1
        if a <= b:
            found += _without_short(tokens, a, b)
    return found


def _goes_on(tokens: Tokens, i: int) -> bool:
    """Does a word stand at this token without a blank before it?"""
    return i < len(tokens) and tokens.items[i].glued and _inked(tokens.items[i].text)


def _no_part(tokens: Tokens, i: int) -> bool:
    """Does a word before a name only count it ("8xH200"), or bring it in ("Introducing", "the")?"""
    text = tokens.texts[i]
    return text in cue_words(ARTICLE) or bool(_TIMES.fullmatch(text)) or tokens.folded[i] in cue_words(INTRODUCE)


def _without_short(tokens: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    """A name with its short form in brackets is two names: "Good Video Generator (GVG)"; not "Llama 3 (8B)"."""
    bracketed = last - 2 > first and (tokens.texts[last - 2], tokens.texts[last]) == ("(", ")")
    if bracketed and is_short_form(tokens.texts[last - 1], written(tokens, first, last - 3)):
        return [*_once(tokens, first, last - 3), (last - 1, last - 1)]
    return _once(tokens, first, last)


def _once(tokens: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    """A name that is written twice in a row, as in a picture's text and its link, is two names."""
    middle = (first + last + 1) // 2
    words = [word.replace("’", "'") for word in tokens.folded[first : last + 1]]
    if (last - first) % 2 and words[: middle - first] == words[middle - first :]:
        return [(first, middle - 1), (middle, last)]
    return [(first, last)]


def _set_apart(tokens: Tokens, i: int) -> bool:
    """Does the token begin another column of a table?"""
    gap = tokens.text[tokens.items[i - 1].end : tokens.items[i].start]
    return "\t" in gap or len(gap) > 2


def _closed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """The run up to a bracket that it opens and does not close."""
    depth, opened = 0, []
    for i in range(first, last + 1):
        if tokens.items[i].text == "(":
            opened.append(i)
            depth += 1
        elif tokens.items[i].text == ")" and depth:
            opened.pop()
            depth -= 1
    return (first, opened[0] - 1) if opened else (first, last)


def _wordlike(text: str) -> bool:
    return len(text) > 2 and text[0].isalpha()


def _inked(text: str) -> bool:
    return any(c.isalnum() for c in text)


def is_licence(tokens: Tokens, span: Span) -> bool:
    """Is it what a licence is called ("under MIT", "лицензия Apache 2.0", in brackets behind a link), and not who wrote it?"""
    if fold(tokens.texts[span.first]) not in cue_words(LICENCE):
        return False
    before = _words(tokens, range(span.first - 1, max(-1, span.first - 1 - _BESIDE), -1))
    behind = _words(tokens, range(span.last + 1, min(len(tokens), span.last + 1 + _BESIDE)))
    if not ((cue_words(LICENSED) | cue_words(UNDER)).isdisjoint(before) and cue_words(LICENSED).isdisjoint(behind)):
        return True
    linked = tokens.texts[max(0, span.first - 2) : span.first]
    return len(linked) > 1 and linked[0].startswith("http") and linked[1] == "(" and tokens.texts[span.last + 1 :][:1] == [")"]


def with_year(tokens: Tokens, span: Span) -> Span:
    """An event with the year behind it, which is part of its name and no date: "I/O 2026"."""
    after = span.last + 1
    if span.type != "Event" or after >= len(tokens) or not _YEAR.fullmatch(tokens.texts[after]):
        return span
    return Span(span.first, after, span.type, written(tokens, span.first, after), span.hint)


def _words(tokens: Tokens, places: Iterable[int]) -> list[str]:
    """The first words of these tokens, punctuation left out."""
    return [tokens.folded[i] for i in places if _inked(tokens.texts[i])][:_WORDS_BESIDE]


def written(tokens: Tokens, first: int, last: int) -> str:
    return tokens.text[tokens.items[first].start : tokens.items[last].end]


_FORMAT = re.compile(
    r"(?:(?:(?:MX|NV)?FP|INT)(?:4|6|8|16|32|64)|BF16|NF4|TF32|F(?:8|16|32|64))(?:_\w+)?|Q\d_(?:K(?:_\w)?|\d)", re.IGNORECASE
)


def is_format(name: str) -> bool:
    """Is this how numbers are stored, and no name?

    >>> is_format("FP8"), is_format("Q4_K_M"), is_format("F-16")
    (True, True, False)
    """
    return bool(_FORMAT.fullmatch(name))


def is_size(name: str) -> bool:
    """Is a name nothing but a size: "20B"?"""
    return bool(_SIZE.fullmatch(name))


def is_field(name: str) -> bool:
    """Is it what many models are, and the name of none?

    >>> is_field("Large Language Models"), is_field("multi-agent"), is_field("Large Lamp Model")
    (True, True, False)
    """
    return plain(name) in _fields()


@cache
def _fields() -> frozenset[str]:
    return frozenset(map(plain, load_phrases()[FIELD]))
