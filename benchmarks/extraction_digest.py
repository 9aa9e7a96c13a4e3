"""One line per file of posts: a digest of everything that is extracted, to see whether a change of the code changes an answer.

    python -m benchmarks.extraction_digest POSTS... [--claims] [--keep FOLDER]

``--claims`` leaves out mentions and entities. ``--keep`` writes the extractions, one post a line, for ``diff``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from kg.extract import load_extractor
from kg.model import Extraction
from kg.posts import read_posts


def main() -> None:
    """Extract and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", nargs="+")
    parser.add_argument("--claims", action="store_true", help="claims alone")
    parser.add_argument("--keep", type=Path, help="folder for the extractions")
    arguments = parser.parse_args()
    extractor = load_extractor()
    for path in arguments.posts:
        lines = [
            json.dumps(plain(extractor.extract(post), arguments.claims), ensure_ascii=False, sort_keys=True) + "\n"
            for post in read_posts(path)
        ]
        print(f"{hashlib.sha256(''.join(lines).encode()).hexdigest()[:16]}  {len(lines):>7,} posts  {path}", flush=True)
        if arguments.keep:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            (arguments.keep / f"{Path(path).stem}.jsonl").write_text("".join(lines), encoding="utf-8")


def plain(found: Extraction, claims_only: bool) -> dict[str, Any]:
    """An extraction without the version of the extractor, which is another one after every change of the code."""
    claims = [
        [c.subject.key, c.predicate, c.object_key, c.evidence.start, c.evidence.end, dict(c.qualifiers), c.confidence]
        for c in found.claims
    ]
    if claims_only:
        return {"id": found.post.id, "claims": claims}
    return {
        "id": found.post.id,
        "claims": claims,
        "entities": [[e.key, e.type, e.name, e.aliases] for e in found.entities],
        "mentions": [[m.start, m.end, m.type, m.name, m.entity, m.reason] for m in found.mentions],
    }


if __name__ == "__main__":
    main()
