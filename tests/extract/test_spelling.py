"""Spelling: look-alike letters, and the longer ways of saying a listed name."""

from __future__ import annotations

import pytest

from kg.extract.names import Names
from kg.extract.resolve import Resolver
from kg.extract.simpler_names import distinctive
from kg.extract.spelling import latin_letters

LETTERS = [
    ("GPT-4о", "GPT-4o"),
    ("ГПТ-4о", "ГПТ-4o"),
    ("С++", "C++"),
    ("С#", "C#"),
    ("8х7В", "8x7B"),
    ("70В", "70B"),
    ("Cбер", "Сбер"),
    ("МоЕ", "МоЕ"),
    ("Роза", "Роза"),
    ("Qwen", "Qwen"),
    ("YandexGPT от Яндекса", "YandexGPT от Яндекса"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "name"), LETTERS)
def test_letters_that_look_alike(written: str, name: str) -> None:
    assert latin_letters(written) == name


# Type, longer way of saying it, key of the entity, why.
LONGER = [
    ("Model", "ГПТ-4о", "model/gpt-4o", "listed alias"),
    ("Model", "ГПТ-5о", "model/gpt-5o", "letters that look alike"),
    ("Software", "С++", "software/c++", "letters that look alike"),
    ("Benchmark", "MMMU benchmark", "benchmark/mmmu", "with the word for what it is"),
    ("Benchmark", "Chatbot Arena Leaderboard", "benchmark/chatbot-arena", "with the word for what it is"),
    ("Dataset", "FineWeb dataset", "dataset/fineweb", "with the word for what it is"),
    ("Model", "Llama models", "model/llama", "with the word for what it is"),
    ("Model", "Zq7Net model", "model/zq7-net", "with the word for what it is"),
    ("Model", "Consistency Models", "model/consistency-models", "as written"),
    ("Software", "Gemini API", "software/gemini-api", "listed name"),
    ("Software", "Zorbl API", "software/zorbl-api", "as written"),
    ("Model", "Large World Model (LWM)", "model/lwm", "with its abbreviation"),
    ("Model", "Good Video Generator (GVG)", "model/good-video-generator", "with its abbreviation"),
    ("Hardware", "Cloud TPUs", "hardware/tpu", "listed alias"),
    ("Model", "70B Llama", "model/llama-70b", "size or year said first"),
    ("Model", "8x22B Mixtral", "model/mixtral-8-x22b", "size or year said first"),
    ("Event", "2024 NeurIPS", "event/neurips-2024", "size or year said first"),
    ("Model", "70B Zorbl", "model/70b-zorbl", "as written"),
    ("Organization", "Anthropic AI", "organization/anthropic", "with the kind of company"),
    ("Organization", "Zorbl Inc", "organization/zorbl", "with the kind of company"),
    ("Organization", "Zorbl AI", "organization/zorbl-ai", "as written"),
    ("Organization", "Meta AI", "organization/meta", "listed alias"),
    ("Organization", "HF", "organization/hugging-face", "listed alias"),
    ("Model", "Cohere Command R+", "model/command-r+", "listed name behind its owner's"),
    ("Model", "Mistral AI Small 3.1", "model/mistral-small-3.1", "listed name behind its owner's"),
    ("Model", "Alice AI ART 3.0", "model/alice-ai-art-3.0", "listed family, own version"),
    ("Model", "Qwen QwQ-32B", "model/qwq-32b", "listed name behind its family's"),
    ("Model", "Sonnet 3.5", "model/claude-3.5-sonnet", "listed alias"),
    ("Model", "Gemini Flash 2.0", "model/gemini-2.0-flash", "listed alias"),
    ("Model", "Ламе", "model/llama", "listed alias, case ending"),
    ("Model", "Викуньи", "model/vicuna", "listed alias, case ending"),
    ("Organization", "Гуглом", "organization/google", "listed alias, case ending"),
    ("Organization", "Сбером", "organization/сбер", "listed name, case ending"),
    ("Organization", "НАСА", "organization/nasa", "listed alias"),
    ("Organization", "Нас", "organization/nas", "transliterated"),
    ("Model", "Ким", "model/kim", "transliterated"),
    ("Model", "Кими", "model/kimi", "listed alias"),
    ("Person", "Иванову", "person/ivanov", "transliterated"),
    ("Person", "Иванов", "person/ivanov", "transliterated"),
    ("Person", "Иваном", "person/ivan", "transliterated"),
    ("Organization", "СУН", "organization/сун", "as written"),
    ("Organization", "Суна", "organization/sun", "transliterated"),
    ("Model", "Q-Filters", "model/q-filters", "as written"),
    ("Model", "Complex", "model/complex", "as written"),
]


@pytest.mark.parametrize(("kind", "written", "key", "reason"), LONGER)
def test_longer_and_inflected_names(names: Names, kind: str, written: str, key: str, reason: str) -> None:
    found = Resolver(names).resolve(kind, written)
    assert (found.reason, found.key) == (reason, key)


ALONE = [
    ("FineWeb", True),
    ("MMMU", True),
    ("H100", True),
    ("Docs", False),
    ("v0.3", False),
    ("0.2", False),
    ("R1", False),
    ("", False),
]


@pytest.mark.parametrize(("name", "answer"), ALONE)
def test_names_that_can_stand_alone(name: str, answer: bool) -> None:
    assert distinctive(name) == answer
