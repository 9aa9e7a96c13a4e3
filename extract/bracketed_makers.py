"""Who made it, right behind the first name of a line: "- Lyra (Nordix, 7B)", "Lyra 2 (Nordix) — an open LLM", "Lyra from Nordix
is an LLM".

Headlines and lists of news are written so. What else stands in such brackets is known, or no name by itself: what a method is
built on, where it was shown, what letters stand for, in which language it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.cues import APART, DESCRIBING_ARTICLE, IS, KIND, MADE_BY, NOUNS, cue_words
from kg.extract.document import SYSTEMS, Span, plain
from kg.extract.joined_names import is_short_form
from kg.extract.name_pieces import is_field, is_size, written
from kg.extract.names import Names
from kg.extract.tokens import Tokens
from kg.extract.word_features import low
from kg.extract.words import load_words

_LONGEST = 3
"""Words of either name at most."""
_REACH = 5
"""Tokens behind the dash among which a word says what it is."""
_SIGNS = 5
"""Signs before the first name of a line at most: of a list, of bold text."""
_MARKUP = frozenset("*_`")
_IS = cue_words(IS) | frozenset("—–-")
_MADE_BY = cue_words(MADE_BY)
_ENDS = frozenset(".!?")
_ADJECTIVE = ("ая", "яя", "ый", "ий", "ой", "ое", "ее", "ые", "ие")


class _Bracket(NamedTuple):
    """Token numbers: the name before the bracket, the name that the bracket begins with, and the last token of all."""

    first: int
    last: int
    firm: int
    firm_last: int
    close: int
    sized: bool


def bracketed_makers(tokens: Tokens, spans: Sequence[Span], names: Names) -> list[Span]:
    """The spans and, where a size or a description says that a line is about a model, its name and its maker, found or not; of
    two models of which one stands in brackets behind the other, that one is the maker unless the lists know it.

    >>> from kg.extract.names import load_names
    >>> [(span.name, span.type) for span in bracketed_makers(Tokens("- Lyra (Nordix, 7B)"), [], load_names())]
    [('Lyra', 'Model'), ('Nordix', 'Organization')]
    """
    covering = {i: span for span in spans for i in range(span.first, span.last + 1)}
    dropped: set[int] = set()
    more: list[Span] = []
    for opening, word in enumerate(tokens.folded):
        bracket = _bracket(tokens, opening) if word == "(" else _from(tokens, opening) if word in _MADE_BY else None
        if not bracket or not _is_firm(tokens, bracket, names):
            continue
        maker = covering.get(bracket.firm)
        name = covering.get(bracket.last)
        kind = "Model" if bracket.sized else _kind(tokens, bracket.close)
        if not name and not bracket.sized and low(tokens.texts[bracket.first]) in load_words():
            continue  # "Новинка от Nordix — языковая модель"
        known = name is not None and (name.first, name.last) == (bracket.first, bracket.last)
        if name and not (known and name.type in SYSTEMS):
            continue
        if not kind and not (tokens.texts[opening] == "(" and name and name.type == "Model" and maker and maker.type == "Model"):
            continue
        for first, last, found in ((bracket.first, bracket.last, name), (bracket.firm, bracket.firm_last, maker)):
            if found is not name or not known:
                dropped |= {id(covering[i]) for i in range(first, last + 1) if i in covering}
                as_kind = "Organization" if first == bracket.firm else kind
                more.append(Span(first, last, as_kind, written(tokens, first, last)))
    return [*(span for span in spans if id(span) not in dropped), *more]


def _bracket(tokens: Tokens, opening: int) -> _Bracket | None:
    """What stands at the head of a line or sentence and in brackets right behind it: one name, and a size at most."""
    texts, items = tokens.texts, tokens.items
    first, last = _head(tokens, opening - 1)
    if first > last:
        return None
    end = next((i for i in range(opening + 1, min(len(tokens), opening + 3 + 2 * _LONGEST)) if texts[i] == ")"), 0)
    comma = next((i for i in range(opening + 1, end) if texts[i] == ","), end)
    sized = comma < end and is_size("".join(texts[comma + 1 : end]))
    if not opening + 1 < comma <= opening + 1 + _LONGEST or (comma < end and not sized) or items[end].line != items[first].line:
        return None
    return _Bracket(first, last, opening + 1, comma - 1, end, sized)


def _from(tokens: Tokens, preposition: int) -> _Bracket | None:
    """The same with "from" instead of a bracket, with commas or without: "Lyra, from Nordix, is"."""
    texts, items = tokens.texts, tokens.items
    comma = texts[preposition - 1] == "," if preposition else False
    first, last = _head(tokens, preposition - 1 - comma)
    end = preposition + 1
    while end < min(len(tokens), preposition + 1 + _LONGEST) and texts[end][0].isupper() and items[end].line == items[first].line:
        end += 1
    if first > last or end == preposition + 1 or (comma and texts[end : end + 1] != [","]):
        return None
    return _Bracket(first, last, preposition + 1, end - 1, end if comma else end - 1, sized=False)


def _head(tokens: Tokens, last: int) -> tuple[int, int]:
    """First and last token of the name at the head of a line or sentence that ends with a token, or before the marks of bold
    text there; the first one is behind the last one if there is none."""
    while last > 0 and tokens.texts[last] in _MARKUP:
        last -= 1
    first = last + 1
    while first > 0 and last - first < 2 * _LONGEST and _in_name(tokens, first - 1, last):
        first -= 1
    named = first <= last and tokens.texts[first][0].isupper() and _heads(tokens, first)
    return (first if named else last + 1), last


def _in_name(tokens: Tokens, i: int, last: int) -> bool:
    """Whether a token belongs to the name that ends further on: words with capitals, numbers, and hyphens between them."""
    text, items = tokens.texts[i], tokens.items
    if items[i].line != items[last].line:
        return False
    hyphen = i < last and text == "-" and items[i].glued
    return hyphen or text[0].isupper() or (text[0].isdigit() and i > 0 and _goes_on(tokens, i))


def _goes_on(tokens: Tokens, i: int) -> bool:
    """Whether a number stands behind a word or a hyphen in its line: of a version, not of a list."""
    before = tokens.texts[i - 1]
    return tokens.items[i - 1].line == tokens.items[i].line and (before[0].isalpha() or before == "-")


def _heads(tokens: Tokens, first: int) -> bool:
    """Whether nothing but signs and the number of an item stands before a name in its line or sentence."""
    texts, items = tokens.texts, tokens.items
    for i in range(first - 1, max(first - 2 - _SIGNS, -1), -1):
        if items[i].line != items[first].line or (texts[i] in _ENDS and not texts[i - 1][0].isdigit()):
            return True
        if texts[i][0].isalpha() or (texts[i][0].isdigit() and i and items[i - 1].line == items[i].line):
            return False
    return first <= _SIGNS or items[first - _SIGNS].line != items[first].line


def _is_firm(tokens: Tokens, bracket: _Bracket, names: Names) -> bool:
    """Whether what stands in brackets is listed as an organization, or written as names are and nothing that anybody knows, nor
    short for the name before or long for it."""
    name, firm = written(tokens, bracket.first, bracket.last), written(tokens, bracket.firm, bracket.firm_last)
    listed = names.lookup(firm)
    if listed:
        return all(entry.type == "Organization" for entry in listed)
    words = tokens.texts[bracket.firm : bracket.firm_last + 1]
    titled = all(word.isalpha() and (word.istitle() or word == "AI") for word in words) and words[0].istitle()
    if not titled or low(words[0]) in load_words() or names.family(firm) or is_field(firm):
        return False
    alike = plain(firm).startswith(plain(name)[:3]) or is_short_form(name, firm) or is_short_form(firm, name)
    return not alike


def _kind(tokens: Tokens, close: int) -> str:
    """The type that the words behind the bracket and a dash or "is" say: "(Nordix) — an open LLM"; empty if they say none."""
    texts, items = tokens.texts, tokens.items
    dash = close + 1
    while dash < len(tokens) and texts[dash] in _MARKUP:
        dash += 1
    if dash >= len(tokens) or tokens.folded[dash] not in _IS or items[dash].line != items[close].line:
        return ""
    dash += not cue_words(IS).isdisjoint(tokens.folded[dash + 1 : dash + 2])
    for i in range(dash + 1, min(len(tokens), dash + 1 + _REACH)):
        word = tokens.folded[i]
        kind = next((kind for cue, kind in NOUNS.items() if kind in SYSTEMS and word in cue_words(cue)), "")
        if items[i].line != items[close].line or (kind and _describes(tokens, i)):
            return ""
        if kind:
            return kind
        first_word = cue_words(DESCRIBING_ARTICLE) if i == dash + 1 else {word}
        if not (word in first_word if word[0] < "а" else texts[i].endswith(_ADJECTIVE)):
            return ""
    return ""


def _describes(tokens: Tokens, i: int) -> bool:
    """Whether a word that could say what a thing is only describes the next one: "an LLM meeting", "LLM-платформа"."""
    word = tokens.folded[i + 1] if i + 1 < len(tokens) and tokens.items[i + 1].line == tokens.items[i].line else "."
    goes_on = word[0].isalpha() and word not in cue_words(APART) | cue_words(KIND)
    return tokens.is_joined(i) or (goes_on and tokens.folded[i][0] < "а")
