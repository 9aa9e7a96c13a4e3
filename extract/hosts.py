"""Who only offers what another one made: "Nordix launched Lyra 2 on its cloud", where the lists know that Zorbix made Lyra."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from kg.extract.cues import EDITION, HOSTING, PLACED, SHELF, SHELF_NAME, VARIANT, cue_words, load_cue
from kg.extract.document import Document, Span, plain
from kg.extract.names import Names
from kg.extract.precedence import Held
from kg.extract.tokens import Tokens, fold

_VERB = 3
"""Tokens from an organization to its verb at most, and from there to the name or the list it is in."""
_BEHIND = 2
"""Tokens behind a name, or its list, of which one is the preposition of a place: "Lyra models on"."""
_SHORT = 2
"""Letters of a name that another one may contain by chance."""
_VERSION = re.compile(r"[vVrR]?\d[\w.]{0,10}")


class Hosts:
    """Tells who is said to put a product somewhere, and is not the one whom the lists know as the maker of its family.

    >>> from kg.extract.names import Name
    >>> names = Names([(Name("Lyra", "Model", ("Zorbix",), ""), [])])
    >>> spans = [Span(0, 0, "Organization", "Nordix"), Span(2, 3, "Model", "Lyra 2")]
    >>> Hosts(names).only_hosts(Document(Tokens("Nordix launched Lyra 2 on its cloud"), spans), *spans)
    True
    """

    def __init__(self, names: Names) -> None:
        self._names, self._verbs = names, load_cue(HOSTING)

    def without(self, document: Document, held: list[Held]) -> Iterator[Held]:
        """Without the products that are told to be made by who only hosts them."""
        for pair, predicate, probability in held:
            if predicate != "developed_by" or not self.only_hosts(document, pair.near_object, pair.near_subject):
                yield pair, predicate, probability

    def only_hosts(self, document: Document, owner: Span, name: Span) -> bool:
        """Whether the organization is the subject of such a verb, a place stands behind the name, and another one made it."""
        return not owner.hint and name.type == "Model" and self._puts(document, owner, name) and self._of_another(owner, name)

    def _puts(self, document: Document, owner: Span, name: Span) -> bool:
        sentence, folded = document.sentence, document.tokens.folded
        first, last, _ = document.groups[name.group]
        behind = owner.last + 1
        if not owner.last < first <= behind + 2 * _VERB or sentence[owner.first] != sentence[name.first]:
            return False
        if not self._verbs.find(document.tokens, behind, min(first, behind + _VERB)):
            return False
        end = min(last + 1 + _BEHIND, bisect_left(sentence, sentence[last] + 1))
        place = next((i + 1 for i in range(last + 1, end) if folded[i] in cue_words(PLACED) | cue_words(SHELF)), 0)
        if not place or folded[last + 1] == ",":
            return False
        at = bisect_left(document.spans, place, key=attrgetter("first"))
        dated = at < len(document.spans) and document.spans[at].first == place and document.spans[at].type == "date"
        return not dated and not _is_shelf(document.tokens, place)

    def _of_another(self, owner: Span, name: Span) -> bool:
        """Whether the lists know who made the family of which it is a version, and it is nobody of the owner's."""
        items = Tokens(name.name).items
        entries, size = self._names.family(name.name), max((size for size, _ in self._names.beginnings(items)), default=1)
        rest = [item.text for item in items[size:] if item.text.isalnum() or item.text[0].isdigit()]
        if not all(_VERSION.fullmatch(text) or fold(text) in cue_words(VARIANT) | cue_words(EDITION) for text in rest):
            return False
        makers = {maker for entry in entries if entry.type == "Model" and entry.when != "context" for maker in entry.developers}
        own = {*map(plain, self._kin(owner.name)), plain(owner.name)}
        theirs = {*map(plain, makers), *(plain(kin) for maker in makers for kin in self._kin(maker))}
        theirs |= {plain(entry.name) for entry in entries}  # the Lyra team
        return bool(makers) and not any(_inside(a, b) or _inside(b, a) for a in own for b in theirs)

    def _kin(self, organization: str) -> set[str]:
        """What the lists call an organization, and whose it is."""
        entries = [entry for entry in self._names.lookup(organization) if entry.type == "Organization"]
        return {entry.name for entry in entries} | {parent for entry in entries for parent in entry.developers}


def _is_shelf(tokens: Tokens, first: int) -> bool:
    """Whether the place is one where anybody keeps what they made: "on Hugging Face"."""
    words = tokens.texts[first : first + 2]
    return any(plain("".join(words[:size])) in cue_words(SHELF_NAME) for size in (1, 2))


def _inside(one: str, other: str) -> bool:
    return one == other or (len(one) > _SHORT and one in other)
