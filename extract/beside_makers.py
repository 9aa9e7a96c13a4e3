"""Products that stand beside somebody who did not make them there: "Nordix released a robot powered by Lyra".

What an organization does with one product is often said with the name of another, of which nothing is said by that.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from kg.extract.cues import FORUM, INVENTED, MADE_WITH, OWN, PLACED, PROGRAMMING, QUALITY, cue_words, load_cue
from kg.extract.document import Document, Span
from kg.extract.precedence import Held
from kg.extract.tokens import GENITIVE, fold

_BEFORE = 4
"""Tokens before a name in which words say that something else is made with it."""
_DESCRIBED = 1
"""Words between a preposition and a name at most: "in Lyra", "in the Lyra app"."""
_INVENTED = load_cue(INVENTED)


class BesideMakers:
    """Tells which products of a sentence are only the means of what is told.

    >>> from kg.extract.tokens import Tokens
    >>> maker, name = Span(0, 0, "Organization", "Nordix"), Span(5, 5, "Model", "Lyra")
    >>> BesideMakers().only_means(Document(Tokens("Nordix showed robots powered by Lyra"), [maker, name]), maker, name)
    True
    """

    def __init__(self) -> None:
        self._made_with = load_cue(MADE_WITH)

    def only_means(self, document: Document, maker: Span, name: Span) -> bool:
        """Whether the product is what something else is made with or is like, and the maker of that stands before it."""
        if not _says_of(document, maker, name):
            return False
        first = document.groups[name.group][0]
        said = bool(self._made_with.find(document.tokens, max(first - _BEFORE, maker.last + 1), first))
        return said or _is_quality(document, name)


def told_makings(document: Document) -> Set[int]:
    """The numbers of the sentences that tell who made a programming language."""
    if cue_words(PROGRAMMING).isdisjoint(document.tokens.folded):
        return frozenset()
    return {document.sentence[i] for i in _INVENTED.find(document.tokens).get(INVENTED, ())}


def is_language(name: Span) -> bool:
    """Whether it is a programming language, in which things are written: "Nordix rewrote its Rust client"."""
    return fold(name.name) in cue_words(PROGRAMMING)


def owns_forum(document: Document, maker: Span) -> bool:
    """Whether the organization is named only as the owner of the place where people talk: "the Nordix Discord"."""
    after = maker.last + 1
    after += "".join(document.tokens.texts[after : after + 1]) in GENITIVE
    return not cue_words(FORUM).isdisjoint(document.tokens.folded[after : after + 1])


def _is_quality(document: Document, name: Span) -> bool:
    """Whether a word that goes on behind the name makes it a quality of something else: "Lyra-based"."""
    tokens = document.tokens
    return tokens.is_joined(name.last) and tokens.folded[name.last + 2] in cue_words(QUALITY)


def made_before_its_place(document: Document, held: list[Held]) -> Iterator[Held]:
    """Without the products in which, or for which, the same maker did another one: "Nordix released Lyra in Quill", not "in its
    Quill", and not "Nordix's Lyra in Quill", which tells no deed. Of 8 such 7 were wrong on posts left out of the training.
    """
    made: dict[tuple[str, int], int] = {}
    for pair, predicate, _ in held:
        maker, name = pair.near_object, pair.near_subject
        if predicate == "developed_by" and _says_of(document, maker, name):
            made[pair.object, maker.first] = min(name.first, made.get((pair.object, maker.first), name.first))
    for pair, predicate, probability in held:
        maker, name = pair.near_object, pair.near_subject
        first = made.get((pair.object, maker.first), name.first) if predicate == "developed_by" else name.first
        if first == name.first or not (_says_of(document, maker, name) and _is_placed(document, maker, first, name)):
            yield pair, predicate, probability


def _says_of(document: Document, maker: Span, name: Span) -> bool:
    """Whether the product stands behind the organization in one sentence."""
    return not maker.hint and maker.last < name.first and document.sentence[maker.first] == document.sentence[name.first]


def _is_placed(document: Document, maker: Span, start: int, name: Span) -> bool:
    """Whether a preposition stands behind a token and before the name, or the list it is in, and nothing says whose that is."""
    first, texts = document.groups[name.group][0], document.tokens.texts
    before = set(document.tokens.folded[max(start + 1, first - 1 - _DESCRIBED) : first])
    owns = texts[maker.last + 1] in GENITIVE or not before.isdisjoint(cue_words(OWN))
    return not owns and not before.isdisjoint(cue_words(PLACED))
