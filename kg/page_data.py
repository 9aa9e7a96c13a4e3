"""What a page knows: a view as plain JSON, names fit to be shown, links safe to be followed, positions computed.

Facts and evidence are two separate pieces, since a page needs the first at once and the second when somebody clicks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from kg.layout import layout
from kg.view import Fact, View
from kg.vocabulary import EntityType, Relation, Vocabulary

LABEL = 36
"""Characters of a name in the picture; the panel has all of it."""
_NAME = 300
_GROWTH = 4
"""Each "More" shows so many times more nodes, as long as that is no more than half of them."""
# Characters that turn the direction of text, and controls: they can make one name look like another.
_DECEPTIVE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_SPACE = re.compile(r"\s+")


def shown(text: str, length: int = _NAME) -> str:
    """A name fit to be shown: on one line, no hidden characters, clipped.

    >>> shown("GPT\\u202e-4\\n turbo", 9)
    'GPT-4 tu…'
    """
    clean = _SPACE.sub(" ", _DECEPTIVE.sub("", text)).strip()
    return clean if len(clean) <= length else clean[: length - 1] + "…"


def safe_url(url: str) -> str:
    """The address if it leads to the web, else nothing.

    >>> safe_url("https://t.me/ai/1"), safe_url("javascript:alert(1)")
    ('https://t.me/ai/1', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def node_sizes(view: View) -> list[float]:
    """Radius of each node in pixels: the better connected, the bigger."""
    degrees = [0] * len(view.nodes)
    for pair in view.links():
        for node in pair:
            degrees[node] += 1
    return [round(min(6.0 + 2.4 * degree**0.5, 28.0), 1) for degree in degrees]


def levels(view: View, sizes: list[float]) -> list[dict[str, Any]]:
    """The pictures from core to all, each with its own positions: ``x, y`` of the first ``count`` nodes, one after another."""
    counts = [view.core]
    while counts[-1] * _GROWTH * 2 <= len(view.nodes) and view.core:
        counts.append(counts[-1] * _GROWTH)
    if counts[-1] < len(view.nodes):
        counts.append(len(view.nodes))
    links = view.links()
    found = []
    for count in counts:
        inside = [pair for pair in links if pair[1] < count]
        spacing = 78.0 if count <= 80 else 64.0 if count <= 400 else 56.0
        points = layout(count, inside, radii=sizes[:count], spacing=spacing)
        found.append({"count": count, "positions": [value for point in points for value in point]})
    return found


def link_facts(view: View) -> list[tuple[int, int, list[int]]]:
    """Each pair of joined nodes with the facts between them: subject of the first fact, object of it, places of all."""
    place = {node.key: i for i, node in enumerate(view.nodes)}
    found: dict[tuple[int, int], tuple[int, int, list[int]]] = {}
    for i, fact in enumerate(view.facts):
        if not fact.datatype and fact.subject != fact.object:
            a, b = place[fact.subject], place[fact.object]
            found.setdefault((min(a, b), max(a, b)), (a, b, []))[2].append(i)
    return [found[pair] for pair in sorted(found)]


def graph_data(
    view: View, vocabulary: Vocabulary, words: Mapping[str, Any], lang: str, network: Mapping[str, Any]
) -> dict[str, Any]:
    """All of the page but the evidence. ``network`` is what pyvis made: nodes, edges, options."""
    types = _by_frequency(vocabulary.types, (node.type for node in view.nodes))
    predicates = _by_frequency(vocabulary.relations, (fact.predicate for fact in view.facts))
    place = {node.key: i for i, node in enumerate(view.nodes)}
    kinds = {name: i for i, name in enumerate(types)}
    claims = iter(range(sum(len(fact.claims) for fact in view.facts)))
    return {
        "words": words,
        "total": view.total,
        "around": place.get(view.around),
        "types": [_type(vocabulary.types[name], lang) for name in types],
        "predicates": [_predicate(vocabulary.relations[name], lang) for name in predicates],
        "nodes": [[n.key, shown(n.name), kinds[n.type], [shown(alias) for alias in n.aliases]] for n in view.nodes],
        "facts": [_fact(fact, place, predicates, [next(claims) for _ in fact.claims]) for fact in view.facts],
        "links": link_facts(view),
        "levels": levels(view, [node["size"] for node in network["nodes"]]),
        "network": network,
    }


def _by_frequency(known: Iterable[str], used: Iterable[str]) -> list[str]:
    """Names, the most used first."""
    counted = Counter(used)
    return sorted(known, key=lambda name: (-counted[name], name))


def _type(kind: EntityType, lang: str) -> dict[str, Any]:
    label = _label(kind.labels, kind.name, lang)
    return {"name": kind.name, "label": label, "color": _color(kind.color), "shape": kind.drawn_as, "comment": kind.comment}


def _predicate(relation: Relation, lang: str) -> dict[str, Any]:
    label = _label(relation.labels, relation.name, lang)
    return {"name": relation.name, "label": label, "comment": relation.comment, "value": relation.to_value}


def evidence_data(view: View) -> dict[str, Any]:
    """Who says so: claims as places in a table of sentences and one of posts, each sentence and post once."""
    posts = {post: i for i, post in enumerate(view.sources)}
    sentences: dict[str, int] = {}
    claims = [
        [sentences.setdefault(_sentence(said.sentence), len(sentences)), posts[said.claim.evidence.post], said.claim.confidence]
        for fact in view.facts
        for said in fact.claims
    ]
    sources = [[shown(s.id), safe_url(s.url), s.day, shown(s.channel)] for s in view.sources.values()]
    return {"sentences": list(sentences), "posts": sources, "claims": claims}


def _fact(fact: Fact, place: dict[str, int], predicates: list[str], claims: list[int]) -> list[Any]:
    value = safe_url(fact.object) if fact.datatype == "anyURI" else shown(fact.object) if fact.datatype else None
    qualifiers = {name: shown(value) if isinstance(value, str) else value for name, value in fact.qualifiers}
    return [
        place[fact.subject], predicates.index(fact.predicate), None if fact.datatype else place[fact.object],
        value, fact.datatype, qualifiers, fact.support, fact.confidence, fact.hedged, claims,
    ]  # fmt: skip


def _sentence(text: str) -> str:
    return _DECEPTIVE.sub("", text).strip()


def _label(labels: Mapping[str, str], name: str, lang: str) -> str:
    return labels.get(lang) or labels.get("en") or name


def _color(color: str) -> str:
    """A colour out of somebody's Turtle file, or grey."""
    return color if re.fullmatch(r"#[0-9A-Fa-f]{6}", color) else "#888888"
