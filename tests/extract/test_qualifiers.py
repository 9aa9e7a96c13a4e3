"""Scores, ranks and counts: what they are and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.qualifiers import find_count, find_ranks, find_scores, leads

SCORES = [
    ("заняла 3 место", []),
    ("на 3-й позиции", []),
    ("в 1,5 раза быстрее", []),
    ("на 5 п.п. больше", []),
    ("2 times faster", []),
    ("88.7%", ["88.7"]),
    ("88,7 %", ["88.7"]),
    ("0.75 on MMLU", ["0.75"]),
    ("~90%", ["90"]),
    ("+3.2 points", ["+3.2"]),
    ("−1,5", ["-1.5"]),
    ("1300 Elo", ["1300"]),
    ("F1 0.91", ["0.91"]),
    ("90.5, 91 и 92%", ["90.5", "91", "92"]),
    ("90.5.", ["90.5"]),
    ("in 2023", []),
    ("5-shot", []),
    ("decodes at 892 TPS", []),
    ("MMLU: 88.7\nGPU: 8", ["88.7", "8"]),
    ("88.7 second only to", ["88.7"]),
    ("12 ms, 24 кадра, 16 ГБ", []),
    ("5 shots", []),
    ("MMLU (5 shot) 70.1", ["70.1"]),
    ("4-bit", []),
    ("8x faster", []),
    ("$20", []),
    ("v3.5", []),
    ("3.5.1", []),
    ("GPT-4", []),
    ("12k", []),
    ("#8 on the board", []),
    ("№ 3 в списке", []),
    ("1e5", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "scores"), SCORES)
def test_scores(text: str, scores: list[str]) -> None:
    assert [value.value for value in find_scores(text)] == scores


RANKS: list[tuple[str, int | None]] = [
    ("#1 on MMLU", 1),
    ("№ 2 в рейтинге", 2),
    ("топ-10", None),
    ("top-5", None),
    ("топ-1 на арене", 1),
    ("top-1 accuracy of 80%", None),
    ("84,1% top-1", None),
    ("number one on the board", 1),
    ("No. 3 in the list", 3),
    ("is now the top model on the board", 1),
    ("the board is topped by", 1),
    ("занимает пятое место", 5),
    ("ranked 3rd", 3),
    ("ranks second on", 2),
    ("comes third, behind", 3),
    ("placed first overall", 1),
    ("ranked #4", 4),
    ("at rank 7", 7),
    ("ranks first place", 1),
    ("2nd place", 2),
    ("1st on the leaderboard", 1),
    ("second place", 2),
    ("третье место", 3),
    ("третьего места", 3),
    ("занял 3 место", 3),
    ("занял 3-е место", 3),
    ("на первой строчке", 1),
    ("на второй строчке", 2),
    ("первая позиция", 1),
    ("now tops the leaderboard", 1),
    ("takes the top spot", 1),
    ("модель возглавила рейтинг", 1),
    ("стоит на вершине лидерборда", 1),
    ("top models of the year", None),
    ("first release", None),
    ("в первую очередь", None),
    ("rank 0", None),
    ("место встречи", None),
    ("2 models", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "rank"), RANKS)
def test_ranks(text: str, rank: int | None) -> None:
    assert next((found.place for found in find_ranks(text)), None) == rank


LEADS = [
    ("Almaz leads ", True),
    ("Almaz is leading the ", True),
    ("Almaz leads open models on the ", True),
    ("Almaz, the leading lab. On ", False),
    ("Almaz misleads ", False),
    ("", False),
]


@pytest.mark.parametrize(("before", "answer"), LEADS)
def test_who_leads_a_benchmark(before: str, answer: bool) -> None:
    assert leads(before) == answer


COUNTS: list[tuple[str, str, int | None]] = [
    ("on 512 ", " GPUs", 512),
    ("on 8x", "", 8),
    ("on 8 x ", "", 8),
    ("on 8 × ", "", 8),
    ("on 16,000 ", "", 16_000),
    ("на 2 048 ", "", 2048),
    ("на 64 видеокартах ", "", 64),
    ("1000 NVIDIA ", "", 1000),
    ("на ", " x8", 8),
    ("на ", " (8x)", 8),
    ("на ", " ×4", 4),
    ("долгое и подробное описание того, как модель обучали на 512 ", "", 512),
    ("512 80GB ", "", 512),
    ("on 80 GB ", "", None),
    ("на V100 и ", "", None),
    ("in 2023 on ", "", None),
    ("for 21 days on ", "", None),
    ("за 3 недели на ", "", None),
    ("GPT-4 ", "", None),
    ("3 billion ", "", None),
    ("3.5 ", "", None),
    ("with four ", "", 4),
    ("на двух ", "", 2),
    ("on two new ", "", 2),
    ("за две секунды на ", "", None),
    ("in three days on ", "", None),
    ("on a pair of ", "", 2),
    ("кластер из 200 тысяч ", "", 200_000),
    ("with 100k ", "", 100_000),
    ("a cluster of 16 ", "s", 16),
    ("кластер из 16 384 ", "", 16_384),
    ("снизили с 1,192 до 213 ", "", 213),
    ("помещается на один ", " (80GB)", 1),
    ("on a single 80GB GPU (like NVIDIA ", "", 1),
    ("only 2.788M ", " GPU hours", None),
    ("6000 ", " часов", None),
    ("dropped to ~$672 using ", "", None),
    ("по 128 ядрам ", "", None),
    ("0 ", "", None),
    ("", "", None),
]


@pytest.mark.parametrize(("before", "after", "count"), COUNTS)
def test_counts(before: str, after: str, count: int | None) -> None:
    assert find_count(before, after) == count


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_can_be_asked(before: str, after: str) -> None:
    assert (find_count(before, after) or 1) >= 1
    assert all(rank.place >= 1 for rank in find_ranks(before))
    for value in find_scores(before):
        assert float(value.value.split("/")[0]) is not None
