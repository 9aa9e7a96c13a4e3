"""Organizations beside a product that are not told as its maker: "Nordix tested Lyra", "Lyra on Hugging Face".

The classifiers take who is named near a product for its maker, and who only tests, teaches or keeps it is named so, too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set

from kg.extract.beside_makers import BesideMakers, is_language, owns_forum
from kg.extract.cues import (
    ANNOUNCE,
    BY,
    BYSTANDER,
    DEVELOPER,
    GENERAL,
    INVENTED,
    LESSON,
    MADE_BY,
    PROPOSE,
    RELEASE,
    SHELF,
    SHELF_NAME,
    USER,
    Cues,
    cue_words,
    load_cue,
)
from kg.extract.document import Document, Span, plain
from kg.extract.names import Names
from kg.extract.pairs import Pair
from kg.extract.simpler_names import Simplifier
from kg.extract.sites import CODE, site_of
from kg.extract.tokens import GENITIVE, fold

_VERSION = re.compile(r"[\s_-]*[vVrR]?\d[\w.-]*")
_NUMBERED = re.compile(r"\d{3,6}[A-Z\d]{0,8}")
"""What a device is called by without its maker: the 8086, a 3090; not a 64."""
_OF_ITS_OWN = re.compile(r"\d|[a-zа-я][A-ZА-Я]|[A-ZА-Я]{2}")
"""What a word is written with that is no common word: RTX, TensorRT, reCAPTCHA."""
_APART = 0.75
"""Probability from which on somebody named in another sentence than the product is believed to have made it, unless that sentence
tells of a release: of 23 claims that were less likely, 20 were wrong on posts left out of the training."""
_BEFORE = 4
"""Tokens before a name in which words say what it has to do with the rest."""
_VERB = 3
"""Tokens from an organization to the verb that says what it does, at most."""
_SHORT = 3
"""Words of a sentence before the name of the maker, of whom it tells nothing else, at most: "Made by Nordix"."""
_COURSE = 14
"""Tokens from the word for a course to who teaches it at most."""
POINTING = frozenset({":", "—", "–", "-", "→", "|"})
"""What may stand between a name and what is said of it: a link to it, its date."""
SaidIn = Mapping[str, Set[int]]
"""The numbers of the sentences in which each cue stands."""


class Bystanders:
    """Tells who has not made what they are named beside.

    >>> from kg.extract.names import load_names
    >>> from kg.extract.tokens import Tokens
    >>> name, owner = Span(0, 0, "Model", "Lyra", key="a"), Span(2, 2, "Organization", "Nordix", key="b")
    >>> document = Document(Tokens("Lyra unlike Nordix"), [name, owner])
    >>> Bystanders(load_names()).only_beside(document, Pair("a", "b", name, owner, []), 0.9, {})
    True
    """

    def __init__(self, names: Names) -> None:
        self._names, self._simplifier, self._cues = names, Simplifier(names), load_cue(BYSTANDER)
        self._user, self._beside = load_cue(USER), BesideMakers()
        self._deeds = load_cue(ANNOUNCE, RELEASE)

    def only_beside(self, document: Document, pair: Pair, probability: float, said: SaidIn) -> bool:
        """Whether the organization is told otherwise than as the maker of the product."""
        owner, name = pair.near_object, pair.near_subject
        apart = document.sentence[owner.first] != document.sentence[name.first]
        if apart and probability < _APART and not self._made_it(document, owner, name):
            return True
        beside = said_before(self._cues, document, owner, name.last + 1)
        beside = beside or _on_shelf(document, owner) or owns_forum(document, owner)
        beside = beside or self._uses(document, owner, name) or _teaches(document, owner, name)
        beside = beside or self._beside.only_means(document, owner, name)
        beside = beside or (is_language(name) and document.sentence[owner.first] not in said.get(INVENTED, ()))
        return beside or self._part_of_name(document, pair) or self._shop_of_link(document, owner)

    def _part_of_name(self, document: Document, pair: Pair) -> bool:
        """Whether the owner is told by nothing but a name that cannot stand without it: DeepSeek-R1, Mistral 7B, Google Photos;
        not NVIDIA H100. Nobody made "Lumo GPUs": of 22 such 21 were not annotated."""
        name, owner = pair.near_subject, pair.near_object
        if not owner.hint.startswith("nested") or not name.first <= owner.first <= name.last:
            return False
        items = document.tokens.items
        rest = document.tokens.text[items[owner.last].end : items[name.last].end]
        if fold(rest.strip()) in cue_words(GENERAL):
            return True
        if any(not span.hint.startswith("nested") for span in document.entities[pair.object]):
            return False
        if name.type == "Hardware" and _NUMBERED.fullmatch(rest.strip()):
            return False
        return owner.hint.startswith("nested joined") or bool(_VERSION.fullmatch(rest)) or self._common(name.type, rest.strip())

    def _shop_of_link(self, document: Document, owner: Span) -> bool:
        """Whether the owner is only where code or weights are kept: "[HF](https://huggingface.co/...)", "HF: https://..."."""
        texts, end = document.tokens.texts, owner.last + 1
        if owner.first and texts[owner.first - 1] == "[" and texts[end : end + 2] == ["]", "("]:
            return site_of(_text(texts, end + 2))[0] in CODE
        if _text(texts, end) not in POINTING:
            return False
        kind, host, _ = site_of(_text(texts, end + 1))
        return kind in CODE and any(plain(entry.name) in plain(host) for entry in self._names.lookup(owner.name))

    def _made_it(self, document: Document, owner: Span, name: Span) -> bool:
        """Whether the organization is said to release something, to own it, or to be the maker of what another sentence names."""
        behind = owner.last + 1
        owns = "".join(document.tokens.texts[behind : behind + 1]) in GENITIVE
        told = owns or bool(self._deeds.find(document.tokens, behind, behind + _VERB))
        return told or _as_maker(document, owner) or _goes_on(document, owner, name)

    def _uses(self, document: Document, owner: Span, name: Span) -> bool:
        """Whether a verb says that the organization only uses what the lists do not know as its own: "Nordix tested Lyra"."""
        if owner.hint or document.sentence[owner.first] != document.sentence[name.first] or name.first < owner.last:
            return False
        if USER not in self._user.find(document.tokens, owner.last + 1, min(name.first, owner.last + 1 + _VERB)):
            return False
        return not self._simplifier.made_by_owner(name.type, name.name, owner.name)

    def _common(self, kind: str, rest: str) -> bool:
        """Whether the rest of a product's name is of common words: of 69 such, 56 were not annotated as made by their owner."""
        if kind not in ("Software", "Hardware") or _OF_ITS_OWN.search(rest):
            return False
        return not any(name.type == kind for name in self._names.lookup(rest))


def said_before(cues: Cues, document: Document, span: Span, since: int = 0) -> bool:
    """Whether one of the phrases stands in the sentence right before a name, or before its list; ``since`` a token if that stands
    before it."""
    words = document.before(span, _BEFORE)
    start = max(words.start, since) if since <= words.stop else words.start
    return bool(cues.find(document.tokens, start, words.stop))


def word_before(document: Document, span: Span, without: Set[str] = frozenset()) -> str:
    """The word of the sentence before a name, folded; ``without`` some."""
    first = document.groups[span.group][0] if without else span.first
    while first and document.tokens.folded[first - 1] in without:
        first -= 1
    return document.tokens.folded[first - 1] if first and document.sentence[first - 1] == document.sentence[first] else ""


def _as_maker(document: Document, owner: Span) -> bool:
    """Whether a sentence of a few words names somebody as the maker of what the one before is about: "Made by Nordix.",
    "Developer: Nordix"."""
    tokens, first = document.tokens, document.groups[owner.group][0]
    start = bisect_left(document.sentence, document.sentence[first])
    before = [word for word in tokens.folded[start:first] if word[0].isalnum()]
    if not before or len(before) > _SHORT:
        return False
    return before[-1] in cue_words(BY) or (tokens.texts[first - 1] in POINTING and before[-1] in cue_words(DEVELOPER))


def _goes_on(document: Document, owner: Span, name: Span) -> bool:
    """Whether the sentence behind that of the owner begins with what they do: "A paper from Nordix. Предлагают Lyra"."""
    sentence, here = document.sentence, document.sentence[name.first]
    first = bisect_left(sentence, here)
    return sentence[owner.first] == here - 1 and document.tokens.folded[first] in cue_words(PROPOSE)


def _teaches(document: Document, owner: Span, name: Span) -> bool:
    """Whether what the owner made is a course about it: "a course on Lyra from Nordix", "введение в Lyra от Nordix"."""
    words, sentence = document.tokens.folded, document.sentence
    first = document.groups[owner.group][0]
    if not first or words[first - 1] not in cue_words(MADE_BY) or sentence[first - 1] != sentence[name.first]:
        return False
    low = max(first - _COURSE, bisect_left(sentence, sentence[first]))
    low = next((i for i in range(first - 1, low, -1) if document.tokens.texts[i] == ":"), low)
    return not cue_words(LESSON).isdisjoint(words[low:first])


def _on_shelf(document: Document, owner: Span) -> bool:
    """Whether weights or code are only kept there: "выложила на Hugging Face"."""
    owns = owner.hint or "".join(document.tokens.texts[owner.last + 1 : owner.last + 2]) in GENITIVE
    return not owns and plain(owner.name) in cue_words(SHELF_NAME) and word_before(document, owner) in cue_words(SHELF)


def _text(texts: Sequence[str], i: int) -> str:
    return texts[i] if i < len(texts) else ""
