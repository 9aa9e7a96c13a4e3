"""The tables of ``left_out_sources.py`` as Markdown, and their place in a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.commands.score import qualifier_shares
from kg.errors import InputError
from kg.reliability import Judged, calibration_error, judged, reliability
from kg.score import CORE, Document, Tally, score

BEGIN, END = "<!-- left-out sources: begin (written by make quality) -->", "<!-- left-out sources: end -->"
"""Between these two lines of a page the tables stand."""
HEAD = ["left out", "posts", *(f"{what} {figure}" for what in ("triples", "core", "entities") for figure in ("P", "R", "F1"))]
LANGUAGES = {"ru": "Russian", "en": "English"}


@dataclass(frozen=True, slots=True)
class Measured:
    """Annotated posts that were left out, and what was found in them."""

    gold: Mapping[str, Document]
    answers: Mapping[str, Document]

    def of(self, posts: Iterable[str]) -> Measured:
        """The same for some of the posts."""
        return Measured({post: self.gold[post] for post in posts}, self.answers)


def report(result: Measured, groups: Mapping[str, Sequence[str]], written: int) -> str:
    """The tables as Markdown; ``groups`` has the posts of each source, ``written`` is how many made-up posts there are."""
    languages: dict[str, list[str]] = {}
    for post, document in result.gold.items():
        languages.setdefault(str(document.get("lang") or "(none)"), []).append(post)
    parts = {"**all**": list(result.gold), **groups}
    parts |= {LANGUAGES.get(lang, lang): posts for lang, posts in sorted(languages.items())}
    rows = [figures_of(name, result.of(posts)) for name, posts in parts.items()]
    found = score(result.gold, result.answers).predicates
    predicates = [
        [name, *_figures(tally), str(tally.gold), str(tally.predicted)]
        for name, tally in sorted(found.items(), key=lambda pair: (-pair[1].gold, pair[0]))
    ]
    shares = qualifier_shares(result.gold, result.answers)
    told = ", ".join(f"the right {name} in {share['right']} of {share['gold']}" for name, share in shares.items())
    return "\n\n".join([
        f"The weights that found the triples of a source were trained on the other sources and on {written} written posts. "
        f"Core is {', '.join(CORE[:-1])} and {CORE[-1]}.",
        table(HEAD, rows),
        table(["predicate", "P", "R", "F1", "gold", "predicted"], predicates),
        f"Of the results found that have one: {told}.",
        _reliability(judged(result.gold, result.answers)),
    ])  # fmt: skip


def figures_of(name: str, part: Measured) -> list[str]:
    """A row under ``HEAD``."""
    scores = score(part.gold, part.answers)
    tallies = (scores.total(), scores.total(CORE), scores.total_types())
    return [name, str(len(part.gold)), *(figure for tally in tallies for figure in _figures(tally))]


def _figures(tally: Tally) -> list[str]:
    """Precision, recall and F1; a dash for a share of nothing."""
    figures = (tally.precision, tally.predicted), (tally.recall, tally.gold), (tally.f1, tally.predicted + tally.gold)
    return [f"{figure:.3f}" if of else "–" for figure, of in figures]


def _reliability(claims: Sequence[Judged]) -> str:
    bins = reliability(claims)
    rows = [
        [f"{one.low:.1f} to {one.high:.1f}", str(one.claims)]
        + ([f"{one.mean:.3f}", f"{one.right:.3f}"] if one.claims else ["", ""])
        for one in bins
    ]
    shares = table(["confidence", "claims", "mean confidence", "share right"], rows)
    off = f"{calibration_error(bins):.3f}"
    return f"Confidences of these {len(claims)} claims, on average {off} off the share that is right:\n\n{shares}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows under their header as Markdown."""
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def page_with(path: Path, tables: str) -> str:
    """The page with other tables between its marks; a page that is not there yet is made of them alone.

    Raises ``InputError`` when the page has text but no marks: nobody's words are written over.
    """
    old = path.read_text(encoding="utf-8") if path.exists() else f"{BEGIN}\n{END}\n"
    before, begin, rest = old.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise InputError(f"{path} has no place for the tables. Put these two lines where they should stand:\n{BEGIN}\n{END}")
    return f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}"
