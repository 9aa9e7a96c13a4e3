"""The columns of posts and claims in Parquet, as Arrow schemas; ``kg.claim_rows`` makes the rows."""

from __future__ import annotations

from typing import Any

import pyarrow as pa


def _texts(*names: str) -> list[tuple[str, Any]]:
    return [(name, pa.string()) for name in names]


POST_FIELDS = ("id", "text", "lang", "url", "published", "channel", "forwarded_from")
LINK = pa.struct([("start", pa.int32()), ("end", pa.int32()), *_texts("url")])
MENTION = pa.struct([("start", pa.int32()), ("end", pa.int32()), *_texts("type", "name", "entity", "reason")])
ENTITY = pa.struct([*_texts("key", "type", "name"), ("aliases", pa.list_(pa.string()))])

POSTS = pa.schema(
    [
        *_texts(*POST_FIELDS),
        ("links", pa.list_(LINK)),
        *_texts("state", "reason", "where", "extractor"),
        ("mentions", pa.list_(MENTION)),
        ("entities", pa.list_(ENTITY)),
    ]
)
"""One row for every record that was read; offsets count the characters of ``text``."""

CLAIMS = pa.schema(
    [
        *_texts("id", "post", "subject", "subject_type", "subject_name", "predicate"),
        *_texts("object", "object_type", "object_name", "object_datatype", "qualifiers"),
        ("hedged", pa.bool_()),
        ("confidence", pa.float64()),
        *_texts("extractor"),
        ("start", pa.int32()),
        ("end", pa.int32()),
        *_texts("quote", "url", "published"),
    ]
)
"""One row for every claim. ``object_type`` is empty for a value, ``object_datatype`` for an entity; ``qualifiers`` is JSON."""
