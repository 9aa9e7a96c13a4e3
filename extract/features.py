"""What the tagger sees of each token: its letters, its neighbours, its place in the post and what the name lists say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from kg.extract.names import Match, Name
from kg.extract.tokens import Token, Tokens
from kg.extract.word_features import low, low_features, shape, telling, word_features

OFFSETS = (-3, -2, -1, 1, 2, 3)
"""The neighbours a token sees ..."""
NEAR = (-2, -1, 1, 2)
"""... and those of which it sees more than the word."""
QUOTES = {"«": "»", "“": "”", '"': '"', "„": "“", "`": "`"}


def token_features(tokens: Tokens, matches: Sequence[Match]) -> list[list[str]]:
    """One list of features per token, for python-crfsuite."""
    items = tokens.items
    lists = _list_features(len(items), matches)
    where = places(tokens)
    seen = Counter(tokens.texts)
    own = [[*word_features(t.text), *lists[i], *where[i]] for i, t in enumerate(items)]
    shapes = [shape(t.text) for t in items]
    lows = [low(t.text) for t in items]
    rows: list[list[str]] = []
    for i, token in enumerate(items):
        row = list(own[i])
        if token.glued:
            row.append("glued")
        if i + 1 < len(items) and items[i + 1].glued:
            row.append("next glued")
        if seen[token.text] > 1 and telling(token.text):
            row.append("again" if seen[token.text] < 4 else "often")
        for offset in OFFSETS:
            j = i + offset
            if not 0 <= j < len(items):
                row.append(f"{offset}=none")
                continue
            row += low_features(lows[j], offset)
            if offset in NEAR:
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


def _list_features(size: int, matches: Sequence[Match]) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(size)]
    for match in matches:
        for i in range(match.first, match.last + 1):
            rows[i] += list_features(match.names, i == match.first)
    return rows


@lru_cache(maxsize=10_000)
def list_features(names: tuple[Name, ...], begins: bool) -> tuple[str, ...]:
    """What the lists say of a token that begins or goes on what could be one of these names."""
    kinds = sorted({(name.type, name.when == "context") for name in names})
    found = tuple(f"list={'B' if begins else 'I'}-{kind}{'?' if ambiguous else ''}" for kind, ambiguous in kinds)
    return (*found, "list=one") if len(kinds) == 1 else found


def places(tokens: Tokens) -> list[list[str]]:
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
        elif not quote and token.text in QUOTES:
            quote = QUOTES[token.text]
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
