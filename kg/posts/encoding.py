"""How a file spells its characters: UTF-8, UTF-16 or, in web pages, what the page declares."""

from __future__ import annotations

import codecs
import re

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding of a text by its first bytes, and how many of them are a byte order mark.

    >>> encoding_of("GPT-4".encode("utf-16-le")), encoding_of("GPT-4".encode("utf-8-sig"))
    (('utf-16-le', 0), ('utf-8', 3))
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8", 3
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"), 2
    # UTF-8 text has no zero bytes; in UTF-16 every space, line end and quotation mark has one, always on the same side.
    for name, zeros, others in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        plain = [other for zero, other in zip(zeros, others, strict=False) if not zero]
        if 2 < len(plain) > len(head) // 64 and 0 not in others and all(9 <= other < 127 for other in plain):
            return name, 0
    return _declared(head), 0


def _declared(head: bytes) -> str:
    found = _META_CHARSET.search(head[:4096])
    try:
        name = codecs.lookup(found[1].decode()).name if found else "utf-8"
        b"".decode(name)
    except LookupError:
        return "utf-8"
    return name if not name.startswith("utf") else "utf-8"
