"""What the tagger sees of each token: its letters, its neighbours, its place in the post and what the name lists say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from kg.extract.names import Match
from kg.extract.tokens import Token, Tokens, fold
from kg.extract.words import load_words

_QUOTES = {"«": "»", "“": "”", '"': '"', "„": "“", "`": "`"}


def token_features(tokens: Tokens, matches: Sequence[Match]) -> list[list[str]]:
    """One list of features per token, for python-crfsuite."""
    items = tokens.items
    lists = _list_features(len(items), matches)
    places = _places(tokens)
    capitals = Counter(t.text for t in items if t.text[0].isupper() or not t.text.isalpha())
    own = [[*_word(t.text), *lists[i], *places[i]] for i, t in enumerate(items)]
    shapes = [_shape(t.text) for t in items]
    lows = [low(t.text) for t in items]
    words = load_words()
    rows: list[list[str]] = []
    for i, token in enumerate(items):
        row = list(own[i])
        if token.glued:
            row.append("glued")
        if i + 1 < len(items) and items[i + 1].glued:
            row.append("next glued")
        seen = capitals[token.text]
        if seen > 1 and len(token.text) > 1:
            row.append("again" if seen < 4 else "often")
        for offset in (-3, -2, -1, 1, 2, 3):
            j = i + offset
            if not 0 <= j < len(items):
                row.append(f"{offset}=none")
                continue
            row.append(f"{offset}:w={lows[j]}")
            cluster = words.get(lows[j])
            if cluster:
                row.append(f"{offset}:k={cluster[1]}")
            if -3 < offset < 3:
                row.append(f"{offset}:s={shapes[j]}")
                row.extend(f"{offset}:{feature}" for feature in lists[j])
        if i:
            row.append(f"-1|0={lows[i - 1]}|{shapes[i]}")
        if i + 1 < len(items):
            row.append(f"0|1={shapes[i]}|{lows[i + 1]}")
            row.append(f"s0|1={shapes[i]}|{shapes[i + 1]}")
        if 0 < i < len(items) - 1:
            row.append(f"-1|s|1={lows[i - 1]}|{shapes[i]}|{lows[i + 1]}")
        rows.append(row)
    return rows


@lru_cache(maxsize=100_000)
def low(word: str) -> str:
    """What words are compared by: folded, all links alike, digits as zeros.

    >>> low("Моделью"), low("4o"), low("https://a.example")
    ('модел', '0o', '<link>')
    """
    if word.startswith(("http", "www.", "t.me/")):
        return "<link>"
    if word[0].isdigit():
        return re.sub(r"\d", "0", word.casefold())
    return fold(word) if word.isalpha() else word.casefold()


@lru_cache(maxsize=100_000)
def _shape(word: str) -> str:
    """X for capitals, x for small letters, Я/я for Cyrillic, 0 for digits; runs are shortened."""
    out: list[str] = []
    for letter in word[:12]:
        if letter.isdigit():
            kind = "0"
        elif "а" <= letter.lower() <= "я" or letter in "ёЁ":
            kind = "Я" if letter.isupper() else "я"
        elif letter.isalpha():
            kind = "X" if letter.isupper() else "x"
        else:
            kind = letter
        if out[-2:] != [kind, kind]:
            out.append(kind)
    return "".join(out)


@lru_cache(maxsize=100_000)
def _word(word: str) -> tuple[str, ...]:
    if word.startswith(("http", "www.", "t.me/")):
        return ("w=<link>",)
    folded = low(word)
    features = [
        f"w={folded}",
        f"s={_shape(word)}",
        f"p3={word[:3].casefold()}",
        f"x3={word[-3:].casefold()}",
        f"x2={word[-2:].casefold()}",
    ]
    clusters = load_words().get(folded)
    if clusters:
        features += [f"c={clusters[0]}", f"k={clusters[1]}"]
    else:
        features.append("c=?")
    if len(word) > 4:
        features += [f"p4={word[:4].casefold()}", f"x4={word[-4:].casefold()}"]
    has_digit, has_latin = any(c.isdigit() for c in word), any("a" <= c <= "z" for c in word.lower())
    if has_digit and has_latin:
        features.append("letters+digits")
    if has_latin and word[1:] != word[1:].lower():
        features.append("inner capital" if word[1:] != word[1:].upper() else "all capitals")
    if word.isalpha():
        features.append(f"len={min(len(word), 8)}" + ("L" if has_latin else "C"))
    return tuple(features)


def _list_features(size: int, matches: Sequence[Match]) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(size)]
    for match in matches:
        kinds = sorted({(name.type, name.when == "context") for name in match.names})
        for i in range(match.first, match.last + 1):
            edge = "B" if i == match.first else "I"
            for kind, ambiguous in kinds:
                rows[i].append(f"list={edge}-{kind}{'?' if ambiguous else ''}")
            if len(kinds) == 1:
                rows[i].append("list=one")
    return rows


def _places(tokens: Tokens) -> list[list[str]]:
    """Where a token stands: title, start of line or sentence, list item, bold, link words, quotes, brackets."""
    items = tokens.items
    rows: list[list[str]] = []
    first_line = items[0].line if items else 0
    quote, bold, bracket, line, word = "", False, 0, -1, 0
    for i, token in enumerate(items):
        row: list[str] = []
        if token.line != line:
            line, word, quote = token.line, 0, ""
            bracket = 0
            row.append("line start")
        is_word = token.text[0].isalnum()
        if is_word:
            word += 1
            if word <= 2:
                row.append(f"word {word} of line")
        if token.line == first_line:
            row.append("title")
        if _starts_sentence(items, i):
            row.append("sentence start")
        if token.text == "*" and i and items[i - 1].text == "*" and token.glued:
            bold = not bold
        if bold and is_word:
            row.append("bold")
        if quote and token.text == quote:
            quote = ""
        elif not quote and token.text in _QUOTES:
            quote = _QUOTES[token.text]
        elif quote and is_word:
            row.append("quoted")
        if token.text in "([":
            bracket += 1
        elif token.text in ")]":
            bracket = max(0, bracket - 1)
        elif bracket and is_word:
            row.append("in brackets")
        rows.append(row)
    return rows


def _starts_sentence(items: Sequence[Token], i: int) -> bool:
    return i == 0 or items[i - 1].text in ".!?" or items[i - 1].line != items[i].line
