"""Knowledge graphs from posts about AI: build, ask, draw.

>>> from kg import Post
>>> Post(id="1", text="RETRO от DeepMind").text
'RETRO от DeepMind'

Everything heavy (spaCy, rdflib, networkx) loads when it is used, not when ``kg`` is imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, KGError, MissingExtra, QueryError, ServerError, StoreError, VocabularyError
from kg.model import Claim, Entity, Evidence, Extraction, Literal, Mention, Post, Problem

if TYPE_CHECKING:
    from kg.drawing import draw
    from kg.extract import load_extractor
    from kg.graph import open_graph as open
    from kg.pipeline import build
    from kg.posts import read_posts
    from kg.questions import ask
    from kg.store import open_store

_LATE = {
    "ask": "kg.questions", "build": "kg.pipeline", "draw": "kg.drawing",
    "load_extractor": "kg.extract", "open": "kg.graph", "open_store": "kg.store", "read_posts": "kg.posts",
}  # fmt: skip

__all__ = [
    "Claim", "Entity", "Evidence", "Extraction", "InputError", "KGError", "Literal", "Mention", "MissingExtra", "Post", "Problem",
    "QueryError", "ServerError", "StoreError", "VocabularyError",
    "ask", "build", "draw", "load_extractor", "open", "open_store", "read_posts",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _LATE:
        # Within the package ``open`` stays Python's own.
        return getattr(import_module(_LATE[name]), "open_graph" if name == "open" else name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
