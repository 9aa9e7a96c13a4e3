"""The name lists: what things are called, of which type they are and who makes them.

``schemas/names-TYPE*.tsv`` are four columns, name, aliases (`` | `` between them), developer and when:
empty (the name nearly always means this thing), ``case`` (only with exactly these capitals) or ``context``
(also an ordinary word or a person's name: the text around has to say what it is).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from kg.errors import InputError
from kg.extract.tokens import Token, Tokens, fold

JOINERS = frozenset("-–‑·./_")
"""What may stand between the words of a name without making it another name."""
_MOST_FAMILIES = 50_000
"""Names whose family is remembered."""
_NO_CASES = frozenset("иоуюэ")
_SEPARATORS = re.compile(r"[^\w+#]|_")
_APART = re.compile(r"[,;:()]")
"""What sets names apart, unless it belongs to one: "Blackwell (B200)" is two, "Robotics: Science and Systems" one."""


@dataclass(frozen=True, slots=True)
class Name:
    """One thing that has a name."""

    name: str
    type: str
    developers: tuple[str, ...]
    when: str


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first`` to ``last`` (both included) are written like one of these names."""

    first: int
    last: int
    names: tuple[Name, ...]


class Names:
    """All known names, looked up by the words of a text.

    >>> names = Names([(Name("Сбер", "Organization", (), ""), ["Sber"])])
    >>> [m.names[0].name for m in names.find(Tokens("модель от Сбера"))]
    ['Сбер']
    """

    def __init__(self, names: Iterable[tuple[Name, list[str]]]) -> None:
        self._entries: dict[str, list[tuple[Name, str]]] = {}
        self._prefixes: set[str] = set()
        self._longest = 0
        self._families: dict[str, list[Name]] = {}
        for name, aliases in names:
            for surface in (name.name, *aliases):
                self._add(name, surface)

    def _add(self, name: Name, surface: str) -> None:
        key = ""
        for token in Tokens(surface).items:
            if token.text in JOINERS or token.text == "'":
                continue
            key += word_key(token.text)
            self._prefixes.add(key)
        if key:
            self._longest = max(self._longest, len(key))
            entries = self._entries.setdefault(key, [])
            if all(known is not name or written != surface for known, written in entries):
                entries.append((name, surface))  # MAP beside mAP: some are taken only with these capitals

    def __len__(self) -> int:
        return len(self._entries)

    def surfaces(self, types: Collection[str]) -> list[str]:
        """All names and aliases of these types."""
        return [surface for found in self._entries.values() for name, surface in found if name.type in types]

    def dictionary_form(self, kind: str, written: str) -> str:
        """The listed name or alias of this type that ``written`` is a form of: ``Сбер`` for "Сбера"; empty if there is none."""
        entries = self._entries.get(_surface_key(written), ())
        return next((surface for name, surface in entries if name.type == kind and _whole_initials(surface, written)), "")

    def lookup(self, surface: str) -> list[Name]:
        """Everything that is called so, whatever the case, the hyphens and the Russian case ending."""
        found = (name for name, known in self._entries.get(_surface_key(surface), ()) if _whole_initials(known, surface))
        return list(dict.fromkeys(found))

    def keys(self, without: Collection[str]) -> set[str]:
        """The keys of all names that are not only of these types."""
        return {key for key, found in self._entries.items() if any(name.type not in without for name, _ in found)}

    def family(self, surface: str) -> list[Name]:
        """What the longest known beginning of a name is called: ``GPT`` for "GPT-4o mini"."""
        known = self._families.get(surface)
        if known is None:
            if len(self._families) > _MOST_FAMILIES:
                self._families.clear()
            known = self._families[surface] = self._family(surface)
        return known

    def _family(self, surface: str) -> list[Name]:
        items = Tokens(surface).items
        found = [names for _, names in self.beginnings(items)]
        if found:
            return found[-1]
        stem = re.match(r"[^\W\d_]{2,}(?=\d)", next((word_key(t.text) for t in items if t.text not in JOINERS), ""))
        return list(dict.fromkeys(name for name, _ in self._entries.get(stem.group(), ()))) if stem else []

    def beginnings(self, items: Sequence[Token]) -> Iterator[tuple[int, list[Name]]]:
        """For each known name these tokens begin with, shortest first: how many tokens it takes, and what is called so."""
        key = ""
        for size, token in enumerate(items, 1):
            if token.text in JOINERS:
                continue
            key += word_key(token.text)
            if len(key) > self._longest:
                return
            if key in self._entries:
                yield size, list(dict.fromkeys(name for name, _ in self._entries[key]))

    def find(self, tokens: Tokens) -> list[Match]:
        """The longest names from left to right; they do not overlap."""
        keys = [*map(word_key, tokens.texts), ""]
        found: list[Match] = []
        after = 0
        for number in [number for number, key in enumerate(keys) if key and key in self._prefixes]:
            ends = keys[number] + keys[number + 1] not in self._prefixes  # punctuation has an empty key and ends nothing
            if number >= after and not (ends and keys[number] not in self._entries):
                match = self._match_at(tokens, number)
                if match:
                    found.append(match)
                    after = match.last + 1
        return found

    def find_type(self, tokens: Tokens, kind: str, start: int, end: int) -> list[Match]:
        """The names of one type among the tokens ``start`` to ``end`` (not included), overlapping others or not."""
        found = []
        for number in range(start, end):
            match = self._match_at(tokens, number)
            fitting = tuple(name for name in match.names if name.type == kind) if match else ()
            if match and fitting:
                found.append(Match(match.first, match.last, fitting))
        return found

    def _match_at(self, tokens: Tokens, first: int) -> Match | None:
        items = tokens.items
        key = word_key(items[first].text)
        if not key or key not in self._prefixes:
            return None
        best: Match | None = None
        last, seen = first, ""
        while True:
            if key != seen:  # else punctuation, which is no part of a name
                fitting = self._fitting(key, tokens.text[items[first].start : items[last].end]) if key in self._entries else ()
                best = Match(first, last, fitting) if fitting else best
            last, seen = last + 1, key
            if last < len(items) and items[last].text in JOINERS and items[last].glued:
                last += 1
            if last >= len(items) or items[last].line != items[first].line:
                return best
            key += word_key(items[last].text)
            if key not in self._prefixes:
                return best

    def _fitting(self, key: str, written: str) -> tuple[Name, ...]:
        entries, apart = self._entries[key], _APART.findall(written)
        if apart:
            entries = [(name, surface) for name, surface in entries if all(mark in surface for mark in apart)]
        written = _SEPARATORS.sub("", written)
        return tuple(dict.fromkeys(name for name, surface in entries if _written_so(name, surface, written)))


@lru_cache(maxsize=50_000)
def _surface_key(surface: str) -> str:
    return "".join(word_key(text) for text in Tokens(surface).texts if text not in JOINERS)


@lru_cache(maxsize=100_000)
def word_key(word: str) -> str:
    """What a word gives to the key of a name: folded, nothing for punctuation."""
    return _SEPARATORS.sub("", fold(word))


def _written_so(name: Name, surface: str, written: str) -> bool:
    """Short names and those marked ``case`` are taken only with the listed capitals; a Russian case ending may follow."""
    surface = _SEPARATORS.sub("", surface)
    if not _whole_initials(surface, written):
        return False
    if name.when != "case" and len(surface) > 3:
        return True
    return written.startswith(surface) or written[: max(3, len(surface) - 2)] == surface[: max(3, len(surface) - 2)]


def _whole_initials(surface: str, written: str) -> bool:
    """Russian initials lose no ending, and short names that have no cases are written so: "Нас" is not НАСА, "Сирии" not Сири."""
    if len(surface) <= 6 and surface[-1:] in _NO_CASES:
        return written.casefold().replace("ё", "е") == surface.casefold().replace("ё", "е")
    if not surface.isupper() or surface[-1:] < "А" or len(surface) > 6:
        return True
    return _SEPARATORS.sub("", written).casefold().startswith(_SEPARATORS.sub("", surface).casefold())


def load_names(own: Iterable[str | Path] = ()) -> Names:
    """The project's lists, and the user's own files after them.

    A user's file is named like ours (``names-model.tsv``). Raises ``InputError`` naming file and line of what cannot be read.
    """
    paths = sorted(path for path in map(Path, map(str, (files("kg") / "schemas").iterdir())) if path.name.startswith("names-"))
    return Names(entry for path in [*paths, *map(Path, own)] for entry in read_names(path))


def read_names(path: Path) -> Iterable[tuple[Name, list[str]]]:
    """One file of names: ``(name, aliases)`` line by line."""
    kind = re.fullmatch(r"names-([a-z]+)(?:-.*)?\.tsv", path.name)
    if not kind:
        raise InputError(f"{path}: a list of names is called names-TYPE.tsv, e.g. names-model.tsv.")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith(("#", "name\t")) or not line.strip():
                continue
            cells = line.rstrip("\n").split("\t")
            if len(cells) != 4:
                raise InputError(f"{path}:{number}: four columns expected (name, aliases, developer, when), {len(cells)} found.")
            name, aliases, developers, when = (cell.strip() for cell in cells)
            yield Name(name, kind[1].capitalize(), _split(developers), when), list(_split(aliases))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
