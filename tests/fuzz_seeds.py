"""Where fuzzing starts: the example posts in all formats, names of the test world, and strings that break things elsewhere."""

from __future__ import annotations

from pathlib import Path
from random import Random

EXAMPLES = Path(__file__).parent.parent / "examples" / "posts"
BREAKERS = (
    *('" } ; DROP ALL ; #', "> . <x> <y> <z", "') DETACH DELETE n //", "' OR 1=1 --", "`]-() DELETE r //"),
    *("}) MATCH (n) DETACH DELETE n RETURN 1 //", "<script>alert(1)</script>", "{{7*7}}", "${x}", "%s%n", "../../etc/passwd"),
    "a" * 300,
    *(
        "\\u0000",
        "\x00",
        "\ufeff",
        "\ufffe",
        "\u202e",
        "\ud7ff",
        "💥",
        "e\u0301" * 3,
        "ё",
        "ǅ",
        "ß",
        "İ",
        "ﬀ",
        "٣",
        "½",
        "a" * 300,
    ),
    *("1e999", "-0", "NaN", "9" * 400, "2024-13-45", "0000-00-00", "model/", "", "\n", "\r", "\t"),
    *" /#?[<&'\"\\",
)
NAMES = ("GPT-4o", "ГПТ-4о", "OpenAI", "MMLU", "H100", "Llama 3.1", "DeepSeek-V3", "Сбер", "developed_by", "Model", "2024", "1")


def seeds(target: str) -> list[bytes]:
    """Inputs to begin with."""
    if target == "readers":
        files = sorted(path for path in EXAMPLES.rglob("*") if path.is_file() and path.stat().st_size < 200_000)
        return [bytes([number]) + path.read_bytes()[:6_000] for path in files for number in (0, 3)]
    if target == "extractor":
        files = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in (".jsonl", ".txt", ".md"))
        lines = [line for path in files for line in path.read_bytes().splitlines() if len(line) > 40]
        return lines[:200] + [one.encode("utf-8", "replace") for one in BREAKERS]
    words = [word.encode("utf-8", "replace") for word in (*BREAKERS, *NAMES)]
    return [bytes([number % 251]) + b"\n".join([word, words[(number * 7) % len(words)]]) for number, word in enumerate(words * 3)]


def mutated(data: bytes, others: list[bytes], random: Random) -> bytes:
    """A few random changes: bytes turned, cut out, doubled, put in from other inputs or from the strings that break things."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        at = random.randrange(len(changed) + 1)
        kind = random.randrange(6)
        if kind == 0 and changed:
            changed[at % len(changed)] ^= 1 << random.randrange(8)
        elif kind == 1:
            del changed[at : at + random.choice((1, 4, 40))]
        elif kind == 2:
            changed[at:at] = changed[at : at + random.choice((1, 8, 80))] * random.choice((1, 3))
        elif kind == 3:
            other = random.choice(others)
            start = random.randrange(len(other) + 1)
            changed[at:at] = other[start : start + random.choice((2, 20, 200))]
        elif kind == 4:
            changed[at:at] = random.choice(BREAKERS).encode("utf-8", "replace")
        else:
            changed[at:at] = random.randbytes(random.choice((1, 2, 4)))
    return bytes(changed[:20_000])
