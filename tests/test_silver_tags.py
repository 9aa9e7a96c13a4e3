"""Tags of others: which of them stand in a text, and what of them and beside them was found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmarks.silver_tags import Count, count_tags, main, read_tagged, runs_in
from kg.errors import InputError
from kg.extract import load_extractor
from kg.matching import normal
from kg.model import Entity, Extraction, Mention, Post

STANDING = [
    ("GPT-4 is out", "gpt-4", True),
    ("GPT 4 is out", "gpt-4", True),
    ("(GPT4)", "gpt-4", True),
    ("It is GPT-4.", "gpt-4", True),
    ("GPT-4.5 is out", "gpt-4", False),
    ("GPT-4-turbo is out", "gpt-4", False),
    ("GPT-4o is out", "gpt-4", False),
    ("chatGPT-4", "gpt-4", False),
    ("xGPT-4", "gpt-4", False),
    ("mini-GPT-4", "gpt-4", False),
    ("CLAUDE 2.1, then", "claude-2.1", True),
    ("Claude 2, 1 of many", "claude-2.1", True),
    ("Модель ГигаЧат вышла", "гигачат", True),
    ("", "gpt-4", False),
]


@pytest.mark.parametrize(("text", "tag", "stands"), STANDING)
def test_a_tag_stands_in_a_text(text: str, tag: str, stands: bool) -> None:
    assert runs_in(text, [normal(tag)]) == ({normal(tag)} if stands else set())


def found(text: str, *named: tuple[str, str]) -> Extraction:
    """An extraction of these types and names, each where it first stands in the text."""
    entities = tuple(Entity(f"{kind.lower()}/{name.lower()}", kind, name) for kind, name in named)
    mentions = (Mention(at := text.index(e.name), at + len(e.name), e.type, e.name, e.key) for e in entities)
    return Extraction(Post("1", text), tuple(sorted(mentions)), entities)


TEXT = "Norn Labs ships Aurora-3 and Borealis. Vexo hosts them."
TAGS = {"models": ["aurora-3", "borealis", "cirrus"], "companies": ["norn-labs", "vexo", ""]}
COUNTED = [
    ([("Model", "Aurora-3"), ("Model", "Borealis")], (3, 2, 2, 0, 2, 2), (2, 2, 0, 0, 0, 0)),
    ([("Model", "Vexo"), ("Software", "Borealis")], (3, 2, 0, 1, 1, 0), (2, 2, 0, 1, 0, 0)),
    ([("Organization", "Norn Labs"), ("Organization", "them")], (3, 2, 0, 0, 0, 0), (2, 2, 1, 0, 2, 1)),
    ([], (3, 2, 0, 0, 0, 0), (2, 2, 0, 0, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("named", "models", "companies"), COUNTED)
def test_the_counts(named: list[tuple[str, str]], models: tuple[int, ...], companies: tuple[int, ...]) -> None:
    counts = {"models": Count(), "companies": Count()}
    count_tags({"text": TEXT, **TAGS}, found(TEXT, *named), counts)
    for name, wanted in (("models", models), ("companies", companies)):
        c = counts[name]
        assert (c.tags, c.in_text, c.found, c.other_type, c.ours, c.tagged) == wanted
        assert c.missed.total() == c.in_text - c.found and c.untagged.total() == c.ours - c.tagged


POSTS: list[dict[str, Any]] = [
    {
        "id": "n-1", "text": "OpenAI released GPT-4o. It beats Claude 3.5 Sonnet by Anthropic on MMLU.",
        "models": ["gpt-4o", "claude-3.5-sonnet", "gemini-pro"], "companies": ["openai", "anthropic", "google"],
    },
    {
        "id": "n-2", "text": "Meta trained Llama 3.1 on H100 GPUs; Mistral answers with Mixtral.",
        "models": ["llama-3.1", "mixtral"], "companies": ["meta", "mistral"],
    },
    {"id": "n-3", "text": "Nothing much happened today.", "models": [], "companies": []},
]  # fmt: skip
"""Written for this test; in the text stand four models and four companies."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(post) + "\n" for post in POSTS), encoding="utf-8")
    return path


def test_three_posts_with_the_real_extractor(file: Path) -> None:
    done = CliRunner().invoke(main, [str(file), "--json"], catch_exceptions=False)
    assert done.exit_code == 0 and done.stderr == "3 posts\n"
    models, companies = json.loads(done.stdout)
    assert (models["all"], models["in text"], companies["all"], companies["in text"]) == (5, 4, 5, 4)
    # What it finds is the extractor's affair; that the table says the same is this one's.
    extractor = load_extractor()
    counts = {"models": Count(), "companies": Count()}
    for post in POSTS:
        count_tags(post, extractor.extract(Post(post["id"], post["text"])), counts)
    assert [(row["found"], row["we found"], row["tagged"]) for row in (models, companies)] == [
        (c.found, c.ours, c.tagged) for c in counts.values()
    ]
    assert models["found"] >= 3 and companies["found"] >= 3
    assert models["recall"] == models["found"] / 4 and models["precision"] == round(models["tagged"] / models["we found"], 3)


def test_the_table_and_the_errors(file: Path) -> None:
    lines = CliRunner().invoke(main, [str(file), "--errors", "3"], catch_exceptions=False).stdout.splitlines()
    assert lines[0].split()[:2] == ["tags", "of"] and [line.split()[0] for line in lines[2:4]] == ["models", "companies"]
    assert [line.split(":")[0] for line in lines if ":" in line] == [
        "models missed", "models untagged", "companies missed", "companies untagged"
    ]  # fmt: skip


@pytest.mark.parametrize("known", [{"id": "n-1", "text": "another"}, {"id": "z", "text": POSTS[0]["text"]}])
def test_posts_trained_on_are_not_counted(file: Path, tmp_path: Path, known: dict[str, str]) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({**known, "entities": [], "triples": []}), encoding="utf-8")
    done = CliRunner().invoke(main, [str(file), "--json", "--without", str(gold)], catch_exceptions=False)
    assert done.stderr == "2 posts, 1 left out\n" and [row["all"] for row in json.loads(done.stdout)] == [2, 2]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", ":2: "),
        ('{"text": "x", "models": []}', ":2: 'companies'"),
        ('{"text": 1, "models": [], "companies": []}', ":2: text must be text"),
        ('{"text": "x", "models": [1], "companies": []}', ":2: text must be text"),
        ('{"text": "x", "models": null, "companies": []}', ":2: "),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps(POSTS[2]) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        list(read_tagged(path))
