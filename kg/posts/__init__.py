"""Reading posts: exported channels, saved pages, feeds, tables, articles, folders of all that, stdin.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     _ = Path(folder, "news.jsonl").write_text('{"id": "n/1", "text": "Orion-7 is out"}')
...     [post.text for post in read_posts(folder)]
['Orion-7 is out']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError
from kg.language import detect_language
from kg.model import Post, Problem
from kg.posts import folder
from kg.posts.formats import READERS, format_of, reader_of
from kg.posts.source import BOMB_RATIO, FILE_LIMIT, RECORD_LIMIT, UNREADABLE, Bomb, Source, TooLarge
from kg.seen import MASK, Seen

__all__ = ["FORMATS", "read_posts"]

FORMATS = tuple(READERS)
"""The names ``format`` can have."""


_HALF = re.compile("[\ud800-\udfff]")


def _unheard(problem: Problem) -> None:
    """Where problems go when nobody wants to know about them."""


def read_posts(
    *sources: str | Path,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    on_problem: Callable[[Problem], None] = _unheard,
    on_duplicate: Callable[[Post], None] = lambda post: None,
) -> Iterator[Post]:
    """Read the posts of files, folders and stdin (``-``), one after the other, in the order of the sources.

    The format of each file is found by its name and first bytes unless ``format`` (one of ``FORMATS``) says it; plain,
    gzip-packed, UTF-8 and UTF-16 are all read. ``columns`` maps our fields to those of JSON Lines and CSV:
    ``{"text": "body", "published": "date"}``. Whatever cannot be used goes to ``on_problem`` with file and line, and the rest is
    read. A post that was already read goes to ``on_duplicate``; one with the id of an earlier one and another text is a problem
    too, and the first one counts: reading the same sources again then gives the same posts. A post without a language
    gets the one of its letters.

    Raises ``InputError`` at once for a source that does not exist, a format or a field nobody knows.
    """
    columns = dict(columns or {})
    if columns:
        from kg.posts.fields import check_columns

        check_columns(columns)
    if format is not None and format not in READERS:
        raise InputError(f"There is no format {format!r}.\nGive one of:  {', '.join(READERS)}")
    for source in sources:
        if str(source) != "-" and not Path(source).exists():
            raise InputError(f"There is no file or folder {str(source)!r}.\nCheck the path; it is looked up from {Path.cwd()}")
    return _once(_read_all(sources, columns, format, on_problem), on_problem, on_duplicate)


def _read_all(
    sources: tuple[str | Path, ...], columns: Mapping[str, str], format: str | None, report: Callable[[Problem], None]
) -> Iterator[tuple[str, Post]]:
    for name in sources:
        if str(name) == "-":
            yield from _read(Source("stdin", None, report, columns), format)
            continue
        path = Path(name)
        for file in folder.files(path, report) if path.is_dir() else [path]:
            yield from _read(Source(str(file), file, report, columns), format)


def _read(source: Source, format: str | None) -> Iterator[tuple[str, Post]]:
    try:
        with source:
            name = format or (format_of(source) if source.head.strip() else "")
            if not source.head.strip():
                source.problem(1, "empty", "nothing to read here")
            elif source.head.startswith(b"PK\x03\x04") and not format:
                source.problem(1, "a zip archive", "unpack it, then name the folder")
            elif not name:
                source.problem(1, "not text", "give the format if it is")
            else:
                for post in reader_of(name)(source):
                    yield f"{source.name}:{source.line}", post
    except TooLarge:
        source.problem(1, f"a page of more than {FILE_LIMIT >> 20} MB", "cut it into several files")
    except Bomb:
        source.problem(1, f"unpacks to more than {BOMB_RATIO} times its size", "no text does; the posts before that were read")
    except UNREADABLE as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        source.problem(1, f"cannot be read: {reason}", "get the file again and check its permissions")


def _once(
    posts: Iterator[tuple[str, Post]], report: Callable[[Problem], None], on_duplicate: Callable[[Post], None]
) -> Iterator[Post]:
    seen = Seen()
    for where, read in posts:
        post = completed(where, read, report)
        if post is None:
            continue
        text = hash(post.text) & MASK
        known = seen.put(post.id, text)
        if known is None:
            yield post
            continue
        if known != text:
            what = f"post {post.id} comes again with another text"
            report(Problem(where, what, "the first one counts: name the newer source first"))
        on_duplicate(post)


def completed(where: str, post: Post, report: Callable[[Problem], None]) -> Post | None:
    """The post as the rest of the program may rely on it: whole characters, a language; None when it is too long.

    >>> completed("posts.jsonl:1", Post("1", "Орион-7 вышел"), print).lang
    'ru'
    """
    if not _is_whole(post):
        post = _whole(post)
        report(Problem(where, f"half of a surrogate pair in post {post.id}", "it was replaced by U+FFFD"))
    size = len(post.text) if post.text.isascii() else len(post.text.encode())
    if size > RECORD_LIMIT:
        report(Problem(where, f"post {post.id} has more than {RECORD_LIMIT >> 20} MB of text", "cut it into several posts"))
        return None
    return post if post.lang else replace(post, lang=detect_language(post.text))


def _is_whole(post: Post) -> bool:
    try:
        for field in (post.text, post.id, post.url, post.channel, post.forwarded_from):
            field.encode()
    except UnicodeEncodeError:
        return False
    return True


def _whole(post: Post) -> Post:
    # One character for one character: the offsets of links stay.
    text, id, url, channel, origin = (
        _HALF.sub("\ufffd", field) for field in (post.text, post.id, post.url, post.channel, post.forwarded_from)
    )
    return replace(post, text=text, id=id, url=url, channel=channel, forwarded_from=origin)
