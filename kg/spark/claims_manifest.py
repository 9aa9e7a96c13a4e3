"""What a folder of claims says of the run that fills it, so that the same command goes on and another one does not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from math import ceil
from typing import Any

from kg.claim_folder import FORMAT, MANIFEST
from kg.errors import InputError
from kg.spark.hadoop import Hadoop
from kg.spark.order import Order
from kg.spark.sources import Inputs

_PART_BYTES = 32 << 20
_MOST_PARTS = 20_000
_PER_CORE = 2
"""Without --partitions a part is so large, and there are so many."""
_WORDS = {"format": "format", "extractor": "version of the extractor, its lists or weights", "base": "--base",
          "columns": "--column", "posts": "list of posts (files added, removed or changed)"}  # fmt: skip
"""What differs from the run that made a folder, for people."""


class ClaimsManifest:
    """The manifest of one folder on a Hadoop file system."""

    def __init__(self, hadoop: Hadoop, folder: str, order: Order, inputs: Inputs, cores: int) -> None:
        """That of a run that was broken off, or a new one.

        Raises ``InputError`` when the folder holds something else, or claims of other posts or of another extractor.
        """
        self._hadoop, self._path = hadoop, f"{folder}/{MANIFEST}"
        wanted = {
            "format": FORMAT,
            "extractor": order.extractor.version,
            "base": order.base,
            "columns": dict(order.columns),
            "posts": _fingerprint(inputs),
        }
        if hadoop.exists(self._path):
            self._fields = self._read(folder, wanted, order.partitions)
            return
        if hadoop.children(folder):
            raise InputError(f"{folder} exists and holds no claims.\nName a new folder with -o.")
        parts = order.partitions or min(_MOST_PARTS, max(_PER_CORE * cores, ceil(inputs.size / _PART_BYTES)))
        self._fields = {**wanted, "partitions": parts, "complete": False}
        self._save()

    @property
    def parts(self) -> int:
        """Into how many parts the posts are cut."""
        return int(self._fields["partitions"])

    @property
    def counts(self) -> dict[str, int] | None:
        """What a run that was ended counted; None before that."""
        return dict(self._fields["counts"]) if self._fields["complete"] else None

    def complete(self, counts: Mapping[str, int], seconds: Mapping[str, float]) -> None:
        """Note that everything is there."""
        rounded = {step: round(taken, 1) for step, taken in seconds.items()}
        self._fields |= {"complete": True, "counts": dict(sorted(counts.items())), "seconds": rounded}
        self._save()

    def _read(self, folder: str, wanted: Mapping[str, Any], partitions: int | None) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(self._hadoop.read(self._path))
            parts, _ = int(found["partitions"]), found["complete"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{self._path} cannot be read: {error!r}\nName a new folder with -o.") from error
        others = [_WORDS[name] for name in wanted if found.get(name) != wanted[name]]
        if partitions not in (None, parts):
            others.append(f"--partitions {parts}")
        if others:
            raise InputError(
                f"{folder} holds claims made with another {' and another '.join(others)}.\n"
                "Name a new folder with -o, or give the command as it was to go on."
            )
        return found

    def _save(self) -> None:
        self._hadoop.write(self._path, json.dumps(self._fields, indent=2, ensure_ascii=False) + "\n")


def _fingerprint(inputs: Inputs) -> str:
    files = [[file.uri, file.size, file.modified] for file in inputs.files]
    return sha256(json.dumps([inputs.format, files]).encode()).hexdigest()[:16]
