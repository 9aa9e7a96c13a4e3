"""Names to entities: one key for every spelling of a name, another key for every version.

A key is the type and the canonical name, cut into words and numbers: GPT-4o, GPT 4o and ГПТ-4o are ``model/gpt-4o``,
while GPT-4 is ``model/gpt-4``. The lists give the canonical name; a version or size behind a listed family stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.corrections import REASON, Corrections, written_form
from kg.extract.names import Name, Names
from kg.extract.simpler_names import Simplifier
from kg.extract.spelling import CYRILLIC, clean_name, entity_key, latin, latin_letters, normal
from kg.extract.tokens import Tokens

_DEVICE = re.compile(r"(?<=[^\s-])[\s-]+(?:GPU|CPU|TPU|NPU|chip|accelerator|processor|card)s?$", re.IGNORECASE)
_INITIALS = 5
"""So many capitals may be initials, which are not said in Latin letters: СУН is not Sun."""
_UNITS = re.compile(r"(?<=[GTCND]PU)s$")
_PLURAL = re.compile(r"(?<=\d)s$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The key, the canonical name and why the name was taken for this entity."""

    key: str
    name: str
    reason: str


class Resolver:
    """Gives every name its entity.

    >>> from kg.extract.names import Name, Names
    >>> Resolver(Names([(Name("GPT", "Model", ("OpenAI",), ""), ["ГПТ"])])).resolve("Model", "ГПТ 4o").key
    'model/gpt-4o'
    """

    def __init__(self, names: Names, corrections: Corrections | None = None) -> None:
        self._names = names
        self._corrections = corrections or Corrections()
        self._alone = {entity_key(correction.type, correction.name) for correction in self._corrections.alone}
        self._simplifier = Simplifier(names)
        self._seen: dict[tuple[str, str], Resolved] = {}

    def resolve(self, kind: str, written: str) -> Resolved:
        """The entity that ``written`` names as a ``kind`` (a class of the ontology)."""
        known = self._seen.get((kind, written))
        if known is None:
            if len(self._seen) > 100_000:
                self._seen.clear()
            known = self._seen[kind, written] = self._resolve(kind, written)
        return known

    def natural(self, kind: str, written: str) -> str:
        """The name as a dictionary would give it: ``Сбер`` for "Сбера", ``RTX 4090`` for "RTX 4090s"."""
        name = clean_name(written)
        if kind == "Hardware" and not self._listed(kind, name):
            single = _UNITS.sub("", name)
            name = single if self._listed(kind, single) else _PLURAL.sub("", _DEVICE.sub("", name)) or name
        form = self._names.dictionary_form(kind, name)
        return form if form and form[:1].lower() >= "а" and name[:1].lower() >= "а" else name

    def _resolve(self, kind: str, written: str) -> Resolved:
        name = clean_name(written)
        correction = self._corrections.of(name, kind)
        if correction and correction.type == kind:
            if correction.action == "split":
                return Resolved(entity_key(kind, correction.name), correction.name, REASON)
            if correction.action == "merge":
                found = self.resolve(kind, correction.entity)
                return Resolved(found.key, found.name, REASON)
        return self._kept_apart(kind, name, self._resolve_uncorrected(kind, written))

    def _kept_apart(self, kind: str, name: str, found: Resolved) -> Resolved:
        """Another name does not get the key of one that the user keeps to itself."""
        if found.key in self._alone:
            return Resolved(entity_key(kind, name), name, "as written")
        return found

    def _resolve_uncorrected(self, kind: str, written: str) -> Resolved:
        name = self.natural(kind, written)
        listed = self._listed(kind, name)
        if listed:
            reason = "listed alias" if normal(listed) != normal(name) else "listed name"
            inflected = normal(name) != normal(clean_name(written)) and CYRILLIC.search(name)
            return Resolved(entity_key(kind, listed), listed, f"{reason}, case ending" if inflected else reason)
        for less, why in self._simpler(kind, name):
            known = self.resolve(kind, less)
            return Resolved(known.key, known.name, why)
        family, rest = self._family(kind, name)
        if family:
            whole = _joined(family, name, rest)
            key = entity_key(kind, whole if rest.startswith("+") else f"{family} {rest}")
            return Resolved(key, whole, "listed family, own version")
        if CYRILLIC.search(name) and not (name.isupper() and name.isalpha() and len(name) <= _INITIALS):
            return Resolved(entity_key(kind, latin(name)), name, "transliterated")
        return Resolved(entity_key(kind, name), name, "as written")

    def _simpler(self, kind: str, name: str) -> Iterator[tuple[str, str]]:
        """Simpler names of the same thing, the surest first, each with the reason why it is the same."""
        letters = latin_letters(name)
        if letters != name:
            yield letters, "letters that look alike"
        if ordered := self._simplifier.in_order(kind, name):
            yield ordered, "size or year said first"
        if bare := self._simplifier.without_brackets(kind, name):
            yield bare, "with its abbreviation"
        if bare := self._simplifier.without_kind(kind, name):
            yield bare, "with the word for what it is"
        if bare := self._simplifier.without_form(kind, name):
            yield bare, "with the kind of company"
        if bare := self._simplifier.without_owner(kind, name):
            yield bare, "listed name behind its owner's"
        if bare := self._simplifier.without_family(kind, name):
            yield bare, "listed name behind its family's"

    def _listed(self, kind: str, name: str) -> str:
        entries = (entry for entry in self._names.lookup(name) if entry.type == kind)
        return next((entry.name for entry in entries if not _ordinary(entry, name)), "")

    def _begins_as_written(self, kind: str, name: str) -> bool:
        """Does the name begin with a listed one, not with an alias that would be written otherwise?"""
        starts = self._names.beginnings(Tokens(name).items[:-1])
        found = [entry.name for _, entries in starts for entry in entries if entry.type == kind]
        return bool(found) and written_form(name).startswith(written_form(found[-1]))

    def _family(self, kind: str, name: str) -> tuple[str, str]:
        """The listed name this one begins with, and what is left: ``("GPT", "4o mini")``."""
        tokens = Tokens(name).items
        if kind in ("Organization", "Person") and not self._begins_as_written(kind, name):
            return "", ""  # "Swiss AI Lab IDSIA" is no version of what "Swiss AI Lab" stands for
        begun = ((size, entry) for size, names in self._names.beginnings(tokens[:-1]) for entry in names)
        starts = [(size, entry.name) for size, entry in begun if entry.type == kind and len(normal(entry.name)) > 1]
        if starts:
            size = starts[-1][0]
            family = next(name for taken, name in starts if taken == size)
            return family, name[tokens[size - 1].end :].strip(" -–‑")
        fused = re.match(r"([^\W\d_]{2,})(\d.*)", name)
        family = self._listed(kind, fused[1]) if fused else ""
        return (family, fused[2]) if fused and family else ("", "")


def _ordinary(entry: Name, name: str) -> bool:
    """Is it the ordinary word that a name with odd capitals looks like: Complex, but not ComplEx?"""
    return (
        entry.when == "case" and name.istitle() and name.isalpha() and normal(entry.name) == normal(name) and entry.name != name
    )


def _joined(family: str, name: str, rest: str) -> str:
    """The canonical family with the version as it was written: ``ГПТ-4`` is ``GPT-4``."""
    before = name[: len(name) - len(rest)]
    return f"{family}{'' if not before or before[-1].isalnum() else before[-1]}{rest}"
