"""The graph as a networkx graph, for everything that networkx can count: centrality, paths, communities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.columns import Said, Source, all_claims, all_entities, sources
from kg.engine import Engine
from kg.model import Entity, Value
from kg.records import Asked

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(store: Asked, min_confidence: float = 0.0) -> nx.MultiDiGraph[str]:
    """One node per entity, one edge per claim at least so sure (its key is the claim's id), as ``networkx.MultiDiGraph``.

    Nodes have ``type``, ``name``, ``aliases`` (a tuple). A value is a node too, of type ``integer``, ``date`` or ``anyURI``.
    Edges have ``predicate``, the qualifiers, ``confidence`` (0-1), ``sentence``, ``start`` and ``end`` (characters from 0),
    ``post``, ``url``, ``date``, ``channel``, ``extractor``; what a post does not say is an empty string.

    >>> from kg.store import Store
    >>> to_networkx(Store.memory()).number_of_nodes()
    0
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    entities = all_entities(store)
    for key, entity in entities.items():
        graph.add_node(key, type=entity.type, name=entity.name, aliases=entity.aliases)
    claims = all_claims(store, entities, min_confidence)
    posts = sources(store, {said.claim.evidence.post for said in claims})
    for said in claims:
        target = said.claim.object
        if isinstance(target, Entity):
            node = target.key
        else:
            node = f"{target.datatype}/{target.value}"
            graph.add_node(node, type=target.datatype, name=target.value, aliases=())
        graph.add_edge(said.claim.subject.key, node, key=said.id, **_attributes(said, posts[said.claim.evidence.post]))
    return graph


def engine_to_networkx(engine: Engine, min_confidence: float = 0.0) -> nx.MultiDiGraph[str]:
    """The same graph, read through an engine: a Bolt server, or the embedded index."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for labels, key, name, aliases in engine.run(_ENTITIES).rows:
        graph.add_node(key, type=next(label for label in labels if label != "Entity"), name=name, aliases=tuple(aliases))
    values = {key: (name, datatype) for key, name, datatype in engine.run(_LITERALS).rows}
    for subject, target, predicate, claim, *columns in engine.run(_CLAIMS, {"min_confidence": min_confidence}).rows:
        if target in values:
            name, datatype = values[target]
            graph.add_node(target, type=datatype, name=name, aliases=())
        said = dict(zip(_CLAIM_COLUMNS, columns, strict=True))
        qualifiers = {name: said[name] if said[name] is not None else said.get(f"{name}_text") for name in _QUALIFIERS}
        kept: dict[str, Value] = {name: _whole(value) for name, value in qualifiers.items() if value is not None}
        if said["hedged"]:
            kept["hedged"] = True
        plain = {name: said[column] if said[column] is not None else "" for name, column in _RENAMED.items()}
        graph.add_edge(subject, target, key=claim.removeprefix("claim/"), predicate=predicate, **kept, **plain)
    return graph


def _whole(value: Value) -> Value:
    return int(value) if isinstance(value, float) and value.is_integer() else value


_QUALIFIERS = ("score", "metric", "rank", "phase", "count")
_RENAMED = {
    "confidence": "confidence", "sentence": "sentence", "start": "char_start", "end": "char_end", "post": "post",
    "url": "post_url", "date": "date", "channel": "channel", "extractor": "extractor",
}  # fmt: skip
"""Attributes of edges by the property they come from."""
_CLAIM_COLUMNS = ("hedged", *_QUALIFIERS, "score_text", "rank_text", "count_text", *_RENAMED.values())
_ENTITIES = "MATCH (n:Entity) RETURN labels(n) AS labels, n.id AS id, n.name AS name, n.aliases AS aliases ORDER BY id"
_LITERALS = "MATCH (n:Literal) RETURN n.id AS id, n.name AS name, n.datatype AS datatype ORDER BY id"
_CLAIMS = (
    "MATCH (s:Entity)-[r]->(o) WHERE r.id STARTS WITH 'claim/' AND r.confidence >= $min_confidence "
    "RETURN s.id AS s, o.id AS o, toLower(type(r)) AS predicate, r.id AS id, "
    f"{', '.join(f'r.{name} AS {name}' for name in _CLAIM_COLUMNS)} ORDER BY r.post, r.char_start, r.char_end, id"
)


def _attributes(said: Said, source: Source) -> dict[str, Value]:
    claim = said.claim
    return {
        "predicate": claim.predicate, **claim.qualifiers, "confidence": claim.confidence, "sentence": said.sentence,
        "start": claim.evidence.start, "end": claim.evidence.end, "post": claim.evidence.post,
        "url": source.url, "date": source.day, "channel": source.channel, "extractor": claim.extractor,
    }  # fmt: skip
