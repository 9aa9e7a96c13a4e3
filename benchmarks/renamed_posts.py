"""Annotated posts with all names made up, in the gold form: how the extraction does where it has heard of nobody.

    python -m benchmarks.renamed_posts GOLD... > renamed.jsonl
    python -m benchmarks.left_out_thirds renamed.jsonl --thirds thirds/ > found.jsonl
    kg score renamed.jsonl found.jsonl

The texts are those of the posts, so what is made of them is not to be published where they are not.
"""

from __future__ import annotations

import argparse
import json
import sys

from kg.extract.renaming import renamed
from kg.score import read_documents

SEED = 1
"""Not that of the posts a tagger is trained on: other names, made in the same way."""


def main() -> None:
    """Print a line for each post that names something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    for path in parser.parse_args().gold:
        for post in read_documents(path).values():
            made = renamed(dict(post), SEED, share=1)
            if made:
                sys.stdout.write(json.dumps(made, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
