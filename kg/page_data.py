"""What a page knows: a part of a graph as plain JSON, names fit to be shown, links safe to be followed, positions computed.

Two pieces, because a page needs the first at once and the second when somebody clicks. All numbers that point somewhere are
places in a list, counted from 0. ``graph_data`` makes the first::

    total       int        nodes there are; a part may hold fewer
    around      int|null   the node in the middle
    types       [{name, labels: {en, ru}, comment, color, shape}]        the most used first
    predicates  [{name, labels: {en, ru}, comment, value, compared}]     value: whether its objects are values; compared: in
                which posts can contradict each other, "value" or "score", or ""
    channels    [str]                                                    the most used first
    nodes       {key: [str], name: [str], type: [int], size: [px], aliases: [[node, [str]], ...], listed: [[node, [str]], ...]}
                aliases stand in posts, listed ones only in the name lists: the search field knows both
    posts       {day: ["2024-05-13" | "2024" | ""], channel: [int, -1 when unknown]}
    facts       {subject: [int], predicate: [int], object: [int, -1 for a value], value: [[fact, str, datatype], ...],
                 qualifiers: [[fact, {score, metric, ...}], ...], support: [int], hedged: [fact, ...], claims: [int]}
    claims      [int]      the post of each claim; those of fact 0 first, ``facts.claims`` says how many each fact has
    pictures    [{count, positions: [x, y, x, y, ...]}]    ready-made pictures of the first ``count`` nodes, the smallest first

and ``evidence_data`` the second, with posts and claims in the same order::

    posts       {id: [str], url: [str, empty unless http(s)]}
    quotes      [[before, quote, after], ...]                            the quoted words and what stands around them
    claims      {quote: [int], confidence: [0..1]}

The page asks an object called ``loader`` for them (``page/loader.js``), and would as well be content with one that fetches:
``graph()`` and ``evidence()`` promise the pieces above. A loader may know more than it gave; then it also has ``around(key)``,
``find(text)`` and ``path(from, to)``, which promise ``{graph, evidence}`` of a further part, or null. The page adds parts to
what it has: nodes are the same when their keys are, facts when all they say is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.extract.names import read_names
from kg.layout import layout
from kg.model import Entity
from kg.page_text import plain, quotation, safe_url, shown
from kg.view import Fact, View
from kg.vocabulary import EntityType, Relation, Vocabulary

_GROWTH = 4
"""Each "More" shows so many times more nodes, as long as that is no more than half of them."""
_LARGEST = 10_000
"""Beyond this there is only the picture of everything."""


def node_sizes(view: View) -> list[float]:
    """Radius of each node in pixels: the better connected, the bigger, and the best of a big graph stand out."""
    degrees = [0] * len(view.nodes)
    for pair in view.links():
        for node in pair:
            degrees[node] += 1
    most = max(degrees, default=0) or 1
    return [round(6.0 + min(2.4 * degree**0.5, 22.0 * (degree / most) ** 0.5), 1) for degree in degrees]


def pictures(view: View, sizes: list[float]) -> list[dict[str, Any]]:
    """The pictures from core to all, each with its own positions: ``x, y`` of the first ``count`` nodes, one after another."""
    counts = [view.core]
    while counts[-1] * _GROWTH * 2 <= len(view.nodes) and 0 < counts[-1] * _GROWTH <= _LARGEST:
        counts.append(counts[-1] * _GROWTH)
    if counts[-1] < len(view.nodes):
        counts.append(len(view.nodes))
    links = view.links()
    found = []
    for count in counts:
        inside = [pair for pair in links if pair[1] < count]
        spacing = 78.0 if count <= 80 else 64.0 if count <= 400 else 56.0
        points = layout(count, inside, radii=sizes[:count], spacing=spacing)
        found.append({"count": count, "positions": [round(value) for point in points for value in point]})
    return found


def graph_data(view: View, vocabulary: Vocabulary, *, positions: bool = True) -> dict[str, Any]:
    """All of the page but the evidence, in the shape told above; without ``positions`` there are no ready-made pictures."""
    types = _by_frequency(vocabulary.types, (node.type for node in view.nodes))
    predicates = _by_frequency(vocabulary.relations, (fact.predicate for fact in view.facts))
    named = Counter(shown(source.channel) for source in view.sources.values() if shown(source.channel))
    channels = sorted(named, key=lambda name: (-named[name], name))
    kinds, channel_of = {name: i for i, name in enumerate(types)}, {name: i for i, name in enumerate(channels)}
    place = {node.key: i for i, node in enumerate(view.nodes)}
    post = {name: i for i, name in enumerate(view.sources)}
    sizes = node_sizes(view)
    return {
        "total": view.total,
        "around": place.get(view.around),
        "types": [_type(vocabulary.types[name]) for name in types],
        "predicates": [_predicate(vocabulary.relations[name]) for name in predicates],
        "channels": channels,
        "nodes": {
            "key": [node.key for node in view.nodes],
            "name": [shown(node.name) for node in view.nodes],
            "type": [kinds[node.type] for node in view.nodes],
            "size": sizes,
            "aliases": [[i, [shown(a) for a in node.aliases]] for i, node in enumerate(view.nodes) if node.aliases],
            "listed": _listed(view.nodes),
        },
        "posts": {
            "day": [source.day for source in view.sources.values()],
            "channel": [channel_of.get(shown(source.channel), -1) for source in view.sources.values()],
        },
        "facts": _facts(view.facts, place, {name: i for i, name in enumerate(predicates)}),
        "claims": [post[said.claim.evidence.post] for fact in view.facts for said in fact.claims],
        "pictures": pictures(view, sizes) if positions else [],
    }


def evidence_data(view: View) -> dict[str, Any]:
    """Who says so: claims as places in a table of quotations, each once, and the posts they are from."""
    quotes: dict[tuple[str, str, str], int] = {}
    claims = [said for fact in view.facts for said in fact.claims]
    places = []
    for said in claims:
        evidence = said.claim.evidence
        text = view.sources[evidence.post].text
        # A graph may be without the text of its posts; the quoted words it always has.
        held = text[evidence.start : evidence.end] == said.sentence
        quote = quotation(text, evidence.start, evidence.end) if held else ("", plain(said.sentence).strip(), "")
        places.append(quotes.setdefault(quote, len(quotes)))
    posts = view.sources.values()
    return {
        "posts": {"id": [shown(post.id) for post in posts], "url": [safe_url(post.url) for post in posts]},
        "quotes": list(quotes),
        "claims": {"quote": places, "confidence": [round(said.claim.confidence, 3) for said in claims]},
    }


def _listed(nodes: Iterable[Entity]) -> list[tuple[int, list[str]]]:
    """What the name lists call these nodes besides: somebody looks for "гугл" though every post writes "Google"."""
    known = _known_aliases()
    return [(i, list(known[node.type, node.name])) for i, node in enumerate(nodes) if (node.type, node.name) in known]


@cache
def _known_aliases() -> dict[tuple[str, str], tuple[str, ...]]:
    paths = sorted(Path(str(path)) for path in (files("kg") / "schemas").iterdir() if path.name.startswith("names-"))
    return {(name.type, name.name): tuple(aliases) for path in paths for name, aliases in read_names(path) if aliases}


def _facts(facts: Iterable[Fact], place: Mapping[str, int], predicates: Mapping[str, int]) -> dict[str, Any]:
    facts = list(facts)
    return {
        "subject": [place[fact.subject] for fact in facts],
        "predicate": [predicates[fact.predicate] for fact in facts],
        "object": [-1 if fact.datatype else place[fact.object] for fact in facts],
        "value": [[i, _value(fact), fact.datatype] for i, fact in enumerate(facts) if fact.datatype],
        "qualifiers": [[i, _qualifiers(fact)] for i, fact in enumerate(facts) if fact.qualifiers],
        "support": [fact.support for fact in facts],
        "hedged": [i for i, fact in enumerate(facts) if fact.hedged],
        "claims": [len(fact.claims) for fact in facts],
    }


def _value(fact: Fact) -> str:
    return safe_url(fact.object) if fact.datatype == "anyURI" else shown(fact.object)


def _qualifiers(fact: Fact) -> dict[str, Any]:
    return {name: shown(value) if isinstance(value, str) else value for name, value in fact.qualifiers}


def _by_frequency(known: Iterable[str], used: Iterable[str]) -> list[str]:
    """Names, the most used first."""
    counted = Counter(used)
    return sorted(known, key=lambda name: (-counted[name], name))


def _type(kind: EntityType) -> dict[str, Any]:
    color = kind.color if re.fullmatch(r"#[0-9A-Fa-f]{6}", kind.color) else "#888888"
    labels = _labels(kind.labels, kind.name)
    return {"name": kind.name, "labels": labels, "comment": kind.comment, "color": color, "shape": kind.drawn_as}


def _predicate(relation: Relation) -> dict[str, Any]:
    compared = "value" if relation.range and relation.range <= {"integer", "decimal", "date"} else ""
    return {
        "name": relation.name,
        "labels": _labels(relation.labels, relation.name),
        "comment": relation.comment,
        "value": relation.to_value,
        "compared": "score" if "score" in relation.qualifiers else compared,
    }


def _labels(labels: Mapping[str, str], name: str) -> dict[str, str]:
    return {lang: labels.get(lang) or labels.get("en") or name for lang in ("en", "ru")}
