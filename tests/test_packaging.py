"""What is shipped is what stands in the checkout."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["extract", "schemas", "queries"])
def test_the_link_leads_to_the_folder(name: str) -> None:
    assert (ROOT / "kg" / name).resolve() == (ROOT / name).resolve()


def test_every_folder_with_code_is_packaged() -> None:
    folders = {"kg." + path.parent.name for path in ROOT.glob("kg/*/*.py") if not path.parent.is_symlink()}
    packaged = set(SETTINGS["tool"]["setuptools"]["packages"])
    assert folders | {"kg", "kg.extract", "kg.fonts", "kg.page", "kg.schemas", "kg.queries"} == packaged


def test_the_top_level_is_as_agreed() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {"kg", "extract", "schemas", "queries", "tests", "examples"} <= folders
    assert folders <= {
        "kg",
        "extract",
        "schemas",
        "queries",
        "tests",
        "examples",
        "docs",
        "benchmarks",
        "demo",
        "graph",
        "build",
        "dist",
    } | {name for name in folders if name.endswith(".egg-info") or name == "__pycache__"}


def test_the_version_is_written_once() -> None:
    from importlib.metadata import version

    assert version("postkg") == SETTINGS["project"]["version"]
