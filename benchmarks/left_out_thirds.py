"""What the extraction finds in annotated posts that its weights left out, in the gold form.

    kg train GOLD... -o my-model/ --keep thirds/
    python -m benchmarks.left_out_thirds GOLD... --thirds thirds/ > found.jsonl
    kg score ONE-GOLD found.jsonl --kinds

Half a minute for 2,600 posts: a change of a rule, which needs no training, is measured on all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from kg.extract.annotated_pairs import FOLDS, fold_of
from kg.extract.extractor import load_extractor
from kg.gold_form import gold_document
from kg.model import Post
from kg.score import read_documents


def main() -> None:
    """Print a line for each post."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--thirds", type=Path, required=True, help="folder made by kg train --keep")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    posts = [dict(document) for path in given.gold for document in read_documents(path).values()]
    parts = [[post for post in posts if fold_of(post) == fold] for fold in range(FOLDS)]
    with ProcessPoolExecutor(given.jobs) as pool:
        for found in pool.map(extracted, parts, [given.thirds / str(fold) for fold in range(FOLDS)]):
            sys.stdout.writelines(found)


def extracted(posts: list[dict[str, Any]], weights: Path) -> list[str]:
    """A line for each post."""
    return list(_lines(posts, weights))


def _lines(posts: list[dict[str, Any]], weights: Path) -> Iterator[str]:
    extractor = load_extractor(weights)
    for post in posts:
        found = extractor.extract(Post(post["id"], post["text"], lang=post.get("lang", "")))
        yield json.dumps(gold_document(found), ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
