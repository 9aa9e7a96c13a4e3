"""The graph as GraphML, for Gephi, yEd, Cytoscape and networkx: one node per entity or value, one edge per claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, BinaryIO

from kg.model import Value
from kg.network import to_networkx
from kg.store import Store

# XML 1.0, section 2.2: characters that no XML document may have, not even escaped.
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(store: Store, out: BinaryIO, *, min_confidence: float = 0.0) -> None:
    """The network of ``to_networkx``, made of plain values: lists are joined by ``|``, what XML cannot hold becomes U+FFFD."""
    import networkx as nx

    network = to_networkx(store, min_confidence)
    # A column of GraphML has one type: a score of 89 is a number like 88.6.
    decimals = {name for name, qualifier in store.vocabulary.qualifiers.items() if qualifier.datatype == "decimal"}
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(network.nodes):
        plain.add_node(_clean(node), **_plain(network.nodes[node], decimals))
    for source, target, key in sorted(network.edges(keys=True)):
        plain.add_edge(_clean(source), _clean(target), key=key, **_plain(network.edges[source, target, key], decimals))
    for line in nx.generate_graphml(plain):
        out.write(line.encode() + b"\n")


def _plain(attributes: Mapping[str, Any], decimals: set[str]) -> dict[str, Value]:
    return {name: _scalar(value, name in decimals) for name, value in sorted(attributes.items())}


def _scalar(value: Any, decimal: bool) -> Value:
    if decimal and isinstance(value, int | float):
        return float(value)
    if isinstance(value, bool | int | float):
        return value
    return _clean("|".join(value) if isinstance(value, tuple | list) else str(value))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
