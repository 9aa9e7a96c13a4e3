"""What answers Cypher: the embedded index, or a server. Everything above this line is the same for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Rows:
    """What a query returned, as plain values: numbers, strings, booleans, None, and lists and dicts of them.

    A node is the dict of its properties with ``labels``, a relationship that of its properties with ``type``; dates and times are
    strings in ISO 8601.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """Each row by column.

        >>> Rows(("model", "score"), [("GPT-4o", 88.7)]).dicts()
        [{'model': 'GPT-4o', 'score': 88.7}]
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Engine(Protocol):
    """Something that runs Cypher on the property graph of ``kg.property_graph``."""

    def run(self, text: str, parameters: Mapping[str, Any] | None = None, *, write: bool = False) -> Rows:
        """The rows of a statement. Values come in as ``$name``, never as text.

        Raises ``QueryError`` when it cannot be run, or changes something and ``write`` is not set.
        """
        ...

    def close(self) -> None:
        """Let go of files or connections."""
        ...
