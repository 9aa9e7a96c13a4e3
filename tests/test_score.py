"""The measures: by hand, against the scorer that comes with the annotated posts, and the command."""

from __future__ import annotations

import importlib.util
import json
import os
import random
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from kg.commands.score import extract_answers, measures, qualifier_shares
from kg.commands.score import score as command
from kg.errors import InputError
from kg.model import Claim, Entity, Evidence, Extraction, Mention, Post
from kg.score import CORE, Tally, read_documents, score

CHECKOUT = Path(__file__).resolve().parents[1]
GOLD = Path(os.environ.get("KG_GOLD") or CHECKOUT.parent / "shared" / "gold")
EXAMPLES = CHECKOUT / "examples" / "gold.jsonl"


def model(name: str, *surfaces: str, kind: str = "Model", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "surfaces": list(surfaces or (name,)), **more}


def triple(s: str, p: str, o: Any, **more: Any) -> dict[str, Any]:
    return {"s": s, "p": p, "o": o, **more}


def doc(*triples: dict[str, Any], entities: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"id": "1", "lang": "en", "source": "x", "entities": list(entities), "triples": list(triples)}


# ---------------------------------------------------------------- by hand
RIGHT = [
    (triple("RETRO", "developed_by", "DeepMind"), triple("retro", "developed_by", "Deep-Mind")),
    (triple("Ёж", "developed_by", "Сбер"), triple("еж", "developed_by", "СБЕР")),
    (triple("A", "parameter_count", 7_000_000_000), triple("A", "parameter_count", 7_050_000_000)),
    (triple("A", "parameter_count", "7000000000"), triple("A", "parameter_count", 7e9)),
    (triple("A", "released_on", "2024-05-13"), triple("A", "released_on", "2024-05")),
    (triple("A", "released_on", "2024"), triple("A", "released_on", "2024-05")),
    (triple("A", "has_code", "https://www.github.com/a/b/"), triple("A", "has_code", "http://github.com/a/b")),
    (triple("A", "evaluated_on", "MMLU", q={"score": 88.7}), triple("A", "evaluated_on", "MMLU")),
    (triple("A", "evaluated_on", "MMLU"), triple("A", "evaluated_on", "MMLU", q={"score": 88.7})),
    (triple("A", "runs_on", "H100", q={"phase": "training"}), triple("A", "runs_on", "H100", q={"phase": "inference"})),
]
WRONG = [
    (triple("GPT-4", "developed_by", "OpenAI"), triple("GPT-4o", "developed_by", "OpenAI")),
    (triple("A", "developed_by", "B"), triple("B", "developed_by", "A")),
    (triple("A", "based_on", "B"), triple("A", "outperforms", "B")),
    (triple("A", "parameter_count", 7_000_000_000), triple("A", "parameter_count", 7_100_000_000)),
    (triple("A", "parameter_count", 7), triple("A", "parameter_count", "seven")),
    (triple("A", "released_on", "2024-05"), triple("A", "released_on", "2024-06")),
    (triple("A", "has_code", "https://github.com/a/b"), triple("A", "has_code", "https://github.com/a/c")),
    (triple("A", "evaluated_on", "MMLU", q={"score": 88.7}), triple("A", "evaluated_on", "MMLU", q={"score": 88})),
]


@pytest.mark.parametrize(("gold", "predicted"), RIGHT)
def test_the_same_fact(gold: dict[str, Any], predicted: dict[str, Any]) -> None:
    scores = score({"1": doc(gold)}, {"1": doc(predicted)})
    assert (scores.total(), scores.missed, scores.extra) == (Tally(1, 1, 1), [], [])


@pytest.mark.parametrize(("gold", "predicted"), WRONG)
def test_another_fact(gold: dict[str, Any], predicted: dict[str, Any]) -> None:
    scores = score({"1": doc(gold)}, {"1": doc(predicted)})
    assert (scores.total(), scores.missed, scores.extra) == (Tally(0, 1, 1), [("1", gold)], [("1", predicted)])


def test_a_name_matches_through_any_surface() -> None:
    gold = doc(triple("GigaChat", "developed_by", "Сбер"), entities=(model("GigaChat", "GigaChat", "ГигаЧата"),))
    predicted = doc(triple("гигачата", "developed_by", "Сбер"))
    assert score({"1": gold}, {"1": predicted}).total().f1 == 1.0


@pytest.mark.parametrize(("predicted", "tally"), [([triple("A", "based_on", "B")], Tally(0, 0, 0)), ([], Tally(0, 0, 0))])
def test_an_optional_fact_counts_neither_way(predicted: list[dict[str, Any]], tally: Tally) -> None:
    assert score({"1": doc(triple("A", "based_on", "B", opt=True))}, {"1": doc(*predicted)}).total() == tally


@pytest.mark.parametrize(("name", "counted"), [("Qwen2.5-72B", 0), ("Vicuna 7,2b", 1), ("Qwen", 1)])
def test_a_size_that_only_the_name_has_is_not_scored(name: str, counted: int) -> None:
    gold = doc(triple(name, "parameter_count", 72_000_000_000))
    assert score({"1": gold}, {"1": gold}).total() == Tally(counted, counted, counted)


def test_an_answer_is_used_once() -> None:
    twice = doc(triple("A", "based_on", "B"), triple("A", "based_on", "B"))
    assert score({"1": twice}, {"1": doc(triple("A", "based_on", "B"))}).total() == Tally(1, 2, 1)


def test_a_post_without_answer_and_an_answer_without_post() -> None:
    assert score({"1": doc(triple("A", "based_on", "B"))}, {"2": doc(triple("A", "based_on", "B"))}).total() == Tally(0, 1, 0)


ENTITIES = [
    (model("GPT-4"), model("gpt 4"), Tally(1, 1, 1)),
    (model("GPT-4"), model("GPT-4", kind="Software"), Tally(0, 1, 1)),
    (model("GPT-4", alt="Software"), model("GPT-4", kind="Software"), Tally(1, 1, 1)),
    (model("GLUE", kind="Benchmark"), model("GLUE", kind="Dataset"), Tally(1, 1, 1)),
    (model("GPT-4", opt=True), model("GPT-4"), Tally(0, 0, 0)),
    (model("GPT-4", opt=True), model("Llama"), Tally(0, 0, 1)),
    (model("Ann Lee", kind="Person"), model("Ann Lee", kind="Person"), Tally(0, 0, 0)),
]


@pytest.mark.parametrize(("gold", "predicted", "tally"), ENTITIES)
def test_entities(gold: dict[str, Any], predicted: dict[str, Any], tally: Tally) -> None:
    assert score({"1": doc(entities=(gold,))}, {"1": doc(entities=(predicted,))}).total_types() == tally


@pytest.mark.parametrize(
    ("tally", "precision", "recall", "f1"),
    [(Tally(0, 0, 0), 1.0, 1.0, 1.0), (Tally(0, 5, 0), 1.0, 0.0, 0.0), (Tally(1, 2, 4), 0.25, 0.5, 1 / 3)],
)
def test_precision_recall_f1(tally: Tally, precision: float, recall: float, f1: float) -> None:
    assert (tally.precision, tally.recall, tally.f1) == pytest.approx((precision, recall, f1))


QUALIFIERS = [
    ({"score": 88.7, "metric": "accuracy"}, {"score": 88.7, "metric": "Accuracy"}, (1, 1), (1, 1)),
    ({"score": "88.70"}, {"score": "88.70"}, (1, 1), (0, 0)),
    ({"score": 88.7, "metric": "pass@1"}, {}, (0, 1), (0, 1)),
    ({"score": 88.7}, {"score": 88.7, "metric": "BLEU"}, (1, 1), (0, 0)),
    ({"metric": "BLEU"}, {"score": 3, "metric": "ROUGE"}, (0, 0), (0, 1)),
    (None, {"score": 1}, (0, 0), (0, 0)),
]


@pytest.mark.parametrize(("gold", "predicted", "scores", "metrics"), QUALIFIERS)
def test_shares_of_right_qualifiers(
    gold: dict[str, Any] | None, predicted: dict[str, Any], scores: tuple[int, int], metrics: tuple[int, int]
) -> None:
    one, two = doc(triple("A", "evaluated_on", "B", q=gold)), doc(triple("A", "evaluated_on", "B", q=predicted))
    shares = qualifier_shares({"1": one}, {"1": two})
    assert [(share["right"], share["gold"]) for share in shares.values()] == [scores, metrics]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", ":2: "),
        ("[]", ":2: "),
        ('{"entities": [], "triples": []}', ":2: 'id'"),
        ('{"id": "1", "text": "not annotated"}', ":2: this post is not annotated"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"id": "1", "entities": [], "triples": []}}\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_documents(path)


# ---------------------------------------------------------------- the scorer of the annotated posts
@pytest.fixture(scope="module")
def reference() -> ModuleType:
    path = GOLD / "score.py"
    if not path.exists():
        pytest.skip(f"the reference scorer is not at hand ({path}; say where with KG_GOLD)")
    spec = importlib.util.spec_from_file_location("reference_scorer", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disturbed(documents: dict[str, Any], seed: int) -> dict[str, Any]:
    """An answer that is right here and there: facts dropped, doubled, turned round, renamed, rescored."""
    dice = random.Random(seed)
    answers: dict[str, Any] = {}
    for key, document in documents.items():
        if dice.random() < 0.05:
            continue
        answer = answers[key] = deepcopy(dict(document))
        answer["entities"] = [_disturbed_entity(dice, e) for e in answer["entities"] if dice.random() > 0.15]
        answer["triples"] = [other for t in answer["triples"] for other in _disturbed_triple(dice, t, answer["entities"])]
        dice.shuffle(answer["triples"])
    return answers


def _disturbed_entity(dice: random.Random, entity: dict[str, Any]) -> dict[str, Any]:
    change = dice.random()
    if change < 0.1:
        return {**entity, "type": dice.choice(["Model", "Software", "Benchmark", "Dataset", "Person"])}
    if change < 0.2:
        return {**entity, "name": dice.choice([entity["name"].upper(), entity["name"] + "-2", *entity["surfaces"]])}
    return {**entity, "surfaces": entity["surfaces"][:1]} if change < 0.3 else entity


def _disturbed_triple(dice: random.Random, triple: dict[str, Any], entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    change = dice.random()
    names = [entity["name"] for entity in entities] or ["Nobody"]
    if change < 0.15:
        return []
    if change < 0.25:
        return [triple, dict(triple)]
    if change < 0.35:
        return [{**triple, "s": dice.choice(names)}]
    if change < 0.45:
        return [{**triple, "o": dice.choice([*names, str(triple["o"])[:4], f"{triple['o']}/", f"www.{triple['o']}", "2024"])}]
    if change < 0.55:
        return [{**triple, "q": {**(triple.get("q") or {}), "score": dice.choice([None, 1, 88.7, "88.7"])}}]
    if change < 0.6 and triple["p"] == "parameter_count":
        return [{**triple, "o": float(triple["o"]) * dice.choice([1.005, 1.02])}]
    return [{**triple, "p": dice.choice(["based_on", "outperforms", triple["p"]])}]


FILES = [EXAMPLES, GOLD / "dev.jsonl", GOLD / "train.jsonl"]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_same_as_the_reference_scorer(reference: ModuleType, path: Path, seed: int) -> None:
    if not path.exists():
        pytest.skip(f"{path} is not at hand (say where with KG_GOLD)")
    gold = read_documents(path)
    answers = disturbed(dict(gold), seed)
    scores = score(gold, answers)
    for ours, theirs in ((scores.predicates, reference.score(gold, answers)), (scores.types, reference.ent_score(gold, answers))):
        assert {name: [t.right, t.gold, t.predicted] for name, t in ours.items()} == dict(theirs)
        for name, tally in ours.items():
            assert (tally.precision, tally.recall, tally.f1) == reference.prf(*theirs[name])
    sums = [sum(theirs) for theirs in zip(*(reference.score(gold, answers)[p] for p in CORE), strict=True)]
    core = scores.total(CORE)
    assert (core.precision, core.recall, core.f1) == reference.prf(*sums)
    assert 0.2 < scores.total().f1 < 0.95


# ---------------------------------------------------------------- the command
BY, ON = triple("A", "developed_by", "B", evidence="A by B"), triple("A", "evaluated_on", "C", q={"score": 1}, evidence="1 on C")
A = {**doc(BY, ON, entities=(model("A"),)), "text": "A by B, 1 on C"}
B = {**doc(triple("Я", "based_on", "Ю", evidence="Я\u001b[2J\nна Ю")), "id": "2", "lang": "ru", "source": "y", "text": "Я на Ю"}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    gold.write_text("".join(json.dumps(document) + "\n" for document in (A, B)), encoding="utf-8")
    wrong = {**A, "triples": [*A["triples"][:1], triple("A", "evaluated_on", "D", evidence="on D")]}
    predicted.write_text(json.dumps(wrong) + "\n", encoding="utf-8")
    return [str(gold), str(predicted)]


def test_the_tables(files: list[str]) -> None:
    done = CliRunner().invoke(command, files)
    assert done.exit_code == 0, done.output
    cells = [line.split() for line in done.output.splitlines()]
    assert ["developed_by", "1.000", "1.000", "1.000", "1", "1"] in cells
    assert ["CORE", "0.500", "0.500", "0.500", "2", "2"] in cells
    assert ["ALL", "0.500", "0.333", "0.400", "3", "2"] in cells
    assert ["ru", "CORE", "1.000", "1.000", "1.000", "0", "0"] in cells
    assert "evaluated_on with the right score: nothing to find (0 of 0)" in done.output


@pytest.mark.parametrize(
    ("by", "first", "names"),
    [
        ("source", "source", {"x", "y"}),
        ("lang", "language", {"en", "ru"}),
        ("predicate", "triples", {"developed_by", "evaluated_on", "based_on"}),
    ],
)
def test_one_table_alone(files: list[str], by: str, first: str, names: set[str]) -> None:
    lines = CliRunner().invoke(command, [*files, "--by", by]).output.splitlines()
    assert lines[0].startswith(first)
    assert {line.split()[0] for line in lines[2:] if "CORE" not in line and "ALL" not in line} == names


def test_every_error_on_a_line_of_its_own(files: list[str]) -> None:
    lines = CliRunner().invoke(command, [*files, "--by", "lang", "--errors"]).output.splitlines()
    assert lines[-3:] == [
        "missed 1: A evaluated_on C (score=1) | 1 on C",
        "missed 2: Я based_on Ю | Я [2J на Ю",
        "extra  1: A evaluated_on D | on D",
    ]


def test_json(files: list[str]) -> None:
    found = json.loads(CliRunner().invoke(command, [*files, "--json", "--errors"]).output)
    assert found["predicates"]["ALL"] == {"precision": 0.5, "recall": 1 / 3, "f1": 0.4, "gold": 3, "predicted": 2, "right": 1}
    assert [error["id"] for error in found["missed"]] == ["1", "2"]
    assert list(found) == ["predicates", "types", "languages", "sources", "qualifiers", "missed", "extra"]


class Rule:
    """An extractor of one rule."""

    version = "rule/1"

    def extract(self, post: Post) -> Extraction:
        one, two = Entity("model/a", "Model", "A"), Entity("organization/b", "Organization", "B")
        if "A by B" not in post.text:
            return Extraction(post)
        mentions = (Mention(0, 1, "Model", "A", one.key), Mention(5, 6, "Organization", "B", two.key))
        return Extraction(post, mentions, (one, two), (Claim(one, "developed_by", two, Evidence(post.id, 0, 6)),))


def test_without_predictions_the_posts_are_extracted(files: list[str]) -> None:
    gold = read_documents(files[0])
    answers = extract_answers(gold, Path(files[0]), Rule())
    assert measures(gold, answers)["predicates"]["ALL"] | {"f1": 0} == {
        "precision": 1.0, "recall": 1 / 3, "f1": 0, "gold": 3, "predicted": 1, "right": 1
    }  # fmt: skip


def test_posts_without_text_cannot_be_extracted(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the post 1 has no text"):
        extract_answers({"1": doc()}, tmp_path / "gold.jsonl", Rule())
