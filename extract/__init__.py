"""Language to claims: what posts name and what they say about it.

Heavy parts load when they are used, not when this package is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.extract.extractor import Extractor, load_extractor

__all__ = ["Extractor", "load_extractor"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        import importlib

        return getattr(importlib.import_module("kg.extract.extractor"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
