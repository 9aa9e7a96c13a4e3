"""Training with unannotated posts: what is taken of them, what the teachers say of them, and the whole of it on a few posts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from kg.extract.annotated_pairs import FOLDS, AnnotatedPairs
from kg.extract.classifier import Classifier
from kg.extract.extractor import load_extractor
from kg.extract.marginals import marginals
from kg.extract.names import Names
from kg.extract.network_training import UNANNOTATED
from kg.extract.reader import Reader
from kg.extract.reader_teaching import taught_samples
from kg.extract.renaming import renamed
from kg.extract.tagger import load_tagger
from kg.extract.training import _new_texts, train
from kg.extract.version import weights
from kg.model import Post
from kg.score import read_documents

ANNOTATED = {"id": "1", "text": "OpenAI выпустила GPT-4o.", "entities": [], "triples": []}
TAKEN = [
    ("Модель Qwen2.5 от Alibaba обошла Llama 3.", True),
    ("Модель Qwen2.5 от Alibaba — обошла Llama 3!", False),  # the same letters
    ("openai выпустила gpt 4o", False),  # an annotated post
    ("Завтра в Казани дождь.", False),
    ("", False),
    ("модель " * 3000, False),
]


def test_which_unannotated_posts_are_used() -> None:
    assert _new_texts([text for text, _ in TAKEN], [ANNOTATED]) == [text for text, taken in TAKEN if taken]


def test_marginals_are_shares_of_all_paths() -> None:
    random = np.random.default_rng(3)
    scores, transitions = random.normal(0, 2, (4, 3)), random.normal(0, 2, (3, 3))
    expected, total = np.zeros((4, 3)), 0.0
    for path in np.ndindex(3, 3, 3, 3):
        steps = sum(transitions[a, b] for a, b in pairwise(path))
        weight = np.exp(sum(scores[i, label] for i, label in enumerate(path)) + steps)
        total += weight
        for i, label in enumerate(path):
            expected[i, label] += weight
    np.testing.assert_allclose(marginals(scores, transitions), expected / total)
    assert marginals(np.zeros((0, 3)), transitions).shape == (0, 3)


def test_what_the_teachers_say(names: Names) -> None:
    """What the classifiers together find likely of a pair, as the extractor does; nothing for what the ontology rules out."""
    files = weights()
    classifier, reader = Classifier.load(files.classifier), Reader.load(files.reader)
    texts = ["DeepMind представила модель RETRO с 7,5 млрд параметров.", "Дождь.", "GPT-4o"]
    [sample] = taught_samples(texts, load_tagger(files), classifier, reader)
    assert set(np.unique(sample.weights)) == {0, UNANNOTATED}
    assert sample.holds.min() >= 0 and sample.holds.max() <= 1
    likely = dict.fromkeys(reader.predicates, 0.0)
    for row, column in zip(*np.nonzero(sample.weights), strict=True):
        predicate = reader.predicates[column]
        likely[predicate] = max(likely[predicate], float(sample.holds[row, column]))
    found = load_extractor().extract(Post(id="1", text=texts[0]))
    claimed = {claim.predicate for claim in found.claims}
    assert claimed == {"developed_by", "parameter_count"}
    assert {predicate for predicate, share in likely.items() if classifier.holds(predicate, share)} == claimed


@pytest.mark.slow
def test_a_model_of_a_few_posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All steps in their processes; the networks learn from unannotated posts, too."""
    monkeypatch.setattr("kg.extract.training.TEACHERS", 1)  # each takes as long as compiling takes

    def post(number: int) -> dict[str, object]:
        model, firm, other = f"Almaz-{number}B", ("OpenAI", "Zavod", "Google")[number % 3], "Yandex"
        entities = [{"name": name, "type": "Organization", "surfaces": [name]} for name in (firm, other)]
        entities.append({"name": model, "type": "Model", "surfaces": [model]})
        text = f"{firm} представила модель {model}. О ней рассказали на конференции, где были и люди из {other}."
        return {"id": str(number), "text": text, "entities": entities, "triples": [{"s": model, "p": "developed_by", "o": firm}]}

    posts = [post(number) for number in range(60)]
    unannotated = [f"Модель Rubin-{number} от Mistral вышла вчера." for number in range(40)]
    lines: list[str] = []
    train(posts[:40], tmp_path, posts[40:], say=lines.append, unannotated=unannotated, keep=tmp_path / "thirds")
    assert lines[0] == "40 unannotated posts are about computing and new"
    folders = [tmp_path, *(tmp_path / "thirds" / str(fold) for fold in range(FOLDS))]
    assert all(path.is_file() for folder in folders for path in weights(folder))
    assert len({weights(folder).tagger.read_bytes() for folder in folders}) > 1
    judged = [Classifier.load(weights(folder).classifier) for folder in folders]
    assert all(each.thresholds == judged[0].thresholds and each.steps == judged[0].steps for each in judged)
    [claim] = load_extractor(tmp_path).extract(Post(id="1", text="Mistral представила модель Korund-5.")).claims
    assert (claim.subject.name, claim.predicate, claim.object_key) == ("Korund-5", "developed_by", "organization/mistral-ai")


def test_optional_facts_count_neither_way() -> None:
    """Posts in which every fact is optional say nothing of the confidence that a claim needs, neither for nor against it."""

    def posts(**marked: bool) -> list[dict[str, object]]:
        return [
            {
                "id": str(number),
                "text": f"OpenAI представила модель Almaz-{number}B. Её не видел и Google.",
                "entities": [
                    {"name": f"Almaz-{number}B", "type": "Model", "surfaces": []},
                    *({"name": name, "type": "Organization", "surfaces": [name]} for name in ("OpenAI", "Google")),
                ],
                "triples": [{"s": f"Almaz-{number}B", "p": "developed_by", "o": "OpenAI", **marked}],
            }
            for number in range(60)
        ]

    def confidence(**marked: bool) -> float:
        known = {str(number) for number in range(60)}
        pairs = AnnotatedPairs(posts(**marked), lambda _: load_tagger(weights()), known)
        judged = pairs.judge(pairs.regressions(lambda _: None), [], lambda _: None)
        return judged.confidence("developed_by", 0.99)

    assert confidence() > 0.9
    assert confidence(opt=True) < 0.1


def test_copies_teach_the_regression_alone() -> None:
    """The reader is asked about the posts themselves, and thresholds are chosen on them."""
    some = [dict(post) for post in list(read_documents(Path("examples/gold.jsonl")).values())[:12]]
    copies = [copy for post in some if (copy := renamed(post))]
    plain, more = (AnnotatedPairs(some, lambda _: load_tagger(weights()), {post["id"] for post in some}, c) for c in ([], copies))
    assert len(more.table) > len(plain.table) == sum(len(sample.holds) for sample in more.samples)
    assert more.judged.sum() == plain.judged.sum() > 0
    silent = [np.zeros((int((plain.folds == fold).sum()), len(plain.predicates))) for fold in range(FOLDS)]
    more.judge(more.regressions(lambda _: None), silent, lambda _: None)
