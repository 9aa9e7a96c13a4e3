"""No expression and no reader is slow on purpose: a megabyte of what it likes least takes seconds, not hours.

Each expression is tried with the method it is used with, on all texts of ``tests/regexes.py`` at a small size; those that took
longest are tried with a megabyte. Eight times the length may take sixteen times as long (machines are shared), never sixty-four.
"""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable
from importlib import import_module
from inspect import getsource
from pathlib import Path

import pytest

from kg.extract import Extractor, load_extractor
from kg.model import Post
from kg.posts import FORMATS, read_posts
from tests.regexes import STARTS, UNITS, expressions, inline_expressions

SMALL, MEGABYTE = 2_000, 1_000_000
ANCHORED = {"match", "fullmatch"}
WINDOWS = {
    "kg.extract.qualifiers._COUNT": "looks at the last 60 characters before a device",
    "kg.extract.qualifiers._ONE": "looks at the last 60 characters before a device",
    "kg.extract.qualifiers._NO_COUNT": "looks at the last 60 characters before a device",
}
"""Expressions that never see more than a few characters, and why."""
EXPRESSIONS = expressions() | {
    where: one for where, one in inline_expressions().items() if not where.endswith("re.compile") and "re.escape" not in where
}


def method_of(where: str) -> str:
    """How an expression is used: only from the start of a text, or anywhere in it."""
    if " re." in where:
        return where.rpartition(".")[2]
    module, _, name = where.partition("[")[0].rpartition(".")
    used = set(re.findall(rf"\b{re.escape(name)}(?:\[\w+\])?\.(\w+)\(", getsource(import_module(module))))
    return (
        "fullmatch" if used and used <= ANCHORED and "fullmatch" in used else "match" if used and used <= ANCHORED else "finditer"
    )


def applied(where: str, expression: re.Pattern[str]) -> Callable[[str], object]:
    method = method_of(where)
    if method in ANCHORED:
        function: Callable[[str], object] = getattr(expression, method)
        return function
    return lambda text: sum(1 for _ in expression.finditer(text))


def seconds(function: Callable[[str], object], text: str) -> float:
    gc.disable()
    started = time.process_time()
    function(text)
    taken = time.process_time() - started
    gc.enable()
    return taken


def test_the_expressions_are_found() -> None:
    assert len(EXPRESSIONS) > 80
    assert {"kg.extract.tokens._TOKEN", "kg.digest._ADDRESS"} <= EXPRESSIONS.keys()
    assert method_of("kg.question_files._PARAMETER") == "fullmatch"
    assert method_of("kg.extract.tokens._TOKEN") == "finditer"


@pytest.mark.parametrize("expression", [r"\d+[.,]\d+x", r"a*b"])
def test_a_careless_expression_is_caught(expression: str) -> None:
    """The test can fail."""
    with pytest.raises(AssertionError, match="careless"):
        grows_linearly(applied("careless re.search", re.compile(expression)), "careless")


@pytest.mark.slow
@pytest.mark.parametrize("where", sorted(EXPRESSIONS.keys() - WINDOWS.keys()))
def test_an_expression_on_a_megabyte(where: str) -> None:
    grows_linearly(applied(where, EXPRESSIONS[where]), where)


def grows_linearly(function: Callable[[str], object], where: str) -> None:
    """The three texts that take longest are made longer and longer, up to a megabyte."""
    tried = [(seconds(function, made(start, unit, SMALL)), start, unit) for unit in UNITS for start in STARTS]
    for before, start, unit in sorted(tried, reverse=True)[:3]:
        length = SMALL
        while length < MEGABYTE:
            longer, before = min(8 * length, MEGABYTE), max(0.002, before)
            after = min(seconds(function, made(start, unit, longer)) for _ in range(2))
            said = f"{where}: {start + unit!r}, {length} characters in {before:.3f} s, {longer} in {after:.3f} s"
            assert after < 16 * before + 0.05, said
            length, before = longer, after


def made(start: str, unit: str, length: int) -> str:
    return (start + unit * (length // len(unit) + 1))[: length - 1] + "\x01"


# ---------------------------------------------------------------- readers and the extractor
LINES = (
    "a", "1", "<", "<a>", "<a href='", "&#", '"', '",', "{", '{"a":', "[", "\\", "\n", "\r\n", " ", "@a ", "12:30\n", "#",
    "---\n", "- a\n", "👍 1\n",
    "https://a.b/(", "**", "[a](", "<div class='message default'>", "<item><title>", "1 января 2024, ",
)  # fmt: skip
HEADS = {
    "csv": "id,text\n1,",
    "telegram-json": '{"messages": [{"id": 1, "text": "',
    "feed": "<rss><channel>",
    "jsonl": '{"text": "',
}


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
def test_a_reader_on_a_megabyte(format: str, tmp_path: Path) -> None:
    file = tmp_path / "posts"

    def read(text: str) -> None:
        file.write_text(text, encoding="utf-8", newline="")
        for _ in read_posts(file, format=format):
            pass

    for line in LINES:
        short, long = (HEADS.get(format, "") + line * (length // len(line)) for length in (MEGABYTE // 16, MEGABYTE))
        before, after = seconds(read, short), seconds(read, long)
        assert after < 40 * before + 1, f"{format}: {line!r}, {before:.2f} s and {after:.2f} s"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["OpenAI released GPT-4o on MMLU: 88.7, ", "Aa-1 ", "(«@a "])
def test_the_extractor_on_a_megabyte(extractor: Extractor, unit: str) -> None:
    def extract(text: str) -> object:
        return extractor.extract(Post("a/1", text))

    short, long = (unit * (length // len(unit)) for length in (MEGABYTE // 16, MEGABYTE))
    before, after = seconds(extract, short), seconds(extract, long)
    assert after < 32 * before + 1, f"{before:.2f} s and {after:.2f} s"
