"""Every regular expression of the package, wherever a module keeps it, and texts that make careless ones slow."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kg

UNITS = (
    *"aAы1 \n\t_-.,()[]<>\"'&#@/\\=*🔥\ufe0f\u200d\u202fé\x00«—",
    *("1 ", "1.", "1,", "1-", "1 000 ", "12:", "a.", "a-", "a_", "a1", "A1", "Aa", "a b ", "- ", "* ", "\n\n", " \n", "\r\n"),
    *("http://", "https://a.b/(", "www.", "t.me/", "@a", "#a", "##", "**", "[a](", "![", "e\u0301"),
    *("<a ", "<a href='", "<!--", "<p>", "</", "&amp", "&#", "&#x1"),
    *("2024-01-", "May 1 ", "14 марта ", "7 млрд ", "8x", "top-", "88.7%", "v1.", "GPT-", "1 января 2024, ", "10:20", "+00:00"),
)
"""Repeated to any length, behind each of the starts."""
EXTRAS = ("pandas", "pyarrow", "pyspark")
"""What modules of an extra import; the gate, where it is installed, looks at their expressions, too."""
STARTS = ("", "a", "1", " ", "http://a", "GPT-4", "<a ", "\n")


def expressions() -> dict[str, re.Pattern[str]]:
    """All compiled expressions on text, by module and name; those in tables by their place."""
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(kg.__path__, "kg."):
        if info.name == "kg.__main__":
            continue
        try:
            module = importlib.import_module(info.name)
        except ModuleNotFoundError as error:
            if error.name not in EXTRAS:
                raise
            continue
        for name, value in vars(module).items():
            if not name.startswith("__"):
                found.update((f"{info.name}.{where}", one) for where, one in _within(name, value, 3))
    return found


def inline_expressions() -> dict[str, re.Pattern[str]]:
    """Expressions written where they are used, ``re.sub(r"...", ...)``, by file and line."""
    found = {}
    root = Path(kg.__file__).parent
    for path in sorted(file for folder in ("*.py", "*/*.py") for file in root.glob(folder)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.value.id == "re" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    where = f"{path.relative_to(root)}:{node.lineno} re.{node.func.attr}"
                    found[where] = re.compile(first.value, re.VERBOSE if "(?x" in first.value else 0)
    return found


def _within(where: str, value: Any, depth: int) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield where, value
    elif depth and isinstance(value, dict):
        for key, one in value.items():
            yield from _within(f"{where}[{key!r}]", one, depth - 1)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for number, one in enumerate(value):
            yield from _within(f"{where}[{number}]", one, depth - 1)
