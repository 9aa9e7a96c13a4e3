"""What must hold for any input at all: one function for each door of the program.

Each takes bytes, makes of them what its door takes, and raises ``AssertionError`` (or whatever the program lets through) when
something is wrong. Errors of ``kg.errors`` are right answers to wrong questions.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from kg.cypher_index import make_index
from kg.cypher_questions import answer_cypher, in_cypher
from kg.embedded import Embedded
from kg.errors import KGError
from kg.extract import Extractor, load_extractor
from kg.model import Claim, Entity, Evidence, Extraction, Literal, Mention, Post
from kg.pipeline import check
from kg.posts import FORMATS, read_posts
from kg.property_graph import PropertyGraph
from kg.question_files import Question, load_questions
from kg.questions import Answer, answer
from kg.records import claims_of_post, read_post
from kg.store import Store
from kg.terms import post_iri
from tests.graphs import OPENAI, world


def fuzz_readers(data: bytes) -> None:
    """Any bytes in any format: posts that are whole, or problems with file and line."""
    chosen, data = (data[0] if data else 0), data[1:]
    told: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "posts")
        file.write_bytes(data)
        names: tuple[str | None, ...] = (None, *FORMATS)
        name = names[chosen % len(names)]
        for post in read_posts(file, format=name, on_problem=lambda problem: told.append(problem.where)):
            post.text.encode()
            assert post.id
            assert all(0 <= link.start < link.end <= len(post.text) for link in post.links)
    assert all(":" in where for where in told)


def fuzz_extractor(data: bytes) -> None:
    """Any text: offsets within it, claims that the ontology allows, the same again."""
    extractor, store = _extractor(), _world()
    post = Post("fuzz/1", data.decode("utf-8", "replace"))
    found = extractor.extract(post)
    assert found == extractor.extract(post)
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(post.text)
    kept, problems = check(extractor, post, store.vocabulary)
    assert kept is not None, problems
    for claim in kept.claims:
        assert post.text[claim.evidence.start : claim.evidence.end].strip()
        assert 0 <= claim.confidence <= 1


def fuzz_store(data: bytes) -> None:
    """Any names and texts: what went in comes out, and is gone when it is taken out."""
    pieces = data.decode("utf-8", "replace").split("\n") + ["x"] * 5
    text, name, post_id, channel, metric = (piece or "x" for piece in pieces[:5])
    entity = Entity(f"model/{name.casefold()}", "Model", name)
    value = Literal(f"https://a.example/{len(name)}", "anyURI")
    evidence = Evidence(post_id, 0, len(text))
    claims = (Claim(entity, "developed_by", OPENAI, evidence), Claim(entity, "has_code", value, evidence))
    post = Post(post_id, text, "en", name, "2024-05-13", channel, metric)
    with Store.memory() as store:
        store.put(Extraction(post, (Mention(0, len(text), "Model", name),), (entity, OPENAI), claims), metric)
        store.put(Extraction(post, claims=claims), metric + "2")
        assert read_post(store, post_iri(post.id).value) == post
        assert {claim.predicate for _, claim in claims_of_post(store, post.id)} == {"developed_by", "has_code"}
        store.remove(post_id)
        assert _dump(store) == b""


def fuzz_parameters(data: bytes) -> None:
    """Any values for the parameters of any question, in both languages: rows or a reason, the same in both, nothing changed."""
    questions, store = _questions(), _world()
    question = questions[(data[0] if data else 0) % len(questions)]
    values = data[1:].decode("utf-8", "replace").split("\n")
    given = {parameter.name: values[number % len(values)] for number, parameter in enumerate(question.parameters) if values}
    before = _dump(store)
    told = [
        _asked(partial(answer, store, question, given)),
        _asked(partial(answer_cypher, _engine(), in_cypher(question), given)),
    ]
    assert told[0] == told[1], (question.name, given, told)
    assert _dump(store) == before


TARGETS: dict[str, Callable[[bytes], None]] = {
    "readers": fuzz_readers, "extractor": fuzz_extractor, "store": fuzz_store, "parameters": fuzz_parameters
}  # fmt: skip


def _asked(ask: Callable[[], Answer]) -> object:
    try:
        return ask().rows
    except KGError as error:
        return type(error)


def _dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump_sorted(out)
    return out.getvalue()


@cache
def _extractor() -> Extractor:
    return load_extractor()


@cache
def _world() -> Store:
    return world()


@cache
def _engine() -> Embedded:
    return Embedded(make_index(PropertyGraph(_world())))


@cache
def _questions() -> list[Question]:
    return load_questions()
