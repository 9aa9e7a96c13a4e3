"""What may be about computing: a certain no may never be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.extract.document import Document, Span
from kg.extract.names import Name, Names
from kg.extract.tokens import Tokens
from kg.extract.topic import Topic
from kg.model import Link, Post
from kg.posts import read_posts

ROOT = Path(__file__).parents[2]
NAMES = Names(
    [
        (Name("Qwen", "Model", (), ""), []),
        (Name("Google Colab", "Software", (), ""), []),
        (Name("Сбер", "Organization", (), ""), []),
    ]
)

MAY = [
    "Вышла новая нейросеть",
    "Сегодня Qwen",
    "Сегодня Qwen2.5-72B",
    "Сегодня qwen-2",
    "в Google Colab",
    "в Google-Colab",
    "Nordix released Lyra-14B",
    "Nordix представила Lyra с 7 млрд параметров",
    "Вышла Lyra #LLM",
    "вот https://arxiv.org/abs/2401.00001",
    "вот https://github.com/a/b, смотрите",
]
MAY_NOT = [
    "буклет: https://car.example/a.pdf",
    "Ракета Х-101 и самолёт",
    "Сбер открыл отделение",
    "Google открыл отделение",
    "вот https://example.org/a",
    "",
    "…",
]


@pytest.mark.parametrize("text", MAY)
def test_may_be_about_computing(text: str) -> None:
    assert Topic(NAMES).may_be_computing(Tokens(text))


@pytest.mark.parametrize("text", MAY_NOT)
def test_is_certainly_about_something_else(text: str) -> None:
    assert not Topic(NAMES).may_be_computing(Tokens(text))


def test_a_hidden_link_counts() -> None:
    assert Topic(NAMES).may_be_computing(Tokens("статья тут"), (Link(0, 6, "https://arxiv.org/abs/2401.00001"),))


@pytest.mark.parametrize("written", ["Qwen", "Qwen2.5", "QWEN 3", "Qwen-72B", "qwen", "Google Colab Pro", "Google  Colab"])
@pytest.mark.parametrize("around", ["{}", "Вот {}!", "«{}»", "**{}**, да", "({})", "про-{}"])
def test_what_is_about_computing_may_be(written: str, around: str) -> None:
    tokens = Tokens(around.format(written))
    topic = Topic(NAMES)
    for first in range(len(tokens)):
        for last in range(first, len(tokens)):
            name = tokens.text[tokens.items[first].start : tokens.items[last].end]
            for kind in ("Model", "Software"):
                if topic.is_computing(Document(tokens, [Span(first, last, kind, name)])):
                    assert topic.may_be_computing(tokens), name


def test_a_post_about_something_else_keeps_the_names_of_the_lists(extractor: Extractor) -> None:
    found = extractor.extract(Post("1", "Президент Microsoft приехал в Казань, его встретил Иван Петров."))
    assert [(mention.name, mention.type) for mention in found.mentions] == [("Microsoft", "Organization")]
    assert not found.claims


def test_no_claim_is_lost(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    posts = list(read_posts(ROOT / "examples" / "posts"))
    before = [extractor.extract(post) for post in posts]
    monkeypatch.setattr(extractor._topic, "may_be_computing", lambda *_: True)
    for found, post in zip(before, posts, strict=True):
        assert extractor.extract(post).claims == found.claims
