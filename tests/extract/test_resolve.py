"""Resolution: spellings that share a key, versions that must not."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.names import Name, Names
from kg.extract.resolve import Resolver
from kg.extract.spelling import clean_name, entity_key, normal


@pytest.fixture(scope="module")
def resolver(names: Names) -> Resolver:
    return Resolver(names)


SAME = [
    ("Model", ["GPT-4", "GPT 4", "gpt4", "GPT‑4", "**GPT-4**", "«GPT-4»", "GPT-4's", "GPT-4'а", "ГПТ-4"]),
    ("Model", ["GPT-4o", "GPT 4o", "ГПТ-4o", "gpt-4o"]),
    ("Model", ["GPT-4 Turbo", "GPT-4-turbo", "gpt 4 turbo"]),
    ("Model", ["GPT-3.5", "GPT 3.5", "GPT3.5", "GPT-3,5"]),
    ("Model", ["Llama 3.1", "LLaMA-3.1", "Llama3.1"]),
    ("Model", ["Llama 3.1 405B", "Llama-3.1-405B", "LLaMA 3.1 405b"]),
    ("Model", ["Qwen2.5", "Qwen 2.5", "Qwen-2.5"]),
    ("Model", ["Qwen2.5-72B", "Qwen 2.5 72B"]),
    ("Model", ["o1", "OpenAI o1"]),
    ("Model", ["o1-preview", "o1 preview"]),
    ("Model", ["Gemini 1.5 Pro", "Gemini-1.5-Pro", "Google Gemini 1.5 Pro"]),
    ("Model", ["DeepSeek-R1", "DeepSeek R1"]),
    ("Model", ["Mistral 7B", "Mistral-7B"]),
    ("Model", ["Mixtral 8x7B", "Mixtral-8x7B", "Mixtral 8×7B", "Mixtral 8х7B"]),
    ("Model", ["GigaChat", "ГигаЧат", "ГигаЧата", "Гигачатом", "Gigachat"]),
    ("Model", ["GigaChat 2", "ГигаЧат 2"]),
    ("Model", ["YandexGPT", "ЯндексГПТ", "Яндекс GPT"]),
    ("Model", ["Kandinsky", "Кандинский"]),
    ("Model", ["Claude", "Клод", "Клода"]),
    ("Model", ["DALL-E 2", "DALL·E 2"]),
    ("Organization", ["Сбер", "Сбера", "Сбером", "Sber", "Сбербанк", "Сбербанка"]),
    ("Organization", ["Яндекс", "Яндекса", "Яндексом", "Yandex"]),
    ("Organization", ["Google", "Гугл", "Гугла", "Google's", "Google’s"]),
    ("Organization", ["OpenAI", "Open AI", "ОпенАИ"]),
    ("Organization", ["DeepMind", "Google DeepMind"]),
    ("Organization", ["NVIDIA", "Nvidia", "Нвидиа"]),
    ("Organization", ["Сколтех", "Skoltech"]),
    ("Hardware", ["RTX 4090", "RTX4090", "GeForce RTX 4090", "RTX 4090s", "RTX 4090 GPU"]),
    ("Hardware", ["A100", "А100", "NVIDIA A100", "A100s", "A100 GPU", "A100 GPUs", "Tesla A100"]),
    ("Hardware", ["TPU v4", "TPUv4", "Cloud TPU v4"]),
    ("Benchmark", ["MMLU-Pro", "MMLU Pro"]),
    ("Benchmark", ["GSM8K", "GSM-8K"]),
    ("Benchmark", ["LMArena", "Chatbot Arena"]),
    ("Software", ["PyTorch", "Pytorch", "pytorch"]),
    ("Software", ["LightGBM", "Microsoft LightGBM"]),
    ("Hardware", ["Selene", "NVIDIA Selene"]),
    ("Model", ["Orion-7", "Орион-7", "Ориона-7"]),
]


@pytest.mark.parametrize(("kind", "forms"), SAME, ids=lambda value: value[0] if isinstance(value, list) else value)
def test_spellings_of_one_thing(resolver: Resolver, kind: str, forms: list[str]) -> None:
    assert {resolver.resolve(kind, form).key for form in forms} == {resolver.resolve(kind, forms[0]).key}


APART = [
    ("Hardware", ["Atlas", "Geely Atlas"]),
    ("Benchmark", ["GPQA", "GPQA Diamond"]),
    (
        "Model",
        ["GPT-3", "GPT-3.5", "GPT-4", "GPT-4o", "GPT-4o mini", "GPT-4 Turbo", "GPT-4.1", "GPT-5", "ChatGPT", "GPT", "GPT-J"],
    ),
    ("Model", ["Llama", "Llama 2", "Llama 3", "Llama 3.1", "Llama 3.1 405B", "Llama 3.1 70B", "Llama 3 70B", "Llama 31"]),
    ("Model", ["Qwen", "Qwen2", "Qwen2.5", "Qwen 25", "Qwen2.5-7B", "Qwen2.5-72B", "Qwen2.5-72B-Instruct", "Qwen3"]),
    ("Model", ["o1", "o1-preview", "o1-mini", "o1-pro", "o3", "o3-mini", "o4-mini"]),
    ("Model", ["Gemini", "Gemini Pro", "Gemini 1.5", "Gemini 1.5 Pro", "Gemini 1.5 Flash", "Gemini 2.5 Pro"]),
    ("Model", ["Claude", "Claude 3 Opus", "Claude 3 Sonnet", "Claude 3.5 Sonnet", "Claude 3.7 Sonnet"]),
    ("Model", ["DeepSeek-V3", "DeepSeek-R1", "DeepSeek-R1-Zero", "DeepSeek-V3.1"]),
    ("Model", ["Mistral 7B", "Mixtral 8x7B", "Mixtral 8x22B", "Mistral Large 2"]),
    ("Model", ["GigaChat", "GigaChat 2", "GigaChat MAX", "YandexGPT", "YandexGPT 5"]),
    ("Model", ["DALL-E 2", "DALL-E 3"]),
    ("Model", ["BERT", "RoBERTa", "T5", "Flan-T5"]),
    ("Model", ["Command R", "Command R+"]),
    ("Hardware", ["RTX 4090", "RTX 4090 Ti", "RTX 4080", "RTX 3090", "RTX 5090"]),
    ("Hardware", ["A10", "A100", "A100 80GB", "H100", "H200", "V100", "B200"]),
    ("Hardware", ["TPU v4", "TPU v5e", "TPU v5p"]),
    ("Benchmark", ["MMLU", "MMLU-Pro", "AIME", "AIME 2024", "AIME 2025", "MATH", "MATH-500", "HumanEval", "HumanEval+"]),
    ("Benchmark", ["SWE-bench", "SWE-bench Verified"]),
    ("Software", ["C", "C++", "C#", "R"]),
    ("Organization", ["Сбер", "Яндекс", "Google", "Google DeepMind", "Meta", "Microsoft", "МТС", "MIT"]),
]


@pytest.mark.parametrize(("kind", "forms"), APART, ids=lambda value: value[0] if isinstance(value, list) else value)
def test_other_versions_stay_apart(resolver: Resolver, kind: str, forms: list[str]) -> None:
    keys = {form: resolver.resolve(kind, form).key for form in forms}
    assert [(one, two) for one, two in combinations(forms, 2) if keys[one] == keys[two]] == []


REASONS = [
    ("Алмаз", "model/алмаз", "Алмаз", "listed name"),
    ("алмаз", "model/алмаз", "Алмаз", "listed name"),
    ("Almaz", "model/алмаз", "Алмаз", "listed alias"),
    ("Almaz-3", "model/алмаз-3", "Алмаз-3", "listed family, own version"),
    ("Almaz3", "model/алмаз-3", "Алмаз3", "listed family, own version"),
    ("Алмаза", "model/алмаз", "Алмаз", "listed name, case ending"),
    ("Rubin 2", "model/rubin-2", "Rubin 2", "as written"),
]


@pytest.mark.parametrize(("written", "key", "name", "reason"), REASONS)
def test_every_merge_has_a_reason(written: str, key: str, name: str, reason: str) -> None:
    found = Resolver(Names([(Name("Алмаз", "Model", (), ""), ["Almaz"])])).resolve("Model", written)
    assert (found.key, found.name, found.reason) == (key, name, reason)


def test_one_name_of_two_types_is_two_things() -> None:
    names = Names([(Name("Алмаз", "Model", (), ""), []), (Name("Алмаз", "Organization", (), ""), [])])
    resolver = Resolver(names)
    assert resolver.resolve("Model", "Алмаз").key == "model/алмаз"
    assert resolver.resolve("Organization", "Алмаз").key == "organization/алмаз"


CLEAN = [
    ("**GPT-4**", "GPT-4"),
    ("«Сбер»,", "Сбер"),
    ("  GPT \n 4 ", "GPT 4"),
    ("GPT-4’s", "GPT-4"),
    ("\u202bGPT\u202c", "GPT"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "name"), CLEAN)
def test_clean_names(written: str, name: str) -> None:
    assert clean_name(written) == name


@given(st.text(max_size=40))
def test_any_name_has_a_key(name: str) -> None:
    key = entity_key("Model", name)
    assert key.startswith("model/") and len(key) > len("model/")
    assert not any(c in normal(name) for c in " _-.")
    resolved = Resolver(Names([])).resolve("Hardware", name)
    assert resolved == Resolver(Names([])).resolve("Hardware", name)
