"""Names that nobody has listed, beside the words that tell what they are: "модель Лира", "Riddles is a new benchmark"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.cues import (
    ANNOUNCE,
    DESCRIBING_ARTICLE,
    IS,
    NO_HEADING,
    NOUNS,
    RELEASE,
    TOLD_ADJECTIVE,
    TOLD_BEHIND,
    TOLD_DATASETS,
    cue_words,
    load_cue,
)
from kg.extract.document import Span, plain
from kg.extract.features import QUOTES
from kg.extract.names import Names
from kg.extract.tokens import Tokens

_CYRILLIC = re.compile(r"[А-ЯЁ][а-яё]{2,}")
_OWNED = re.compile(r"[а-яё]*(?:[ыиуюе]|ов|ев|[ыи]х|[оеё]м|[ая]ми?|[аое]го|[оеё]й)", re.IGNORECASE)
"""How words end that stand in another case than the name of a thing does."""
_PERHAPS_OWNED = ("а", "я")
"""Of a firm in the genitive as of a name: where it is said who made the thing, it is the name."""
_REACH = 4
"""Tokens from a verb of release to the word for the thing at most."""
_LONGEST = 10
"""Tokens from a name to the word behind what it is said to be at most."""
_DASHES = frozenset("—–-")
_BESIDE = _DASHES | {",", ":", "("}
_CLOSING = frozenset(".,;:!?()—–")
_MARKUP = frozenset('*_`"”»')
_UNSURE = ("Model", "Software", "Organization", "Dataset", "Benchmark")
"""Types for which a tagger takes the name of a benchmark that it never heard of."""
_TOLD = {"benchmarks": "Benchmark", TOLD_DATASETS: "Dataset"}
_VERBS = load_cue(ANNOUNCE, RELEASE)


def told_names(tokens: Tokens, spans: Iterable[Span]) -> list[Span]:
    """Cyrillic names that nobody found: of one word in mid-sentence behind the word for the thing, or before a dash and it.

    >>> [(span.name, span.type) for span in told_names(Tokens("Тут есть модель Вереск и модель Сбера"), [])]
    [('Вереск', 'Model')]
    """
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    verbs = {i for places in _VERBS.find(tokens).values() for i in places}
    more = []
    for i, text in enumerate(tokens.texts):
        if i in taken or not _CYRILLIC.fullmatch(text) or _beside_capital(tokens, i):
            continue
        kind = _kind_before(tokens, i, verbs) or _kind_behind(tokens, i)
        if kind:
            more.append(Span(i, i, kind, text))
    return more


def told_benchmarks(tokens: Tokens, spans: Iterable[Span], names: Names) -> Iterator[Span]:
    """The spans nobody has listed of which the post says that they are a benchmark or a dataset, as copies of that type.

    >>> from kg.extract.names import load_names
    >>> spans = [Span(0, 0, "Organization", "Tidelamp")]
    >>> [span.type for span in told_benchmarks(Tokens("Tidelamp is a new benchmark for agents."), spans, load_names())]
    ['Benchmark']
    """
    verbs = {i for places in _VERBS.find(tokens).values() for i in places}
    for span in spans:
        if span.type in _UNSURE and not names.lookup(span.name):
            named = tokens.texts[span.last + 1 : span.last + 2] != [","] or not verbs.isdisjoint(
                range(span.first - _REACH, span.first)
            )
            kind = _told_behind(tokens, span.last + 1) if named else ""  # "Nordix, a benchmark for all others, ..." is a firm
            if kind and kind != span.type:
                yield Span(span.first, span.last, kind, span.name)


def turned(spans: list[Span], told: Iterable[Span]) -> None:
    """Give what is called like some told names their type, in place."""
    kinds = {plain(span.name): span.type for span in told}
    for span in spans:
        span.type = kinds.get(plain(span.name), span.type)


def _kind_before(tokens: Tokens, i: int, verbs: set[int]) -> str:
    """The type that the word before a name tells; the name is in the nominative, and so is the word, which has no capital in
    mid-sentence as it has in titles.
    """
    if not i or tokens.items[i - 1].line != tokens.items[i].line or _OWNED.fullmatch(tokens.texts[i]):
        return ""
    word = tokens.texts[i - 1]
    if word.endswith(("и", "ы", "а", "у", "е")) or not (word.islower() or _opens(tokens, i - 1)):
        return ""
    if tokens.texts[i].endswith(_PERHAPS_OWNED) and verbs.isdisjoint(range(i - 1 - _REACH, i - 1)):
        return ""
    return _kind(tokens.folded[i - 1])


def _kind_behind(tokens: Tokens, i: int) -> str:
    """The type that the words behind a name and a dash tell; at the beginning of a sentence they say who made it, too."""
    texts, size = tokens.texts, len(tokens)
    if i + 3 > size or texts[i + 1] not in "—–" or tokens.items[i + 2].line != tokens.items[i].line:
        return ""
    noun = i + 3 if tokens.folded[i + 2] in cue_words(TOLD_ADJECTIVE) and i + 3 < size else i + 2
    if not texts[noun].islower() or texts[noun].endswith(("и", "ы")) or not QUOTES.keys().isdisjoint(texts[noun + 1 : noun + 2]):
        return ""
    if _OWNED.fullmatch(texts[i]):
        return ""
    if _opens(tokens, i) and (tokens.folded[i] in cue_words(NO_HEADING) or texts[noun + 1 : noun + 2] != ["от"]):
        return ""
    return _kind(tokens.folded[noun])


def _told_behind(tokens: Tokens, start: int) -> str:
    """The type that "is a new benchmark for", ", a benchmark" or "— бенчмарк" tell, from the token behind a name on."""
    texts, i = tokens.texts, start
    end = start
    while end < len(tokens) and end < start + _LONGEST and tokens.items[end].line == tokens.items[start - 1].line:
        end += 1
    while i < end and texts[i] in _MARKUP:
        i += 1
    if i + 1 >= end or not (texts[i] in _BESIDE or texts[i] in cue_words(IS)):
        return ""
    if texts[i] in _DASHES and tokens.items[i].glued and tokens.items[i + 1].glued:
        return ""
    latin = texts[i + 1] in cue_words(DESCRIBING_ARTICLE)
    if not latin and texts[i] not in _DASHES:
        return ""
    for k in range(i + 2 if latin else i + 1, end):
        kind = next((kind for cue, kind in _TOLD.items() if tokens.folded[k] in cue_words(cue)), "")
        if kind:
            behind = texts[k + 1] if k + 1 < end else "."
            if latin and k + 1 < end and tokens.folded[k + 1] in cue_words(TOLD_DATASETS):
                behind = texts[k + 2] if k + 2 < end else "."
            alone = behind in _CLOSING or behind in cue_words(TOLD_BEHIND) or not latin
            return kind if alone and texts[k][-1] not in "иыаеу" else ""
        if not latin and tokens.folded[k] not in cue_words(TOLD_ADJECTIVE):
            return ""
        if latin and not (texts[k] == "-" or texts[k].isalnum()):
            return ""
    return ""


def _kind(word: str) -> str:
    """The type of what is called by a folded word, firms and devices aside."""
    kinds = {cue: kind for cue, kind in NOUNS.items() if kind not in ("Organization", "Hardware")} | _TOLD
    return next((kind for cue, kind in kinds.items() if word in cue_words(cue)), "")


def _beside_capital(tokens: Tokens, i: int) -> bool:
    """Does another word with a capital, or one joined by a hyphen, stand behind, as in names of people and in titles?"""
    behind = tokens.items[i + 1 : i + 2]
    return (
        bool(behind)
        and behind[0].line == tokens.items[i].line
        and (behind[0].text[0].isupper() or (behind[0].glued and behind[0].text == "-"))
    )


def _opens(tokens: Tokens, i: int) -> bool:
    """Whether nothing of the sentence stands before a token but signs."""
    return (
        not i
        or tokens.items[i - 1].line != tokens.items[i].line
        or not (tokens.texts[i - 1][-1].isalnum() or tokens.texts[i - 1] == ",")
    )
