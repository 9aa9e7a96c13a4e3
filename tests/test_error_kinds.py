"""Kinds of errors: one row a kind, with the smallest pair of documents that shows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.commands.score import score as command
from kg.error_kinds import error_kinds
from kg.score import score

ORION: dict[str, Any] = {"name": "Orion-7", "type": "Model", "surfaces": ["Orion-7", "Орион-7"]}
LYRA: dict[str, Any] = {"name": "Lyra", "type": "Model"}
ACME: dict[str, Any] = {"name": "Acme", "type": "Organization"}
MMLU: dict[str, Any] = {"name": "MMLU", "type": "Benchmark"}
MADE = ("Orion-7", "developed_by", "Acme")
CODE = ("Orion-7", "has_code", "https://github.com/a/b")


def doc(entities: list[dict[str, Any]], *triples: tuple[Any, ...]) -> dict[str, Any]:
    made = [{"s": t[0], "p": t[1], "o": t[2], **({"q": {"score": t[3]}} if len(t) > 3 else {})} for t in triples]
    return {"id": "1", "lang": "en", "text": "", "entities": entities, "triples": made}


ALL = [ORION, LYRA, ACME, MMLU]
KINDS = [
    # gold, predicted, the kinds with how many
    (doc(ALL, MADE), doc([ORION]), {("missed", "object: name not found"): 1}),
    (doc(ALL, MADE), doc([ACME]), {("missed", "subject: name not found"): 1}),
    (doc(ALL, MADE), doc(ALL), {("missed", "not claimed"): 1}),
    (doc(ALL), doc(ALL, MADE), {("extra", "not said"): 1}),
    (doc([ACME]), doc(ALL, MADE), {("extra", "subject: no name of the post"): 1}),
    (
        doc(ALL, MADE), doc([{"name": "Orion-7 beta", "type": "Model"}, ACME], ("Orion-7 beta", "developed_by", "Acme")),
        {("missed", "subject: name cut otherwise"): 1, ("extra", "subject: name cut otherwise"): 1},
    ),
    (
        doc(ALL, MADE), doc([{**ORION, "type": "Software"}, ACME]),
        {("missed", "subject: type Software instead of Model"): 1},
    ),
    (doc([ORION, {**ACME, "type": "Model"}]), doc(ALL, MADE), {("extra", "object: wrong type"): 1}),
    (
        doc(ALL, ("Orion-7", "based_on", "Lyra")), doc(ALL, ("Orion-7", "outperforms", "Lyra")),
        {("missed", "another predicate"): 1, ("extra", "another predicate"): 1},
    ),
    (
        doc(ALL, ("Orion-7", "based_on", "Lyra")), doc(ALL, ("Lyra", "based_on", "Orion-7")),
        {("missed", "turned round"): 1, ("extra", "turned round"): 1},
    ),
    (
        doc(ALL, MADE), doc(ALL, ("Lyra", "developed_by", "Acme")),
        {("missed", "another subject"): 1, ("extra", "another subject"): 1},
    ),
    (
        doc(ALL, CODE), doc(ALL, ("Orion-7", "has_code", "https://github.com/c/d")),
        {("missed", "another object"): 1, ("extra", "another object"): 1},
    ),
    (
        doc(ALL, ("Orion-7", "evaluated_on", "MMLU", 88)), doc(ALL, ("Orion-7", "evaluated_on", "MMLU", 91)),
        {("missed", "another score"): 1, ("extra", "another score"): 1},
    ),
    (
        doc(ALL, MADE), doc([ORION, {"name": "Орион-7", "type": "Model"}, ACME], MADE, ("Орион-7", "developed_by", "Acme")),
        {("extra", "said twice"): 1},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "predicted", "expected"), KINDS)
def test_kind(gold: dict[str, Any], predicted: dict[str, Any], expected: dict[tuple[str, str], int]) -> None:
    found = error_kinds(score({"1": gold}, {"1": predicted}), {"1": gold}, {"1": predicted})
    assert {(kind.side, kind.kind): len(kind.cases) for kind in found} == expected


def test_every_error_has_one_kind() -> None:
    gold, predicted = doc(ALL, MADE, CODE), doc(ALL, ("Lyra", "based_on", "Orion-7"))
    scores = score({"1": gold}, {"1": predicted})
    kinds = error_kinds(scores, {"1": gold}, {"1": predicted})
    assert sum(len(kind.cases) for kind in kinds) == len(scores.missed) + len(scores.extra) == 3


def test_command(tmp_path: Path) -> None:
    files = []
    for name, document in (("gold", doc(ALL, MADE)), ("found", doc([ORION]))):
        files.append(tmp_path / f"{name}.jsonl")
        files[-1].write_text(json.dumps(document) + "\n", encoding="utf-8")
    result = CliRunner().invoke(command, [*map(str, files), "--kinds"])
    assert "object: name not found" in result.output and "1: Orion-7 developed_by Acme" in result.output
    result = CliRunner().invoke(command, [*map(str, files), "--kinds", "--json"])
    assert json.loads(result.output)["kinds"][0]["kind"] == "object: name not found"
