"""Files made to break a reader: each ends in words, with the memory of an ordinary run."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.processes import command, environment

MEGABYTES = 700
"""What ``kg extract`` may take; it takes 200 to 300 of an ordinary file, and a line of 64 MB is allowed."""
GOOD = json.dumps({"id": "good/1", "text": "OpenAI released GPT-4o."}) + "\n"


def long_line(path: Path) -> None:
    with path.open("w") as out:
        out.write('{"id": "a/1", "text": "')
        for _ in range(100):
            out.write("a" * 1_000_000)
        out.write('"}\n' + GOOD)


def gzip_bomb(path: Path) -> None:
    """A gigabyte in a megabyte."""
    with gzip.open(path, "wb", compresslevel=9) as out:
        out.write(GOOD.encode())
        for _ in range(1_000):
            out.write(b" " * 1_000_000)


def gzip_of_lines(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=9) as out:
        out.write(GOOD.encode())
        for _ in range(80):
            out.write((b" " * 99 + b"\n") * 10_000)


def nested_json(path: Path) -> None:
    path.write_text("[" * 1_000_000 + "\n" + '{"id": "a/2", "text": ' * 200_000 + "\n" + GOOD)


def nested_export(path: Path) -> None:
    path.write_text('{"name": "a", "messages": [{"id": 1, "text": ' + '[{"text": ' * 500_000)


def nested_html(path: Path) -> None:
    path.write_text("<html><body>" + "<div>" * 300_000 + "OpenAI released GPT-4o.")


def nested_feed(path: Path) -> None:
    path.write_text("<rss><channel><item><title>x</title>" + "<a>" * 300_000)


def laughs(path: Path) -> None:
    """Entities of entities: three gigabytes of "lol"."""
    ten = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{ten}]><rss><channel><title>&l9;</title></channel></rss>'
    )


def external(path: Path) -> None:
    path.write_text(
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'
    )


def open_quote(path: Path) -> None:
    with path.open("w") as out:
        out.write('id,text\n1,"')
        for _ in range(100):
            out.write("a," * 500_000)


def many_cells(path: Path) -> None:
    path.write_text("id,text\n" + "," * 20_000_000 + "\n")


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", " " * 100_000_000)


def zeros(path: Path) -> None:
    with path.open("wb") as out:
        out.truncate(2_000_000_000)


def wide(path: Path) -> None:
    path.write_bytes(b"\xff\xfe" + ("a" * 70_000_000).encode("utf-16-le"))


BOMBS: list[tuple[str, Callable[[Path], None], str]] = [
    ("posts.jsonl", long_line, "a line of more than 64 MB"),
    ("posts.jsonl.gz", gzip_bomb, "unpacks to more than 200 times its size"),
    ("lines.jsonl.gz", gzip_of_lines, "unpacks to more than 200 times its size"),
    ("nested.jsonl", nested_json, "broken JSON"),
    ("result.json", nested_export, "nested too deeply"),
    ("page.html", nested_html, "cannot be read to its end"),
    ("feed.xml", nested_feed, "broken XML"),
    ("laughs.xml", laughs, "the feed declares entities"),
    ("external.xml", external, "the feed declares entities"),
    ("table.csv", open_quote, "a line of more than 64 MB"),
    ("cells.csv", many_cells, "cells, but the header has 2"),
    ("posts.zip", zip_bomb, "a zip archive"),
    ("zeros", zeros, "not text"),
    ("wide.jsonl", wide, "a line of more than 64 MB"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "make", "said"), BOMBS, ids=[make.__name__ for _, make, _ in BOMBS])
def test_a_bomb_is_told_and_memory_stays_small(tmp_path: Path, name: str, make: Callable[[Path], None], said: str) -> None:
    make(tmp_path / name)
    status, out, err, megabytes = measured(tmp_path, "extract", tmp_path / name)
    assert status == 1
    assert said in err, err[-2000:]
    assert "Traceback" not in err
    assert "root:" not in out
    assert megabytes < MEGABYTES
    if name.endswith((".jsonl", ".jsonl.gz")) and make is not wide:
        assert "good/1" in out


# A process begins its life with the size of the one that starts it, and these tests may be a big one: so a small one starts it.
SMALL = """
import os, subprocess, sys
_, status, used = os.wait4(subprocess.Popen(sys.argv[2:]).pid, 0)
open(sys.argv[1], "w").write(f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss // 1024}")
"""


def measured(folder: Path, *args: str | Path) -> tuple[int, str, str, int]:
    """Status, output and the most memory of a command, in MB."""
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        small = [sys.executable, "-S", "-c", SMALL, str(folder / "used"), *command(*args)]
        subprocess.run(small, env=environment(), stdout=out, stderr=err, check=True)
    status, megabytes = map(int, (folder / "used").read_text().split())
    return status, (folder / "out").read_text(), (folder / "err").read_text(), megabytes


def test_a_folder_that_contains_itself(tmp_path: Path) -> None:
    from kg.posts import read_posts

    folder = tmp_path / "posts"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.jsonl").write_text(GOOD)
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere.jsonl").symlink_to(folder / "missing")
    (folder / "round.jsonl").symlink_to(folder / "round.jsonl")
    assert [post.id for post in read_posts(folder)] == ["good/1"]


@pytest.mark.parametrize("name", ["round.jsonl", "nowhere.jsonl"])
def test_a_link_to_nothing_is_told(tmp_path: Path, name: str) -> None:
    from kg.errors import InputError
    from kg.posts import read_posts

    (tmp_path / name).symlink_to(tmp_path / ("round.jsonl" if name == "round.jsonl" else "missing"))
    with pytest.raises(InputError, match="There is no file or folder"):
        list(read_posts(tmp_path / name))


def test_a_device_is_no_file_of_posts() -> None:
    from kg.posts import read_posts

    told: list[str] = []
    assert list(read_posts("/dev/null", on_problem=lambda problem: told.append(str(problem)))) == []
    assert told
