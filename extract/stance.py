"""Which statements are really made: what is denied or only asked gives no claim, what is a rumour or a plan is hedged."""

from __future__ import annotations

from bisect import bisect_left

from kg.extract.cues import (
    ALMOST,
    AND,
    DENIAL,
    GIVEN,
    PLACE,
    PREPOSITION,
    TURN,
    UNTRUE,
    WITHOUT,
    Cues,
    cue_words,
    load_cue,
)
from kg.extract.document import Document, Span
from kg.extract.tokens import GENITIVE

_REACH = 14
"""Tokens between two names over which a negation still denies what joins them."""
_NEAR = 8
"""Tokens before the second name in which it denies what joins them however far off the first one is."""
_GIVEN = cue_words(GIVEN) | {*GENITIVE, "@", "-"}
"""What may stand between two names that say their relation in a question, too: "Is Google's Gemini out?", "Remember GPT-3 with
its 175 billion parameters?"."""
_WITHOUT = cue_words(WITHOUT)
_PLACES = cue_words(PLACE)
"""Words after which "without" denies nothing more: "runs without a GPU on a laptop" runs there."""
_PREPOSITIONS = _PLACES | cue_words(PREPOSITION)
_AND = cue_words(AND)
_DENIALS = load_cue(DENIAL, UNTRUE, ALMOST)
_SAYING = ("make", "run", "test", "beat", "train", "base")
"""Cues of the words that say facts: "needs no cloud and runs on a laptop" says one."""
TURNS = cue_words(TURN) | {";"}
"""Words after which another thought begins."""


class Stance:
    """The stance of one document to what it says."""

    def __init__(self, document: Document, hits: dict[str, list[int]], affirmed: Cues) -> None:
        self._doc = document
        kept = {i for places in affirmed.find(document.tokens).values() for i in places}
        self._verbs = {i for cue in _SAYING for i in hits.get(cue, ()) if document.tokens.folded[i] not in _PREPOSITIONS}
        said = _DENIALS.find(document.tokens)
        almost = (i for i in said.get(ALMOST, ()) if i + 1 in hits.get("beat", ()))
        self._denials = sorted({*(i for i in hits.get("no", ()) if i not in kept), *said.get(DENIAL, ()), *almost})
        self._untrue = said.get(UNTRUE, ())
        self._doubts = [i for i in hits.get("maybe", ()) if not _month(document, i)]

    def denied(self, a: Span, b: Span) -> bool:
        """Is it called false, or does a negation stand between the names, in one thought, near the second one if that is far?"""
        left, right = (a, b) if a.first < b.first else (b, a)
        sentence = self._doc.sentence
        if any(sentence[i] == sentence[left.first] == sentence[right.first] and i < left.first for i in self._untrue):
            return True
        if sentence[left.first] == sentence[right.first] and right.first - left.last <= _REACH:
            low = left.last + 1
        else:
            low = max(right.first - _NEAR, left.last + 1, bisect_left(sentence, sentence[right.first]))
        start, end = bisect_left(self._denials, low), bisect_left(self._denials, right.first)
        return any(self._denies(word, right) for word in self._denials[start:end])

    def _denies(self, word: int, name: Span) -> bool:
        """Does a negation reach the name? "Without" only what it stands before, "not" up to the next verb or thought."""
        words = self._doc.tokens.folded
        first = max(word + 1, self._doc.groups[name.group][0])
        if words[word] in _WITHOUT:
            return _PLACES.isdisjoint(words[word:first]) and self._verbs.isdisjoint(range(word, first))
        return not any(words[k] in TURNS or (words[k] in _AND and k + 1 in self._verbs) for k in range(word + 1, first))

    def asked(self, a: Span, b: Span) -> bool:
        """Is the sentence of the object a question that does not take the fact for granted?"""
        left, right = (a, b) if a.first < b.first else (b, a)
        sentence, tokens = self._doc.sentence, self._doc.tokens
        if b.type == "link" or _GIVEN.issuperset(tokens.folded[left.last + 1 : right.first]):
            return False
        after = bisect_left(sentence, sentence[b.first] + 1)
        return tokens.texts[after - 1] == "?"

    def hedged(self, a: Span, b: Span) -> bool:
        """Is it said as a rumour, a guess or a plan?"""
        sentence = self._doc.sentence
        where = {sentence[b.first], sentence[a.first]} if b.type[0].isupper() else {sentence[b.first]}
        return any(sentence[i] in where for i in self._doubts)


def _month(document: Document, i: int) -> bool:
    """Is it the month ("13 May 2024", "in May") and no "may", which has a capital letter only where a sentence begins?"""
    items, sentence = document.tokens.items, document.sentence
    beside = [items[k].text for k in (i - 1, i + 1) if 0 <= k < len(items)]
    inside = i > 0 and sentence[i - 1] == sentence[i] and items[i - 1].text[-1].isalnum()
    return items[i].text == "May" and (inside or any(text[0].isdigit() for text in beside))
