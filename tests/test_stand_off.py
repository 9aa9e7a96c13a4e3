"""Annotations that stand without their posts, and find them again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kg.score import read_documents

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "examples" / "stand_off.py"


def run(*arguments: str | Path) -> str:
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=True).stderr


def test_texts_are_left_out_and_put_back(tmp_path: Path) -> None:
    annotated = ROOT / "examples" / "gold.jsonl"
    before = read_documents(annotated)
    run("take", annotated, "-o", tmp_path / "off.jsonl.gz")
    posts = tmp_path / "posts.jsonl"
    texts = [document["text"] for document in before.values()]
    posts.write_text("".join(json.dumps({"text": text}) + "\n" for text in [*texts[3:], "another post"]))
    said = run("fill", tmp_path / "off.jsonl.gz", posts, "-o", tmp_path / "back.jsonl")
    assert said == f"{len(texts) - 3} of {len(texts)} posts found\n"
    after = read_documents(tmp_path / "back.jsonl")
    assert after == {key: document for key, document in before.items() if key in after}
    assert len(after) == len(texts) - 3


def test_no_text_stays(tmp_path: Path) -> None:
    run("take", ROOT / "examples" / "gold.jsonl", "-o", tmp_path / "off.jsonl")
    for line in (tmp_path / "off.jsonl").read_text().splitlines():
        document = json.loads(line)
        assert "text" not in document
        assert all(isinstance(place, int) for triple in document["triples"] for place in triple["evidence"])
