"""Names of one post that are one thing: abbreviations, names said to be the same, short forms that can mean one only.

Each span that is joined to another gets its key, and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from kg.extract.corrections import Corrections
from kg.extract.cues import ALIAS, MEANS, SMALL, cue_words, kind_words, load_cue
from kg.extract.document import Span
from kg.extract.names import JOINERS, Names
from kg.extract.tokens import Tokens, fold

BRACKETS, SAME = "abbreviation in brackets", "said to be the same"
SHORT, TAIL, SURNAME = "abbreviation in one post", "short form in one post", "surname in one post"
Joined = dict[str, tuple[str, str]]
"""The key of a short form to that of the name it is short for, and why."""
_ALIAS = load_cue(ALIAS)
_MARKS = frozenset("()[],:;—–-«»\"'*_“”")
_CLOSE = 12
"""Tokens between two names of which one is said to be the other at most."""
_MANY = 200
"""With more names of one type in a post than these, each short one would have too many long ones to be compared with."""
_SMALL = cue_words(SMALL)
"""Words of a name that an abbreviation may leave out."""


def join_names(tokens: Tokens, spans: list[Span], names: Names, corrections: Corrections) -> None:
    """Give names that the text says to be one thing one key, in place."""
    joined = _keys(_beside(tokens, spans), _Listed(names), corrections)
    for span in spans:
        span.key, span.joined = joined.get(span.key, (span.key, ""))


def short_forms(spans: list[Span], names: Names, corrections: Corrections) -> Joined:
    """For the key of a short form that can mean one name of the post only: the key of that name, and why.

    Claims are found for each form by itself, where it stands; only then they are those of one thing.
    """
    listed = _Listed(names)
    return _keys(_elsewhere(spans, listed), listed, corrections)


def _keys(pairs: Iterable[tuple[Span, Span, str]], listed: _Listed, corrections: Corrections) -> Joined:
    joined: Joined = {}
    targets: set[str] = set()
    for short, long, why in pairs:
        free = short.key not in joined and short.key not in targets
        if free and not corrections.decides(short.name) and not listed.apart(short, long):
            key = joined[long.key][0] if long.key in joined else long.key
            if key != short.key:
                joined[short.key] = key, why
                targets.add(key)
    return joined


class _Listed:
    """What the lists know of the names of one post."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def as_type(self, kind: str, name: str) -> set[str]:
        return {entry.name for entry in self._names.lookup(name) if entry.type == kind}

    def apart(self, one: Span, two: Span) -> bool:
        """Do the lists know both, as two things?"""
        a, b = self.as_type(one.type, one.name), self.as_type(two.type, two.name)
        return bool(a and b) and a.isdisjoint(b)

    def leads(self, kind: str, name: str) -> bool:
        """May a name of this type begin so: with its owner, or with its family?"""
        return any(entry.type in (kind, "Organization") for entry in self._names.lookup(name))


def _beside(tokens: Tokens, spans: list[Span]) -> Iterator[tuple[Span, Span, str]]:
    """Short and long name of what the text says to be one: "Good Video Generator (GVG)", "GVG, Good Video Generator"."""
    items = tokens.items
    for before, after in pairwise(sorted(spans, key=lambda span: (span.first, -span.last))):
        between = [t.text for t in items[before.last + 1 : after.first]]
        if before.type != after.type or not 0 < len(between) <= _CLOSE:
            continue
        short, long = sorted((before, after), key=lambda span: len(span.name))
        if _says_same(tokens, before.last + 1, after.first):
            yield after, before, SAME
        elif abbreviates(short.name, long.name) and all(w in _MARKS or fold(w) in cue_words(MEANS) for w in between):
            yield short, long, BRACKETS if between[-1:] == ["("] else SAME
        elif between == ["("] and _closes(tokens, after.last + 1) and is_short_form(after.name, before.name):
            yield after, before, BRACKETS


def _closes(tokens: Tokens, i: int) -> bool:
    return i < len(tokens) and tokens.texts[i] == ")"


def _says_same(tokens: Tokens, start: int, end: int) -> bool:
    """Is there, between two names, only that they are one: "(далее", ", also known as"?"""
    places = _ALIAS.find(tokens, start, end).get(ALIAS, [])
    words = [i for i in range(start, end) if tokens.items[i].text not in _MARKS]
    return bool(places) and places[0] == words[0] and len(words) <= 4 and "\n" not in _text(tokens, start, end - 1)


def _elsewhere(spans: list[Span], listed: _Listed) -> Iterator[tuple[Span, Span, str]]:
    """Short forms that stand apart from the long name, when it is the only one they fit."""
    by_type: dict[str, dict[str, Span]] = {}
    for span in spans:
        by_type.setdefault(span.type, {}).setdefault(span.name, span)
    for kind, found in by_type.items():
        for name, span in found.items() if len(found) <= _MANY else ():
            for why, longer in _longer(kind, span, found.values(), listed):
                if len({other.key for other in longer}) == 1 and longer[0].name != name:
                    yield span, longer[0], why
                    break


def _longer(kind: str, span: Span, others: Iterable[Span], listed: _Listed) -> Iterator[tuple[str, list[Span]]]:
    name, words = span.name, _words(span.name)
    if kind == "Person":
        if len(words) == 1:
            yield SURNAME, [o for o in others if len(_words(o.name)) > 1 and _words(o.name)[-1] == words[0]]
        return
    if listed.as_type(kind, name) or name.islower() or not words or words[-1] in kind_words():
        return
    yield TAIL, [o for o in others if _tail(words, o, listed)]
    if len(name) > 2:
        yield SHORT, [o for o in others if len(_words(o.name)) > 2 and abbreviates(name, o.name)]


def _tail(words: tuple[str, ...], other: Span, listed: _Listed) -> bool:
    """Is this the end of a longer name that begins with its owner or family: R1 of DeepSeek-R1?"""
    theirs = _words(other.name)
    if len(theirs) <= len(words) or theirs[-len(words) :] != words:
        return False
    return listed.leads(other.type, " ".join(theirs[: -len(words)]))


@lru_cache(maxsize=50_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(token.text) for token in Tokens(name).items if token.text not in JOINERS)


def _text(tokens: Tokens, first: int, last: int) -> str:
    return tokens.text[tokens.items[first].start : tokens.items[last].end]


def abbreviates(short: str, long: str) -> bool:
    """Is ``short`` made of the first letters of the words of ``long``, short words and numbers whole?

    >>> abbreviates("SDXL", "Stable Diffusion XL"), abbreviates("TII", "Technology Innovation Institute")
    (True, True)
    >>> abbreviates("GPT", "Google Play Store"), abbreviates("Ai", "Artificial Intelligence")
    (False, False)
    """
    letters = [c for c in short if c.isalnum() or c in "+*"]  # AoT+ is more than Algorithm of Thoughts
    words = [token.text for token in Tokens(long).items if any(c.isalnum() for c in token.text)]
    if len(letters) < 2 or len(words) < 2 or " " in short or sum(c.isupper() for c in letters) < 2:
        return False
    small = "".join(letters).casefold()
    folded = [word.casefold() for word in words]
    return _spells(small, folded) or (short[-1] == "s" and _spells(small[:-1], folded))


def is_short_form(short: str, long: str) -> bool:
    """May ``short`` in brackets stand for ``long`` before them: are all its letters there, in order, from the first on?

    >>> is_short_form("DyT", "Dynamic Tanh"), is_short_form("MoE", "Mixtral"), is_short_form("8B", "Llama 3")
    (True, False, False)
    """
    rest = iter(long.casefold())
    if not short.isalpha() or sum(map(str.isupper, short)) < 2 or len(short) >= len(long):
        return False
    return long.casefold().startswith(short[0].casefold()) and all(letter in rest for letter in short.casefold())


def _spells(short: str, words: list[str]) -> bool:
    ends = {0}
    for word in words:
        heads = {1, len(word)} if len(word) <= 3 or word.isdigit() else {1}
        ends = {end + size for end in ends for size in heads if short.startswith(word[:size], end)} | (
            ends if word in _SMALL else set()
        )
    return len(short) in ends and len(short) > 1
