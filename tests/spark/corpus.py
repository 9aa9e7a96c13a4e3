"""Posts for the tests on Spark: what is shipped as examples, and around it everything that a file of posts can have wrong."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
BROKEN = [
    b'{"id": "broken/1", "text": "cut off',
    b'["no", "object"]',
    b'{"id": "broken/3"}',
    b'{"id": "broken/4", "text": 7}',
    b'{"id": "broken/5", "text": "\xcf\xf0\xe8\xe2\xe5\xf2"}',
    b'{"id": "broken/6", "text": "GPT-4 is out", "date": "the day before"}',
]
"""Lines that are no posts."""
ODD = [
    b"",
    b"   ",
    b'{"id": "odd/1", "text": "Half \\ud83d of a pair: OpenAI released GPT-4.", "date": "2024-05-13T10:00:00+03:00"}',
    '{"text": "Без имени: Сбер выпустил GigaChat.\\r\\nВторая строка.", "forwarded_from": "ai"}'.encode(),
    b'{"id": 17, "body": "not the text", "text": "Llama 3.1 scores 88.6 on MMLU.", "date": 1721736000}',
]
"""Lines that are posts although they do not look like it, and blank ones."""


def write_corpus(folder: Path, posts: int) -> Path:
    """A folder with two plain files and a packed one: so many posts, the odd and the broken lines, repeats."""
    folder.mkdir(parents=True)
    lines = [line for name in ("telegram-ru", "papers-en", "news-mixed") for line in _lines(name)[: posts // 3]]
    lines += [_signed(line) for line in lines[::10]]
    half = len(lines) // 2
    (folder / "a.jsonl").write_bytes(b"\n".join([*lines[:half], *ODD[:3], *BROKEN[:3]]) + b"\n")
    (folder / "b.jsonl").write_bytes(b"\n".join([*lines[half:], *ODD[3:], *BROKEN[3:]]))
    again = json.dumps({"id": json.loads(lines[0])["id"], "text": "Another text, and xAI released Grok-2."}).encode()
    repeated = [lines[1], again, b'{"id": "c/1", "text": "DeepMind released RETRO.", "channel": "c", "date": "2021-12-09"}']
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(b"\n".join(repeated) + b"\n"))
    return folder


def _signed(line: bytes) -> bytes:
    """The same post as another channel brings it."""
    post = json.loads(line)
    text = post["text"] + "\n\nПодписаться на «Новости моделей» | Прислать новость"
    return json.dumps({"id": f"copy/{post['id']}", "text": text, "channel": "copies", "date": "2025-01-02"}).encode()


def _lines(name: str) -> list[bytes]:
    return (EXAMPLES / "annotated" / f"{name}.jsonl").read_bytes().splitlines()
