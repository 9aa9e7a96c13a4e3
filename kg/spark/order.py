"""What is asked of a run on Spark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pipeline import LateExtractor
    from kg.vocabulary import Vocabulary


@dataclass(frozen=True)
class Order:
    """What to do: where the posts are, where claims go, and what finds them."""

    paths: Sequence[str]
    output: str
    extractor: LateExtractor
    vocabulary: Vocabulary
    base: str
    format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    partitions: int | None = None
