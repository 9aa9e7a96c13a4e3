"""CSV and its relatives: a header with names, then one post per row."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from kg.model import Post
from kg.posts.fields import Fields
from kg.posts.source import RECORD_LIMIT, Source

_DELIMITERS = ",;\t|"


def read(source: Source) -> Iterator[Post]:
    """The posts of a table; the delimiter is the one its header uses.

    A row with too few or too many cells, or without text, is a problem and the next one is read.
    """
    fields = Fields(source.columns)
    csv.field_size_limit(max(csv.field_size_limit(), RECORD_LIMIT))
    delimiter = delimiter_of(source.preview())
    rows = csv.reader((line for _, line in source.lines()), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        source.problem(1, f"broken header: {error}", "quotation marks inside a cell are doubled")
        return
    if not fields.knows(header):
        source.problem(1, f"no column with the text among: {', '.join(header)[:200]}", "map it: text=COLUMN")
        return
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            source.problem(line, f"broken row: {error}", "quotation marks inside a cell are doubled")
            continue
        if not row:
            continue
        if len(row) != len(header):
            source.problem(line, f"{len(row)} cells, but the header has {len(header)}", "put the text in quotation marks")
            continue
        try:
            yield fields.post(dict(zip(header, row, strict=True)), source.stem)
        except ValueError as error:
            source.problem(line, str(error), "columns can be mapped: text=body published=date")


def delimiter_of(head: str) -> str:
    """The delimiter of a table, by its header: the one that cuts it into the most names.

    >>> delimiter_of("id;text\\n1;GPT-4, an LLM")
    ';'
    """
    header = head.partition("\n")[0]
    return max(_DELIMITERS, key=header.count)
