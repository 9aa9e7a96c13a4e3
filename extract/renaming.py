"""Annotated posts with names that nobody has heard of, so that a tagger learns from what stands around a name, too.

Most names of companies in annotated posts stand in the lists, those of next year do not: on posts in which the companies were
renamed, a tagger that had not met such names found little more than half as many of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from random import Random
from typing import Any

from kg.extract.names import Names, load_names

TYPES = ("Organization", "Model", "Software", "Benchmark", "Dataset", "Hardware")
SHARE = 0.5
"""How many of the names of a post are replaced, 0-1, so that new names stand beside known ones."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_PARTS = re.compile(r"[A-ZА-ЯЁ]+(?![a-zа-яё])|[A-ZА-ЯЁ]?[a-zа-яё]+")
"""The parts of a word like DeepSeek or OpenAI."""
_COMMON = 5
"""A word that stands behind so many others in listed names is none of its own: Labs, AI, Instruct."""
_ENDING = 3
"""Letters of a Russian ending at most."""
_ORDER = 3
"""Letters by which the next one is chosen."""
_TRIES = 20


def renamed(post: dict[str, Any], seed: int = 0, share: float = SHARE) -> dict[str, Any] | None:
    """The post with a share of its names made up, everywhere and in links as well; None where there is nothing to rename.

    The same post and seed give the same names.

    >>> post = {"id": "1", "text": "Сбер и Nvidia", "entities": [], "triples": []}
    >>> renamed(post) is None
    True
    """
    random = Random(f"{seed} {post['id']}")
    new: dict[str, str] = {}
    for entity in post["entities"]:
        if entity["type"] in TYPES and random.random() < share:
            for stem in _stems([entity["name"], *entity["surfaces"]]):
                new.setdefault(stem, invented(stem, random))
    if not new:
        return None
    pattern = re.compile("|".join(map(_whole, sorted(new, key=len, reverse=True))))
    lower = {stem.lower(): made.lower() for stem, made in new.items() if len(stem) > _ORDER}
    address = re.compile("|".join(map(re.escape, sorted(lower, key=len, reverse=True))) or "(?!)")

    def rename(value: Any) -> Any:
        if isinstance(value, str):
            parts = re.split(r"(https?://\S+)", value)
            return "".join(
                address.sub(lambda m: lower[m[0]], part) if i % 2 else pattern.sub(lambda m: new[m[0]], part)
                for i, part in enumerate(parts)
            )
        if isinstance(value, list):
            return [rename(each) for each in value]
        return {key: rename(each) for key, each in value.items()} if isinstance(value, dict) else value

    kept = ("id", "lang", "source")
    return {key: value if key in kept else rename(value) for key, value in post.items()}


def _whole(stem: str) -> str:
    """An expression for the word, or for one that begins so and has a Russian ending."""
    ending = "(?![A-Za-z])" if stem.isascii() else f"(?=[а-яё]{{0,{_ENDING}}}(?![А-Яа-яЁё]))"
    return rf"(?<![^\W\d_]){re.escape(stem)}{ending}"


def _stems(surfaces: Collection[str]) -> Iterable[str]:
    """The words of a name that are its own; of Russian words what all their cases begin with."""
    by_start: dict[str, set[str]] = defaultdict(set)
    for surface in surfaces:
        for word in _WORD.findall(surface):
            if word[0].isupper() and word.casefold() not in _common_words():
                by_start[word[:_ORDER]].add(word)
    for words in by_start.values():
        stem = _beginning(min(words), max(words))
        if len(stem) > 1 and all(len(word) - len(stem) <= _ENDING for word in words):
            yield stem
        else:
            yield from sorted(words)


def _beginning(one: str, two: str) -> str:
    """What both begin with."""
    same = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return one[:same]


def invented(word: str, random: Random) -> str:
    """A word that looks like the names of the lists and is none, written as the given one is: Larnix, DeepTor, KQV."""
    for _ in range(_TRIES):
        first, *others = _PARTS.findall(word) or [word]
        made = _part(first, random) + "".join(p if p.casefold() in _common_words() else _part(p, random) for p in others)
        if made != word and not _names().lookup(made):
            return made
    return word


def _part(part: str, random: Random) -> str:
    if part.isupper():
        return "".join(random.choice("АВДЕКЛМНОРСТ" if ord(part[0]) > 0x3FF else "ABCDEGILMNOPRSTVX") for _ in part)
    follows = _letters(ord(part[0]) > 0x3FF)
    made = ""
    while len(made) < max(4, len(part)) and len(made) < 2 * len(part) + 4:
        choices = follows.get(("^" * _ORDER + made)[-_ORDER:])
        if not choices:
            break
        made += random.choice(choices)
    return made.capitalize() if part[0].isupper() else made


@lru_cache(maxsize=1)
def _names() -> Names:
    return load_names()


@lru_cache(maxsize=1)
def _listed() -> list[list[str]]:
    """The words of all listed names and aliases of these types."""
    return [_WORD.findall(surface) for surface in _names().surfaces(TYPES)]


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    before: dict[str, set[str]] = defaultdict(set)
    for words in _listed():
        for word in words[1:]:
            before[word.casefold()].add(words[0].casefold())
    return frozenset(word for word, firsts in before.items() if len(firsts) >= _COMMON)


@lru_cache(maxsize=2)
def _letters(russian: bool) -> dict[str, list[str]]:
    """Which letters follow three others in the listed words of an alphabet."""
    follows: dict[str, list[str]] = defaultdict(list)
    for word in sorted({word for words in _listed() for word in words}):
        if (ord(word[0]) > 0x3FF) == russian and not word.isupper():
            padded = "^" * _ORDER + word.lower()
            for i in range(len(word)):
                follows[padded[i : i + _ORDER]].append(padded[i + _ORDER])
    return dict(follows)
