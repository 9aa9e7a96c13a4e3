"""The corrections a graph was built with: kept beside it, so that names mean there what they meant to whoever built it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.corrections import Corrections

FILE = "corrections.tsv"
VARIABLE = "KG_CORRECTIONS"


def keep_corrections(root: Path, corrections: str | Path | None) -> None:
    """Put a copy of the file into the graph directory, or take out that of an earlier build without one."""
    kept = root / FILE
    if corrections is None:
        kept.unlink(missing_ok=True)
    elif Path(corrections).resolve() != kept.resolve():
        kept.write_bytes(Path(corrections).read_bytes())


def corrections_of(root: Path | None) -> Corrections:
    """The corrections of a graph directory, or of the file that ``KG_CORRECTIONS`` names; none when there are none.

    >>> corrections_of(None).dropped
    []
    """
    from kg.extract.corrections import Corrections
    from kg.extract.corrections_file import read_corrections
    from kg.vocabulary import load_vocabulary

    named = os.environ.get(VARIABLE)
    path = root / FILE if root is not None and (root / FILE).exists() else Path(named) if named else None
    if path is None or not path.exists():
        return Corrections()
    types = load_vocabulary().types
    return read_corrections(path, types)
