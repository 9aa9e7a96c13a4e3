"""What the classifiers take for a fact and what is none, without any weights: documents built by hand."""

from __future__ import annotations

import pytest

from kg.extract.cues import load_cues
from kg.extract.dates import find_dates
from kg.extract.document import Document, Span, value_spans
from kg.extract.names import load_names
from kg.extract.pairs import Pair
from kg.extract.plausibility import Plausibility, cue_sentences
from kg.extract.sizes import find_sizes
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

PLAUSIBILITY = Plausibility(load_names())

NESTED = [
    ("Lumo V3 is out.", "Lumo V3", "Lumo", "nested apart sure", True),
    ("Lumo 7B is out.", "Lumo 7B", "Lumo", "nested apart", True),
    ("Lumo-Coder is out.", "Lumo-Coder", "Lumo", "nested joined sure", True),
    ("Lumo Writer is out.", "Lumo Writer", "Lumo", "nested apart sure", False),
    ("Lumo V3 by Lumo is out.", "Lumo V3", "Lumo", "nested apart sure", False),
]
PRODUCTS = [
    ("Lumo Photos is out.", "Lumo Photos", "Software", True),
    ("Lumo Photos by Lumo is out.", "Lumo Photos", "Software", False),
    ("Lumo Photos is out.", "Lumo Photos", "Model", False),
    ("Lumo PyTorch is out.", "Lumo PyTorch", "Software", False),
    ("It runs on Lumo GPUs.", "Lumo GPUs", "Hardware", True),
    ("It runs on Lumo TPUs.", "Lumo TPUs", "Hardware", False),
    ("Lumo API is out.", "Lumo API", "Software", False),
    ("Lumo Chrome is out.", "Lumo Chrome", "Software", False),
    ("Lumo reWrite is out.", "Lumo reWrite", "Software", False),
    ("Lumo RTX is out.", "Lumo RTX", "Hardware", False),
    ("Lumo Box is out.", "Lumo Box", "Hardware", True),
    ("Lumo 7080 is out.", "Lumo 7080", "Hardware", False),
    ("Lumo 70 is out.", "Lumo 70", "Hardware", True),
    ("Lumo 7080 is out.", "Lumo 7080", "Software", True),
    ("Lumo GPUs are out.", "Lumo GPUs", "Hardware", True),
    ("Lumo CLI by Lumo is out.", "Lumo CLI", "Software", True),
    ("Lumo NIM is out.", "Lumo NIM", "Software", False),
]
BASES = [
    ("Draft", "Python", True),
    ("Draft", "GRPO", True),
    ("Draft", "LoRA", True),
    ("Draft", "питона", True),
    ("Draft", "C++", True),
    ("gpt-oss", "gpt-oss-20b", True),
    ("gpt-oss-20b", "gpt-oss", True),
    ("Lumo 3", "Lumo", True),
    ("Lumo2.5-Coder", "Lumo", True),
    ("Lumo 3.5", "Lumo 3", False),
    ("Lumo-Coder", "Lumo", False),
    ("Lumoria", "Lumo", False),
    ("Draft", "Draft", False),
    ("Draft", "Lumo", False),
]

SIZES = [
    ("A has 7 billion parameters.", False),
    ("У A всего 7 млрд. параметров.", False),
    ("A: 7 млрд, 13 млрд и 70 млрд. Параметров много.", True),
    ("A — 5 млрд. визитов в месяц.", True),
    ("A was downloaded 650 million times.", True),
    ("A is a 7B model.", False),
]
SIZES_IN_NAMES = [
    ("Lyra 3 270M", "270000000", False),
    ("Lyra 3 270M", "170000000", True),
    ("Lyra 3.1 70B", "405000000000", True),
    ("Lyra-7B", "7600000000", False),
    ("Lyra 30B-A3B", "30500000000", False),
    ("Lyra 30B-A3B", "3000000000", True),
    ("Lyra-8x7B", "47000000000", False),
    ("Lyra-E4B", "8000000000", False),
    ("Lyra v0.1-1T", "7000000000", False),
    ("Lyra 3", "270000000", False),
]
SHOPS = [
    ("A: [H](https://huggingface.co/h/a) is out.", True),
    ("A by [H](https://h.example) is out.", False),
    ("A by H, see [weights](https://huggingface.co/h/a).", False),
    ("A (HF: https://huggingface.co/h/a)", True),
    ("A → HF — https://huggingface.co/h/a", True),
    ("A by H: https://huggingface.co/h/a", False),
    ("A, H: https://h.example/a", False),
    ("A (HF: https://h.example/a)", False),
]
PAGES = [
    ("https://chat.lumo.example", True),
    ("https://chat.lumo.example/", True),
    ("https://lumo.example/blog/lumo-3", False),
    ("https://lumo.github.io/", False),
    ("https://arxiv.org/", False),
    ("https://huggingface.co/spaces/lumo/lumo-3", True),
    ("https://huggingface.co/lumo/lumo-3", False),
]
BYSTANDERS = [
    ("According to H, A is out.", True),
    ("A is served by H.", True),
    ("N, founded by ex-H people, made A.", True),
    ("В отличие от H, все открыли A.", True),
    ("A by H.", False),
    ("H released A.", False),
    ("H tested A.", True),
    ("H внедрила A.", True),
    ("H uses nothing but made A.", True),
    ("H sponsors A.", True),
    ("H re-ran all tests of A.", True),
    ("A grew with help from H.", True),
    ("The answers of A were verified by H.", True),
    ("A принадлежит компании H.", True),
    ("A совместима с H.", True),
    ("Конкурент A от H вышел.", False),
    ("Модель принадлежит семейству A от H.", False),
    ("Плагин к A совместим с H.", True),
    ("H released A, which S uses.", False),
    ("A is used. H made it.", False),
]
APART = [
    ("A is used. H made it.", 0.6, True),
    ("A is used. H made it.", 0.8, False),
    ("H переехала.\nТам запустили A.", 0.6, True),
    ("A уже тут. H выложила её сегодня.", 0.6, False),
    ("A is small. H's work is good.", 0.6, False),
    ("A is used, for H made it.", 0.6, False),
    ("A is used. Made by H.", 0.6, False),
    ("A is used. **By H**.", 0.6, False),
    ("A\nРазработчик: H", 0.6, False),
    ("A is used. The developer H is busy.", 0.6, True),
    ("A is used. Somebody from H likes it.", 0.6, True),
    ("A is used. All of the rest is told by H.", 0.6, True),
    ("Вышла статья от H. Предлагают метод A.", 0.6, False),
    ("Предлагают A. Её использует H.", 0.6, True),
]
SHELVES = [
    ("A is on Hugging Face.", True),
    ("A выложили на Hugging Face.", True),
    ("A by Hugging Face.", False),
    ("Hugging Face released A.", False),
    ("A runs on Hugging Face's servers.", False),
    ("The team at Hugging Face made A.", False),
]
SAID = [
    ("A is built on B.", "based_on", False),
    ("A was shown beside B.", "based_on", True),
    ("A основана на B.", "based_on", False),
    ("A вышла. B тоже.", "based_on", True),
    ("A was trained on D.", "trained_on", False),
    ("A and D are new.", "trained_on", True),
    ("A beats B.", "outperforms", False),
    ("A costs 10 against the 15 of B.", "outperforms", False),
    ("A is new. It beats B.", "outperforms", False),
    ("A is new. B is old.", "outperforms", True),
    ("A is new. B is old.", "evaluated_on", False),
]


def spans_of(tokens: Tokens, name: str, kind: str, hint: str = "") -> list[Span]:
    words = [item.text for item in Tokens(name).items]
    places = [i for i in range(len(tokens.items)) if [item.text for item in tokens.items[i : i + len(words)]] == words]
    return [Span(i, i + len(words) - 1, kind, name, hint) for i in places]


@pytest.mark.parametrize(("text", "name", "owner", "hint", "none"), NESTED)
def test_an_owner_told_by_a_version_alone_made_nothing(text: str, name: str, owner: str, hint: str, none: bool) -> None:
    tokens = Tokens(text)
    (model,) = spans_of(tokens, name, "Model")
    owners = [Span(span.first, span.last, "Organization", owner, hint if span.first == model.first else "") for span in
              spans_of(tokens, owner, "Organization")]  # fmt: skip
    document = Document(tokens, [model, *owners])
    pair = Pair(model.key, owners[0].key, model, owners[0], [])
    assert PLAUSIBILITY.rules_out(document, "developed_by", pair, 0.5, {}) is none
    assert not PLAUSIBILITY.rules_out(document, "evaluated_on", pair, 0.5, {})


@pytest.mark.parametrize(("text", "name", "kind", "none"), PRODUCTS)
def test_a_name_of_common_words_cannot_stand_without_its_owner(text: str, name: str, kind: str, none: bool) -> None:
    tokens = Tokens(text)
    (product,) = spans_of(tokens, name, kind)
    owners = [
        Span(span.first, span.last, "Organization", "Lumo", "nested apart" if span.first == product.first else "")
        for span in spans_of(tokens, "Lumo", "Organization")
    ]
    document = Document(tokens, [product, *owners])
    pair = Pair(product.key, owners[0].key, product, owners[0], [])
    assert PLAUSIBILITY.rules_out(document, "developed_by", pair, 0.5, {}) is none


@pytest.mark.parametrize(("name", "base", "none"), BASES)
def test_what_nothing_is_based_on(name: str, base: str, none: bool) -> None:
    a, b = Span(0, 0, "Model", name, key="a"), Span(1, 1, "Model", base, key="b")
    document, said = Document(Tokens("a b"), [a, b]), {"base": {0}, "beat": {0}}
    assert PLAUSIBILITY.rules_out(document, "based_on", Pair("a", "b", a, b, []), 0.5, said) is none
    assert not PLAUSIBILITY.rules_out(document, "outperforms", Pair("a", "b", a, b, []), 0.5, said)


@pytest.mark.parametrize(("text", "none"), SIZES)
def test_a_sentence_that_speaks_of_no_parameters_counts_none(text: str, none: bool) -> None:
    tokens = Tokens(text)
    (model,) = named_words(tokens, {"A": "Model"})
    document = Document(tokens, [model, *value_spans(tokens, find_sizes(text))])
    number = next(span for span in document.spans if span.type == "size")
    assert PLAUSIBILITY.rules_out(document, "parameter_count", Pair(model.key, number.key, model, number, []), 0.5, {}) is none


@pytest.mark.parametrize(("name", "count", "none"), SIZES_IN_NAMES)
def test_a_name_with_a_size_has_no_other(name: str, count: str, none: bool) -> None:
    model, number = Span(0, 0, "Model", name), Span(1, 1, "size", count)
    document = Document(Tokens("a 7B"), [model, number])
    assert PLAUSIBILITY.rules_out(document, "parameter_count", Pair(model.key, number.key, model, number, []), 0.5, {}) is none


@pytest.mark.parametrize(("text", "none"), SHOPS)
def test_where_weights_are_kept_is_not_who_made_them(text: str, none: bool) -> None:
    tokens = Tokens(text)
    model, owner = named_words(tokens, {"A": "Model", "H": "Organization", "HF": "Organization"})
    document = Document(tokens, [model, owner])
    assert PLAUSIBILITY.rules_out(document, "developed_by", Pair(model.key, owner.key, model, owner, []), 0.5, {}) is none


@pytest.mark.parametrize(("url", "none"), PAGES)
def test_the_first_page_of_a_host_describes_nothing(url: str, none: bool) -> None:
    a, b = Span(0, 0, "Model", "A"), Span(1, 1, "link", url)
    document = Document(Tokens("A b"), [a, b])
    assert PLAUSIBILITY.rules_out(document, "described_in", Pair(a.key, b.key, a, b, []), 0.5, {}) is none


@pytest.mark.parametrize(("text", "predicate", "none"), SAID)
def test_what_no_word_says_is_not_claimed(text: str, predicate: str, none: bool) -> None:
    tokens = Tokens(text)
    a, b = named_words(tokens, {"A": "Model", "B": "Model", "D": "Dataset"})
    pair = Pair(a.key, b.key, a, b, [])
    document = Document(tokens, [a, b])
    said = cue_sentences(document, load_cues().find(tokens))
    assert PLAUSIBILITY.rules_out(document, predicate, pair, 0.5, said) is none
    assert not PLAUSIBILITY.rules_out(document, predicate, pair, 0.95, said)


@pytest.mark.parametrize(("text", "none"), BYSTANDERS)
def test_who_only_stands_beside_made_nothing(text: str, none: bool) -> None:
    assert no_maker(text, "H") is none


@pytest.mark.parametrize(("text", "probability", "none"), APART)
def test_who_is_named_in_another_sentence_made_it_only_if_that_is_likely(text: str, probability: float, none: bool) -> None:
    assert no_maker(text, "H", probability) is none


@pytest.mark.parametrize(("text", "none"), SHELVES)
def test_a_place_for_weights_made_nothing(text: str, none: bool) -> None:
    assert no_maker(text, "Hugging Face") is none


def no_maker(text: str, owner: str, probability: float = 0.9) -> bool:
    tokens = Tokens(text)
    (model,), (maker,) = spans_of(tokens, "A", "Model"), spans_of(tokens, owner, "Organization")
    pair = Pair(model.key, maker.key, model, maker, [])
    return PLAUSIBILITY.rules_out(Document(tokens, [model, maker]), "developed_by", pair, probability, {})


@pytest.mark.parametrize(
    ("text", "none"), [("A is free until 15 October 2025.", True), ("A came out on 15 October 2025.", False)]
)
def test_the_last_day_is_no_release(text: str, none: bool) -> None:
    tokens = Tokens(text)
    (model,) = named_words(tokens, {"A": "Model"})
    document = Document(tokens, [model, *value_spans(tokens, find_dates(text))])
    date = next(span for span in document.spans if span.type == "date")
    assert PLAUSIBILITY.rules_out(document, "released_on", Pair(model.key, date.key, model, date, []), 0.9, {}) is none


@pytest.mark.parametrize(("text", "none"), [("A uses fewer tokens than B.", True), ("A uses B.", False)])
def test_what_is_compared_is_no_base(text: str, none: bool) -> None:
    tokens = Tokens(text)
    a, b = named_words(tokens, {"A": "Model", "B": "Model"})
    assert PLAUSIBILITY.rules_out(Document(tokens, [a, b]), "based_on", Pair(a.key, b.key, a, b, []), 0.9, {}) is none


@pytest.mark.parametrize(
    ("url", "predicate", "name", "none"),
    [
        ("https://github.com/n/lumo/issues/7", "has_code", "Lumo", True),
        ("https://github.com/n/lumo/wiki", "has_code", "Lumo", True),
        ("https://github.com/n/lumo/releases/tag/v1", "has_code", "Lumo", False),
        ("https://github.com/n/lumo", "has_code", "GitHub", True),
        ("https://github.com/ollama/ollama", "has_code", "Ollama", False),
        ("https://n.example/python-tricks", "described_in", "Python", True),
        ("https://n.example/lumo-tricks", "described_in", "Lumo", False),
    ],
)
def test_what_a_page_is_not(url: str, predicate: str, name: str, none: bool) -> None:
    a, b = Span(0, 0, "Software", name, key="a"), Span(1, 1, "link", url, key="b")
    assert PLAUSIBILITY.rules_out(Document(Tokens("a b"), [a, b]), predicate, Pair("a", "b", a, b, []), 0.9, {}) is none


TAUGHT = [
    ("Это курс по Lyra от Nordix.", True),
    ("**Lyra на практике** — новое введение от Nordix", True),
    ("A tutorial by Nordix on Lyra", True),
    ("Lyra — библиотека от Nordix", False),
    ("Гайд: запускаем Lyra от Nordix", False),
    ("Вышел курс. Lyra от Nordix хороша.", False),
    ("Nordix выпустила Lyra и курс.", False),
]


@pytest.mark.parametrize(("text", "none"), TAUGHT)
def test_who_teaches_it_has_not_made_it(text: str, none: bool) -> None:
    tokens = Tokens(text)
    (name,), (owner,) = spans_of(tokens, "Lyra", "Software"), spans_of(tokens, "Nordix", "Organization")
    document = Document(tokens, [name, owner])
    pair = Pair(name.key, owner.key, name, owner, [])
    assert PLAUSIBILITY.rules_out(document, "developed_by", pair, 0.5, {}) is none


TRAINED = [
    (["GRPO"], "evaluated_on", True),
    (["GRPO"], "runs_on", True),
    (["GRPO"], "based_on", True),
    (["Group Relative Policy Optimization", "GRPO"], "evaluated_on", True),
    (["Lyra"], "evaluated_on", False),
    (["GRPO"], "developed_by", False),
]


@pytest.mark.parametrize(("names", "predicate", "none"), TRAINED)
def test_a_way_of_training_is_not_tested_itself(names: list[str], predicate: str, none: bool) -> None:
    spans = [Span(i, i, "Model", name, key="a") for i, name in enumerate(names)]
    other = Span(len(names), len(names), "Benchmark", "B", key="b")
    document = Document(Tokens("a " * len(names) + "b"), [*spans, other])
    assert PLAUSIBILITY.rules_out(document, predicate, Pair("a", "b", spans[0], other, []), 0.9, {"base": {0}}) is none


COMING = [
    ("A вышла в 2024 году.", False),
    ("A, разработанная Nordix в 2024 году, мала.", False),
    ("A was released in 2024.", False),
    ("A (2024) is small.", False),
    ("A | 7B | 2024", False),
    ("A landed in the shops in 2024.", False),
    ("A, вышедшая в 2024 году, мала.", False),
    ("A увидела свет в 2024 году.", False),
    ("A предложена в 2024 году.", False),
    ("Вехи:\n- 2024: A от Nordix", False),
    ("**2024** — **A** от Nordix", False),
    ("Вехи года 2024: A от Nordix", True),
    ("2024 A", True),
    ("A: 2024", True),
    ("A вышла. В 2024 году это важно.", True),
    ("A — выбор 2024 года.", True),
    ("A had 3% in 2024.", True),
]


@pytest.mark.parametrize(("text", "none"), COMING)
def test_a_date_of_which_nothing_says_that_something_came_out(text: str, none: bool) -> None:
    tokens = Tokens(text)
    (name,), (date,) = spans_of(tokens, "A", "Model"), spans_of(tokens, "2024", "date")
    document = Document(tokens, [name, date])
    pair = Pair(name.key, date.key, name, date, [])
    assert PLAUSIBILITY.rules_out(document, "released_on", pair, 0.5, {}) is none
    assert not PLAUSIBILITY.rules_out(document, "released_on", pair, 0.95, {})


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("A way to think faster; finds that Lyra fails.", True),
        ("It was tried with several models (e.g., Orion, Lyra).", True),
        ("Показано, что Lyra ошибается.", True),
        ("We compare Lyra with Orion.", True),
        ("Разбираем, как Lyra решает задачи.", False),
        ("Знакомьтесь с Lyra.", False),
        ("Lyra - presents a broad survey of agents.", True),
        ("Lyra — обзор методов.", True),
        ("Lyra - a model that is fast and small and open and new and good, whatever that survey found.", False),
        ("Lyra is a model; the authors say that Lyra is fast.", False),
        ("Introduces Lyra, a model.", False),
        ("Новая Lyra лучше, чем Orion.", False),
    ],
)
def test_a_paper_is_not_about_what_it_only_tries(text: str, none: bool) -> None:
    tokens = Tokens(f"{text} https://arxiv.org/abs/2401.00001")
    links = [Span(len(tokens) - 1, len(tokens) - 1, "link", tokens.texts[-1])]
    document = Document(tokens, [*named_words(tokens, {"Lyra": "Model", "Orion": "Model"}), *links])
    a, b = next(span for span in document.spans if span.name == "Lyra"), document.spans[-1]
    assert PLAUSIBILITY.rules_out(document, "described_in", Pair(a.key, b.key, a, b, []), 0.9, {}) is none


RUNS = [
    ("A is quick on H.", 0.3, False),
    ("A is out. It needs one H.", 0.3, False),
    ("H is sold out. Nobody knows why. A is quick.", 0.59, True),
    ("A is out. The weather was fine. They unveiled H.", 0.59, True),
    ("A is out. The weather was fine. It was trained on H.", 0.61, False),
    ("H is sold out, A is not.", 0.8, True),
    ("H прибыла, а A нет.", 0.8, True),
    ("The H lineup features A.", 0.9, False),
    ("On H, A is quick.", 0.3, False),
    ("On eight fast H, A is quick.", 0.3, False),
    ("На одной H модель A быстрая.", 0.3, False),
    ("На обед съели всё, что было, и H дали A.", 0.3, True),
]


@pytest.mark.parametrize(("text", "probability", "ruled_out"), RUNS)
def test_devices_told_far_from_a_system_or_before_it(text: str, probability: float, ruled_out: bool) -> None:
    tokens = Tokens(text)
    document = Document(tokens, named_words(tokens, {"A": "Model", "H": "Hardware"}))
    names = {span.name: span for span in document.spans}
    pair = Pair("A", "H", names["A"], names["H"], [])
    assert PLAUSIBILITY.rules_out(document, "runs_on", pair, probability, {}) is ruled_out
