"""A user's corrections of names, which win over lists, tagger and resolution.

A file of four columns divided by tabs, ``action name type entity``; lines that begin with ``#`` are comments::

    action  name      type      entity
    merge   Ламе      Model     Llama
    split   R1        Model
    type    LightGBM  Software
    drop    Модуль

``merge``: this name is that entity. ``split``: this name is a thing of its own, merged with no other. ``type``: what is called
so is a thing of this type. ``drop``: what is called so is nothing. Capitals, hyphens and Russian case endings do not count.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.extract.document import Span
from kg.extract.names import JOINERS, Name, Names
from kg.extract.tokens import Tokens, fold

COLUMNS = ("action", "name", "type", "entity")
_FILLED = {"merge": 4, "split": 3, "type": 3, "drop": 2}
"""How many of the columns each action needs, from the left; the others stay empty."""
REASON = "your correction"


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file."""

    action: str
    name: str
    type: str = ""
    entity: str = ""


class Corrections:
    """What the user says of names, looked up by a name as a post writes it.

    >>> corrections = Corrections([Correction("drop", "Модуль")])
    >>> corrections.of("модуля").action, corrections.of("Модуль-2")
    ('drop', None)
    """

    def __init__(self, corrections: Collection[Correction] = ()) -> None:
        self._by_form = {written_form(correction.name): correction for correction in corrections}
        kept = [correction for correction in corrections if correction.action != "drop"]
        self._names = Names((Name(correction.name, correction.type, (), ""), []) for correction in kept)

    def of(self, written: str) -> Correction | None:
        """The correction of this name; None when there is none."""
        return self._by_form.get(written_form(written)) if self._by_form else None

    @property
    def alone(self) -> list[Correction]:
        """The names that the user keeps from being merged."""
        return [correction for correction in self._by_form.values() if correction.action == "split"]

    def decides(self, written: str) -> bool:
        """Whether the user says which entity has this name."""
        correction = self.of(written)
        return correction is not None and correction.action in ("merge", "split")

    def apply(self, tokens: Tokens, spans: list[Span]) -> list[Span]:
        """The spans with their right types, without what is no name, with names that only the corrections know."""
        if not self._by_form:
            return spans
        kept = []
        for span in spans:
            correction = self.of(span.name)
            if correction is None or correction.action != "drop":
                span.type = correction.type if correction else span.type
                kept.append(span)
        return sorted(kept + self._missed(tokens, kept), key=lambda span: (span.first, span.last))

    def allows(self, span: Span) -> bool:
        """Whether a name inside another one may be what it was taken for."""
        correction = self.of(span.name)
        return correction is None or correction.type == span.type

    def _missed(self, tokens: Tokens, spans: list[Span]) -> list[Span]:
        """Corrected names where nothing was found, written with the capital of the correction."""
        taken = {i for span in spans for i in range(span.first, span.last + 1)}
        found = []
        for match in self._names.find(tokens):
            last = match.last
            written = tokens.text[tokens.items[match.first].start : tokens.items[last].end]
            correction = self.of(written)
            if correction and written[0] == correction.name[0] and taken.isdisjoint(range(match.first, last + 1)):
                found.append(Span(match.first, last, correction.type, written))
        return found


def written_form(name: str) -> str:
    """What two spellings of one written name share.

    >>> written_form("R-1") == written_form("r1"), written_form("Ламы") == written_form("Ламе"), written_form("C++")
    (True, True, 'c++')
    """
    words = (fold(token.text) for token in Tokens(name).items if token.text not in JOINERS)
    return "".join(word for word in words if word not in "*`«»“”\"„[]'")


def read_corrections(path: Path, types: Collection[str]) -> Corrections:
    """The corrections of a file; ``types`` are those of the ontology.

    Raises ``InputError`` naming file and line of what cannot be used, and what to write instead.
    """
    found: dict[str, tuple[int, Correction]] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the corrections cannot be read ({error}).\nGive a text file in UTF-8.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#") or line.split("\t")[0].strip() == COLUMNS[0]:
            continue
        where = f"{path}:{number}"
        correction = _correction(line, types, where)
        form = written_form(correction.name)
        if form in found:
            raise InputError(f"{where}: line {found[form][0]} corrects {correction.name!r} already.\nKeep one of the two lines.")
        found[form] = number, correction
    for number, correction in found.values():
        _check_entity(correction, found.get(written_form(correction.entity)), f"{path}:{number}")
    return Corrections([correction for _, correction in found.values()])


def _correction(line: str, types: Collection[str], where: str) -> Correction:
    cells = [cell.strip() for cell in line.split("\t")]
    action, filled = cells[0], [cell for cell in cells if cell]
    if action not in _FILLED:
        raise InputError(
            f"{where}: no action is called {action!r}.\nBegin the line with {', '.join(_FILLED)}, then a tab and the name."
        )
    wanted = COLUMNS[: _FILLED[action]]
    if filled != cells[: len(wanted)] or len(filled) != len(wanted):
        raise InputError(f"{where}: {action} takes {len(wanted)} columns divided by tabs.\nWrite: {' <tab> '.join(wanted)}.")
    correction = Correction(*filled)
    if correction.type and correction.type not in types:
        raise InputError(f"{where}: no type is called {correction.type!r}.\nKnown: {', '.join(sorted(types))}.")
    if any(not any(c.isalnum() for c in written_form(name)) for name in filled[1::2]):
        raise InputError(f"{where}: a name has at least one letter or digit.\nWrite it as the posts do.")
    return correction


def _check_entity(correction: Correction, other: tuple[int, Correction] | None, where: str) -> None:
    """An entity that names are merged into must be one: not merged itself, not dropped, of the same type."""
    if correction.action != "merge" or other is None:
        return
    line, target = other
    if target is correction:
        raise InputError(f"{where}: {correction.name!r} is merged into itself.\nName another entity, or remove the line.")
    if target.action in ("merge", "drop") or target.type != correction.type:
        raise InputError(
            f"{where}: {correction.entity!r} is no {correction.type} of its own by line {line} ({target.action}).\n"
            f"Name the entity that is meant in the end, or change line {line}."
        )
