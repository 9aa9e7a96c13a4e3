"""JSON Lines: one object per line, its fields known by their usual names or mapped."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.model import Post
from kg.posts.fields import Fields
from kg.posts.source import Source


def read(source: Source) -> Iterator[Post]:
    """The posts of a JSON Lines file, line by line; a line that is none is a problem and the next one is read."""
    fields = Fields(source.columns)
    first = True
    for number, line in source.lines():
        line = line.strip()
        if not line:
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            if first and line[0] in "{[" and len(line) < 3:
                source.problem(number, "JSON, but not one object per line", "make it so with:  jq -c '.[]' posts.json")
                return
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or a number too long"
            source.problem(number, f"broken JSON: {reason}", "one JSON object per line is expected")
            continue
        finally:
            first = False
        if not isinstance(record, dict):
            source.problem(number, f"a JSON {type(record).__name__}, not an object", "one JSON object per line is expected")
            continue
        try:
            yield fields.post(record, source.stem)
        except ValueError as error:
            source.problem(number, str(error), "columns can be mapped: text=body published=date")
