"""Weights from annotated posts: first the tagger, then the classifier on what the tagger finds in posts it was not trained on."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.extract.classifier import Classifier, best_thresholds
from kg.extract.cues import load_cues
from kg.extract.document import Document, Span
from kg.extract.extractor import read_document
from kg.extract.features import token_features
from kg.extract.gold import bio_labels, gold_spans, nested_owners
from kg.extract.mentions import find_mentions
from kg.extract.names import Names, load_names
from kg.extract.pair_table import PairTable, calibrate
from kg.extract.pairs import VALUE_TYPES, Pair, PairFinder
from kg.extract.resolve import Resolver
from kg.extract.tagger import Sample, Tagger, crf_trainer, train_tagger
from kg.extract.tokens import Tokens
from kg.extract.version import CLASSIFIER_FILE, TAGGER_FILE
from kg.score import normal, same_value
from kg.vocabulary import Vocabulary, load_vocabulary

FOLDS = 3
"""Parts of the posts; each part is tagged by a tagger trained on the other parts."""

Post = dict[str, Any]
"""A line of the gold form."""
Row = tuple[Pair, set[str]]
"""A pair and the predicates that hold for it."""


def train(
    real: Sequence[Post],
    folder: Path,
    written: Sequence[Post] = (),
    jobs: int = 2,
    say: Callable[[str], None] = lambda line: None,
    *,
    quick: bool = False,
) -> None:
    """Fit both models and write them into ``folder``: the same posts give the same weights.

    ``quick`` takes a quarter of the time and costs one or two points of F1.
    ``written`` posts (made up to teach) are trained on like the ``real`` ones, but thresholds are chosen on real ones alone.
    """
    crf_trainer(quick)  # says what is missing before processes are started for it
    folder.mkdir(parents=True, exist_ok=True)
    posts = [*real, *written]
    with TemporaryDirectory() as scratch:
        parts = [Path(scratch) / f"{fold}.crfsuite" for fold in range(FOLDS)]
        plan = [([p for p in posts if fold_of(p) != fold], path, quick) for fold, path in enumerate(parts)]
        plan.append((list(posts), folder / TAGGER_FILE, quick))
        with ProcessPoolExecutor(jobs, get_context("spawn"), max_tasks_per_child=1) as pool:
            for done, _ in enumerate(pool.map(_fit_tagger, plan), 1):
                say(f"tagger {done} of {len(plan)}")
        taggers = [Tagger(path) for path in parts]
        classifier = fit_classifier(posts, lambda post: taggers[fold_of(post)], {str(post["id"]) for post in real}, say)
    classifier.save(folder / CLASSIFIER_FILE)


def fit_classifier(
    posts: Sequence[Post], tagger_of: Callable[[Post], Tagger], real: set[str], say: Callable[[str], None] = lambda line: None
) -> Classifier:
    """A classifier trained on annotated and on found mentions alike; thresholds and confidences from ``real`` posts left out."""
    import numpy as np

    names, vocabulary = load_names(), load_vocabulary()
    finder = PairFinder(vocabulary, names, load_cues())
    table, parts, judged = PairTable(), [], []
    for post in posts:
        for document, found in ((found_document(post, names, tagger_of(post)), True), (annotated_document(post), False)):
            for pair, holds in labelled_pairs(post, document, finder, vocabulary):
                table.add(pair.features, finder.predicates[pair.near_subject.type, pair.near_object.type], holds)
                parts.append(fold_of(post))
                judged.append(found and post["id"] in real)
    say(f"{len(table)} pairs")
    matrix, folds, left_out = table.matrix(), np.array(parts), np.array(judged)
    scored: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for fold in range(FOLDS):
        classifier = table.fit(matrix, folds != fold)
        for predicate in table.predicates:
            possible, truth = table.rows_of(predicate)
            rows = np.flatnonzero(possible & left_out & (folds == fold))
            probabilities = table.probabilities(matrix, classifier, predicate, rows)
            scored[predicate] += zip(map(float, probabilities), map(bool, truth[rows]), strict=True)
        say(f"classifier {fold + 1} of {FOLDS + 1}")
    facts = [triple["p"] for post in posts if post["id"] in real for triple in post["triples"]]
    missed = {predicate: max(0, facts.count(predicate) - sum(holds for _, holds in rows)) for predicate, rows in scored.items()}
    classifier = table.fit(matrix, folds >= 0)
    classifier.thresholds, classifier.steps = best_thresholds(scored, missed), calibrate(scored)
    say(f"F1 on posts left out, scores of results aside: {_held_out_f1(scored, missed, classifier):.3f}")
    return classifier


def _held_out_f1(scored: dict[str, list[tuple[float, bool]]], missed: dict[str, int], classifier: Classifier) -> float:
    right = claimed = true = 0
    for predicate, rows in scored.items():
        if predicate != "score":
            right += sum(holds and classifier.holds(predicate, probability) for probability, holds in rows)
            claimed += sum(classifier.holds(predicate, probability) for probability, _ in rows)
            true += sum(holds for _, holds in rows) + missed[predicate]
    return 2 * right / max(1, claimed + true)


def fold_of(post: Post) -> int:
    """Which part a post belongs to, by its id alone."""
    return int(hashlib.sha256(str(post["id"]).encode()).hexdigest(), 16) % FOLDS


def tagger_sample(post: Post, names: Names) -> Sample:
    """Features and labels of one annotated post."""
    tokens = Tokens(post["text"])
    return token_features(tokens, names.find(tokens)), bio_labels(len(tokens), gold_spans(tokens, post["entities"]))


def _fit_tagger(task: tuple[list[Post], Path, bool]) -> None:
    posts, path, quick = task
    names = load_names()
    train_tagger((tagger_sample(post, names) for post in posts), path, quick)


def found_document(post: Post, names: Names, tagger: Tagger) -> Document:
    """The post with the mentions that the tagger finds."""
    tokens = Tokens(post["text"])
    return read_document(tokens, find_mentions(tokens, names, tagger))


def annotated_document(post: Post) -> Document:
    """The post with the mentions that the annotator marked."""
    tokens = Tokens(post["text"])
    spans = gold_spans(tokens, post["entities"])
    owners = {form: e["name"] for e in post["entities"] if e["type"] == "Organization" for form in (*e["surfaces"], e["name"])}
    nested = [
        Span(first, last, kind, owners[name], "nested joined sure" if tokens.items[last + 1].glued else "nested apart sure")
        for first, last, kind, name in nested_owners(tokens, spans, set(owners))
    ]
    return read_document(tokens, [Span(*span) for span in spans] + nested)


def labelled_pairs(post: Post, document: Document, finder: PairFinder, vocabulary: Vocabulary) -> Iterator[Row]:
    """Every pair of the document with the predicates the annotator gave it."""
    names = Resolver(finder.names)
    forms = {key: _forms(document, spans, names) for key, spans in document.entities.items()}
    gold = {e["name"]: {normal(form) for form in (*e["surfaces"], e["name"])} for e in post["entities"]}
    for pair in finder.find(document):
        holds = set()
        for triple in post["triples"]:
            subject, object_ = gold.get(triple["s"], set()), gold.get(str(triple["o"]), set())
            score = (triple.get("q") or {}).get("score")
            if pair.near_object.type == "score":
                named = forms[pair.subject] & subject or forms[pair.subject] & object_
                if score is not None and named and str(score).rstrip("%") == pair.near_object.name:
                    holds.add("score")
            elif forms[pair.subject] & subject and _same_object(triple, pair, forms, object_, vocabulary):
                holds.add(triple["p"])
        yield pair, holds


def _forms(document: Document, spans: list[Span], names: Resolver) -> set[str]:
    """All normalised ways in which the post names an entity, as written and uninflected."""
    items, text = document.tokens.items, document.tokens.text
    forms = {normal(span.name) for span in spans}
    for span in spans:
        for first, last in document.ranges(span):
            written = text[items[first].start : items[last].end]
            forms |= {normal(written), normal(names.natural(span.type, written))}
    return forms


def _same_object(triple: Post, pair: Pair, forms: dict[str, set[str]], names: set[str], vocabulary: Vocabulary) -> bool:
    relation = vocabulary.relation(triple["p"])
    if not relation.to_value:
        return bool(forms[pair.object] & names)
    kinds = {VALUE_TYPES[datatype] for datatype in relation.range}
    return pair.near_object.type in kinds and same_value(triple["p"], triple["o"], pair.near_object.name)
