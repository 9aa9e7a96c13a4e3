"""The graph as JSON-LD, in the words of ``schemas/context.jsonld``: JSON for those who want JSON, RDF for those who want RDF.

Written node by node as it is read: libraries build the whole document in memory and do not promise an order.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg import terms as t
from kg.export_rdf import sorted_quads
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """A JSON-LD context, read backwards: from IRIs to the words for them."""

    prefixes: dict[str, str]
    """Prefix to namespace."""
    words: dict[str, tuple[str, str]]
    """IRI of a property to its word and what its values are: the IRI of a datatype, ``@id``, or empty when each one says so."""

    def short(self, iri: str) -> str:
        """An IRI with a prefix where there is one: ``kg:Model``."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri


@cache
def context_text() -> str:
    """The file ``schemas/context.jsonld``."""
    return (files("kg") / "schemas" / "context.jsonld").read_text(encoding="utf-8")


@cache
def load_context() -> Context:
    """The context in a form to write with.

    >>> load_context().short("https://postkg.example/ns#Model")
    'kg:Model'
    """
    entries: dict[str, Any] = json.loads(context_text())["@context"]
    prefixes = {name: value for name, value in entries.items() if isinstance(value, str) and value.endswith(("/", "#"))}

    def whole(name: str) -> str:
        prefix, _, rest = name.partition(":")
        return prefixes[prefix] + rest if prefix in prefixes else name

    words = {}
    for name, value in entries.items():
        if name in prefixes or name.startswith("@") or value in ("@id", "@type"):
            continue
        expanded = {"@id": value} if isinstance(value, str) else value
        if isinstance(expanded, dict):
            words[whole(expanded["@id"])] = (name, whole(expanded.get("@type", "")))
    return Context(prefixes, words)


def write_jsonld(store: Store, out: BinaryIO, *, min_confidence: float = 0.0) -> None:
    """A document with the context inside and one line per node, sorted by identifier."""
    context = load_context()
    entries = json.loads(context_text())["@context"]
    out.write(b'{"@context": ' + json.dumps(entries, ensure_ascii=False).encode() + b',\n"@graph": [')
    separator = b"\n"
    for _, quads in groupby(sorted_quads(store, min_confidence=min_confidence), key=lambda quad: quad.subject):
        out.write(separator + json.dumps(_node(list(quads), context), ensure_ascii=False).encode())
        separator = b",\n"
    out.write(b"\n]}\n")


def _node(quads: list[ox.Quad], context: Context) -> dict[str, Any]:
    subject = quads[0].subject
    node: dict[str, Any] = {"id": subject.value if isinstance(subject, ox.NamedNode) else str(subject)}
    for predicate, group in groupby(quads, key=lambda quad: quad.predicate):
        objects = [quad.object for quad in group]
        if predicate == t.TYPE:
            word, values = "type", [context.short(_iri(kind)) for kind in objects]
        else:
            word, coerced = context.words.get(predicate.value, (predicate.value, ""))
            values = [_value(target, coerced, context) for target in objects]
        node[word] = values[0] if len(values) == 1 else values
    return node


def _value(target: object, coerced: str, context: Context) -> Any:
    if not isinstance(target, ox.Literal):
        # A predicate as value is short; what a post names keeps its whole IRI, which may hold any character.
        iri = _iri(target)
        written = context.short(iri) if iri in context.words else iri
        return written if coerced == "@id" else {"id": written}
    if target.language:
        return {"@value": target.value, "@language": target.language}
    datatype = target.datatype.value
    if datatype == coerced or (datatype == t.STRING.value and not coerced):
        # Numbers too are written as text, which the context types: JSON readers may round large ones.
        return target.value
    return {"@value": target.value, "@type": context.short(datatype)}


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)
