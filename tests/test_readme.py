"""What the README shows, runs: every command in order, and the Python block after them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


SHOWN = [line.partition("  #")[0].strip() for block in blocks("sh") for line in block.splitlines() if line.startswith("kg ")]
# Those that name a server are run by tests/servers/test_shown.py, the server itself by tests/serving.
COMMANDS = [line for line in SHOWN if not re.search("--(uri|endpoint) |^kg serve", line)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place to work in that has the examples, as the checkout has."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "examples").symlink_to(ROOT / "examples")
    return folder


def test_the_readme_has_a_tour() -> None:
    assert len(COMMANDS) >= 15


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("KG_GRAPH", raising=False)
    result = CliRunner().invoke(cli, shlex.split(command)[1:], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    written = re.search(r"-o (\S+\.(?:html|svg|png|ttl|jsonld|graphml))", command)
    assert result.output.strip() or (written and (folder / written[1]).stat().st_size > 1000)


def test_the_python_blocks_run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(folder)
    exec(compile("".join(blocks("python")), "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "RETRO developed_by" in printed
    assert "model" in printed


def test_every_command_of_the_program_is_named() -> None:
    from kg.cli import COMMANDS as known

    assert {name for name in known if f"kg {name}" not in README} == set()


def test_the_picture_is_there() -> None:
    assert all((ROOT / path).is_file() for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README))
