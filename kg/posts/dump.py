"""Text copied from a channel's page: posts follow each other with nothing between them, and have to be cut apart.

No line says "a post begins here". What does: a "Forwarded from" line, reactions before it, a body that stood there twice, links
that end a post and a title that begins one. Each line gets points for what speaks for a cut before it and for what speaks
against; see ``dump_cues.py``. The header of the page (name, counts, description) belongs to no post.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Post
from kg.posts.dump_cues import Lines
from kg.posts.names import digest
from kg.posts.source import Source
from kg.posts.telegram_ui import forwarded_from, is_count, is_phrase

_HEADER_LINES = 40
_ENOUGH = 3.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A dump taken apart: ``text[:header]`` is the page's header, then each post is ``text[start:end]``."""

    channel: str
    header: int
    posts: tuple[tuple[int, int], ...]


def read(source: Source) -> Iterator[Post]:
    """The posts of a dump; ids are the file's name and a digest of the text, a repeat gets ``-2``."""
    text = source.text()
    dump = cut(text)
    seen: Counter[str] = Counter()
    if not dump.posts:
        source.problem(1, "no posts", "a dump is the text of a channel's page")
    before = 0
    for start, end in dump.posts:
        source.line += text.count("\n", before, start)
        before, post = start, text[start:end]
        name = f"{source.stem}/{digest(post, 8)}"
        seen[name] += 1
        first = post.partition("\n")[0].strip()
        yield Post(
            id=name if seen[name] == 1 else f"{name}-{seen[name]}",
            text=post,
            channel=dump.channel,
            forwarded_from=forwarded_from(first),
        )


def cut(text: str) -> Cut:
    """Cut a dump into its header and its posts; only line ends and blank lines between posts are in neither.

    >>> dump = cut("Orion news\\n9 subscribers\\nDownload Telegram\\nOrion-7 is out\\nIt is big.\\n👍3\\nOrion-8 is not\\n👍2")
    >>> dump.channel, [dump.posts[0], dump.posts[1]]
    ('Orion news', [(43, 71), (72, 89)])
    """
    raw = text.split("\n")
    offsets = [0]
    for line in raw:
        offsets.append(offsets[-1] + len(line) + 1)
    header = _header(raw)
    lines = Lines(raw[header:])
    starts = [header + start for start in lines.starts(_ENOUGH)]
    posts = []
    for start, stop in pairwise([*starts, len(raw)]):
        while not raw[stop - 1].strip():
            stop -= 1
        end = offsets[stop] - 1
        posts.append((offsets[start], end - text.endswith("\r", 0, end)))
    channel = raw[0].strip() if header else ""
    return Cut(channel, min(offsets[header], len(text)), tuple(posts))


def _header(raw: list[str]) -> int:
    """How many lines the header has: up to "Download Telegram", or else to the last of the counts at the beginning."""
    head = raw[:_HEADER_LINES]
    counts = [i for i, line in enumerate(head) if is_count(line)]
    if not counts or counts[0] > 3:
        return 0
    ends = [i for i, line in enumerate(head) if is_phrase("header", line)]
    return (ends[0] if ends else counts[-1]) + 1
