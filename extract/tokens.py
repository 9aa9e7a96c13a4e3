"""A post as tokens: small enough that every name is a run of whole tokens, cheap enough for millions of posts.

Hyphens, slashes and possessives stand alone ("GPT-4's" is ``GPT - 4 's``), links, handles and tags are one token each,
digits stay with the letters they touch ("4o", "A100", "7B"), so that a name list, a tagger and a person see the same pieces.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from kg.extract.sites import bare_hosts

GENITIVE = ("'s", "’s")
"""Tokens behind the name of an owner."""
_HOSTS = "|".join(map(re.escape, sorted(bare_hosts())))
_SITE = rf"""(?<![\w.@/:+"'`-])(?=[a-z]{{2,15}}\.[a-z])(?:{_HOSTS})/(?=\w)(?![\w./-]{{0,200}}["@])"""
"""A site whose pages people write without a scheme, before a path: none in quotes or with a version, as in programs."""
_TOKEN = re.compile(
    r"""
      # a link, without the punctuation that follows it
      (?:https?://|www\.|t\.me/|"""
    + _SITE
    + r""")(?:[^\s<>"'`|()\[\]]|\([^\s()]*\))+(?<![.,;:!?*_»”])
    | [@\#][^\W_][\w]*                                      # handle, tag
    | '(?:s|а|у|ом|е|ы|ов)\b | ’(?:s|а|у|ом|е|ы|ов)\b      # possessive; Russian endings after a Latin name
    | \d+(?:[.,]\d+)+(?![\w])                               # 3.5, 1,000 and 12,5
    | \d+[xхXХ×](?=[A-ZА-Я])                                 # 8xH100
    | [^\W_]+(?:[._](?=[A-Za-z0-9])[A-Za-z0-9]+)*(?:\+\+|\#(?!\w))?   # word, Qwen2.5, Next.js, snake_case, C++
    | [^\w\s] | _
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of the text: ``text[start:end]``; ``line`` counts from 0, lines without ink left out."""

    text: str
    start: int
    end: int
    line: int
    glued: bool
    """Nothing stands between this token and the one before."""


class Tokens:
    """All inked tokens of a text, in order.

    >>> [t.text for t in Tokens("GPT-4o от OpenAI: 88,7% на MMLU").items]
    ['GPT', '-', '4o', 'от', 'OpenAI', ':', '88,7', '%', 'на', 'MMLU']
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.texts: list[str] = _TOKEN.findall(text)
        """What each token is, without its place."""
        self.items: list[Token] = []
        find, add = text.find, self.items.append
        line, end, next_line = 0, 0, text.find("\n")
        for piece in self.texts:
            start = find(piece, end)  # nothing but blanks stands between
            glued = start == end and end > 0
            if -1 < next_line < start:
                line += 1
                next_line = find("\n", start)
            end = start + len(piece)
            add(_token(Token, (piece, start, end, line, glued)))

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def folded(self) -> list[str]:
        """Each token as ``fold`` gives it."""
        return list(map(fold, self.texts))

    def is_joined(self, last: int, marks: str = "-") -> bool:
        """Whether a hyphen, or another of the ``marks``, joins a word to the one before: "Lyra" in "a Lyra-like model"."""
        behind = self.items[last + 1 : last + 3]
        return len(behind) > 1 and behind[0].text in marks and all(token.glued for token in behind)

    @cached_property
    def starts(self) -> dict[int, int]:
        """Character offset of a token's start to its number."""
        return {token.start: number for number, token in enumerate(self.items)}

    @cached_property
    def ends(self) -> dict[int, int]:
        """Character offset of a token's end to its number."""
        return {token.end: number for number, token in enumerate(self.items)}


_HALF = re.compile("[\ud800-\udfff]")


def without_halves(text: str) -> str:
    """The text without halves of surrogate pairs, which neither spaCy nor UTF-8 takes; offsets stay.

    >>> len(without_halves("GPT " + chr(0xD83D))), without_halves("GPT 😀")
    (5, 'GPT 😀')
    """
    return _HALF.sub("\ufffd", text)


_token = tuple.__new__
"""A named tuple's own constructor takes twice the time."""

_ENDINGS = frozenset({
    "иями", "ами", "ями", "ого", "его", "ому", "ему", "ыми", "ими", "ией", "иям", "иях",
    "ом", "ем", "ой", "ей", "ов", "ев", "ах", "ях", "ам", "ям",
    "ая", "яя", "ую", "юю", "ый", "ий", "ые", "ие", "ых", "их", "ою", "ею", "ью", "ия", "ию", "ии",
    "а", "я", "у", "ю", "е", "ы", "и", "ь", "й",
})  # fmt: skip


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """What name look-ups compare: lower case, ё as е, Russian case endings cut off.

    >>> fold("Яндексом"), fold("GPT"), fold("Алису")
    ('яндекс', 'gpt', 'алис')
    """
    word = word.casefold().replace("ё", "е")
    if word[-1:] >= "а" and word[-1:] <= "я" and len(word) > 3:
        for size in range(min(4, len(word) - 3), 0, -1):
            if word[-size:] in _ENDINGS:
                return word[:-size]
    return word
