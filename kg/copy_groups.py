"""Which posts of a graph are copies of one text, directly or from one to the next: they share ``kg:original``.

The identifier of a group is the least digest of the words of its posts, so that it depends on the posts alone and seldom changes
when one more comes. Only posts with claims are looked at: others support no fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import pyoxigraph as ox

from kg import terms as t
from kg.copies import Words
from kg.model import Link

_CROWD = 1000
"""So many posts that share a band are looked at: thousands that do are one form letter, and its first letters stand for all."""
WordsOf = dict[ox.NamedNode, Words]


class CopyGroups:
    """The groups of one graph while posts come and go in one transaction.

    ``known`` remembers the words of posts between transactions, which spares reading their texts again.
    """

    def __init__(self, graph: ox.Store, known: WordsOf) -> None:
        self._graph = graph
        self._known = known
        self._new: dict[ox.NamedNode, set[str]] = {}
        self._gone: set[ox.NamedNode] = set()
        self._by_band: dict[str, list[ox.NamedNode]] = {}
        self.originals: dict[ox.NamedNode, str] = {}
        """Posts whose group this transaction decides."""
        self.movers: set[ox.NamedNode] = set()
        """New posts that change the group of posts that were in the graph before."""

    def add(self, post: ox.NamedNode, words: Words, bands: list[str]) -> str:
        """Put a new post among its copies; the identifier of its group."""
        beside: dict[str, list[ox.NamedNode]] = {}
        for other in dict.fromkeys(self._sharing(bands)):
            if other != post:
                beside.setdefault(self._original(other), []).append(other)
        joined = [group for group, others in beside.items() if any(self._words(other).alike(words) for other in others)]
        original = min([words.digest, *joined])
        self._known[post] = words
        self._gone.discard(post)
        self._new[post] = set(bands)
        for band in bands:
            self._by_band.setdefault(band, []).append(post)
        self.originals[post] = original
        for group in joined:
            if group != original:
                members = list(self._members(group))
                self.originals.update(dict.fromkeys(members, original))
                if not all(member in self._new for member in members):
                    self.movers.add(post)
        return original

    def remove(self, post: ox.NamedNode) -> None:
        """Take a post of the graph out; those that it alone held together fall apart."""
        group, digest = self._original(post), self._words(post).digest
        rest = [member for member in self._members(group) if member != post]
        self._gone.add(post)
        self.originals.pop(post, None)
        if any(self._words(member).digest == digest for member in rest):
            return
        for part in self._parts(rest):
            original = min(self._words(member).digest for member in part)
            self.originals.update({member: original for member in part if self._original(member) != original})

    def _parts(self, posts: list[ox.NamedNode]) -> list[list[ox.NamedNode]]:
        """These posts as groups of copies."""
        parts: list[list[ox.NamedNode]] = []
        left = dict.fromkeys(posts)
        bands = {post: self._bands(post) for post in posts}
        while left:
            part, waiting = [], [left.popitem()[0]]
            while waiting:
                post = waiting.pop()
                part.append(post)
                near = [o for o in left if bands[post] & bands[o] and self._words(post).alike(self._words(o))]
                for other in near:
                    del left[other]
                waiting += near
            parts.append(part)
        return parts

    def _sharing(self, bands: Iterable[str]) -> Iterator[ox.NamedNode]:
        for band in bands:
            before = (quad.subject for quad in self._graph.quads_for_pattern(None, t.BAND, t.text_term(band)))
            there = (s for s in before if isinstance(s, ox.NamedNode) and s not in self._gone and s not in self._new)
            yield from islice(chain(there, self._by_band.get(band, ())), _CROWD)

    def _members(self, group: str) -> Iterator[ox.NamedNode]:
        """The posts of a group as it is now."""
        for quad in self._graph.quads_for_pattern(None, t.ORIGINAL, t.text_term(group)):
            post = quad.subject
            if isinstance(post, ox.NamedNode) and post not in self.originals and post not in self._gone and self._bands(post):
                yield post
        yield from [post for post, original in self.originals.items() if original == group and post not in self._gone]

    def _original(self, post: ox.NamedNode) -> str:
        return self.originals.get(post) or _texts(self._graph, post, t.ORIGINAL)[0]

    def _bands(self, post: ox.NamedNode) -> set[str]:
        return self._new.get(post) or set(_texts(self._graph, post, t.BAND))

    def _words(self, post: ox.NamedNode) -> Words:
        if post not in self._known:
            links = [link.split(" ", 2) for link in _texts(self._graph, post, t.LINK)]
            spans = sorted((int(start), int(end), url) for start, end, url in links)
            self._known[post] = Words.of_text(_texts(self._graph, post, t.TEXT)[0], [Link(*span) for span in spans])
        return self._known[post]


def _texts(graph: ox.Store, node: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
    return [quad.object.value for quad in graph.quads_for_pattern(node, predicate, None) if isinstance(quad.object, ox.Literal)]
