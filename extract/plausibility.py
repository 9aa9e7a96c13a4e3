"""What the classifiers take for a fact and what, by the way people write, is none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from kg.extract.cues import COUNTED, PROGRAMMING, cue_words
from kg.extract.document import Document, Span, plain
from kg.extract.pairs import Pair
from kg.extract.sites import site_of
from kg.extract.tokens import fold

_VERSION = re.compile(r"[\s_-]*[vVrR]?\d[\w.-]*")
_VERSION_BEGINS = re.compile(r"[\s_-]*[vVrR]?\d")
_SURE = 0.75
"""Of an object with a subject in its own sentence, one in another sentence must be so likely: of 78 that were not, 69 were wrong
on posts left out of the training."""
_SAID_WITH = {"based_on": "base", "trained_on": "train", "presented_at": "event", "outperforms": "beat"}
_ONLY_APART = ("outperforms",)
"""Predicates with the cue of which one must stand in the sentence of the object; of the latter only where the subject stands in
another sentence. Of 124 claims without one, 95 were wrong on posts left out of the training."""
_SHORT = 2
"""Letters of a name that a path may have by chance."""
Held: TypeAlias = tuple[Pair, str, float]
"""A pair, a predicate that holds for it, and its probability."""


def implausible(document: Document, predicate: str, pair: Pair, hits: Mapping[str, Sequence[int]]) -> bool:
    """Whether the pair cannot be a fact of this predicate; ``hits`` are the places of cues."""
    return _unsaid(document, predicate, pair, hits) or _impossible(document, predicate, pair)


def _unsaid(document: Document, predicate: str, pair: Pair, hits: Mapping[str, Sequence[int]]) -> bool:
    """Whether no word of the object's sentence says so, of a relation that nobody leaves to be guessed."""
    here = document.sentence[pair.near_object.first]
    if predicate not in _SAID_WITH or (predicate in _ONLY_APART and document.sentence[pair.near_subject.first] == here):
        return False
    return all(document.sentence[i] != here for i in hits.get(_SAID_WITH[predicate], ()))


def _impossible(document: Document, predicate: str, pair: Pair) -> bool:
    match predicate:
        case "developed_by":
            return _part_of_name(document, pair) or _shop_of_link(document, pair.near_object)
        case "based_on":
            return _no_base(pair.near_subject, pair.near_object)
        case "parameter_count":
            return _counts_something_else(document, pair.near_object)
        case "described_in" | "has_code":
            kind, host, path = site_of(pair.near_object.name)
            # The first page of a host is that of a product or a demo, and of a project only on hosts of projects.
            home = kind == "other" and not path.strip("/") and not host.endswith(".github.io")
            return kind == "demo" or (home and predicate == "described_in")
        case _:
            return False


def _part_of_name(document: Document, pair: Pair) -> bool:
    """Whether the owner is told by nothing but a name that cannot stand without it: DeepSeek-R1, Mistral 7B; not NVIDIA H100."""
    name, owner = pair.near_subject, pair.near_object
    if not owner.hint.startswith("nested") or not name.first <= owner.first <= name.last:
        return False
    if any(not span.hint.startswith("nested") for span in document.entities[pair.object]):
        return False
    items = document.tokens.items
    rest = document.tokens.text[items[owner.last].end : items[name.last].end]
    return owner.hint.startswith("nested joined") or bool(_VERSION.fullmatch(rest))


def _shop_of_link(document: Document, owner: Span) -> bool:
    """Whether the owner is only the words of a link to where code or weights are kept: "[HF](https://huggingface.co/...)"."""
    texts, end = document.tokens.texts, owner.last + 1
    if owner.first == 0 or texts[owner.first - 1] != "[" or texts[end : end + 2] != ["]", "("] or end + 2 >= len(texts):
        return False
    return site_of(texts[end + 2])[0] in ("repository", "weights")


def _no_base(a: Span, b: Span) -> bool:
    """Whether b is what nothing is based on, a programming language, a version of a itself (gpt-oss-20b for gpt-oss), or the
    family whose version a is (Llama for Llama 4): 12 of 15 such were wrong on posts left out of the training."""
    name, base = plain(a.name), plain(b.name)
    if fold(b.name) in cue_words(PROGRAMMING) or (base.startswith(name) and base != name):
        return True
    return name.startswith(base) and bool(_VERSION_BEGINS.match(a.name[len(b.name) :])) and not base[-1:].isdigit()


def _counts_something_else(document: Document, number: Span) -> bool:
    """Whether a number with its unit in full (5 million) stands in a sentence that does not speak of parameters."""
    words, sentence = document.tokens.folded, document.sentence
    low, high = bisect_left(sentence, sentence[number.first]), bisect_left(sentence, sentence[number.last] + 1)
    return number.hint == "word" and cue_words(COUNTED).isdisjoint(words[low:high])


def own_sentence_first(document: Document, held: list[Held]) -> Iterator[Held]:
    """Without those whose subject stands in another sentence than an object that has a subject in its own."""
    sentence = document.sentence
    within = [sentence[pair.near_subject.first] == sentence[pair.near_object.first] for pair, _, _ in held]
    told = {(predicate, pair.object) for (pair, predicate, _), near in zip(held, within, strict=True) if near}
    for (pair, predicate, probability), near in zip(held, within, strict=True):
        if near or probability >= _SURE or pair.near_object.type == "link" or (predicate, pair.object) not in told:
            yield pair, predicate, probability


def named_in_link_first(held: list[Held]) -> Iterator[Held]:
    """Without the systems that a link does not name, where it names another one that it belongs to as well: the weights at
    ".../lumo-lite" are not those of Lumo Pro."""
    named = {
        (predicate, pair.object): found
        for pair, predicate, _ in held
        if pair.near_object.type == "link" and (found := _in_path(pair.near_object.name))
    }
    known = {(predicate, pair.object) for pair, predicate, _ in held if _names(named.get((predicate, pair.object), ""), pair)}
    for pair, predicate, probability in held:
        if (predicate, pair.object) not in known or _names(named[predicate, pair.object], pair):
            yield pair, predicate, probability


def _in_path(url: str) -> str:
    return plain(site_of(url)[2])


def _names(path: str, pair: Pair) -> bool:
    name = plain(pair.near_subject.name)
    return len(name) > _SHORT and name in path
