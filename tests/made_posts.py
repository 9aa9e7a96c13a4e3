"""Posts made up by a seed, as many as are wanted: what a channel writes, Russian and English, a fifth of it about models.

python -m tests.made_posts 100000 > posts.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from random import Random

from kg.model import Post

NAMES = ("Orion", "Lumen", "Vega", "Сириус", "Tundra", "Аврора", "Quill", "Basalt", "Волна", "Comet")
COMPANIES = ("OpenAI", "Яндекс", "Meta", "DeepMind", "Сбер", "Mistral AI", "Anthropic")
BENCHMARKS = ("MMLU", "HumanEval", "GSM8K", "MATH")
HARDWARE = ("H100", "A100", "MI300X")
SAID = (
    "{company} released {model}, a model with {size} billion parameters. It scores {score} on {benchmark}.",
    "{company} выпустила модель {model}: {size} млрд параметров, {score} на {benchmark}, обучена на {hardware}.",
    "{model} outperforms {other} on {benchmark}: {score}. It was trained on {hardware}.",
    "Модель {model} от {company} основана на {other} и набирает {score} на {benchmark}.",
)
TALK = (
    "Доброе утро! Сегодня {number} градусов, пробки {other_number} баллов, а в парке открыли каток.",
    "The library in the old town opens at {number} and closes at {other_number}; bring your own tea.",
    "В городе отремонтировали {number} дворов, ещё {other_number} закончат к осени, сообщили в мэрии.",
    "Trains run every {number} minutes today, said the operator, and {other_number} of them are new.",
    "Учёные насчитали {number} видов птиц на озере; {other_number} лет назад их было меньше.",
)


def made_posts(count: int, about_models: float = 0.2, seed: int = 1) -> Iterator[Post]:
    """So many posts, of which such a share states facts; the same seed makes the same posts, one at a time."""
    random = Random(seed)
    for number in range(count):
        words = [_said(random) if random.random() < about_models else _talk(random) for _ in range(random.randint(1, 4))]
        day = f"{random.randint(2022, 2025)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        channel = f"channel_{random.randint(1, 20)}"
        yield Post(f"{channel}/{number}", "\n".join(words), "", f"https://t.me/{channel}/{number}", day, channel)


def json_line(post: Post) -> str:
    """A post as a line of JSON Lines."""
    fields = {"id": post.id, "text": post.text, "url": post.url, "published": post.published, "channel": post.channel}
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _said(random: Random) -> str:
    return random.choice(SAID).format(
        model=_model(random), other=_model(random), company=random.choice(COMPANIES), benchmark=random.choice(BENCHMARKS),
        hardware=random.choice(HARDWARE), size=random.randint(1, 400), score=round(random.uniform(20, 99), 1),
    )  # fmt: skip


def _model(random: Random) -> str:
    return f"{random.choice(NAMES)}-{random.randint(1, 40)}"


def _talk(random: Random) -> str:
    return random.choice(TALK).format(number=random.randint(2, 99), other_number=random.randint(2, 99))


if __name__ == "__main__":
    for made in made_posts(int(sys.argv[1])):
        sys.stdout.write(json_line(made))
