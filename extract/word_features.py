"""What the tagger sees of one word, wherever it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from kg.extract.sites import address
from kg.extract.tokens import Tokens, fold
from kg.extract.words import load_words

_LATIN = re.compile("[a-z]")
_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)


def telling(word: str) -> bool:
    """Does it say something that a word is written again: one with a capital, or with more than letters?"""
    return len(word) > 1 and (word[0].isupper() or not word.isalpha())


def frequent(texts: Iterable[str], least: int, least_shape: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words, as ``low`` gives them, and the shapes that occur so often in the texts, in order.

    >>> frequent(["GPT-4o или GPT-4", "или"], 2, 2)
    (('-', 'gpt', 'или'), ('-', 'XX', 'яя'))
    """
    words: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    for text in texts:
        pieces = Tokens(text).texts
        words.update(map(low, pieces))
        shapes.update(map(shape, pieces))
    return (
        tuple(sorted(word for word, count in words.items() if count >= least)),
        tuple(sorted(word for word, count in shapes.items() if count >= least_shape)),
    )


def low_features(low_word: str, offset: int) -> list[str]:
    """What a neighbour at this offset says by its word, ``low`` as below."""
    cluster = load_words().get(low_word)
    return [f"{offset}:w={low_word}", f"{offset}:k={cluster[1]}"] if cluster else [f"{offset}:w={low_word}"]


@lru_cache(maxsize=100_000)
def low(word: str) -> str:
    """What words are compared by: folded, all links alike, digits as zeros.

    >>> low("Моделью"), low("4o"), low("https://a.example")
    ('модел', '0o', '<link>')
    """
    if _is_link(word):
        return "<link>"
    if word[0].isdigit():
        return re.sub(r"\d", "0", word.casefold())
    return fold(word) if word.isalpha() else word.casefold()


@lru_cache(maxsize=100_000)
def shape(word: str) -> str:
    """X for capitals, x for small letters, Я/я for Cyrillic, 0 for digits; runs are shortened.

    >>> shape("GPT-4o"), shape("Нейросеть")
    ('XX-0x', 'Яяя')
    """
    return _RUN.sub(lambda run: run[0][:2], word[:12].translate(_KINDS))


def _is_link(word: str) -> bool:
    return word.startswith(("http", "www.", "t.me/")) or bool(address(word))


class _LetterKinds(dict[int, str]):
    """What ``shape`` writes for each letter, filled as they are met."""

    def __missing__(self, number: int) -> str:
        letter = chr(number)
        if letter.isdigit():
            kind = "0"
        elif "а" <= letter.lower() <= "я" or letter in "ёЁ":
            kind = "Я" if letter.isupper() else "я"
        elif letter.isalpha():
            kind = "X" if letter.isupper() else "x"
        else:
            kind = letter
        self[number] = kind
        return kind


_KINDS = _LetterKinds()


def word_features(word: str) -> tuple[str, ...]:
    """What a word says of itself."""
    if _is_link(word):
        return ("w=<link>",)
    folded, small = low(word), word.casefold()
    if len(small) != len(word):  # ß is ss
        small = word
    features = [
        f"w={folded}",
        f"s={shape(word)}",
        f"p3={small[:3].casefold()}",
        f"x3={small[-3:].casefold()}",
        f"x2={small[-2:].casefold()}",
    ]
    clusters = load_words().get(folded)
    if clusters:
        features += [f"c={clusters[0]}", f"k={clusters[1]}"]
    else:
        features.append("c=?")
    if len(word) > 4:
        features += [f"p4={word[:4].casefold()}", f"x4={word[-4:].casefold()}"]
    has_digit, has_latin = not word.isalpha() and any(map(str.isdigit, word)), _LATIN.search(word.lower()) is not None
    if has_digit and has_latin:
        features.append("letters+digits")
    if has_latin and word[1:] != word[1:].lower():
        features.append("inner capital" if word[1:] != word[1:].upper() else "all capitals")
    if word.isalpha():
        features.append(f"len={min(len(word), 8)}" + ("L" if has_latin else "C"))
    return tuple(features)
