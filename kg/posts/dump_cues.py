"""What in a dump speaks for and against a post beginning at a line.

Points are added up per line: what the line looks like (a title, a forwarded post), what comes after it (a paragraph), how the
line before it looks (the links, reactions and previews that posts end with). The channel's own habits count: a channel with
reactions has them under nearly every post, and titles are all written alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property

from kg.posts.telegram_ui import forwarded_from, is_emoji, is_phrase, is_reactions, without_emoji

_TITLE = 120
_PARAGRAPH = 180
_REPEAT_CHARACTERS = 30
_REPEAT_LINES = 2000
_CANDIDATES = 4
_OFTEN = 4

_LIST_ITEM = re.compile(r"[-•*–—▪◦·] |\d{1,3}[.)] ?")
_ADDRESS = re.compile(r"https?://\S+")
_LINK_END = re.compile(r"(https?://\S+|(?<!\S)[\w-]+(\.[\w-]+){1,4}/\S*)$")
_ONLY_ADDRESSES = re.compile(r"https?://\S+$")
_LEADS = re.compile(r"@\w|https?://|t\.me/| \| ")
_HANDLE_END = re.compile(r"(?<!\S)@\w{4,40}$")


class Lines:
    """The lines of a dump after its header, and where posts begin among them."""

    def __init__(self, raw: list[str]) -> None:
        self.lines = [line.strip() for line in raw]

    def starts(self, enough: float) -> list[int]:
        """The numbers of the lines that posts begin with; the first line that is not blank is always one."""
        first = next((i for i, line in enumerate(self.lines) if line), None)
        if first is None:
            return []
        starts = [first]
        for i in range(first + 1, len(self.lines)):
            if self.lines[i] and self.points(i, starts[-1]) >= enough:
                starts.append(i)
        return starts

    def points(self, i: int, post: int) -> float:
        """What speaks for line ``i`` beginning a post, given that the current one began at line ``post``."""
        before = self._before(i)
        if self._holds_together(i, before):
            return -10.0
        if is_reactions(self.lines[before]):
            return 10.0
        points = self._looks(i) + self._ending(i, before, post)
        if self._preview(i, post):
            points -= 5
        if i - before > 1:
            points -= 3
        if self.has_reactions:
            points -= 3
        return points

    def _holds_together(self, i: int, before: int) -> bool:
        line, last = self.lines[i], self.lines[before]
        if is_reactions(line) or is_phrase("open", line) or is_phrase("view", line):
            return not is_reactions(last) or is_reactions(line)
        if forwarded_from(last) or is_phrase("media", last) or is_phrase("open", last):
            return True
        if is_phrase("view", last) and is_phrase("media", self.lines[self._before(before)]):
            return True
        return i in self.repeated

    def _looks(self, i: int) -> float:
        line = self.lines[i]
        if forwarded_from(line) or is_phrase("media", line):
            return 5
        if line in self.signatures or _LIST_ITEM.match(line) or _ADDRESS.match(line):
            return -3
        if not self._is_title(i):
            return -1
        points = 1.0
        if is_emoji(line[0]):
            points += 1 + (0.5 if self._glued(line) == self.titles_glued else -0.5)
        if line.endswith(":"):
            points -= 1
        return points + (1 if self._paragraph_after(i) else -1 if not is_emoji(line[0]) else 0)

    def _ending(self, i: int, before: int, post: int) -> float:
        last = self.lines[before]
        if is_phrase("view", last):
            return 4
        points = 0.0
        if i in self.after_repeat:
            points += 2
        if last in self.signatures:
            points += -5 if self.lines[i] in self.signatures else 4
        elif _ONLY_ADDRESSES.match(last):
            points += 3
        elif _LINK_END.search(last) or self._preview(before, post):
            points += 2
        elif _HANDLE_END.search(last):
            points += 1.5
        elif before > post and self._is_caption(before):
            points += 1
        elif len(last) >= _TITLE or last[-1] in ".:":
            points -= 1
        return points

    def _is_title(self, i: int) -> bool:
        line = self.lines[i]
        return len(line) <= _TITLE and line[-1] not in ".,;" and not _ADDRESS.search(line)

    def _is_caption(self, i: int) -> bool:
        """Whether a line after a link is what the link's preview says."""
        return self._is_title(i) and not self.lines[i].endswith(":") and bool(_LINK_END.search(self.lines[self._before(i)]))

    def _paragraph_after(self, i: int) -> bool:
        # The first words of a post are sometimes a link and then stand on a line of their own.
        return any(len(line) >= _PARAGRAPH for line in self.lines[i + 1 : i + 3])

    def _preview(self, i: int, post: int) -> bool:
        """Whether a line is the title of its post once more, as a link preview has it."""
        return i > post and len(self.lines[i]) > 8 and without_emoji(self.lines[i]) == without_emoji(self.lines[post])

    def _before(self, i: int) -> int:
        i -= 1
        while i > 0 and not self.lines[i]:
            i -= 1
        return max(i, 0)

    @staticmethod
    def _glued(line: str) -> bool:
        rest = without_emoji(line)
        return bool(rest) and is_emoji(line[-len(rest) - 1])

    @cached_property
    def has_reactions(self) -> bool:
        """Whether the channel shows reactions."""
        return sum(map(is_reactions, self.lines)) > 1

    @cached_property
    def signatures(self) -> frozenset[str]:
        """Lines a channel without reactions ends its posts with: they come again and again, and lead somewhere."""
        if self.has_reactions:
            return frozenset()
        times = Counter(line for line in self.lines if 0 < len(line) <= _TITLE and not is_reactions(line))
        often = [line for line, count in times.items() if count >= _OFTEN]
        return frozenset(line for line in often if _LEADS.search(line) and not is_phrase("view", line))

    @cached_property
    def titles_glued(self) -> bool:
        """Whether titles have no space after their emoji, by the lines that follow a link."""
        votes = 0
        for last, line in zip(self.lines, self.lines[1:], strict=False):
            if line and is_emoji(line[0]) and _LINK_END.search(last):
                votes += 1 if self._glued(line) else -1
        return votes > 0

    @cached_property
    def repeated(self) -> frozenset[int]:
        """The lines inside a body that stands there twice, the first one excepted."""
        return frozenset(i for start, stop in self._repeats for i in range(start + 1, stop))

    @cached_property
    def after_repeat(self) -> frozenset[int]:
        """The lines right after a body that stands there twice."""
        return frozenset(stop for _, stop in self._repeats)

    @cached_property
    def _repeats(self) -> list[tuple[int, int]]:
        earlier: dict[str, list[int]] = defaultdict(list)
        found: list[tuple[int, int]] = []
        for middle, line in enumerate(self.lines):
            for start in earlier[line][-_CANDIDATES:] if line else ():
                if (not found or start >= found[-1][1]) and self._is_repeat(start, middle):
                    found.append((start, 2 * middle - start))
                    break
            earlier[line].append(middle)
        return found

    def _is_repeat(self, start: int, middle: int) -> bool:
        size = middle - start
        if size > _REPEAT_LINES or self.lines[start + size - 1] != self.lines[min(middle + size, len(self.lines)) - 1]:
            return False
        body = self.lines[start:middle]
        if body != self.lines[middle : middle + size] or sum(map(len, body)) < _REPEAT_CHARACTERS:
            return False
        return not any(is_reactions(line) or forwarded_from(line) for line in body)
