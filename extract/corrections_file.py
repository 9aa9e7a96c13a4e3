"""The file of a user's corrections: what each line may say, and what two lines may not say together."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kg.errors import InputError
from kg.extract.corrections import ANY, Correction, Corrections, written_form

COLUMNS = ("action", "name", "type", "entity")
_FILLED = {"merge": 4, "split": 3, "type": 3, "drop": 2}
"""How many of the columns each action needs, from the left; the others stay empty. The type of ``drop`` is free."""


def read_corrections(path: Path, types: Collection[str]) -> Corrections:
    """The corrections of a file; ``types`` are those of the ontology.

    Raises ``InputError`` naming file and line of what cannot be used, and what to write instead.
    """
    found: list[tuple[int, Correction]] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the corrections cannot be read ({error}).\nGive a text file in UTF-8.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#") or line.split("\t")[0].strip() == COLUMNS[0]:
            continue
        where = f"{path}:{number}"
        correction = _correction(line, types, where)
        same = next((one for one, other in found if _clash(correction, other)), None)
        if same is not None:
            raise InputError(f"{where}: line {same} corrects {correction.name!r} already.\nKeep one of the two lines.")
        found.append((number, correction))
    for number, correction in found:
        _check_entity(correction, found, f"{path}:{number}")
    return Corrections([correction for _, correction in found])


def _clash(one: Correction, two: Correction) -> bool:
    """Do two lines say something of the same names? Lines for two types do not, unless one says which type the name has."""
    if written_form(one.name) != written_form(two.name) or one.name.endswith(ANY) != two.name.endswith(ANY):
        return False
    return one.type == two.type or "type" in (one.action, two.action) or "" in (one.type, two.type)


def _correction(line: str, types: Collection[str], where: str) -> Correction:
    cells = [cell.strip() for cell in line.split("\t")]
    action, filled = cells[0], [cell for cell in cells if cell]
    if action not in _FILLED:
        raise InputError(
            f"{where}: no action is called {action!r}.\nBegin the line with {', '.join(_FILLED)}, then a tab and the name."
        )
    wanted = COLUMNS[: len(filled) if action == "drop" and len(filled) == 3 else _FILLED[action]]
    if filled != cells[: len(wanted)] or len(filled) != len(wanted):
        raise InputError(f"{where}: {action} takes {len(wanted)} columns divided by tabs.\nWrite: {' <tab> '.join(wanted)}.")
    correction = Correction(*filled)
    if correction.type and correction.type not in types:
        raise InputError(f"{where}: no type is called {correction.type!r}.\nKnown: {', '.join(sorted(types))}.")
    if any(not any(c.isalnum() for c in written_form(name)) for name in filled[1::2]):
        raise InputError(f"{where}: a name has at least one letter or digit.\nWrite it as the posts do.")
    return correction


def _check_entity(correction: Correction, lines: list[tuple[int, Correction]], where: str) -> None:
    """An entity that names are merged into must be one: not merged itself, not dropped, of the same type."""
    if correction.action != "merge":
        return
    entity = written_form(correction.entity)
    if entity == written_form(correction.name):
        raise InputError(f"{where}: {correction.name!r} is merged into itself.\nName another entity, or remove the line.")
    others = [(line, other) for line, other in lines if written_form(other.name) == entity and not other.name.endswith(ANY)]
    for line, target in others:
        mine = target.type in ("", correction.type)
        if (mine and target.action in ("merge", "drop")) or (not mine and target.action == "type"):
            raise InputError(
                f"{where}: {correction.entity!r} is no {correction.type} of its own by line {line} ({target.action}).\n"
                f"Name the entity that is meant in the end, or change line {line}."
            )
