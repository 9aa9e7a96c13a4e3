"""What the team of an organization releases: "Nordix's Vega team released Lyra", "команда Vega из Nordix выпустила Lyra"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.extract.cues import ANNOUNCE, RELEASE, RELEASING, TEAM, TEAM_OF, cue_words, load_cue
from kg.extract.document import MADE, Document, Span
from kg.extract.objects import is_object
from kg.extract.pairs import Pair
from kg.extract.precedence import Held
from kg.extract.tokens import GENITIVE

_PREDICATE = "developed_by"
_SAID = 0.8
"""How likely it is right."""
_NAME = 2
"""Words of the name of a team at most, between its owner and the word, or behind the word."""
_VERB = 3
"""Tokens from who is said to release something to the verb at most."""
_VERBS = load_cue(ANNOUNCE, RELEASE, RELEASING)


def made_by_teams(document: Document, held: Sequence[Held]) -> Iterator[Held]:
    """What teams are said to release, with the organization that they belong to, if that is not ``held`` for it.

    >>> from kg.extract.tokens import Tokens
    >>> spans = [Span(0, 0, "Organization", "Nordix"), Span(5, 5, "Model", "Lyra")]
    >>> tokens = Tokens("Nordix's Vega team released Lyra")
    >>> [pair.object for pair, _, _ in made_by_teams(Document(tokens, spans), [])]
    ['Organization/nordix']
    """
    teams = [i for i, word in enumerate(document.tokens.folded) if word in cue_words(TEAM)]
    if not teams:
        return
    told = {(pair.subject, pair.object) for pair, predicate, _ in held if predicate == _PREDICATE}
    made = [span for span in document.spans if span.type in MADE and not span.hint.startswith("nested")]
    begins = [span.first for span in made]
    owners = {end: span for span in document.spans if span.type == "Organization" for end in (span.first, span.last)}
    for team in teams:
        owner, last = _owner_before(document, team, owners), team
        if not owner and (owner := _owner_behind(document, team, owners)):
            last = owner.last
        verbs = _VERBS.find(document.tokens, last + 1, last + 1 + _VERB) if owner else {}
        verb = min((i for places in verbs.values() for i in places), default=-1)
        at = bisect_left(begins, verb)
        if not owner or verb < 0 or at == len(made) or not is_object(document, verb, made[at]):
            continue
        for span in made[at:]:
            if span.group != made[at].group:
                break
            if (span.key, owner.key) not in told:
                told.add((span.key, owner.key))
                yield Pair(span.key, owner.key, span, owner, []), _PREDICATE, _SAID


def _owner_before(document: Document, team: int, owners: dict[int, Span]) -> Span | None:
    """The organization whose genitive stands before the word and the name of the team: "Nordix's Vega team"."""
    texts = document.tokens.texts
    for i in range(team - 1, max(team - 2 - _NAME, 0), -1):
        if texts[i] in GENITIVE:
            return owners.get(i - 1)
        if not texts[i][0].isalnum():
            break
    return None


def _owner_behind(document: Document, team: int, owners: dict[int, Span]) -> Span | None:
    """The organization behind the word, the name of the team and a preposition: "the Vega team at Nordix"."""
    tokens = document.tokens
    for i in range(team + 1, min(team + 2 + _NAME, len(tokens) - 1)):
        if tokens.folded[i] in cue_words(TEAM_OF):
            return owners.get(i + 1) if document.sentence[i + 1] == document.sentence[team] else None
        if not tokens.texts[i][0].isalnum():
            break
    return None
