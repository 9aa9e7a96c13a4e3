"""Sizes and dates: what is one, in both languages, and what only looks like one."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import find_dates
from kg.extract.sizes import find_sizes

BILLION, MILLION = 10**9, 10**6

SIZES = [
    ("175 billion parameters", [175 * BILLION]),
    ("175B parameters", [175 * BILLION]),
    ("175 млрд параметров", [175 * BILLION]),
    ("175 млрд. параметров", [175 * BILLION]),
    ("7,5 миллиарда параметров", [7_500 * MILLION]),
    ("1.5B", [1_500 * MILLION]),
    ("340M", [340 * MILLION]),
    ("1,5 млн параметров", [1_500_000]),
    ("500 тыс. параметров", [500_000]),
    ("1T", [1000 * BILLION]),
    ("1 трлн параметров", [1000 * BILLION]),
    ("1 trillion-parameter model", [1000 * BILLION]),
    ("a 12-billion-parameter model", [12 * BILLION]),
    ("12B-parameter", [12 * BILLION]),
    ("530-миллиардная модель", [530 * BILLION]),
    ("7Б параметров", [7 * BILLION]),
    ("7B, 13B and 70B", [7 * BILLION, 13 * BILLION, 70 * BILLION]),
    ("8B/70B/405B", [8 * BILLION, 70 * BILLION, 405 * BILLION]),
    ("7-13B", [7 * BILLION, 13 * BILLION]),
    ("от 7 до 13 млрд параметров", [7 * BILLION, 13 * BILLION]),
    ("Лира-3 — 27 млрд параметров", [27 * BILLION]),
    ("Lyra 2.0 - 27B", [27 * BILLION]),
    ("1,000 billion parameters", [1000 * BILLION]),
    ("1 000 млрд параметров", [1000 * BILLION]),
    ("3, 7 и 15 млрд параметров", [3 * BILLION, 7 * BILLION, 15 * BILLION]),
    ("7, 13 and 70 billion parameters", [7 * BILLION, 13 * BILLION, 70 * BILLION]),
    ("1.5 or 3 billion parameters", [1_500 * MILLION, 3 * BILLION]),
    ("Lumen-3 and 7 billion parameters", [7 * BILLION]),
    ("Lumen 3 and 7B", [7 * BILLION]),
    ("lumen-3.1-70b", [70 * BILLION]),
    ("30 млрд общих параметров, 3 млрд активных", [30 * BILLION]),
    ("671B total, 37B active", [671 * BILLION]),
    ("671B parameters (active 37B)", [671 * BILLION]),
    ("1,4 трлн параметров (активных 40 млрд)", [1400 * BILLION]),
    ("671 млрд параметров, из них активны 37 млрд", [671 * BILLION]),
    ("в Lyra 2 триллиона параметров при активном использовании только **40 миллиардов**", [2000 * BILLION]),
    ("Lyra из своих 90 млрд параметров задействует на каждый токен около 6 миллиардов", [90 * BILLION]),
    ("90B parameters, activating only about 5B per token", [90 * BILLION]),
    ("5B active, 90B parameters in all", [90 * BILLION]),
    ("released at the 7B and 13B parameter scales", [7 * BILLION, 13 * BILLION]),
    ("270K parameters", [270_000]),
    ("a 1200B parameter model", [1200 * BILLION]),
    ("модель выросла до 70B", [70 * BILLION]),
    ("модели от 0.5B до 72B", [500 * MILLION, 72 * BILLION]),
    ("a 32B open-weight image model", [32 * BILLION]),
    ("14B video generation model", [14 * BILLION]),
    ("the 7B document encoder", [7 * BILLION]),
    ("a trillion parameters", [1000 * BILLION]),
    ("thirteen billion parameters", [13 * BILLION]),
    ("a seventy-billion-parameter model", [70 * BILLION]),
    ("one hundred seventy five billion parameters", [175 * BILLION]),
    ("two hundred million parameters", [200 * MILLION]),
    ("семь миллиардов параметров", [7 * BILLION]),
    ("Тринадцать миллиардов параметров", [13 * BILLION]),
    ("сто двадцать пять миллионов параметров", [125 * MILLION]),
    ("миллиард параметров", [BILLION]),
    ("a trillion-parameter model", [1000 * BILLION]),
    ("насчитывает триллион параметров", [1000 * BILLION]),
    ("миллиард обучаемых параметров", [BILLION]),
    ("с полутора миллиардами параметров", [1_500 * MILLION]),
    ("2 триллиона параметров", [2000 * BILLION]),
]
NO_SIZES = [
    "контекст 2М",
    "a context window of up to 1M",
    "с контекстом до 1 млн",
    "37B active",
    "37B of them active",
    "лучшая среди открытых моделей до 37B",
    "the best of the models under 37B",
    "первая модель меньше 10B на этом месте",
    "лучшая модель эмбеддингов до 500M",
    "the strongest sub-10B model",
    "обходит модели на 70 млрд параметров",
    "обгоняет модели класса 7 млрд параметров",
    "it outperforms older models with 7B-9B parameters",
    "beats models of 3B and 7B",
    "the best one at the 6B+ parameter scale",
    "at billion-parameter scale",
    "several billion parameters",
    "tens of billion parameters",
    "нескольких миллиардов параметров",
    "trained on a 7B model",
    "shown on 1B and 8B models",
    "beats all other open-data 7B and 8B models",
    "при активном использовании 40 млрд",
    "проверяли на моделях 3B, 9B и 27B",
    "tested on models of 1B, 7B and 70B",
    "works for open LLMs from 1B to 70B",
    "37 млрд активных параметров",
    "37 млрд параметров активны",
    "with only 22B parameters activated",
    "активирует около 37 млрд параметров",
    "активных параметров: 10 млрд",
    "5.2K stars",
    "128K",
    "на триллион токенов",
    "a trillion tokens",
    "TOI-1231b",
    "12 миллионов фотографий",
    "140 t/s",
    "%D0%8B",
    "$5 billion",
    "€3 million",
    "₽5 млрд",
    "5 billion dollars",
    "5 млрд рублей",
    "5 миллионов долларов",
    "300B tokens",
    "15 трлн токенов",
    "128K context",
    "10 million users",
    "2 million downloads",
    "30 million images",
    "5B image pairs for the model",
    "2M page views",
    "6 млрд человек",
    "4K video",
    "3 мая",
    "175",
    "GPT4",
    "H100",
    "3.5",
    "B",
    "",
]


@pytest.mark.parametrize(("text", "sizes"), SIZES)
def test_sizes(text: str, sizes: list[int]) -> None:
    assert [int(value.value) for value in find_sizes(text)] == sizes


@pytest.mark.parametrize("text", NO_SIZES)
def test_no_sizes(text: str) -> None:
    assert not list(find_sizes(text))


HINTS = [
    ("7B parameters", "parameters"),
    ("7 млрд параметров", "parameters"),
    ("the 7B model", "letter"),
    ("7 billion", "word"),
    ("7-миллиардная модель", "letter"),
    ("7 миллиардов", "word"),
]


@pytest.mark.parametrize(("text", "hint"), HINTS)
def test_what_the_writing_of_a_size_says(text: str, hint: str) -> None:
    assert [value.hint for value in find_sizes(text)] == [hint]


DATES = [
    ("9 декабря 2021 года", "2021-12-09"),
    ("1-го мая 2024", "2024-05-01"),
    ("December 9, 2021", "2021-12-09"),
    ("Dec. 9, 2021", "2021-12-09"),
    ("from 9 December 2021", "2021-12-09"),
    ("DECEMBER 9, 2021", "2021-12-09"),
    ("in 2024 tasks changed", "2024"),
    ("в 2024 часть команды", "2024"),
    ("9 Dec 2021", "2021-12-09"),
    ("9th of December 2021", "2021-12-09"),
    ("June 3rd, 2024", "2024-06-03"),
    ("в декабре 2021 года", "2021-12"),
    ("декабрь 2021", "2021-12"),
    ("May 2023", "2023-05"),
    ("Sept 2024", "2024-09"),
    ("2021-12-09", "2021-12-09"),
    ("[2021.12.09]", "2021-12-09"),
    ("2021/12/09", "2021-12-09"),
    ("2021-12", "2021-12"),
    ("09.12.2021", "2021-12-09"),
    ("в 2021 году", "2021"),
    ("в 2021г.", "2021"),
    ("1 июня 2024г.", "2024-06-01"),
    ("29 февраля 2024", "2024-02-29"),
    ("майский 2023", "2023-05"),
    ("Декларация 2021", "2021"),
    ("available since 2023", "2023"),
    ("in early 2023", "2023"),
    ("летом 2024 года", "2024"),
    ("a marketing 2024 plan", "2024"),
    ("in 2023 GPT-4 came out", "2023"),
    ("в 2024 A модель", "2024"),
]
NO_DATES = [
    "2000 токенов в секунду",
    "trained on 2000 examples",
    "5 мая",
    "May 5",
    "32 мая 2023",
    "0 мая 2023",
    "31 февраля 2023",
    "29 февраля 2023",
    "15.13.2023",
    "1.2021.12.09",
    "2021-13-45",
    "2021-22",
    "GPT-2021",
    "2021x",
    "1949",
    "2050",
    "version 2023.1",
    "2048 H100",
    "2000 A100",
    "2,000 items",
    "1,2000",
    "12021",
    "",
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_dates(text: str, date: str) -> None:
    assert [value.value for value in find_dates(text)] == [date]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_dates(text: str) -> None:
    assert not list(find_dates(text))


DIGITS = st.text(alphabet=st.sampled_from("0123456789.,- /BMKмлрдтыс\u00a0годмаяMay\n"), max_size=60)


@given(DIGITS | st.text(max_size=60))
def test_values_are_values_of_their_place(text: str) -> None:
    for value in find_sizes(text):
        assert int(value.value) >= 0 and text[value.start : value.end].strip()
    for value in find_dates(text):
        assert datetime.date.fromisoformat(f"{value.value}-01-01"[:10])
        assert text[value.start : value.end].strip()
