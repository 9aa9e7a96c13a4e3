"""Who made it, where a word says whose author somebody is: "Ada Roe, creator of Lyra", "автор фреймворка Lyra Ада Роу"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from kg.extract.cues import AUTHOR, BESIDE_OBJECT, DESCRIBED, LESSON, NOUNS, OF, WRITING, cue_words, load_cue
from kg.extract.document import MADE, MAKERS, Document, Span
from kg.extract.name_pieces import written
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.tokens import Tokens

PREDICATE = "developed_by"
_SAID = 0.8
"""How likely it is right."""
_WORDS = 5
"""Tokens between the word and what was made at most: "создатель популярного фреймворка Lyra"."""
_ROLES = 8
"""Tokens between somebody and the word at most: "Ada Roe, an engineer at Nordix and creator of Lyra"."""
_LEAST, _MOST = 2, 3
"""Words of a person's name."""
_TOGETHER = "co"
"""Before a hyphen it only says that there are others: "co-author of"."""
_BESIDE = frozenset(",—–-(")
_MARKUP = frozenset('*_`«»"[]')
_ENDS = frozenset(",.;:!?()]—–|/")
_ABOUT = (BESIDE_OBJECT, WRITING, LESSON)
"""Words behind which a name is not that of what somebody made."""
_AUTHORS = load_cue(AUTHOR)
_first, _last = attrgetter("first"), attrgetter("last")


class _Said(NamedTuple):
    made: Span
    before: int
    """Last token of who is said to have made it, before the word; -1 if nobody stands there."""
    behind: int
    """First token of who is said to have made it, behind it; -1 if the line ends."""


def authors(tokens: Tokens, spans: Sequence[Span]) -> Iterator[Span]:
    """The persons who are said to have made one of the ``spans`` and whom nobody found, or found to be something else.

    >>> [span.name for span in authors(Tokens("Ada Roe, creator of Lyra"), [Span(5, 5, "Model", "Lyra")])]
    ['Ada Roe']
    """
    taken = {i: span for span in spans for i in range(span.first, span.last + 1)}
    for said in _said(tokens, spans):
        first = last = said.before
        while first >= 0 and last - first < _MOST and is_title(tokens, first) and _same_line(tokens, first, last):
            first -= 1
        if not _LEAST <= last - first <= _MOST:
            continue
        seen = {id(taken[i]): taken[i] for i in range(first + 1, last + 1) if i in taken}.values()
        if all(span.type not in MAKERS and first < span.first and span.last <= last for span in seen):
            yield Span(first + 1, last, "Person", written(tokens, first + 1, last))


def authored(document: Document, held: Sequence[Held]) -> Iterator[Held]:
    """What somebody is said to be the author of and is not ``held`` for; of a list all of it."""
    told = {(pair.subject, pair.object) for pair, predicate, _ in held if predicate == PREDICATE}
    lists: dict[int, list[Span]] = {}
    for span in document.spans:
        lists.setdefault(span.group, []).append(span)
    ends, starts = ({at(span): span for span in document.spans if span.type in MAKERS} for at in (_last, _first))
    for said in _said(document.tokens, document.spans):
        who = ends.get(said.before) or starts.get(said.behind)
        if not who:
            continue
        for name in lists[said.made.group]:
            if name.first >= said.made.first and name.type in MADE and (name.key, who.key) not in told:
                told.add((name.key, who.key))
                yield Pair(name.key, who.key, name, who, []), PREDICATE, _SAID


def _said(tokens: Tokens, spans: Sequence[Span]) -> Iterator[_Said]:
    """Where the words stand and what they are said of."""
    places = _AUTHORS.find(tokens).get(AUTHOR, ())
    if places:
        made = {span.first: span for span in spans if span.type in MADE}
        for place in places:
            span = _made(tokens, place, made)
            if span:
                yield _Said(span, _before(tokens, place), _behind(tokens, span.last))


def _made(tokens: Tokens, place: int, made: Mapping[int, Span]) -> Span | None:
    """What stands behind the word, with nothing but what it is before its name: no book about it, and nothing that somebody's
    trade is called by ("Go-разработчик", "разработчик iOS/Android")."""
    texts, items = tokens.texts, tokens.items
    if place > 1 and texts[place - 1] == "-" and items[place].glued and tokens.folded[place - 2] != _TOGETHER:
        return None
    begins = place + 1 if cue_words(OF).isdisjoint(tokens.folded[place + 1 : place + 2]) else place + 2
    for i in range(begins, min(len(tokens), begins + 1 + _WORDS)):
        word = tokens.folded[i]
        if items[i].line != items[place].line or texts[i] in _ENDS or any(word in cue_words(cue) for cue in _ABOUT):
            return None
        if i in made and not tokens.is_joined(made[i].last, "-/"):
            return _described(tokens, made[i], made)
    return None


def _described(tokens: Tokens, span: Span, made: Mapping[int, Span]) -> Span:
    """What was made, or the name behind it if the first one only says for what or with what: "the Lyra library Quill"."""
    between = span.last + 1
    named = made.get(between + 1)
    kinds = (cue_words(cue) for cue in (*NOUNS, DESCRIBED))
    return named if named and any(tokens.folded[between] in words for words in kinds) else span


def _before(tokens: Tokens, place: int) -> int:
    """The last token of who is said to be it, before a comma or a dash."""
    texts, items = tokens.texts, tokens.items
    for i in range(place - 1, max(0, place - 2 - _ROLES), -1):
        if items[i].line != items[place].line:
            break
        if texts[i] in _BESIDE and not (texts[i] == "-" and items[i + 1].glued):
            last = i - 1
            while last > 0 and texts[last] in _MARKUP:
                last -= 1
            return last if items[last].line == items[place].line else -1
        if texts[i] in _ENDS:
            break
    return -1


def _behind(tokens: Tokens, last: int) -> int:
    """The first token of what follows the name of what was made."""
    i = last + 1
    while i < len(tokens) and tokens.texts[i] in _MARKUP:
        i += 1
    return i if i < len(tokens) and _same_line(tokens, last, i) else -1


def is_title(tokens: Tokens, i: int) -> bool:
    """Whether a token is a word with a capital letter and small ones."""
    text = tokens.texts[i]
    return len(text) > 1 and text.isalpha() and text[0].isupper() and not text.isupper()


def _same_line(tokens: Tokens, one: int, two: int) -> bool:
    return tokens.items[one].line == tokens.items[two].line
