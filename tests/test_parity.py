"""One question, two languages, one answer: every question in SPARQL on the store and in Cypher on every engine, row by row."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cypher_index import write_index
from kg.cypher_lookup import EngineDirectory
from kg.cypher_questions import answer_cypher
from kg.embedded import open_embedded
from kg.engine import Engine
from kg.errors import QueryError
from kg.lookup import StoreDirectory, find_key
from kg.model import Claim, Entity, Evidence, Extraction, Mention, Post
from kg.property_graph import PropertyGraph
from kg.question_files import Question, load_questions
from kg.questions import Answer, answer
from kg.store import Store
from tests.generated import generated_store
from tests.graphs import world
from tests.parameters import choices, names
from tests.test_questions import CASES

EXAMPLES = Path(__file__).parent.parent / "examples" / "posts"
SPARQL = {question.name: question for question in load_questions()}
CYPHER = {question.name: question for question in load_questions(suffix=".cypher")}


def _examples(folder: Path) -> Store:
    from kg.pipeline import build

    with Store.open(folder / "graph", "write") as store:
        build(kg.read_posts(EXAMPLES), kg.load_extractor(), store)
    return kg.open_store(folder / "graph")


GRAPHS: dict[str, Callable[[Path], Store]] = {
    "world": lambda folder: world(),
    "examples": _examples,
    "2000-claims": lambda folder: generated_store(2_000, seed=3),
    "20000-claims": lambda folder: generated_store(20_000),
}


def _on_disk(store: Store) -> Engine:
    """The index as users open it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cypher" / "index.kgl"
        write_index(PropertyGraph(store), path)
        return open_embedded(path, copy=True)


ENGINES: dict[str, Callable[[Store], Engine]] = {"on disk": _on_disk}
"""Ways to load a store into an engine; another engine is one more line here."""


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=[pytest.mark.slow] * (name == "20000-claims")) for name in GRAPHS]
)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with GRAPHS[request.param](tmp_path_factory.mktemp("parity")) as store:
        yield store


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, store: Store) -> Iterator[Engine]:
    engine = ENGINES[request.param](store)
    yield engine
    engine.close()


def test_the_files_come_in_pairs_with_one_header() -> None:
    assert SPARQL.keys() == CYPHER.keys()
    for name, question in SPARQL.items():
        assert header(question) == header(CYPHER[name])


@pytest.mark.parametrize("name", sorted(SPARQL))
def test_the_rows_are_the_same(store: Store, engine: Engine, name: str) -> None:
    asked = [given for question, given in choices(store) if question == name]
    full = 0
    for given in asked:
        wanted, got = answer(store, SPARQL[name], given), answer_cypher(engine, CYPHER[name], given)
        assert typed(got) == typed(wanted), f"{name} {given}"
        full += bool(wanted.rows)
    assert len(asked) >= 3
    assert full, "no choice of parameters has an answer"


@pytest.mark.parametrize(("name", "given", "rows"), CASES, ids=[f"{i}-{case[0]}" for i, case in enumerate(CASES)])
def test_the_rows_written_by_hand(name: str, given: dict[str, Any], rows: list[tuple[Any, ...]], hand: Engine) -> None:
    assert answer_cypher(hand, CYPHER[name], given).rows == rows


@pytest.fixture(scope="module", params=list(ENGINES))
def hand(request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = ENGINES[request.param](world())
    yield engine
    engine.close()


def test_ties_of_scores_of_any_size(numbers: tuple[Store, Engine]) -> None:
    """Engines write 12345678.5 and 0.00012 as strings in different ways, so the order must not hang on how they do."""
    store, engine = numbers
    wanted = answer(store, SPARQL["conflicts"], {})
    assert [row[3:5] for row in wanted.rows] == list(combinations(sorted(SCORES), 2))
    assert typed(answer_cypher(engine, CYPHER["conflicts"], {})) == typed(wanted)


@pytest.fixture(scope="module", params=list(ENGINES))
def numbers(request: pytest.FixtureRequest) -> Iterator[tuple[Store, Engine]]:
    with scores() as store:
        engine = ENGINES[request.param](store)
        yield store, engine
        engine.close()


SCORES = (0.00012, 0.0003, 9, 88.7, 100, 9999999.5, 12345678.5, 20000000, 1e15)
"""As strings they sort otherwise than as numbers."""


def scores() -> Store:
    """One model, one benchmark, and a post for each score."""
    store = Store.memory()
    model, benchmark = Entity("model/m", "Model", "M", ()), Entity("benchmark/b", "Benchmark", "B", ())
    for number, score in enumerate(SCORES):
        post = Post(f"x/{number}", f"M scores {score} on B.", "en", "", "2025-01-01", "x")
        evidence = Evidence(post.id, 0, len(post.text))
        mentions = (
            Mention(0, 1, "Model", "M", "model/m"),
            Mention(len(post.text) - 2, len(post.text) - 1, "Benchmark", "B", "benchmark/b"),
        )
        claim = Claim(model, "evaluated_on", benchmark, evidence, {"score": score}, 0.9, "hand/1")
        store.put(Extraction(post, mentions, (model, benchmark), (claim,)), "hand/1")
    return store


def test_names_mean_the_same(store: Store, engine: Engine) -> None:
    found: Counter[str] = Counter()
    known = set(names(store)[:-2])
    for name in names(store):
        for kind in ("Entity", "Model", "Organization") if name in known else ("Model",):
            wanted, got = looked_up(StoreDirectory(store), name, kind), looked_up(EngineDirectory(engine), name, kind)
            assert got == wanted, f"{name!r} as {kind}"
            found[wanted.split("/")[0]] += 1
    assert len(found) > 4


def looked_up(directory: StoreDirectory | EngineDirectory, name: str, kind: str) -> str:
    try:
        return find_key(directory, name, kind)
    except QueryError as error:
        return str(error)


def typed(answer: Answer) -> list[tuple[Any, ...]]:
    """Rows with the type of each value: 1, 1.0 and True are not the same."""
    return [tuple((type(cell).__name__, cell) for cell in row) for row in answer.rows]


FORBIDDEN = re.compile(
    r"\b(id|elementId|properties|keys|percentileCont|exists)\(|\b(apoc|gds|SHORTEST|FOREACH|LOAD|CREATE|MERGE|SET|DELETE|REMOVE)\b"
)
"""What the engines do differently, or what changes a graph."""


@pytest.mark.parametrize("name", sorted(CYPHER))
def test_the_dialect_is_the_common_one(name: str) -> None:
    question = CYPHER[name]
    statement = "\n".join(line for line in question.text.splitlines() if not line.startswith("//"))
    assert not FORBIDDEN.search(statement)
    assert statement.rstrip().endswith("LIMIT $limit")
    assert "ORDER BY" in statement


def header(question: Question) -> list[str]:
    """The first lines, up to the columns, without the signs that make them comments."""
    lines = [line.lstrip("#/ ") for line in question.text.splitlines()]
    return lines[: next(i for i, line in enumerate(lines) if line.startswith("columns: ")) + 1]
