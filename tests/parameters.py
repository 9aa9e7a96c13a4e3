"""What to ask a graph: several choices of parameters for every question, taken from what the graph has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.columns import all_entities
from kg.store import Store
from kg.terms import entity_iri, entity_key

Choice = tuple[str, dict[str, Any]]
PERIODS: tuple[dict[str, Any], ...] = (
    {"since": "2024"}, {"until": "2024-03"}, {"since": "2023-05-10", "until": "2024-06"}, {"min_support": 2},
    {"min_confidence": 0.8}, {"limit": 7}, {"limit": 1000},
)  # fmt: skip
_MOST = """SELECT ?e (COUNT(?m) AS ?count) { ?e a kg:%s . ?m kg:names ?e } GROUP BY ?e ORDER BY DESC(?count) STR(?e)"""


def entities_of(store: Store, kind: str, count: int = 4) -> list[str]:
    """Keys of so many entities of a type, from the most to the least mentioned, and of one with an odd name."""
    found = [store_key(store, str(row[0].value)) for row in store.query(_MOST % kind)]  # type: ignore[union-attr]
    step = max(1, (len(found) - 1) // max(1, count - 1))
    odd = [key for key in found if not key.replace("-", "").replace("/", "").isalnum()][:1]
    return list(dict.fromkeys([*found[::step][:count], *found[-1:], *odd]))


def store_key(store: Store, iri: str) -> str:
    """The key of an entity."""
    return entity_key(iri, store.base)


def choices(store: Store) -> Iterator[Choice]:
    """Question and parameters, some twenty for each question."""
    named = {
        kind: entities_of(store, kind)
        for kind in ("Model", "Organization", "Benchmark", "Hardware", "Software", "Person", "Dataset", "Event")
    }
    anything = [key for keys in named.values() for key in keys[:2]]
    for question, parameter, kinds in (
        ("models-by-organization", "organization", ("Organization", "Person")),
        ("organization-portfolio", "organization", ("Organization", "Person")),
        ("model-card", "model", ("Model", "Software")),
        ("leaderboard", "benchmark", ("Benchmark",)),
        ("benchmarks-of", "model", ("Model",)),
        ("hardware-users", "hardware", ("Hardware",)),
        ("outperforms", "model", ("Model",)),
    ):
        keys = [key for kind in kinds for key in named[kind]]
        yield from ((question, {parameter: key}) for key in keys)
        yield from ((question, {parameter: key, **period}) for period in PERIODS for key in keys[:2])
    yield from (
        ("leaderboard", {"benchmark": key, "metric": metric})
        for key in named["Benchmark"][:2]
        for metric in ("ACCURACY", "wer", "no")
    )
    yield from (("hardware-users", {"hardware": key, "phase": "Training"}) for key in named["Hardware"])
    for key in [*named["Model"], *named["Software"]]:
        yield from (
            ("lineage", {"entity": key, **more})
            for more in ({}, {"depth": 1}, {"depth": 3, "limit": 1000}, {"depth": 0}, {"min_confidence": 0.8})
        )
        yield "shared-hardware", {"model": key, "limit": 500}
        yield "shared-hardware", {"model": key, "min_confidence": 0.95}
    for key in named["Hardware"]:
        yield "shared-hardware", {"hardware": key}
        yield "shared-hardware", {"hardware": key, "model": named["Model"][0]}
    for key in anything:
        yield "timeline", {"entity": key}
        yield "timeline", {"entity": key, "since": "2024-02", "until": "2025"}
        yield "timeline", {"entity": key, "min_confidence": 0.95}
        for more in ({}, {"type": "Model"}, {"min_support": 2}, {"min_support": 0, "limit": 1000}, {"min_confidence": 0.95}):
            yield "related", {"entity": key, **more}
        yield from (("conflicts", {"entity": key, **more}) for more in ({}, {"min_support": 2}, {"min_confidence": 0.8}))
        yield "sources", {"entity": key}
        yield "sources", {"entity": key, "min_confidence": 0.8}
        yield "evidence", {"subject": key}
        yield "evidence", {"object": key, "since": "2024"}
    for subject in named["Model"]:
        yield from (("evidence", {"subject": subject, "predicate": p}) for p in ("evaluated_on", "parameter-count", "runs_on"))
        yield "evidence", {"subject": subject, "object": named["Organization"][0], "predicate": "developed_by"}
        yield "evidence", {"subject": subject, "object": named["Benchmark"][0], "min_confidence": 0.6}
    yield from (("evidence", {"predicate": p, "limit": 300}) for p in ("described_in", "released_on", "evaluated_on"))
    yield from (("conflicts", more) for more in ({}, {"limit": 2000}, {"min_support": 2, "limit": 2000}, {"min_confidence": 0.9}))
    yield from (("sources", more) for more in ({}, {"min_confidence": 0.8}))
    for since, until in (("2024-02-01", "2024-02-29"), ("2025-01-01", "2025-12-31"), ("2024-03", "2024-04"), ("2023", "2023")):
        yield from (
            ("trending", {"since": since, "until": until, **more})
            for more in ({}, {"type": "Benchmark"}, {"min_support": 3, "limit": 1000}, {"min_confidence": 0.95, "limit": 1000})
        )
    for kind in ("Model", "Dataset", "Organization"):
        yield from (
            ("gaps", {"type": kind, "missing": p, **more})
            for p in ("developed_by", "runs_on", "released_on")
            for more in ({"limit": 1000}, {"min_support": 3}, {"min_confidence": 0.95})
        )
    yield "gaps", {}


def names(store: Store) -> list[str]:
    """What people may write: labels, aliases, keys, IRIs, other spellings, and what names nothing."""
    found = list(all_entities(store).values())[:: max(1, len(all_entities(store)) // 40)]
    spelled = [form for entity in found for form in (entity.name, *entity.aliases)]
    others = [*(form.upper() for form in spelled[::3]), *(form.replace("-", " ") for form in spelled[::5])]
    keys = [form for entity in found[::3] for form in (entity.key, entity_iri(entity.key, store.base).value)]
    return [*spelled, *others, *keys, "no such thing", ""]
