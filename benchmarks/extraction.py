"""How many posts a second: this extractor, natasha's NER with morphology and syntax, and spaCy's bare tokenizer, side by side.

    python -m benchmarks.extraction examples/posts -o docs/performance.md

One core, one run. The posts are dealt out to as many hands as there are rounds, so in each round every program meets posts it
has not seen; the programs take turns, and what is said are medians over the rounds, by processor time. The table of processes is
by the clock, each file once through ``kg.pipeline.extract``; the profile is of the first posts, met for the second time. natasha
comes with the dependency group ``bench``; it is left out when it is not there.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from kg.commands.sources import make_extractor
from kg.extract import Extractor
from kg.model import Post
from kg.pipeline import extract
from kg.posts import read_posts

BEGIN, END = "<!-- extraction: begin (written by benchmarks/extraction.py) -->", "<!-- extraction: end -->"
OURS, NATASHA, SPACY = "postkg", "natasha: NER, morphology, syntax", "spaCy: blank tokenizer"
Program = Callable[[str], object]
STAGES = {
    "tokens.py:__init__": "cutting into tokens", "names.py:find": "name lists", "topic.py:may_be_computing": "about computing?",
    "emissions.py:read": "CRF: scores", "spotter.py:scores": "spotter: scores", "viterbi.py:best": "tagger: best labels",
    "mentions.py:find_mentions": "mentions, all",
    "pair_grid.py:pair_grid": "pairs",
    "reader_inputs.py:reader_input": "reader: its input", "reader.py:read": "reader: the network",
    "pair_features.py:features": "regression: features", "classifier.py:probability": "regression: weights",
    "claims.py:find": "claims, all",
    "extractor.py:_extraction": "entities and claims of the result",
}  # fmt: skip
"""Functions of ``extract/`` to what they do; "all" includes lines above it."""


def main() -> None:
    """Measure, print, and write into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", nargs="+", help="files of posts, each measured by itself")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=int, default=1500, help="posts a round")
    parser.add_argument("--whole", type=int, default=10_000, help="posts for the table of processes")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="processes to compare with one")
    parser.add_argument("-o", "--output", help="page to write into, between its two marks")
    arguments = parser.parse_args()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    lines = []
    for line in measure(arguments.posts, arguments.rounds, arguments.most, arguments.jobs, arguments.whole):
        print(line, flush=True)
        lines.append(line)
    lines += ["", f"{os.cpu_count()} processors, load {load:.0f} before the run."]
    if arguments.output:
        put(Path(arguments.output), lines)


def measure(paths: Sequence[str], rounds: int, most: int, jobs: int, count: int) -> Iterator[str]:
    """The lines of the section, each as soon as it is measured."""
    yield from ("| posts | program | posts a second | times natasha |", "|---|---|---:|---:|")
    for path in paths:
        yield from side_by_side(path, rounds, most)
    yield from ("", f"| posts | read | one process | {jobs} processes | ratio |", "|---|---:|---:|---:|---:|")
    for path in paths:
        yield processes(path, jobs, count)
    yield ""
    yield from profile(paths, most)
    yield from ("", f"Making an extractor in a new process, Python and imports included: {startup():.2f} s (median of five).")


def side_by_side(path: str, rounds: int, most: int) -> Iterator[str]:
    """One row of the table for each program."""
    texts = [post.text for post in read_posts(path)][: rounds * most]
    with one_core():
        speeds: dict[str, list[float]] = {}
        programs = {name: program for name, make in MAKERS.items() if (program := make()) is not None}
        for number in range(rounds):
            hand = texts[number::rounds]
            for name, program in programs.items():
                began = process_time()  # other work on the machine counts less in it than in the time that passes
                for text in hand:
                    program(text)
                speeds.setdefault(name, []).append(len(hand) / (process_time() - began))
    base = median(speeds[NATASHA]) if NATASHA in speeds else None
    for name, found in speeds.items():
        times = f"{median(found) / base:.1f}" if base else ""
        yield f"| {Path(path).name} | {name} | {median(found):,.0f} ({min(found):,.0f} to {max(found):,.0f}) | {times} |"


def processes(path: str, jobs: int, most: int) -> str:
    """The row of the second table: the posts of a file, by one process and by more."""
    count, one = whole(path, 1, most)
    _, more = whole(path, jobs, most)
    return f"| {Path(path).name} | {count:,} | {count / one:,.0f} | {count / more:,.0f} | {one / more:.2f} |"


def whole(path: str, jobs: int, most: int) -> tuple[int, float]:
    """Posts, and the seconds from the first extraction to the last: workers have made their extractors by then."""
    found = extract(islice(read_posts(path), most), make_ours(), jobs=jobs, factory=make_ours)
    count, began = 0, 0.0
    for extraction in found:
        began = began or perf_counter()
        count += bool(extraction)
    return count, perf_counter() - began


def startup() -> float:
    """Seconds until a new process could extract its first post."""
    code = "from benchmarks.extraction import make_ours; make_ours()"
    seconds = []
    for _ in range(5):
        began = perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        seconds.append(perf_counter() - began)
    return median(seconds)


def profile(paths: Sequence[str], most: int) -> Iterator[str]:
    """A table of stages: the share of the time, all that a stage calls included, as cProfile sees it."""
    shares: list[dict[str, float]] = []
    for path in paths:
        posts = [post for post, _ in zip(read_posts(path), range(most), strict=False)]
        extractor = make_ours()
        for post in posts:
            extractor.extract(post)
        profiler = cProfile.Profile()
        profiler.enable()
        for post in posts:
            extractor.extract(post)
        profiler.disable()
        found: dict[str, float] = {}
        for (file, _, function), (_, _, _, seconds, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
            name = f"{Path(file).name}:{function}"
            found[name] = found.get(name, 0) + seconds
        shares.append({name: found.get(name, 0) / found["extractor.py:extract"] for name in STAGES})
    yield f"| share of the time | {' | '.join(Path(path).name for path in paths)} |"
    yield "|---|" + "---:|" * len(paths)
    for name, stage in STAGES.items():
        yield f"| {stage} (`{name}`) | {' | '.join(f'{share[name]:.0%}' for share in shares)} |"


def put(path: Path, lines: Sequence[str]) -> None:
    """Replace what stands between the marks."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        sys.exit(f"{path} has no place for the tables. Add two lines to it:\n{BEGIN}\n{END}")
    path.write_text("\n".join([before + BEGIN, *lines, END]) + after, encoding="utf-8", newline="\n")


class one_core:
    """Runs what is inside on one core."""

    def __enter__(self) -> None:
        if hasattr(os, "sched_setaffinity"):
            self._before = os.sched_getaffinity(0)
            os.sched_setaffinity(0, {max(self._before)})

    def __exit__(self, *_: object) -> None:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, self._before)


def make_ours() -> Extractor:
    """As ``kg build`` makes it."""
    return make_extractor(None, (), ())


def run_ours() -> Program:
    extractor = make_ours()
    return lambda text: extractor.extract(Post("post", text))


def make_natasha() -> Program | None:
    try:
        import natasha
    except ImportError:
        print("natasha is not installed: pip install --group bench", file=sys.stderr)
        return None
    segmenter, vectors = natasha.Segmenter(), natasha.NewsEmbedding()
    steps = (natasha.NewsMorphTagger(vectors), natasha.NewsSyntaxParser(vectors), natasha.NewsNERTagger(vectors))

    def run(text: str) -> object:
        doc = natasha.Doc(text)
        doc.segment(segmenter)
        if doc.tokens:
            doc.tag_morph(steps[0])
            doc.parse_syntax(steps[1])
            doc.tag_ner(steps[2])
        return doc

    return run


def make_spacy() -> Program:
    import spacy

    return spacy.blank("xx").tokenizer


MAKERS: dict[str, Callable[[], Program | None]] = {OURS: run_ours, NATASHA: make_natasha, SPACY: make_spacy}

if __name__ == "__main__":
    main()
