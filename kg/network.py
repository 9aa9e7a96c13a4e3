"""The graph as a networkx graph, for everything that networkx can count: centrality, paths, communities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.columns import Said, Source, all_claims, all_entities, sources
from kg.model import Entity, Value
from kg.store import Store

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(store: Store, min_confidence: float = 0.0) -> nx.MultiDiGraph[str]:
    """One node per entity, one edge per claim at least so sure (its key is the claim's id), as ``networkx.MultiDiGraph``.

    Nodes have ``type``, ``name``, ``aliases`` (a tuple). A value is a node too, of type ``integer``, ``date`` or ``anyURI``.
    Edges have ``predicate``, the qualifiers, ``confidence`` (0-1), ``sentence``, ``start`` and ``end`` (characters from 0),
    ``post``, ``url``, ``date``, ``channel``, ``extractor``; what a post does not say is an empty string.

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


def _attributes(said: Said, source: Source) -> dict[str, Value]:
    claim = said.claim
    return {
        "predicate": claim.predicate, **claim.qualifiers, "confidence": claim.confidence, "sentence": said.sentence,
        "start": claim.evidence.start, "end": claim.evidence.end, "post": claim.evidence.post,
        "url": source.url, "date": source.day, "channel": source.channel, "extractor": claim.extractor,
    }  # fmt: skip
