"""Cutting the text of a channel's page into posts: the channels here are made up, the ways they write are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Problem
from kg.posts import read_posts
from kg.posts.dump import cut
from kg.posts.telegram_ui import is_count, is_reactions

LONG_RU = "Исследователи описали, как новая модель учится на небольших данных и почему это работает. " * 3 + "Всё."
LONG_EN = "The team describes how the new model learns from little data and why that works so well. " * 3 + "All of it."
HEADER = ["Orion news", "1.2K subscribers", "25 photos", "380 links", "All about Orion", "Download Telegram"]

POSTS: list[tuple[str, list[str], list[list[str]]]] = [
    (
        "links end posts, emoji begin titles",
        HEADER,
        [
            ["🚀Orion-7: новая модель", LONG_RU, "https://a.org/7"],
            ["🔭Orion-8 от лаборатории Вега", LONG_RU, LONG_RU, "https://a.org/8", "https://a.org/code"],
            ["🌦Ещё одна модель", LONG_RU],
        ],
    ),
    (
        "a title without an emoji",
        ["Новости", "25 подписчиков", "Скачать Telegram"],
        [["🚀 Orion-7", LONG_RU, "https://a.org/7"], ["Что умеет Orion-8", LONG_RU, "https://a.org/8"]],
    ),
    (
        "reactions end posts",
        [],
        [
            ["Orion-7 is out", LONG_EN, "👍24🔥11❤6"],
            ["Short one", "❤3"],
            ["- not a list", LONG_EN, "🔥1.2K👍7"],
            ["https://a.org/only", "👍1"],
            ["No reactions yet, it is the last."],
        ],
    ),
    (
        "the body stands there twice",
        [],
        [
            ["☁️Orion-7", LONG_EN, "See https://a.org/7", "🔥 Read it", LONG_EN, "See https://a.org/7", "🔥 Read it", "👍9"],
            ["Orion-8", "one line of a body", "and another", "one line of a body", "and another", "👍8"],
        ],
    ),
    (
        "what the preview cannot show",
        [],
        [
            ["This media is not supported in your browser", "VIEW IN TELEGRAM", "Orion-7", LONG_EN, "👍2"],
            ["Orion-8", LONG_EN, "Please open Telegram to view this post", "VIEW IN TELEGRAM", "👍9🔥1"],
            ["Orion-9", LONG_EN, "Please open Telegram to view this post", "VIEW IN TELEGRAM"],
            ["🔥 Orion-10", LONG_EN, "👍3"],
        ],
    ),
    (
        "forwarded posts",
        HEADER,
        [
            ["🚀Orion-7", LONG_EN, "The end of it, without a link."],
            ["Forwarded from Deep News", "🌦TOP models:", "1. Orion https://a.org/1", "2. Vega https://a.org/2"],
            ["Переслано из Deep News", "Orion-8", LONG_RU, "https://a.org/8"],
            ["🔭Vega-2", LONG_EN],
        ],
    ),
    (
        "a list of links is one post",
        HEADER,
        [
            ["🚀Orion-7", "Links:", "- code https://a.org/1", "- paper https://a.org/2", "Demo: https://a.org/3"],
            ["🔭Vega-2", LONG_EN, "https://a.org/4"],
        ],
    ),
    (
        "a link preview repeats the title",
        HEADER,
        [
            ["🚀Orion-7 learns to fly", LONG_EN, "https://a.org/7", "Orion-7 learns to fly"],
            ["🔭Vega-2", LONG_EN, "https://a.org/8"],
        ],
    ),
    (
        "a link preview has a caption",
        HEADER,
        [
            ["🚀Orion-7", LONG_EN, "Code: https://a.org/7", "How Orion works"],
            ["🔭Vega-2 from Lyra", "Vega-2", LONG_EN, "https://a.org/8"],
        ],
    ),
    (
        "a signature ends posts",
        HEADER,
        [[f"Orion-{n} is out today.", LONG_EN, f"Number {n}, as said.", "📩 Send us news: @orion_bot"] for n in range(5)],
    ),
    (
        "blank lines are inside posts",
        HEADER,
        [["🥳 It is here!", "", "🚨 You are invited", "", "https://a.org/7", "", "🗓 On Friday"], ["Forwarded from X", "Vega"]],
    ),
]


@pytest.mark.parametrize(("header", "posts"), [case[1:] for case in POSTS], ids=[case[0] for case in POSTS])
def test_a_dump_is_cut(header: list[str], posts: list[list[str]]) -> None:
    expected = ["\n".join(post) for post in posts]
    text = "\n".join(["\n".join(header), *expected] if header else expected)
    dump = cut(text)
    assert [text[start:end] for start, end in dump.posts] == expected
    assert text[: dump.header].split("\n")[:-1] == header
    assert dump.channel == (header[0] if header else "")


def test_posts_of_a_dump(tmp_path: Path) -> None:
    file = tmp_path / "orion.txt"
    post = f"Orion-7\n{LONG_EN}\n👍1"
    file.write_bytes("\r\n".join([*HEADER, post, post, "Forwarded from\xa0Deep News", "Vega", "❤2"]).encode("utf-16"))
    problems: list[Problem] = []
    first, second, third = read_posts(file, on_problem=problems.append)
    assert not problems
    assert first.text == second.text == post
    assert first.id.startswith("orion/") and len(first.id) == 14 and second.id == first.id + "-2"
    assert (third.channel, third.forwarded_from) == ("Orion news", "Deep News")


REACTIONS = [
    ("👍24🔥11", True),
    ("❤‍🔥5❤️3", True),
    ("👍 1.2K", True),
    ("24", False),
    ("🔥 24 GPUs", False),
    ("2️⃣", False),
    ("", False),
    ("🔥", False),
]


@pytest.mark.parametrize(("line", "expected"), REACTIONS)
def test_reactions_are_known(line: str, expected: bool) -> None:
    assert is_reactions(line) is expected


COUNTS = [("369 subscribers", True), ("1 201 подписчик", True), ("1.2K photos", True), ("7 models", False), ("photos", False)]


@pytest.mark.parametrize(("line", "expected"), COUNTS)
def test_counts_are_known(line: str, expected: bool) -> None:
    assert is_count(line) is expected


CUES = ["👍3", "https://a.org", "Forwarded from X", "VIEW IN TELEGRAM", "🚀Title", "", "9 photos", "Download Telegram", LONG_EN]


@given(lines=st.lists(st.one_of(st.sampled_from(CUES), st.text(max_size=20)), max_size=30))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    dump = cut(text)
    at = dump.header
    for start, end in dump.posts:
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("line", ["same", "👍3", "", "🚀Title", "https://a.org", "x" * 200])
def test_a_monotonous_dump_takes_no_longer(line: str) -> None:
    text = "\n".join([line] * 20_000)
    cut(text)
