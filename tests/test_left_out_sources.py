"""Sources left out of the training: how posts are grouped, what is trained on, where the tables go, and one whole run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmarks.left_out_page import BEGIN, END, Measured, page_with, report
from benchmarks.left_out_sources import extracted, main, read_all, source_of, trained, without_copies
from kg.errors import InputError
from kg.score import read_documents, score

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = {"tg": "telegram", "x": "the rest", "s": "the rest", "": "numbers"}


@pytest.mark.parametrize(
    ("post", "by", "source"),
    [
        ({"id": "tg-1834"}, None, "telegram"),
        ({"id": "x-p0450"}, None, "the rest"),
        ({"id": "s000-3"}, None, "the rest"),
        ({"id": "an-23-12-06"}, None, "an"),
        ({"id": "77"}, None, "numbers"),
        ({"id": "канал/12"}, None, "канал/"),
        ({"id": "tg-1", "source": "QwenLM/blog"}, "source", "QwenLM/blog"),
        ({"id": "tg-1", "source": "tg"}, "source", "telegram"),
        ({"id": "tg-1"}, "source", "numbers"),
    ],
)
def test_the_source_of_a_post(post: dict[str, Any], by: str | None, source: str) -> None:
    assert source_of(post, by, NAMES) == source


def test_a_source_without_a_name() -> None:
    assert source_of({"id": "7"}, None, {}) == source_of({"id": "a"}, "source", {}) == "(none)"


def test_copies_of_a_post_left_out_are_not_trained_on() -> None:
    copy, other = {"id": "b-1", "text": "RETRO от DeepMind 🔥 12\n\nПодписаться: @b"}, {"id": "b-2", "text": "GPT-4"}
    left_out = [{"id": "a-1", "text": "RETRO от DeepMind"}]
    assert without_copies([copy, other], [copy], left_out) == ([other], [])


PAGES = [
    (None, f"{BEGIN}\n\nTABLES\n\n{END}\n"),
    (f"# Title\n\n{BEGIN}\n{END}\nmore\n", f"# Title\n\n{BEGIN}\n\nTABLES\n\n{END}\nmore\n"),
    (f"a\n{BEGIN}\nold | table\n{END}\nb\n", f"a\n{BEGIN}\n\nTABLES\n\n{END}\nb\n"),
]


@pytest.mark.parametrize(("old", "new"), PAGES)
def test_the_tables_replace_what_stands_between_the_marks(tmp_path: Path, old: str | None, new: str) -> None:
    path = tmp_path / "quality.md"
    if old is not None:
        path.write_text(old, encoding="utf-8")
    written = page_with(path, "TABLES")
    assert written == new
    path.write_text(written, encoding="utf-8")
    assert page_with(path, "TABLES") == written


@pytest.mark.parametrize("old", ["# My notes\n", "", f"{END}\n{BEGIN}\n", f"{BEGIN}\n"])
def test_a_page_without_marks_is_not_written_over(tmp_path: Path, old: str) -> None:
    path = tmp_path / "notes.md"
    path.write_text(old, encoding="utf-8")
    with pytest.raises(InputError, match="has no place for the tables"):
        page_with(path, "TABLES")


def test_the_page_of_the_repository_has_a_place() -> None:
    page_with(EXAMPLES.parent / "docs" / "quality.md", "TABLES")


def document(post: str, lang: str, *triples: dict[str, Any]) -> dict[str, Any]:
    names = {str(name) for t in triples for name in (t["s"], t["o"])}
    entities = [{"name": name, "type": "Model", "surfaces": [name]} for name in sorted(names)]
    return {"id": post, "lang": lang, "text": "", "entities": entities, "triples": list(triples)}


def test_the_tables() -> None:
    based, made, on = (
        {"s": "A", "p": "based_on", "o": "B"}, {"s": "A", "p": "developed_by", "o": "C"},
        {"s": "A", "p": "evaluated_on", "o": "D", "q": {"score": 1, "metric": "F1"}},
    )  # fmt: skip
    gold = {"a-1": document("a-1", "en", based, made), "b-1": document("b-1", "ru", on)}
    other = {"s": "A", "p": "based_on", "o": "Z"}
    found = {
        "a-1": document("a-1", "en", {**based, "confidence": 0.95}, {**other, "confidence": 0.35}),
        "b-1": document("b-1", "ru", {**on, "q": {"score": 1}, "confidence": 0.85}),
    }
    lines = report(Measured(gold, found), {"one|1": ["a-1"], "two": ["b-1"]}, 7).splitlines()
    assert "on the other sources and on 7 written posts" in lines[0]
    rows = {line.strip("| ").split(" | ")[0]: line.strip("| ").split(" | ")[1:] for line in lines if line.startswith("|")}
    assert rows["**all**"][:4] == ["2", "0.667", "0.667", "0.667"] and rows["**all**"][4:7] == ["1.000", "0.500", "0.667"]
    assert rows["one\\|1"] == ["1", "0.500", "0.500", "0.500", "–", "0.000", "0.000", "0.667", "0.667", "0.667"]
    assert rows["two"] == rows["Russian"] == ["1", *["1.000"] * 9] and rows["English"] == rows["one\\|1"]
    assert rows["based_on"] == ["0.500", "1.000", "0.667", "1", "2"]
    assert rows["0.3 to 0.4"] == ["1", "0.350", "0.000"] and rows["0.9 to 1.0"] == ["1", "0.950", "1.000"]
    assert rows["0.0 to 0.1"][0] == "0"
    assert "the right score in 1 of 1, the right metric in 0 of 1." in "\n".join(lines)
    assert f"on average {(0.35 + 0.05 + 0.15) / 3:.3f} off" in "\n".join(lines)


# ---------------------------------------------------------------- a whole run
@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two dozen annotated posts of two sources, in both languages."""
    path = tmp_path / "gold.jsonl"
    posts = [
        {**post, "id": f"{source}-{number}"}
        for source, name in (("a", "mixed-en.jsonl"), ("b", "news-ru.jsonl"))
        for number, post in enumerate(list(read_documents(EXAMPLES / "annotated" / name).values())[:12])
    ]
    path.write_text("".join(json.dumps(post) + "\n" for post in posts), encoding="utf-8")
    return path


@pytest.mark.slow
def test_each_source_is_measured_by_weights_that_have_not_seen_it(corpus: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install 'postkg[train]'")
    page, cache = tmp_path / "quality.md", tmp_path / "cache"
    command = [str(corpus), "--group", "a=English news", "--cache", str(cache), "-o", str(page)]
    done = CliRunner().invoke(main, [*command, "--only", "b"], catch_exceptions=False)
    assert done.exit_code == 0 and "b: training on 12 annotated and 0 written posts" in done.stderr
    assert [folder.name.partition("-")[0] for folder in cache.iterdir()] == ["b"]
    done = CliRunner().invoke(main, command, catch_exceptions=False)
    assert "English_news" in str(sorted(cache.iterdir())[0]) and len(list(cache.iterdir())) == 2
    assert "b: weights of an earlier run" in done.stderr and "English news: training on 12" in done.stderr
    first = page.read_text(encoding="utf-8")
    rows = {line.split(" | ")[0].strip("| "): line.split(" | ")[1:] for line in first.splitlines() if line.startswith("|")}
    assert rows["**all**"][0] == "24" and rows["English news"][0] == rows["b"][0] == "12"
    # The figures are those of the kept weights, and these are no copy of the built-in ones.
    gold = read_all([corpus])
    rest = [post for post in gold.values() if not post["id"].startswith("b")]
    left_out = {key: post for key, post in gold.items() if key.startswith("b")}
    model = trained("b", rest, [], cache)
    total = score(left_out, extracted(left_out.values(), model)).total_types()
    assert rows["b"][7:9] == [f"{total.precision:.3f}", f"{total.recall:.3f}"]
    assert (model / "mentions.crfsuite").stat().st_size < (EXAMPLES.parent / "extract" / "mentions.crfsuite").stat().st_size / 4
    # Again: the same page.
    CliRunner().invoke(main, command, catch_exceptions=False)
    assert page.read_text(encoding="utf-8") == first


BROKEN = [
    (["--only", "c"], InputError, "No source is called 'c'. There are: a, b."),
    (["--group", "b=a"], InputError, "All posts are of the source 'a'"),
    (["--also", "{gold}"], InputError, "The post a-0 is measured and in --also too"),
    (["{gold}"], InputError, "the post a-0 is in another file too"),
    (["-o", "{gold}"], InputError, "has no place for the tables"),
    (["--group", "telegram"], SystemExit, "--group takes SOURCE=NAME"),
]


@pytest.mark.parametrize(("options", "error", "message"), BROKEN)
def test_what_it_refuses(corpus: Path, options: list[str], error: type[BaseException], message: str) -> None:
    done = CliRunner().invoke(main, [str(corpus), *(option.format(gold=corpus) for option in options)])
    assert isinstance(done.exception, error)
    assert message in f"{done.exception} {done.stderr}"
    assert done.exit_code == (2 if error is SystemExit else 1)


def test_posts_without_text(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a-1", "entities": [], "triples": []}', encoding="utf-8")
    with pytest.raises(InputError, match="the post a-1 has no text"):
        read_all([path])
