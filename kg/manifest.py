"""What a graph directory says about itself: ``postkg.json`` with format, base IRI and version."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.errors import StoreError
from kg.vocabulary import BASE
from kg.writer_lock import FILE as WRITER

FORMAT = 2
"""Raised whenever the RDF form changes so that older graphs must be built again."""
FILE = "postkg.json"
RDF_DIR = "rdf"
_PARTIAL = f"{FILE}.partial"
_OURS = frozenset({WRITER, _PARTIAL})
"""What a build may leave that is killed before it has written the manifest."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Format of the graph, base of its identifiers, version of postkg that made it."""

    format: int
    base: str
    version: str

    @classmethod
    def read(cls, root: Path) -> Manifest:
        """The manifest of a graph directory. ``StoreError`` when it is none or of another format."""
        if not root.exists():
            raise StoreError(f"There is no graph at {root}.\nBuild one with: kg build POSTS... -o {root}")
        try:
            fields = json.loads((root / FILE).read_text(encoding="utf-8"))
            manifest = cls(int(fields["format"]), str(fields["base"]), str(fields["version"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{root} is not a graph of postkg ({FILE} is missing or broken).\nBuild one with: kg build POSTS... -o graph"
            ) from error
        if manifest.format != FORMAT:
            raise StoreError(
                f"{root} has format {manifest.format} (postkg {manifest.version}), this postkg reads format {FORMAT}.\n"
                f"Build it again into a new directory: kg build POSTS... -o {root}-new"
            )
        return manifest

    @classmethod
    def check_place(cls, root: Path) -> None:
        """``StoreError`` unless this is a graph or may become one: a directory that is new or empty."""
        others = {path.name for path in root.iterdir()} - _OURS if root.is_dir() else set()
        if root.is_file() or (others and not (root / FILE).exists()):
            raise StoreError(f"{root} exists and is not a graph of postkg.\nName a new directory: kg build POSTS... -o graph")

    @classmethod
    def read_or_write(cls, root: Path, base: str = "") -> Manifest:
        """The manifest of a directory to write to; made when the directory has none."""
        if not (root / FILE).exists():
            return cls(FORMAT, base or BASE, _package_version())._write(root)
        manifest = cls.read(root)
        if base and base != manifest.base:
            raise StoreError(
                f"{root} has the base {manifest.base}, not {base}.\nLeave --base out, or build into another directory."
            )
        return manifest

    def _write(self, root: Path) -> Manifest:
        root.mkdir(parents=True, exist_ok=True)
        partial = root / _PARTIAL
        partial.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        partial.replace(root / FILE)
        return self


def _package_version() -> str:
    try:
        return version("postkg")
    except PackageNotFoundError:
        return "0"
