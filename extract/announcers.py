"""Who made it, where the sentence says so and nobody has listed the name: "Nordix released Lyra", "Lyra от Nordix".

Of companies in annotated posts most are listed and those of next year are not; how such sentences begin is the same for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from kg.extract.cues import AND, ANNOUNCE, BESIDE_OBJECT, LATELY, MADE_BY, RELEASE, cue_words, load_cue
from kg.extract.document import MADE, Span, plain
from kg.extract.features import QUOTES
from kg.extract.names import Names
from kg.extract.tokens import GENITIVE, Tokens
from kg.extract.word_features import low
from kg.extract.words import load_words

_LONGEST = 4
"""Tokens of such a name at most."""
_REACH = 12
"""Tokens from the verb to what is announced at most."""
_BETWEEN = 2
"""Words between a genitive and what is owned at most: "Nordix's new open Lyra"."""
_ENDS = frozenset(".!?:;")
_BREAKS = _ENDS | {",", "("}
_OWNERS = cue_words(AND) | {*GENITIVE}
"""Behind an owner, or the first of those who made it together."""
_MARKUP = frozenset("*_")
_DASHES = frozenset("—–-:(")
_OBJECT = 6
"""Tokens from the verb to its object at most, so that only what describes it stands between."""
_WORDS = 6
"""Tokens from the dash behind a name to "by" at most."""
_VERBS = load_cue(ANNOUNCE, RELEASE)
_first, _last = attrgetter("first"), attrgetter("last")


def announcers(tokens: Tokens, spans: Sequence[Span]) -> Iterator[Span]:
    """The organizations that nobody found, by who is said to have made one of the ``spans``.

    >>> list(announcers(Tokens("Nordix released Lyra"), [Span(2, 2, "Model", "Lyra")]))[0].name
    'Nordix'
    """
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    names = _Unknown(tokens, taken)
    for place, before, opens in _said(tokens, spans):
        name = names.before(place) if before else names.behind(place)
        if name and (not opens or _begins(tokens, name[0])):
            yield names.span(*name)


def firms(tokens: Tokens, spans: Sequence[Span], names: Names) -> Iterator[Span]:
    """The names of products that are names of organizations as well, or that nobody has listed, where one of them is said to have
    made another product.

    >>> from kg.extract.names import load_names
    >>> spans = [Span(0, 0, "Model", "Mistral"), Span(2, 2, "Model", "Pixtral")]
    >>> [span.name for span in firms(Tokens("Mistral released Pixtral"), spans, load_names())]
    ['Mistral']
    """
    ends, starts = ({at(span): span for span in spans if span.type in MADE} for at in (_last, _first))
    released = set(_VERBS.find(tokens).get(RELEASE, ()))
    for place, before, opens in _said(tokens, spans):
        span = ends.get(_verb_of(tokens, place) - 1) if before else starts.get(place + 1)
        if span and (not opens or _begins(tokens, span.first)):
            listed = names.lookup(span.name)
            unknown = (
                not listed
                and place in released
                and span.name.replace(" ", "").isalpha()
                and _releases(tokens, span, place, starts)
            )
            if unknown or any(name.type == "Organization" for name in listed):
                yield span


def whole_firms(tokens: Tokens, spans: Sequence[Span], names: Names) -> list[Span]:
    """The spans, where organizations that are said to have made something have the word before them that belongs to their name.

    Of "Zorbix Labrador released Lyra" a tagger may know one half, or take each word for a firm.
    """
    ends = {span.last: span for span in spans}
    parts: set[int] = set()
    for place, before, _ in _said(tokens, spans):
        span = ends.get(_verb_of(tokens, place) - 1) if before else None
        if not span or span.type != "Organization" or names.lookup(span.name) or not _goes_before(tokens, span.first, place):
            continue
        half = ends.get(span.first - 1)
        if half and (half.type != "Organization" or names.lookup(half.name)):
            continue
        if half:
            parts.add(id(half))
        span.first = half.first if half else span.first - 1
        span.name = tokens.text[tokens.items[span.first].start : tokens.items[span.last].end]
    return [span for span in spans if id(span) not in parts]


def released_firms(tokens: Tokens, spans: Sequence[Span], names: Names) -> Iterator[Span]:
    """The organizations that nobody has listed and that another one is said to have released: they are products.

    >>> from kg.extract.names import load_names
    >>> spans = [Span(0, 0, "Organization", "Nordix"), Span(2, 2, "Organization", "Zorbix")]
    >>> [span.name for span in released_firms(Tokens("Nordix released Zorbix"), spans, load_names())]
    ['Zorbix']
    """
    starts, ends = ({at(span): span for span in spans} for at in (_first, _last))
    for verb in sorted({i for places in _VERBS.find(tokens).values() for i in places}):
        maker = ends.get(_verb_of(tokens, verb) - 1)
        if not maker or maker.type != "Organization":
            continue
        thing = _object(tokens, verb, starts)
        if thing and thing.type == "Organization" and plain(thing.name) != plain(maker.name) and not names.lookup(thing.name):
            yield thing


def _object(tokens: Tokens, verb: int, starts: Mapping[int, Span]) -> Span | None:
    """The name right behind a verb, but not who owns or made the thing: "released Zorbix's A", "a project with Zorbix"."""
    for i in range(verb + 1, min(verb + 1 + _OBJECT, len(tokens))):
        if not _same_line(tokens, verb, i) or tokens.folded[i] in cue_words(BESIDE_OBJECT) or tokens.texts[i] in _BREAKS:
            return None
        if i in starts:
            behind = tokens.texts[starts[i].last + 1 : starts[i].last + 2]
            return starts[i] if _OWNERS.isdisjoint(behind) else None
    return None


def _goes_before(tokens: Tokens, first: int, place: int) -> bool:
    """Does a word that is no common one and has a capital stand before a name?"""
    if not first or tokens.items[first].glued or not _same_line(tokens, first - 1, place):
        return False
    word = tokens.texts[first - 1]
    return len(word) > 1 and word[0].isupper() and word.isalpha() and low(word) not in load_words()


def _releases(tokens: Tokens, name: Span, verb: int, starts: Mapping[int, Span]) -> bool:
    """Whether the name stands here only and the verb has a product as its object: not "Lyra launches with Vega support"."""
    made = next((i for i in range(verb + 1, verb + 1 + _REACH) if i in starts), verb)
    between = set(tokens.folded[verb + 1 : made])
    return tokens.text.count(name.name) == 1 and between.isdisjoint(cue_words(BESIDE_OBJECT)) and between.isdisjoint(_ENDS)


def _said(tokens: Tokens, spans: Sequence[Span]) -> Iterator[tuple[int, bool, bool]]:
    """Words beside which the maker of one of the spans stands: before the word or behind it, and must it begin the sentence?"""
    made = {span.first for span in spans if span.type in MADE}
    if not made:
        return
    ends = {span.last for span in spans if span.type in MADE}
    for verb in sorted({i for places in _VERBS.find(tokens).values() for i in places}):
        if any(i in made for i in range(verb + 1, verb + 1 + _REACH) if _same_line(tokens, verb, i)):
            yield verb, True, True
    for i, text in enumerate(tokens.texts):
        if text in GENITIVE:
            if any(j in made for j in range(i + 1, i + 2 + _BETWEEN) if _same_line(tokens, i, j)):
                yield i, True, False
        elif tokens.folded[i] in cue_words(MADE_BY) and (i - 1 in ends or _described(tokens, i, ends)):
            yield i, False, False


def _verb_of(tokens: Tokens, place: int) -> int:
    """Where the words begin that stand between a name and its verb, as "today" and the marks of bold text may, or the verb."""
    texts, first = tokens.texts, place
    if first and low(texts[first - 1]) in cue_words(LATELY):
        first -= 1
    while first and texts[first - 1] in _MARKUP and _same_line(tokens, first - 1, first):
        first -= 1
    return first


def _described(tokens: Tokens, place: int, ends: set[int]) -> bool:
    """Whether nothing but what a product is stands between its name and a word: "Lyra — синтез речи от Nordix"."""
    for i in range(place - 1, max(place - _WORDS, 0), -1):
        text = tokens.texts[i]
        if text in _DASHES:
            return i - 1 in ends and _same_line(tokens, i - 1, place)
        if not text.islower():
            return False
    return False


def _begins(tokens: Tokens, first: int) -> bool:
    """Whether nothing of the sentence stands before a token but signs."""
    before = tokens.texts[first - 1] if first else "."
    return first == 0 or not _same_line(tokens, first - 1, first) or before in _ENDS or not (before.isalnum() or before in QUOTES)


def _same_line(tokens: Tokens, one: int, two: int) -> bool:
    return max(one, two) < len(tokens) and tokens.items[one].line == tokens.items[two].line


class _Unknown:
    """Runs of words that are written as names are and nobody knows."""

    def __init__(self, tokens: Tokens, taken: set[int]) -> None:
        self._tokens, self._taken = tokens, taken

    def before(self, place: int) -> tuple[int, int] | None:
        """First and last token of the name that ends before a token; "today" and the marks of bold text may stand between."""
        first = place = _verb_of(self._tokens, place)
        while first > 0 and place - first < _LONGEST and self._fits(first - 1) and _same_line(self._tokens, first - 1, place):
            first -= 1
        return self._name(first, place - 1)

    def behind(self, place: int) -> tuple[int, int] | None:
        """First and last token of the name that begins right behind a token."""
        last = place
        while (
            last + 1 < len(self._tokens)
            and last - place < _LONGEST
            and self._fits(last + 1)
            and _same_line(self._tokens, place, last + 1)
        ):
            last += 1
        return self._name(place + 1, last)

    def span(self, first: int, last: int) -> Span:
        """The name as a mention; from now on it is known."""
        self._taken.update(range(first, last + 1))
        items = self._tokens.items
        return Span(first, last, "Organization", self._tokens.text[items[first].start : items[last].end])

    def _fits(self, i: int) -> bool:
        text, items = self._tokens.texts[i], self._tokens.items
        hyphen = text == "-" and items[i].glued and i + 1 < len(items) and items[i + 1].glued
        return i not in self._taken and (hyphen or text == "&" or (text[0].isupper() and text.isalnum()))

    def _name(self, first: int, last: int) -> tuple[int, int] | None:
        if last > first and self._tokens.texts[last] == "&":
            last -= 1
        if first > last:
            return None
        word = self._tokens.texts[first]
        return (first, last) if len(word) > 1 and low(word) not in load_words() else None
