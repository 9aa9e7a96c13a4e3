"""The JSON that Telegram Desktop exports: one chat, or all of them in one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.model import Link, Post
from kg.posts.dates import iso_date
from kg.posts.html_text import spelled_out
from kg.posts.names import slug
from kg.posts.source import RECORD_LIMIT, Source

_CHATS = ("", "chats.list.item.", "left_chats.list.item.")
_MESSAGES = frozenset(f"{chat}messages.item" for chat in _CHATS)
_ABOUT_CHAT = {f"{chat}{key}": key for chat in _CHATS for key in ("name", "username", "id", "type")}
_OPENS = frozenset({"start_map", "start_array"})
_CLOSES = frozenset({"end_map", "end_array"})
_DEPTH = 100
_NEW_CHAT = frozenset(chat.rstrip(".") for chat in _CHATS if chat)


class _Pieces:
    """Hands a file to the parser a line at a time, so that the line of each message is known."""

    def __init__(self, source: Source) -> None:
        self.line = 1
        self._pieces = source.pieces()

    def read(self, size: int = -1) -> bytes:
        if size == 0:  # the parser asks this way whether it gets bytes
            return b""
        self.line, piece = next(self._pieces, (self.line, b""))
        return piece


def _events(pieces: _Pieces) -> Iterator[tuple[list[str], str, Any]]:
    """The parser's events with the path they stand at: ``ijson.parse`` has it too, but nested without limit."""
    import ijson  # type: ignore[import-untyped]  # it ships no types

    path: list[str] = []
    try:
        for event, value in ijson.basic_parse(pieces, use_float=True):
            if event in _CLOSES:
                path.pop()
            if event == "map_key":
                path[-1] = value
            yield path, event, value
            if event in _OPENS:
                path.append("item" if event == "start_array" else "")
                if len(path) > _DEPTH:
                    raise ValueError("nested too deeply")
    except ijson.JSONError as error:
        raise ValueError(str(error).strip().partition("\n")[0]) from error


def read(source: Source) -> Iterator[Post]:
    """The messages of ``result.json``, read as a stream; service messages and media without words are left out.

    Ids are ``channel/message id``, where the channel is the public user name if the export tells it, else its name.
    A message that cannot be used is a problem and the next one is read; a file that breaks off ends there.
    """
    pieces = _Pieces(source)
    chat = _Chat(source.stem)
    slugs: dict[str, object] = {}
    message: _Message | None = None
    found = False
    try:
        for steps, event, value in _events(pieces):
            if message:
                if message.add(event, value):
                    yield from chat.posts(source, message.line, message.whole())
                    message = None
                continue
            path = ".".join(steps)
            if path in _MESSAGES:
                found = True
                if event == "start_map":
                    chat.name_once(slugs)
                    message = _Message(pieces.line)
                elif event not in _CLOSES:
                    source.problem(pieces.line, "not a message", "export the chat again")
            elif path in _ABOUT_CHAT and event in {"string", "number"}:
                chat.about[_ABOUT_CHAT[path]] = str(value)
            elif path in _NEW_CHAT and event == "start_map":
                chat = _Chat(source.stem)
            elif path.endswith("messages") and event == "start_array":
                found = True
    except ValueError as error:
        source.problem(pieces.line, f"broken JSON: {error}", "the posts before it were read; export the chat again")
        return
    if not found:
        source.problem(1, "no messages: not a Telegram export", "export the chat again as machine-readable JSON")


class _Message:
    """A message while it is put together from the parser's events."""

    def __init__(self, line: int) -> None:
        import ijson

        self.line = line
        self._builder = ijson.ObjectBuilder()
        self._depth = 1
        self._size = 0
        self._builder.event("start_map", None)

    def add(self, event: str, value: Any) -> bool:
        """Take one more event; true when it was the last one."""
        self._size += len(value) if isinstance(value, str) else 1
        if self._size <= RECORD_LIMIT:
            self._builder.event(event, value)
        self._depth += (event in _OPENS) - (event in _CLOSES)
        return self._depth == 0

    def whole(self) -> Any:
        """The message, or None when it is beyond the limit."""
        return self._builder.value if self._size <= RECORD_LIMIT else None


class _Chat:
    """What the export says about a chat before its messages."""

    def __init__(self, stem: str) -> None:
        self.about: dict[str, str] = {}
        self.stem = stem
        self.slug = ""

    def name_once(self, taken: dict[str, object]) -> None:
        """Settle the first part of the ids; a second chat of the same name gets its number added."""
        if self.slug:
            return
        about = self.about
        name = about.get("username") or slug(about.get("name", ""))
        if not name:
            name = slug(f"{about.get('type', '')} {about.get('id', '')}") or self.stem
        self.slug = name if taken.setdefault(name, self) is self else f"{name}-{about.get('id', len(taken))}"

    def posts(self, source: Source, line: int, message: Any) -> Iterator[Post]:
        """One post, or none for a service message or a picture without words."""
        if isinstance(message, dict) and message.get("type", "message") != "message":
            return
        source.line = line
        try:
            number, text, links = _number(message), *_text(message)
            published = iso_date(message.get("date_unixtime") or message.get("date"))
        except ValueError as error:
            source.problem(line, str(error), "export the chat again")
            return
        if text.strip():
            username = self.about.get("username", "")
            yield Post(
                id=f"{self.slug}/{number}",
                text=text,
                url=f"https://t.me/{username}/{number}" if username else "",
                published=published,
                channel=self.about.get("name") or username,
                forwarded_from=_string(message.get("forwarded_from")),
                links=links,
            )


def _number(message: Any) -> int:
    if not isinstance(message, dict):
        raise ValueError(f"a message of more than {RECORD_LIMIT >> 20} MB")
    number = message.get("id")
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError("a message without a number")
    return number


def _text(message: dict[str, Any]) -> tuple[str, tuple[Link, ...]]:
    pieces = message.get("text", "")
    links: list[Link] = []
    text: list[str] = []
    length = 0
    for piece in pieces if isinstance(pieces, list) else [pieces]:
        words = piece.get("text") if isinstance(piece, dict) else piece
        if not isinstance(words, str):
            raise ValueError("a message whose text is neither a string nor a list of pieces")
        url = piece.get("href") if isinstance(piece, dict) and piece.get("type") == "text_link" else None
        if isinstance(url, str) and words.strip() and not spelled_out(words, url):
            links.append(Link(length, length + len(words), url))
        text.append(words)
        length += len(words)
    return "".join(text), tuple(links)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
