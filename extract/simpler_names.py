"""Longer ways of saying a listed name: with its owner, its family, its abbreviation, the word for what it is."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.extract.cues import COMPANY, DESCRIBES, KIND, OTHER_THING, cue_words
from kg.extract.joined_names import abbreviates
from kg.extract.names import Name, Names
from kg.extract.tokens import Token, Tokens, fold

_BRACKETS = re.compile(r"(?P<name>[^()]{2,80}?)\s?\((?P<inside>[^()]{2,60})\)")


_FIRST = re.compile(r"(?P<first>(?:\d{1,2}[xх×])?\d{1,4}(?:\.\d)?[BbМM]|20\d\d)\s(?P<rest>[^\W\d].{1,60})")


class Simplifier:
    """Takes from a name what it may be said without; each answer is the shorter name, or empty.

    >>> names = Names([(Name("MMLU", "Benchmark", (), ""), []), (Name("Selene", "Hardware", ("NVIDIA",), ""), [])])
    >>> Simplifier(names).without_kind("Benchmark", "MMLU benchmark")
    'MMLU'
    """

    def __init__(self, names: Names) -> None:
        self._names = names

    def without_brackets(self, kind: str, name: str) -> str:
        """ "Large World Model (LWM)" is a Large World Model: what is in brackets says the same."""
        match = _BRACKETS.fullmatch(name)
        if not match:
            return ""
        long, inside = match["name"].strip(), match["inside"].strip()
        if self._of_type(kind, inside) and not self._of_type(kind, long) and abbreviates(inside, long):
            return inside
        same = {entry.name for entry in self._of_type(kind, long)} & {entry.name for entry in self._of_type(kind, inside)}
        return long if same or abbreviates(inside, long) or abbreviates(long, inside) else ""

    def in_order(self, kind: str, name: str) -> str:
        """ "70B Llama" is Llama 70B, "2024 IOI" is IOI 2024: the size or year goes behind a listed name."""
        match = _FIRST.fullmatch(name)
        known = match and any(entry.type == kind for entry in self._names.family(match["rest"]))
        return f"{match['rest']} {match['first']}" if match and known else ""

    def without_kind(self, kind: str, name: str) -> str:
        """ "GPQA benchmark" is GPQA: the word behind a listed name says what it is; behind other names only in small letters."""
        items = Tokens(name).items
        cut = len(items)
        while cut > 1 and fold(items[cut - 1].text) in cue_words(KIND) and not items[cut - 1].glued:
            cut -= 1
        if cut == len(items):
            return ""
        for size in range(cut, len(items)):
            rest, word = name[: items[size - 1].end], items[size].text
            if self._of_type(kind, rest) and fold(word) not in _PRODUCTS:
                return rest
        rest = name[: items[cut - 1].end]
        small = all(item.text.islower() and fold(item.text) in cue_words(DESCRIBES) for item in items[cut:])
        return rest if small and not self._names.lookup(rest) and distinctive(rest) else ""

    def without_form(self, kind: str, name: str) -> str:
        """ "Anthropic AI", "Zyphra Inc" are Anthropic and Zyphra, the model "Claude AI" is Claude."""
        items = Tokens(name).items
        if kind == "Model" and len(items) > 1 and items[-1].text == "AI" and self._of_type(kind, name[: items[-2].end]):
            return name[: items[-2].end]
        if kind != "Organization" or len(items) < 2 or items[-1].glued or fold(items[-1].text) not in cue_words(COMPANY):
            return ""
        rest = name[: items[-2].end].rstrip(" ,")
        return rest if self._of_type(kind, rest) or items[-1].text != "AI" else ""

    def without_owner(self, kind: str, name: str) -> str:
        """What stands behind the organization a name begins with, when the lists know it as that one's: "NVIDIA Selene" is
        Selene, but "Geely Atlas" is not the robot Atlas."""
        if kind in ("Organization", "Person"):
            return ""
        tokens = Tokens(name).items
        for size in range(1, min(4, len(tokens))):
            owners = self._organizations(name[: tokens[size - 1].end])
            rest = name[tokens[size].start :]
            if owners and not tokens[size].glued and self._made_by(kind, rest, owners):
                return rest
        return self._without_ai(kind, name, tokens)

    def without_family(self, kind: str, name: str) -> str:
        """ "Qwen QwQ-32B" is QwQ-32B: a name of its own behind that of its family, from the same makers."""
        items = Tokens(name).items if kind in ("Model", "Software") else []
        for size, entries in self._names.beginnings(items[:-1]):
            makers = {maker for entry in entries if entry.type == kind for maker in entry.developers}
            rest = name[items[size].start :]
            own = [entry for entry in self._names.family(rest) if entry.type == kind and makers & set(entry.developers)]
            clear = [entry for entry in own if entry.when != "context" and len(entry.name) > 3]
            if (size > 1 and not self._of_type(kind, rest)) or items[size].glued or not items[size].text[0].isalpha():
                continue  # "Mistral NeMo Minitron 8B" is not Minitron 8B
            if clear:
                return rest
        return ""

    def made_by(self, kind: str, name: str, owner: str) -> bool:
        """Do the lists know the name as the owner's, or nobody's?"""
        owners = self._organizations(owner)
        entries = [entry for entry in self._names.family(name) if entry.type == kind]
        return not entries or self._made_by(kind, name, owners) or not any(entry.developers for entry in entries)

    def made_by_owner(self, kind: str, name: str, owner: str) -> bool:
        """Do the lists know the family of the name as the owner's?"""
        return self._made_by(kind, name, self._organizations(owner))

    def _made_by(self, kind: str, name: str, owners: set[str]) -> bool:
        makers = (maker for entry in self._names.family(name) if entry.type == kind for maker in entry.developers)
        return any(owners & self._organizations(maker) for maker in makers)

    def _without_ai(self, kind: str, name: str, tokens: list[Token]) -> str:
        """ "Mistral AI Small 3.1" is Mistral Small 3.1."""
        if kind != "Model" or len(tokens) < 3 or tokens[1].text != "AI" or tokens[1].glued:
            return ""
        whole = any(size > 1 and any(e.type == kind for e in entries) for size, entries in self._names.beginnings(tokens))
        rest = name[: tokens[0].end] + name[tokens[1].end :]
        return rest if not whole and any(entry.type == kind for entry in self._names.family(rest)) else ""

    def _organizations(self, name: str) -> set[str]:
        return {entry.name for entry in self._names.lookup(name) if entry.type == "Organization"}

    def _of_type(self, kind: str, name: str) -> list[Name]:
        return [entry for entry in self._names.lookup(name) if entry.type == kind]


_PRODUCTS = cue_words(OTHER_THING)
"""Words of ``kind`` that make another thing of a name: Gemini API is not Gemini."""


def distinctive(name: str) -> bool:
    """Can the name stand alone: capitals inside, letters with digits, or four capitals?

    >>> distinctive("FineWeb"), distinctive("MMMU"), distinctive("H100"), distinctive("Search"), distinctive("v0.3")
    (True, True, True, False, False)
    """
    word = Tokens(name).items
    if not word or re.fullmatch(r"[vV]?\d[\d.]*[bBmMkK]?", name):
        return False
    letters = [c for c in name if c.isalpha()]
    inner = any(a.islower() and b.isupper() for a, b in pairwise(name))
    digits = any(c.isdigit() for c in name) and len(letters) >= 1 and len(name) >= 4
    return inner or digits or (sum(c.isupper() for c in letters) >= 4)
