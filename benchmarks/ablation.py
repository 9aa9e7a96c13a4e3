"""What each part of the extraction brings: the same posts and weights, one part left out at a time.

    kg train GOLD... -o my-model/ --keep thirds/
    python -m benchmarks.ablation GOLD... --thirds thirds/ -o docs/quality.md

Each post is extracted by weights that left it out (``kg train --keep``); thresholds and the other parts stay as they are. What is
learned (lists as features, clusters) cannot be left out without a training. Ten seconds a part for 800 posts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.left_out_page import HEAD, Measured, figures_of, table
from benchmarks.left_out_thirds import extracted
from benchmarks.report import put
from kg.extract.annotated_pairs import FOLDS, fold_of
from kg.score import read_documents

Nothing = Callable[..., object]
PARTS: dict[str, dict[str, Nothing]] = {
    "nothing": {},
    "the reader beside the regression": {"kg.extract.extractor.Reader.load": lambda path: None},
    "the spotter beside the CRF": {"kg.extract.spotter.Spotter.load": lambda path: None},
    "listed names where the tagger saw none": {"kg.extract.mentions._sure": lambda tokens, spans, matches: []},
    "a name found once is one wherever it stands": {"kg.extract.mentions._repeated": lambda tokens, spans: []},
    "owners inside names": {"kg.extract.mentions.owners": lambda tokens, spans, names: []},
    "organizations by what they are said to have made": {
        "kg.extract.mentions.announcers": lambda tokens, spans: [],
        "kg.extract.mentions.firms": lambda tokens, spans, names: [],
        "kg.extract.mentions.bracketed_makers": lambda tokens, spans, names: spans,
    },
    "names of a kind that the post tells, in fields of cards, too": {
        "kg.extract.mentions.told_names": lambda tokens, spans: [],
        "kg.extract.mentions.told_benchmarks": lambda tokens, spans, names: [],
        "kg.extract.mentions.with_card_names": lambda tokens, spans, names: [],
        "kg.extract.mentions.with_variants": lambda tokens, spans: spans,
    },
    "facts of cards, of devices that run something, of teams; bases and data named first": {
        "kg.extract.told_facts.by_cards": lambda document, held: held,
        "kg.extract.told_facts.running_devices": lambda document, stance, held: [],
        "kg.extract.told_facts.made_by_teams": lambda document, held: [],
        "kg.extract.told_facts.bracketed_dates": lambda document, held: [],
        "kg.extract.told_facts.told_training": lambda document, held: [],
        "kg.extract.told_facts.with_told_bases": lambda document, held: held,
        "kg.extract.claims.Hosts.without": lambda self, document, held: held,
    },
    "names that links spell, and heads of lines and lists": {
        "kg.extract.mentions.with_repository_names": lambda tokens, spans, links: spans,
        "kg.extract.mentions.titled_names": lambda tokens, spans, links: [],
        "kg.extract.mentions.with_described": lambda tokens, spans: spans,
        "kg.extract.mentions.listed_names": lambda tokens, spans, names: [],
    },
    "who is called the author of a product": {
        "kg.extract.mentions.authors": lambda tokens, spans: [],
        "kg.extract.told_facts.authored": lambda document, held: [],
    },
    "short and long names of one thing": {
        "kg.extract.mentions.join_names": lambda tokens, spans, names, corrections: None,
        "kg.extract.extractor.short_forms": lambda spans, names, corrections: {},
    },
    "who beats whom by the verb": {
        "kg.extract.claims.Rivalry.find": lambda self, document, hits, stance: {},
        "kg.extract.claims.Rivalry.rules_out": lambda self, document, better, worse: False,
    },
    "makers by verbs of release and by the lists": {
        "kg.extract.claims.released_by": lambda document: set(),
        "kg.extract.claims.own_products": lambda document, names: set(),
    },
    "who is better on a benchmark was tested there, others not": {
        "kg.extract.claims.results_of_better": lambda document, rivals: set(),
        "kg.extract.claims.without_untested": lambda document, held, scores: held,
        "kg.extract.claims.without_only_beaten": lambda document, held, scores, rivals: held,
        "kg.extract.claims.without_worse": lambda document, held, scores: held,
    },
    "bases, devices and training sets spoken of close to their names": {
        "kg.extract.claims.Wording.missing": lambda self, predicate, pair, probability: False,
        "kg.extract.claims.Wording.probability": lambda self, predicate, pair, probability: probability,
    },
    "sizes in lists, and numbers that nobody has": {
        "kg.extract.claims.unclaimed_sizes": lambda document, likely, held: [],
        "kg.extract.claims.sizes_beside": lambda document, held: [],
        "kg.extract.claims.with_listed_sizes": lambda document, held: held,
    },
    "links nobody claimed, and one link a repository": {
        "kg.extract.told_facts.spelled_links": lambda document, held: [],
        "kg.extract.told_facts.introduced_links": lambda document, held, described: [],
        "kg.extract.claims.one_link_a_repository": lambda held: held,
    },
    "what cannot be a fact": {"kg.extract.claims.Plausibility.rules_out": lambda *given: False},
    "the subject of the own clause, and of a link's words, first": {
        "kg.extract.claims.own_clause_first": lambda document, held: held,
        "kg.extract.claims.named_in_link_first": lambda held: held,
    },
    "a number has one owner": {
        "kg.extract.claims.without_shared": lambda scores, results, likely: scores,
        "kg.extract.claims.without_given": lambda scores, shares: scores,
    },
    "results by the place of their numbers, and where nobody was likely enough": {
        "kg.extract.claims.shared_scores": lambda document, rivals: {},
        "kg.extract.claims.tied_scores": lambda document: {},
        "kg.extract.claims.untold_tests": lambda document, unsure, held: [],
    },
    "tables and lists of results": {
        "kg.extract.extractor.table_findings": lambda document, names: [],
        "kg.extract.extractor.list_findings": lambda document, names: [],
    },
    "denials and questions": {
        "kg.extract.claims.Stance.denied": lambda self, a, b: False,
        "kg.extract.claims.Stance.asked": lambda self, a, b: False,
    },
}
"""A part, and what stands in for its functions when it is left out."""


def main() -> None:
    """Print the table, and put it into a page between its two marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--thirds", type=Path, required=True, help="folder made by kg train --keep")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("-o", "--output", type=Path, help="page with the marks of this table")
    given = parser.parse_args()
    gold = {key: document for path in given.gold for key, document in read_documents(path).items()}
    posts = [[dict(post) for post in gold.values() if fold_of(dict(post)) == fold] for fold in range(FOLDS)]
    weights = [given.thirds / str(fold) for fold in range(FOLDS)]
    rows = []
    with ProcessPoolExecutor(given.jobs) as pool:
        for part in PARTS:
            lines = (line for lines in pool.map(extracted_without, [part] * FOLDS, posts, weights) for line in lines)
            rows.append(figures_of(part, Measured(gold, {found["id"]: found for found in map(json.loads, lines)})))
            print(" | ".join(rows[-1]), flush=True)
    if given.output:
        put("ablation", table(HEAD, rows), given.output)


def extracted_without(part: str, posts: list[dict[str, Any]], weights: Path) -> list[str]:
    """What is found in these posts when the part does nothing, a line in the gold form for each."""
    with without(part):
        return extracted(posts, weights)


@contextmanager
def without(part: str) -> Iterator[None]:
    """Inside, this part does nothing."""
    with ExitStack() as stack:
        for name, nothing in PARTS[part].items():
            stack.enter_context(patch(name, nothing))
        yield


if __name__ == "__main__":
    main()
