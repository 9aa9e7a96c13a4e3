"""What a change of posts means for the graph: statements to add and to take out, as one atomic step.

Statements of a post's own come and go with it. Shared ones (facts, names of entities) stay exactly as long as some post
supports them, so that the graph depends on the set of posts alone and never on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import terms as t
from kg.copy_groups import CopyGroups, WordsOf
from kg.model import Post
from kg.rdf import FAILURE, Contribution, Names, failed_quads

EntityStates = dict[ox.NamedNode, Names]
_BULK = 4_000
"""From so many statements on, writing them as files of their own is faster (four times at 10,000), and as atomic."""


class Transaction:
    """Collects changes against one graph and applies them together.

    ``known`` remembers what entities are called between transactions, ``words`` those of posts, which spares most reading.
    """

    def __init__(self, graph: ox.Store, known: EntityStates, words: WordsOf) -> None:
        self.graph = graph
        self.known = known
        self.groups = CopyGroups(graph, words)
        self.bulk = False
        """Whether ``commit`` wrote files of its own."""
        self.added: dict[ox.Quad, None] = {}
        self.removed: dict[ox.Quad, None] = {}
        self._before: dict[ox.NamedNode, Names | None] = {}
        self._now: dict[ox.NamedNode, Names | None] = {}

    def add(self, post: ox.NamedNode, new: Contribution) -> None:
        """A post the graph does not have."""
        self.added.update(dict.fromkeys(new.own))
        if new.words is None:
            self.added[_original(post, new.original)] = None
        else:
            self.groups.add(post, new.words, new.bands)
        self.added.update(dict.fromkeys(new.facts))
        for node, names in new.names.items():
            self._add_names(node, names)

    def replace(self, post: ox.NamedNode, new: Contribution) -> tuple[int, int]:
        """Another version of a post; an empty one takes it out. Counts of claims added and removed."""
        old = set(_own_quads(self.graph, post))
        own = set(new.own) | self._replace_words(post, old, new)
        self.added.update(dict.fromkeys(sorted(own - old, key=str)))
        self.removed.update(dict.fromkeys(sorted(old - own, key=str)))
        self._replace_facts(post, old, new)
        mentions = _names_of_mentions(old)
        for node in sorted(mentions.keys() | new.names.keys(), key=str):
            self._replace_names(node, post, mentions.get(node), new.names.get(node))
        return _claims(own - old), _claims(old - own)

    def fail(self, node: ox.NamedNode, post: Post, reason: str) -> None:
        """This version of a post cannot be read: the graph says so and keeps the rest of what it has of it."""
        old = {quad for predicate in FAILURE for quad in self.graph.quads_for_pattern(node, predicate, None)}
        new = failed_quads(node, post, reason, known=bool(old))
        self.added.update(dict.fromkeys(quad for quad in new if quad not in old))
        self.removed.update(dict.fromkeys(sorted(old - set(new), key=str)))

    def renamed(self) -> set[ox.NamedNode]:
        """Entities of the graph that would get another label."""
        pairs = ((node, self._before[node], names) for node, names in self._now.items())
        return {node for node, before, names in pairs if before is not names and before and names and before.label != names.label}

    def commit(self) -> None:
        """Apply everything: either all of it is in the graph afterwards or nothing."""
        for post, original in self.groups.originals.items():
            quad, former = _original(post, original), list(self.graph.quads_for_pattern(post, t.ORIGINAL, None))
            if quad not in former:
                self.added[quad] = None
                self.removed.update(dict.fromkeys(former))
        for node, names in self._now.items():
            if names is not self._before[node]:
                before, after = _identity(node, self._before[node]), _identity(node, names)
                self.added.update({quad: None for quad in after if quad not in before})
                self.removed.update({quad: None for quad in before if quad not in after})
        if self.removed:
            self.graph.update(f"DELETE DATA {{ {_ground(self.removed)} }} ; INSERT DATA {{ {_ground(self.added)} }}")
        elif len(self.added) >= _BULK:
            self.graph.bulk_extend(self.added)
            self.bulk = True
        elif self.added:
            self.graph.extend(self.added)
        for node, names in self._now.items():
            if names:
                self.known[node] = names
            else:
                self.known.pop(node, None)

    def _replace_words(self, post: ox.NamedNode, old: set[ox.Quad], new: Contribution) -> set[ox.Quad]:
        """Put another version of a post among its copies: its ``kg:original``, unless the whole group decides at the end."""
        own = set(new.own)
        grouped = any(quad.predicate == t.BAND for quad in old)
        said = {quad for quad in old if quad.predicate in _WORDING and quad.subject == post}
        kept = {quad for quad in old if quad.predicate == t.ORIGINAL}
        same = said == {quad for quad in own if quad.predicate in _WORDING and quad.subject == post}
        if said and same and grouped == (new.words is not None):
            return kept
        if grouped:
            self.groups.remove(post)
        if new.words is not None:
            self.groups.add(post, new.words, new.bands)
            old -= kept  # decided with those of the other posts of the group
            return set()
        return {_original(post, new.original)} if own else set()

    def _state(self, node: ox.NamedNode) -> Names | None:
        if node not in self._now:
            self._before[node] = self._now[node] = self.known.get(node) or _read_names(self.graph, node)
        return self._now[node]

    def _add_names(self, node: ox.NamedNode, more: Names) -> None:
        names = self._state(node)
        if names is None:
            self._now[node] = Names(more.type, set(more.names), set(more.forms) - more.names)
        elif not (more.names <= names.names and more.forms <= names.names | names.forms):
            # Only the best name is remembered as a name: enough, since the best of a union is the best of the bests.
            best = Names(names.type, names.names | more.names).label
            forms = (names.names | names.forms | more.names | more.forms) - {best}
            if best not in names.names or forms != names.forms:
                self._now[node] = Names(names.type, {best}, forms)

    def _replace_facts(self, post: ox.NamedNode, old: set[ox.Quad], new: Contribution) -> None:
        kept = set(new.facts)
        self.added.update(dict.fromkeys(new.facts))
        for fact in sorted(_facts(old) - kept, key=str):
            if not self._said_elsewhere(fact, post):
                self.removed[fact] = None

    def _said_elsewhere(self, fact: ox.Quad, post: ox.NamedNode) -> bool:
        """Whether another post says so without hedging."""
        has = self.graph.__contains__
        for quad in self.graph.quads_for_pattern(None, t.SUBJECT, fact.subject):
            claim = quad.subject
            if (
                has(ox.Quad(claim, t.OBJECT, fact.object))
                and has(ox.Quad(claim, t.PREDICATE, fact.predicate))
                and not has(ox.Quad(claim, t.DERIVED_FROM, post))
                and not has(ox.Quad(claim, t.HEDGED, _TRUE))
            ):
                return True
        return False

    def _replace_names(self, node: ox.NamedNode, post: ox.NamedNode, old: Names | None, new: Names | None) -> None:
        state = self._state(node)
        others = _Mentions(self.graph, node, post)
        if state is None or (new is None and not others.any()):
            self._now[node] = new
            return
        here_names, here_forms = (new.names, new.forms) if new else (set(), set())
        gone = (old.names | old.forms) - here_names - here_forms if old else set()
        known = (state.names | state.forms) - {form for form in gone if not others.use(form)} | here_names | here_forms
        names = {name for name in known if name in here_names or others.use(name, as_name=True)}
        best = Names(state.type, names).label
        self._now[node] = Names(state.type, {best}, known - {best})


class _Mentions:
    """The mentions of one entity by all posts but one."""

    def __init__(self, graph: ox.Store, entity: ox.NamedNode, post: ox.NamedNode) -> None:
        self.graph, self.entity, self.post = graph, entity, post

    def any(self) -> bool:
        return any(self._elsewhere(quad) for quad in self.graph.quads_for_pattern(None, t.NAMES, self.entity))

    def use(self, form: str, *, as_name: bool = False) -> bool:
        """Whether one of them is called so, or (unless ``as_name``) written so."""
        term = t.text_term(form)
        for predicate in (t.LABEL,) if as_name else (t.LABEL, t.SURFACE):
            for quad in self.graph.quads_for_pattern(None, predicate, term):
                if ox.Quad(quad.subject, t.NAMES, self.entity) in self.graph and self._elsewhere(quad):
                    return True
        return False

    def _elsewhere(self, mention: ox.Quad) -> bool:
        return ox.Quad(mention.subject, t.DERIVED_FROM, self.post) not in self.graph


def _original(post: ox.NamedNode, original: str) -> ox.Quad:
    return ox.Quad(post, t.ORIGINAL, t.text_term(original))


_WORDING = (t.TEXT, t.LINK)
"""What the words of a post depend on."""


def _identity(node: ox.NamedNode, names: Names | None) -> dict[ox.Quad, None]:
    return dict.fromkeys(names.quads(node)) if names else {}


_TRUE = ox.Literal("true", datatype=t.BOOLEAN)


def _own_quads(graph: ox.Store, post: ox.NamedNode) -> Iterator[ox.Quad]:
    yield from graph.quads_for_pattern(post, None, None)
    for quad in list(graph.quads_for_pattern(None, t.DERIVED_FROM, post)):
        yield from graph.quads_for_pattern(quad.subject, None, None)


def _claims(quads: Iterable[ox.Quad]) -> int:
    return sum(quad.predicate == t.TYPE and quad.object == t.CLAIM for quad in quads)


def _by_subject(quads: Iterable[ox.Quad], cls: ox.NamedNode) -> Iterator[dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]]:
    """Statements of every node of a class, as predicate to objects."""
    nodes: dict[object, dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]] = {}
    for quad in quads:
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            nodes.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    yield from (node for node in nodes.values() if cls in node.get(t.TYPE, []))


def _facts(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The direct triples of claims that are not hedged."""
    claims = [claim for claim in _by_subject(quads, t.CLAIM) if _TRUE not in claim.get(t.HEDGED, [])]
    return {_quad(claim[t.SUBJECT][0], claim[t.PREDICATE][0], claim[t.OBJECT][0]) for claim in claims}


def _quad(s: ox.NamedNode | ox.Literal, p: ox.NamedNode | ox.Literal, o: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(ox.NamedNode(s.value), ox.NamedNode(p.value), o)


def _names_of_mentions(quads: Iterable[ox.Quad]) -> EntityStates:
    found: EntityStates = {}
    for mention in _by_subject(quads, t.MENTION):
        names = {term.value for term in mention.get(t.LABEL, [])}
        forms = {term.value for term in mention.get(t.SURFACE, [])}
        found[ox.NamedNode(mention[t.NAMES][0].value)] = Names(t.MENTION, names, forms)
    return found


def _read_names(graph: ox.Store, node: ox.NamedNode) -> Names | None:
    """What the graph calls an entity; None when it does not know it."""
    types = [q.object for q in graph.quads_for_pattern(node, t.TYPE, None) if isinstance(q.object, ox.NamedNode)]
    if not types:
        return None
    names, forms = (
        {q.object.value for q in graph.quads_for_pattern(node, p, None) if isinstance(q.object, ox.Literal)}
        for p in (t.LABEL, t.ALT_LABEL)
    )
    return Names(types[0], names, forms)


def _ground(quads: Iterable[ox.Quad]) -> str:
    """Statements as SPARQL data; the terms write themselves, with everything escaped."""
    return "\n".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in quads)
