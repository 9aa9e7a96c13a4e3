"""Where a post names something: the tagger decides, the name lists and the rest of the post help."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.extract.announcers import announcers, firms, released_firms, whole_firms
from kg.extract.authors import authors
from kg.extract.bracketed_makers import bracketed_makers
from kg.extract.card_fields import with_card_names
from kg.extract.corrections import Corrections
from kg.extract.dates import is_day
from kg.extract.described_names import with_described
from kg.extract.document import Span, plain
from kg.extract.joined_names import join_names
from kg.extract.listed_names import listed_names
from kg.extract.listed_variants import with_variants
from kg.extract.name_pieces import is_field, is_format, is_licence, is_size, name_pieces, with_year, written
from kg.extract.names import Match, Name, Names
from kg.extract.owners import owners
from kg.extract.quoted_names import quoted_names
from kg.extract.repository_names import with_repository_names
from kg.extract.tagger import Tagger, runs
from kg.extract.titled_names import titled_names
from kg.extract.tokens import Tokens, fold
from kg.extract.told_names import told_benchmarks, told_names, turned
from kg.model import Link

_RESULT = re.compile(r"(?![1-5][.,]\d$)\d+[.,]\d+")
"""A number with a decimal part that is no version as people count them (1.0 to 5.9)."""


def find_mentions(
    tokens: Tokens, names: Names, tagger: Tagger | None, corrections: Corrections | None = None, links: Sequence[Link] = ()
) -> list[Span]:
    """Spans of all names, in order; an owner inside a longer name ("Google" in "Google Colab") is one more span.

    Without a tagger the names that the lists are sure of. ``links`` are those hidden behind words.
    """
    corrections = corrections or Corrections()
    matches = names.find(tokens)
    found = runs(tagger.label(tokens, matches)) if tagger else []
    known = {match.first: match for match in matches}
    pieces = (
        (_without_score(tokens, piece, known), kind)
        for first, last, kind in found
        for piece in name_pieces(tokens, first, last, kind)
    )
    spans = [Span(first, last, kind, written(tokens, first, last)) for (first, last), kind in pieces]
    spans = [span for span in spans if not _no_name(span)]
    spans += _sure(tokens, spans, matches)
    if tagger:
        spans = bracketed_makers(tokens, with_described(tokens, spans), names)
        _turn(spans, firms(tokens, spans, names), "Organization")
        spans = whole_firms(tokens, spans, names)
        _turn(spans, released_firms(tokens, spans, names), "Model")
        turned(spans, list(told_benchmarks(tokens, spans, names)))
        spans += told_names(tokens, spans)
        spans += listed_names(tokens, spans, names)
        spans = _instead(spans, authors(tokens, spans))
        spans = with_repository_names(tokens, spans, links)
        spans += titled_names(tokens, spans, links)
        spans += with_card_names(tokens, spans, names)
        spans += [*_quoted(tokens, spans), *announcers(tokens, spans)]
    spans += _repeated(tokens, spans)
    spans = [with_year(tokens, span) for span in spans if not is_licence(tokens, span)]
    _one_type(spans)
    spans = with_variants(tokens, spans)
    spans = corrections.apply(tokens, spans)
    spans += filter(corrections.allows, owners(tokens, spans, names))
    for span in spans:
        span.key = span_key(span, names, corrections)
    join_names(tokens, spans, names, corrections)
    return sorted(spans, key=lambda span: (span.first, span.last, span.type))


def _turn(spans: list[Span], wrong: Iterable[Span], kind: str) -> None:
    """Give what is called like some of the spans another type, in place."""
    called = {plain(span.name) for span in wrong}
    for span in spans:
        if plain(span.name) in called:
            span.type = kind


def _no_name(span: Span) -> bool:
    """Is it a size, a number format, a day, or what many models are?"""
    return is_size(span.name) or is_day(span.name) or is_format(span.name) or (span.type == "Model" and is_field(span.name))


def _without_score(tokens: Tokens, piece: tuple[int, int], known: dict[int, Match]) -> tuple[int, int]:
    """A listed name followed by a number with a decimal part is a name and its result: "MT-Bench 9.12"."""
    first, last = piece
    match = known.get(first)
    if match and match.last == last - 1 and _RESULT.fullmatch(tokens.items[last].text) and match.names[0].type == "Benchmark":
        return first, last - 1
    return piece


@lru_cache(maxsize=50_000)
def entity_key(kind: str, name: str, names: Names) -> str:
    """What makes two names of one post the same thing. An ordinary word that is short for a listed name (R1 for DeepSeek-R1) is
    that thing in the graph, but claims are found for it where it stands."""
    known = listed(kind, name, names)
    if known and not (known.when == "context" and plain(known.name) != plain(name) and plain(known.name).endswith(plain(name))):
        return f"{kind}/{plain(known.name)}{_sign(known.name)}"
    return f"{kind}/{plain(''.join(fold(t.text) if t.text.isalpha() else t.text for t in Tokens(name).items))}{_sign(name)}"


def _sign(name: str) -> str:
    """What C++ has more than C, and Command R+ than Command R."""
    return name[len(name.rstrip("+#")) :]


def span_key(span: Span, names: Names, corrections: Corrections) -> str:
    """The key of a name by itself, as the user corrects it: of the entity it is merged into, or one that no other name has."""
    correction = corrections.of(span.name, span.type)
    if correction and correction.action == "split":
        return f"{span.type}/{correction.name} alone"
    return entity_key(span.type, (correction.entity if correction else "") or span.name, names)


@lru_cache(maxsize=50_000)
def listed(kind: str, name: str, names: Names) -> Name | None:
    """The listed thing of this type that is called so."""
    return next((entry for entry in names.lookup(name) if entry.type == kind), None)


def _repeated(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """A name found once is a name wherever the post writes it the same way."""
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    forms: dict[tuple[str, ...], str] = {}
    for span in spans:
        words = tuple(t.text for t in tokens.items[span.first : span.last + 1])
        if len(span.name) > 2 and not span.name.islower():
            forms.setdefault(words, span.type)
    sizes: dict[str, list[int]] = {}
    for words in sorted(forms, key=len, reverse=True):
        known = sizes.setdefault(words[0], [])
        if len(words) not in known:
            known.append(len(words))
    more: list[Span] = []
    for i, token in enumerate(tokens.items):
        for size in sizes.get(token.text, ()):
            last, words = i + size - 1, tuple(tokens.texts[i : i + size])
            if words in forms and taken.isdisjoint(range(i, last + 1)):
                taken.update(range(i, last + 1))
                more.append(Span(i, last, forms[words], written(tokens, i, last)))
                break
    return more


def _sure(tokens: Tokens, spans: list[Span], matches: list[Match]) -> list[Span]:
    """Listed names that mean one thing only, where the tagger saw none."""
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    more = []
    for match in matches:
        kinds = {name.type for name in match.names}
        sure = len(kinds) == 1 and all(name.when != "context" for name in match.names) and "Metric" not in kinds
        form = written(tokens, match.first, match.last)
        if (
            sure
            and form[0].isupper()
            and (len(form) > 2 or form[-1].isdigit())
            and taken.isdisjoint(range(match.first, match.last + 1))
        ):
            more.append(Span(match.first, match.last, kinds.pop(), form))
    return more


def _quoted(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """Names in quotes of which the word before says what they are, where nobody saw one; those seen get their type, in place."""
    seen = {(span.first, span.last): span for span in spans}
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    more = []
    for quoted in quoted_names(tokens):
        span = seen.get((quoted.first, quoted.last))
        if span:
            span.type = quoted.type
        elif taken.isdisjoint(range(quoted.first, quoted.last + 1)):
            more.append(quoted)
    return more


def _instead(spans: list[Span], better: Iterable[Span]) -> list[Span]:
    """The spans with the better ones, which go before the others that begin in them."""
    better = list(better)
    taken = {i for span in better for i in range(span.first, span.last + 1)}
    return [span for span in spans if span.first not in taken] + better


def _one_type(spans: list[Span]) -> None:
    """What is written the same is the same thing: the type most of its places have, the first one's in a draw."""
    votes: dict[str, Counter[str]] = {}
    for span in spans:
        votes.setdefault(plain(span.name), Counter())[span.type] += 1
    for span in spans:
        span.type = votes[plain(span.name)].most_common(1)[0][0]
