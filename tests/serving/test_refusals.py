"""SPARQL that would ask other servers is refused, however it is written; and nothing else is."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.serving.refusals import refuse_network

ASKS = [
    "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
    "select*{service<http://a/>{?s ?p ?o}}",
    "SELECT * { SERVICE SILENT <http://a/> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://a/> { ?s ?p ?o } }",
    "SELECT * { SERVICE # <\n <http://a/> { ?s ?p ?o } }",
    "SELECT * { SERVICE#\r#x\nSILENT#y\n<http://a/> { ?s ?p ?o } }",
    "PREFIX : <http://a/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX p: <http://a/> SELECT * { SERVICE p:x { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <http://a/> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <http://a/> } SERVICE $u { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1 SERVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1.SERVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a'SERVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { SERVIC\\U00000045 <http://a/> { ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://a/> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <http://a/> { ?s ?p ?o } } } }",
    "ASK { SERVICE <http://a/> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://a/> { ?s ?p ?o } }",
]
DOES_NOT = [
    "SELECT ?service { ?service ?p ?o }",
    "SELECT ?service { ?service <http://a/p> ?service }",
    "SELECT * { ?s rdfs:label 'customer service' }",
    "SELECT * { ?s rdfs:comment 'The service is down' }",
    "SELECT * { ?s <http://a/service> ?o } # service",
    'SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), "Service")) }',
]


@pytest.mark.parametrize("query", ASKS)
def test_other_servers_are_not_asked(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE asks another server"):
        refuse_network(query)


@pytest.mark.parametrize("query", DOES_NOT)
def test_other_words_may_be_used(query: str) -> None:
    refuse_network(query)
    ox.Store().query(query, prefixes={"rdfs": "http://www.w3.org/2000/01/rdf-schema#"})
