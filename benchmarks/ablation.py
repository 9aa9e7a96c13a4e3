"""What each part of the extraction brings: the same posts and weights, one part left out at a time.

    kg train GOLD... -o my-model/ --keep thirds/
    python -m benchmarks.ablation GOLD... --thirds thirds/ -o docs/quality.md

Each post is extracted by weights that left it out (``kg train --keep``); thresholds and the other parts stay as they are. What is
learned (lists as features, clusters) cannot be left out without a training. Half a minute a part for 800 posts.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kg.extract.annotated_pairs import FOLDS, fold_of
from kg.extract.extractor import Extractor, load_extractor
from kg.gold_form import gold_document
from kg.model import Post
from kg.score import Document, read_documents, score

Nothing = Callable[..., object]
PARTS: dict[str, dict[str, Nothing]] = {
    "nothing": {},
    "the reader beside the regression": {"kg.extract.extractor.Reader.load": lambda path: None},
    "the spotter beside the CRF": {"kg.extract.spotter.Spotter.load": lambda path: None},
    "listed names where the tagger saw none": {"kg.extract.mentions._sure": lambda tokens, spans, matches: []},
    "a name found once is one wherever it stands": {"kg.extract.mentions._repeated": lambda tokens, spans: []},
    "owners inside names": {"kg.extract.mentions._owners": lambda tokens, spans, names: []},
    "short and long names of one thing": {
        "kg.extract.mentions.join_names": lambda tokens, spans, names, corrections: None,
        "kg.extract.extractor.short_forms": lambda spans, names, corrections: {},
    },
    "who beats whom by the verb": {
        "kg.extract.claims.Rivalry.find": lambda self, document, hits, stance: {},
        "kg.extract.claims.Rivalry.rules_out": lambda self, document, better, worse: False,
    },
    "what cannot be a fact": {"kg.extract.claims.Plausibility.rules_out": lambda *given: False},
    "the subject of the own sentence, and of a link's words, first": {
        "kg.extract.claims.own_sentence_first": lambda document, held: held,
        "kg.extract.claims.named_in_link_first": lambda held: held,
    },
    "a number has one owner": {
        "kg.extract.claims.without_shared": lambda scores, results, likely: scores,
        "kg.extract.claims.without_given": lambda scores, shares: scores,
    },
    "results by the place of their numbers": {"kg.extract.claims.shared_scores": lambda document, rivals: {}},
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
_BLOCK = re.compile(r"(<!-- ablation: begin.*?-->\n).*?(<!-- ablation: end -->)", re.DOTALL)


def main() -> None:
    """Print the table, and put it into a page between its two marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--thirds", type=Path, required=True, help="folder made by kg train --keep")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    gold = {key: document for path in given.gold for key, document in read_documents(path).items()}
    lines = ["| left out | P | R | F1 | core F1 | entities F1 |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    with ProcessPoolExecutor(given.jobs) as pool:
        for part in PARTS:
            folds = range(FOLDS)
            posts = [[dict(post) for post in gold.values() if fold_of(dict(post)) == fold] for fold in folds]
            parts = pool.map(extracted, [part] * FOLDS, posts, [given.thirds / str(fold) for fold in folds])
            lines.append(row(part, gold, {document["id"]: document for found in parts for document in found}))
            print(lines[-1], flush=True)
    if given.output:
        table = "\n".join(lines) + "\n"
        page = given.output.read_text(encoding="utf-8")
        given.output.write_text(_BLOCK.sub(lambda match: match[1] + table + match[2], page), encoding="utf-8")


@contextmanager
def without(part: str) -> Iterator[None]:
    """Inside, this part does nothing."""
    with ExitStack() as stack:
        for name, nothing in PARTS[part].items():
            stack.enter_context(patch(name, nothing))
        yield


def extracted(part: str, posts: list[dict[str, Any]], weights: Path) -> list[Document]:
    """What is found in these posts without the part."""
    with without(part):
        extractor: Extractor = load_extractor(weights)
        found = (extractor.extract(Post(post["id"], post["text"], lang=post.get("lang", ""))) for post in posts)
        return [json.loads(json.dumps(gold_document(one))) for one in found]


def row(part: str, gold: dict[str, Document], found: dict[str, Document]) -> str:
    """A row of the table."""
    scores = score(gold, found)
    total, core, types = scores.total(), scores.total(("developed_by", "runs_on", "evaluated_on")), scores.total_types()
    figures = (total.precision, total.recall, total.f1, core.f1, types.f1)
    return f"| {part} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


if __name__ == "__main__":
    main()
