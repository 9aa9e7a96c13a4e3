"""Metrics: how they are named next to a score. A row: the text, the score asked about (empty: none is given), the metric."""

from __future__ import annotations

import pytest

from kg.extract.extractor import read_document
from kg.extract.metrics import find_metrics, metric_of
from kg.extract.names import Names
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

ROWS = [
    ("Almaz gets 89.4% accuracy on MMLU", "89.4", "accuracy"),
    ("Almaz reaches an accuracy of 61.9% on MMLU", "61.9", "accuracy"),
    ("Almaz: accuracy = 61.9 on MMLU", "61.9", "accuracy"),
    ("Almaz has a 64.5% pass rate on MMLU", "64.5", "pass rate"),
    ("Almaz shows a 31% improvement on MMLU", "31", "improvement"),
    ("Almaz: MMLU (+4.5)", "+4.5", "improvement"),
    ("Almaz has +4.5% accuracy on MMLU", "+4.5", "accuracy"),
    ("Almaz с приростом 5.1% на MMLU", "5.1", "improvement"),
    ("Almaz с точностью 91% на MMLU", "91", "accuracy"),
    ("Almaz достигает точности 89,4% на MMLU", "89.4", "accuracy"),
    ("Точность Almaz на MMLU составила 93%", "93", "accuracy"),
    ("Almaz набирает около **87,8%** точности на MMLU", "87.8", "accuracy"),
    ("Almaz по метрике BLEU 34.2 на MMLU", "34.2", "BLEU"),
    ("Almaz has a BLEU score of 34.2 on MMLU", "34.2", "BLEU"),
    ("Almaz: FID of 2.3 on MMLU", "2.3", "FID"),
    ("Almaz: pass@1 = 67% on MMLU", "67", "pass@1"),
    ("Almaz with 80.7% pass@8192 on MMLU", "80.7", "pass@8192"),
    ("Almaz: recall@10 92.1 on MMLU", "92.1", "recall@10"),
    ("Almaz: WER 3,2% на MMLU", "3.2", "WER"),
    ("Almaz достиг перплексии 26.2 на MMLU", "26.2", "perplexity"),
    ("Almaz beats Rubin on MMLU (66.5 vs. 65.9 in pass@1)", "66.5", "pass@1"),
    ("Almaz beats Rubin on MMLU (66.5 vs. 65.9 in pass@1)", "65.9", "pass@1"),
    ("Almaz has a MMLU Elo Score of 1363 vs. 1338", "1363", "Elo"),
    ("Almaz has a MMLU Elo Score of 1363 vs. 1338", "1338", "Elo"),
    ("Almaz достиг перплексии 26.2 на MMLU и ~30.5 на GLUE", "30.5", "perplexity"),
    ("Almaz reaches accuracies of 46.3% and later 52.1% on MMLU", "46.3", "accuracy"),
    ("Almaz shows improvements of 5.1% on MMLU", "5.1", "improvement"),
    ("Almaz gets 89.4% accuracy on GLUE and scores 70.1 on MMLU", "89.4", "accuracy"),
    ("Almaz gets 89.4% accuracy on GLUE and scores 70.1 on MMLU", "70.1", ""),
    ("Almaz достиг точности 89% на GLUE и набрал 70.1 на MMLU", "70.1", ""),
    ("Across the tests of MMLU, Almaz shows higher accuracy", "", "accuracy"),
    ("На MMLU у Almaz точность выше, чем у Rubin", "", ""),
    ("Almaz: 70.1 on MMLU. Accuracy matters.", "70.1", ""),
    ("Almaz gets 70.1 on MMLU and 3.2 WER on GLUE", "70.1", ""),
    ("Almaz scored 24.4% on MMLU", "24.4", ""),
    ("Almaz is compared by accuracy on MMLU", "", "accuracy"),
    ("Almaz сравнили по точности на тесте MMLU", "", "accuracy"),
    ("Almaz достиг более высокого показателя MAP на MMLU", "", "mAP"),
    ("Accuracy matters, and Almaz was tried on MMLU", "", ""),
]


@pytest.mark.parametrize(("text", "score", "metric"), ROWS)
def test_the_metric_of_a_result(names: Names, text: str, score: str, metric: str) -> None:
    types = {"Almaz": "Model", "Rubin": "Model", "MMLU": "Benchmark", "GLUE": "Benchmark"}
    tokens = Tokens(text)
    document = read_document(tokens, named_words(tokens, types))
    number = next((span for span in document.spans if span.type == "score" and span.name == score), None)
    assert (number is None) == (not score)
    benchmark = next(span for span in document.spans if span.type == "Benchmark")
    assert metric_of(document, number, benchmark, names) == metric


NAMED = [
    ("Pass@1 и pass@10, nDCG@5", ["pass@1", "pass@10", "nDCG@5"]),
    ("pass^3", ["pass^3"]),
    ("mail me at name@1 now", []),
    ("BLEU-Bench is a benchmark", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "metrics"), NAMED)
def test_metrics_in_a_text(names: Names, text: str, metrics: list[str]) -> None:
    assert [metric.name for metric in find_metrics(Tokens(text), names)] == metrics
