"""``kg score``: how good is the extraction, measured on annotated posts?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from kg.commands.options import confidence_option
from kg.commands.progress import Progress
from kg.commands.sources import extractor_options, make_extractor
from kg.error_kinds import error_kinds, rows_of
from kg.errors import InputError
from kg.matching import normal
from kg.model import Post
from kg.output import write_rows
from kg.score import CORE, Document, Scores, Tally, match_triples, read_documents, scored
from kg.score import score as compare

_GROUPS = ("source", "lang", "predicate")
_QUALIFIERS = ("score", "metric")
Documents = Mapping[str, Document]


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("predicted", metavar="[PRED]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", type=click.Choice(_GROUPS), help="One table alone: by source, language or predicate.")
@click.option("--errors", is_flag=True, help="List every triple that was missed or is too many, with the words that say so.")
@click.option("--kinds", is_flag=True, help="Count the errors by kind: name missed, cut otherwise, of another type, ...")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@confidence_option
@extractor_options
def score(
    gold: Path, predicted: Path | None, by: str | None, errors: bool, kinds: bool, as_json: bool, min_confidence: float,
    model: str | None, names: tuple[str, ...], ontology: tuple[str, ...], corrections: str | None,
) -> None:  # fmt: skip
    """Compare PRED, or what the extractor finds in the posts of GOLD, with GOLD.

    Both have one post a line: id, text, entities, triples (kg extract --format gold prints such lines). P is precision, R
    recall, F1 both together; CORE is developed_by, runs_on and evaluated_on. What GOLD marks "opt" counts neither way.
    """
    if predicted and min_confidence:
        raise click.UsageError(
            "--min-confidence goes without PRED: the triples of a file in the gold form have no confidence.\n"
            "Leave them out when the file is made: kg extract POSTS --format gold --min-confidence X"
        )
    annotated = read_documents(gold)
    if predicted:
        answers = read_documents(predicted)
    else:
        answers = extract_answers(annotated, gold, make_extractor(model, names, ontology, corrections), min_confidence)
    if not as_json:
        _print(annotated, answers, by, errors)
        if kinds:
            _print_kinds(annotated, answers)
        return
    found = measures(annotated, answers)
    if errors:
        scores = compare(annotated, answers)
        found |= {name: [{"id": post, **triple} for post, triple in getattr(scores, name)] for name in ("missed", "extra")}
    if kinds:
        names = ("side", "kind", "errors", "predicate", "example")
        found["kinds"] = [dict(zip(names, row, strict=True)) for row in _kinds(annotated, answers)]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def extract_answers(annotated: Documents, path: Path, extractor: Any, min_confidence: float = 0.0) -> dict[str, Document]:
    """What the extractor finds in the texts of the annotated posts, and is at least so sure of."""
    from kg.gold_form import gold_document

    answers: dict[str, Document] = {}
    with Progress("extracting") as progress:
        for number, (post, document) in enumerate(annotated.items(), 1):
            if not isinstance(document.get("text"), str):
                raise InputError(f"{path}: the post {post} has no text to extract from.\nOr give a file PRED to compare.")
            answers[post] = gold_document(
                extractor.extract(Post(post, document["text"], document.get("lang", ""))).sure(min_confidence)
            )
            progress.update(f"{number:,} posts")
    return answers


# ---------------------------------------------------------------- measures
def measures(annotated: Documents, answers: Documents) -> dict[str, Any]:
    """Every measure as plain data: by predicate (with CORE and ALL), entity type, language and source, and of qualifiers.

    >>> posts = {"1": {"lang": "en", "triples": [{"s": "RETRO", "p": "developed_by", "o": "DeepMind"}]}}
    >>> measures(posts, posts)["predicates"]["ALL"]
    {'precision': 1.0, 'recall': 1.0, 'f1': 1.0, 'gold': 1, 'predicted': 1, 'right': 1}
    """
    scores = compare(annotated, answers)
    tables = {
        "predicates": _by_predicate(scores), "types": _by_type(scores),
        "languages": _grouped(annotated, answers, "lang"), "sources": _grouped(annotated, answers, "source"),
    }  # fmt: skip
    found: dict[str, Any] = {name: {row: _plain(tally) for row, tally in rows} for name, rows in tables.items()}
    return found | {"qualifiers": qualifier_shares(annotated, answers)}


def qualifier_shares(annotated: Documents, answers: Documents) -> dict[str, dict[str, int]]:
    """Of the results (evaluated_on) that were found: how often gold gives a score or metric, and the same one was found."""
    shares = {name: {"right": 0, "gold": 0} for name in _QUALIFIERS}
    for post, document in annotated.items():
        gold, answer = scored(document), scored(answers.get(post, {}))
        for i, j in match_triples(gold, answer):
            triple, other = gold["triples"][i], answer["triples"][j]
            if triple["p"] == "evaluated_on":
                _count_qualifiers(triple.get("q") or {}, other.get("q") or {}, shares)
    return shares


def _count_qualifiers(wanted: Mapping[str, Any], found: Mapping[str, Any], shares: dict[str, dict[str, int]]) -> None:
    for name, share in shares.items():
        if wanted.get(name) is not None:
            share["gold"] += 1
            share["right"] += found.get(name) is not None and _same(wanted[name], found[name])


def _same(one: Any, two: Any) -> bool:
    try:
        return float(one) == float(two)
    except (TypeError, ValueError):
        return normal(one) == normal(two)


Rows = list[tuple[str, Tally]]


def _by_predicate(scores: Scores) -> Rows:
    return [*_sorted(scores.predicates), ("CORE", scores.total(CORE)), ("ALL", scores.total())]


def _by_type(scores: Scores) -> Rows:
    return [*_sorted(scores.types), ("ALL", scores.total_types())]


def _grouped(annotated: Documents, answers: Documents, field: str) -> Rows:
    """All triples and the core ones of each language or source."""
    groups: dict[str, dict[str, Document]] = {}
    for post, document in annotated.items():
        groups.setdefault(str(document.get(field) or "(none)"), {})[post] = document
    rows: Rows = []
    for name, documents in sorted(groups.items()):
        scores = compare(documents, answers)
        rows += [(name, scores.total()), (f"{name} CORE", scores.total(CORE))]
    return rows


def _sorted(tallies: Mapping[str, Tally]) -> Rows:
    return sorted(tallies.items(), key=lambda pair: (-pair[1].gold, pair[0]))


def _plain(tally: Tally) -> dict[str, float]:
    return {
        "precision": tally.precision, "recall": tally.recall, "f1": tally.f1,
        "gold": tally.gold, "predicted": tally.predicted, "right": tally.right,
    }  # fmt: skip


# ---------------------------------------------------------------- printing
def _print(annotated: Documents, answers: Documents, by: str | None, errors: bool) -> None:
    scores = compare(annotated, answers)
    if by in (None, "predicate"):
        _table("triples", _by_predicate(scores))
    if by is None:
        _table("\nentities", _by_type(scores))
    if by in (None, "lang"):
        _table("language" if by else "\nlanguage", _grouped(annotated, answers, "lang"))
    if by == "source":
        _table("source", _grouped(annotated, answers, "source"))
    if by is None:
        click.echo()
        for name, share in qualifier_shares(annotated, answers).items():
            part = f"{share['right'] / share['gold']:.3f}" if share["gold"] else "nothing to find"
            click.echo(f"evaluated_on with the right {name}: {part} ({share['right']} of {share['gold']})")
    if errors:
        for title, triples in (("missed", scores.missed), ("extra", scores.extra)):
            for post, triple in triples:
                click.echo(_line(title, post, triple))


def _kinds(annotated: Documents, answers: Documents) -> list[tuple[Any, ...]]:
    return rows_of(error_kinds(compare(annotated, answers), annotated, answers))


def _print_kinds(annotated: Documents, answers: Documents) -> None:
    click.echo()
    write_rows(("side", "kind", "errors", "most in", "for example"), _kinds(annotated, answers), sys.stdout)


def _table(title: str, rows: Iterable[tuple[str, Tally]]) -> None:
    if title.startswith("\n"):
        click.echo()
    cells = [(name, f"{t.precision:.3f}", f"{t.recall:.3f}", f"{t.f1:.3f}", t.gold, t.predicted) for name, t in rows]
    write_rows((title.strip(), "P", "R", "F1", "gold", "pred"), cells, sys.stdout)


def _line(title: str, post: str, triple: Mapping[str, Any]) -> str:
    q = ", ".join(f"{name}={value}" for name, value in sorted((triple.get("q") or {}).items()))
    said = f"{triple['s']} {triple['p']} {triple['o']}" + (f" ({q})" if q else "")
    line = f"{title:6} {post}: {said} | {triple.get('evidence', '')}"
    # A post may hold control characters, which a terminal would obey.
    return "".join(c if c.isprintable() else " " for c in line)
