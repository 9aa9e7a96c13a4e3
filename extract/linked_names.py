"""Names that a link to a repository spells, set apart where they stand: "[gravel](https://github.com/nordix/gravel)".

Tools are often called by a common word or in small letters, which nobody takes for a name but for the link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from kg.extract.document import Span, plain
from kg.extract.links import find_links
from kg.extract.sites import site_of
from kg.extract.tokens import Tokens
from kg.model import Link

_LONGEST = 8
"""Tokens of such a name at most."""
_CLOSING = frozenset("]*`»—–:|")
"""What sets a name apart from what follows, as a hyphen with a blank before it does."""
_WITHIN = frozenset("-./_+#@$&'\",")
"""What stands inside of names and lists of words, so that nothing is set apart behind it."""
_SHORT = 2
"""Letters that a path may have by chance."""
_PLACES = (["tree"], ["blob"])
"""Parts of a path behind which a place in the repository is."""


def linked_names(tokens: Tokens, spans: Sequence[Span], links: Sequence[Link] = ()) -> Iterator[Span]:
    """The names of repositories to which the post links, where nobody saw more than a part of them.

    ``links`` are those hidden behind words, which sets these apart.

    >>> [span.name for span in linked_names(Tokens("**gravel** — a tool: https://github.com/nordix/gravel"), [])]
    ['gravel']
    """
    spelled = set(_spelled(tokens, links))
    if not spelled:
        return
    longest = max(map(len, spelled))
    seen = {i: span for span in spans for i in range(span.first, span.last + 1)}
    last, opened, closed = -1, {link.start for link in links}, {link.end for link in links}
    for first in range(len(tokens)):
        if first > last and (tokens.items[first].start in opened or _begins(tokens, first)):
            end = _end(tokens, first, spelled, longest, closed)
            if end >= first and all(i not in seen or _part(seen[i], first, end) for i in (first, end)):
                last = end
                yield Span(first, end, "Software", tokens.text[tokens.items[first].start : tokens.items[end].end])


def _spelled(tokens: Tokens, links: Sequence[Link]) -> Iterator[str]:
    """What the links to repositories are called by: the repository, and the place in it."""
    for link in find_links(tokens, links):
        kind, _, path = site_of(link.value)
        parts = path.strip("/").split("/")
        if kind == "repository" and len(parts) > 1:
            called = {parts[1], parts[-1]} if parts[2:3] in _PLACES else {parts[1]}
            yield from (name for part in called if len(name := plain(part)) > _SHORT)


def _begins(tokens: Tokens, i: int) -> bool:
    """Whether a word begins a line here, or stands behind a sign."""
    if not tokens.texts[i][0].isalnum():
        return False
    before = tokens.texts[i - 1] if i and tokens.items[i - 1].line == tokens.items[i].line else ""
    return not before[-1:].isalnum() and before not in _WITHIN


def _end(tokens: Tokens, first: int, spelled: set[str], longest: int, closed: Set[int]) -> int:
    """The last token of the name that begins here and is set apart from what follows; -1 if there is none."""
    made, line = "", tokens.items[first].line
    for i in range(first, min(len(tokens), first + _LONGEST)):
        made += plain(tokens.texts[i])
        if tokens.items[i].line != line or len(made) > longest:
            break
        if made in spelled and tokens.texts[i][-1].isalnum() and (tokens.items[i].end in closed or _is_closed(tokens, i + 1)):
            return i
    return -1


def _is_closed(tokens: Tokens, i: int) -> bool:
    if i == len(tokens) or tokens.items[i].line != tokens.items[i - 1].line:
        return True
    return tokens.texts[i] in _CLOSING or (tokens.texts[i] == "-" and not tokens.items[i].glued)


def _part(span: Span, first: int, last: int) -> bool:
    """Whether the span is within these tokens and is not all of them."""
    return first <= span.first and span.last <= last and (span.first, span.last) != (first, last)
