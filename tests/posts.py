"""Posts as the readers give them: the language filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.language import detect_language
from kg.model import Post


def a_post(*values: Any, **fields: Any) -> Post:
    """A post with the language of its letters, unless it is given."""
    post = Post(*values, **fields)
    return post if post.lang else replace(post, lang=detect_language(post.text))
