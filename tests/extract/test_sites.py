"""Sites: what kind of page an address leads to."""

from __future__ import annotations

import pytest

from kg.extract.sites import site_of

SITES = [
    ("https://arxiv.org/abs/1", "paper"),
    ("https://www.arxiv.org/abs/1", "paper"),
    ("https://ARXIV.org/abs/1", "paper"),
    ("https://doi.org/10.1/x", "paper"),
    ("https://github.com/a/b/blob/main/Report.PDF", "paper"),
    ("https://cdn.lumo.example/lumo-card.pdf", "paper"),
    ("https://github.com/a/b", "repository"),
    ("https://gist.github.com/a", "repository"),
    ("https://github.com:443/a", "repository"),
    ("https://user@github.com/a", "repository"),
    ("https://huggingface.co/a/b", "weights"),
    ("https://huggingface.co/blog/x", "article"),
    ("https://huggingface.co/spaces/a/b", "demo"),
    ("https://a-b.hf.space/", "demo"),
    ("https://www.huggingface.co/papers/1", "paper"),
    ("https://huggingface.co/blogger/x", "weights"),
    ("https://t.me/channel/1", "social"),
    ("https://m.facebook.com/x", "social"),
    ("https://ai.facebook.com/blog/x", "other"),
    ("https://research.facebook.com/x", "other"),
    ("https://youtu.be/x", "video"),
    ("https://habr.com/ru/articles/1", "article"),
    ("https://en.wikipedia.org/wiki/X", "article"),
    ("https://colab.research.google.com/x", "notebook"),
    ("https://notgithub.com/a", "other"),
    ("https://github.com.evil.example/a", "other"),
    ("https://evil.example/github.com", "other"),
    ("https://[broken", "other"),
    ("not an address", "other"),
    ("", "other"),
]


@pytest.mark.parametrize(("url", "kind"), SITES)
def test_kind_of_site(url: str, kind: str) -> None:
    assert site_of(url)[0] == kind
