"""Light where it must be light, and the public names are the ones promised."""

from __future__ import annotations

import subprocess
import sys

import pytest

import kg

HEAVY = (
    "spacy", "rdflib", "networkx", "neo4j", "requests", "pyvis", "numpy", "lxml", "pycrfsuite", "jinja2", "kglite",
    "starlette", "uvicorn", "resvg_py",
)  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "import kg",
        "import kg.cli",
        "import kg.commands.ask",
        "import kg.commands.cypher",
        "import kg.commands.draw",
        "import kg.commands.serve",
        "import kg.posts",
    ],
)
def test_importing_loads_nothing_heavy(statement: str) -> None:
    code = f"{statement}; import sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []


def test_help_lists_every_command_without_loading_one() -> None:
    code = (
        "import sys, kg.cli; kg.cli.cli(['--help'], standalone_mode=False); "
        "sys.stderr.write(' '.join(m for m in sys.modules if m.startswith('kg.commands.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in ("build", "ask", "draw", "score"))
    assert done.stderr == ""


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(kg, name) is not None


def test_drawing_is_a_function_after_the_module_is_loaded() -> None:
    import kg.drawing

    assert callable(kg.draw)
    assert callable(kg.build)
