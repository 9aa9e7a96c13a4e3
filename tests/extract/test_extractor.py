"""The default extractor on short posts: what must come out, what never may.

Add a row in your own words: the text, then each triple as subject, predicate, object, names as the post writes them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import Extractor, load_extractor
from kg.extract.extractor import _most_exact
from kg.extract.tokens import without_halves
from kg.gold_form import gold_document
from kg.model import Claim, Entity, Evidence, Extraction, Link, Post, Value
from kg.vocabulary import load_vocabulary

MUST = [
    ("OpenAI released GPT-4o.", "GPT-4o developed_by OpenAI"),
    ("Anthropic unveiled Claude 3 Opus.", "Claude 3 Opus developed_by Anthropic"),
    ("Nvidia deploys A100, its new chip.", "A100 developed_by Nvidia"),
    ("Stability AI released Stable Diffusion 3.", "Stable Diffusion 3 developed_by Stability AI"),
    ("Mistral AI has launched Mistral Large 2.", "Mistral Large 2 developed_by Mistral AI"),
    ("Яндекс представил модель YandexGPT 5.", "YandexGPT 5 developed_by Яндекс"),
    ("Сбер выпустил GigaChat 2 Max.", "GigaChat 2 Max developed_by Сбер"),
    ("Модель ruDALL-E разработана компанией Сбер.", "ruDALL-E developed_by Сбер"),
    ("Alibaba выпустила Qwen2.5.", "Qwen2.5 developed_by Alibaba"),
    ("Falcon 180B was trained on 4,096 A100 GPUs.", "Falcon 180B runs_on A100"),
    ("BLOOM was trained on 384 A100 GPUs.", "BLOOM runs_on A100"),
    ("Llama 3.1 runs on a single RTX 4090.", "Llama 3.1 runs_on RTX 4090"),
    ("Gemma 3 can run on a single H100.", "Gemma 3 runs_on H100"),
    ("Модель YaLM 100B обучали на 800 видеокартах A100.", "YaLM 100B runs_on A100"),
    ("Qwen2.5 запускается на RTX 4090.", "Qwen2.5 runs_on RTX 4090"),
    ("Whisper работает на Raspberry Pi.", "Whisper runs_on Raspberry Pi"),
    ("GPT-4 scores 86.4% on MMLU.", "GPT-4 evaluated_on MMLU"),
    ("DeepSeek-R1 achieves 79.8% on AIME 2024.", "DeepSeek-R1 evaluated_on AIME 2024"),
    ("Claude 3.5 Sonnet achieves 92% on HumanEval.", "Claude 3.5 Sonnet evaluated_on HumanEval"),
    ("Claude 3 Opus набрала 86,8% на MMLU.", "Claude 3 Opus evaluated_on MMLU"),
    ("Qwen2.5-72B набирает 86,1% на MMLU.", "Qwen2.5-72B evaluated_on MMLU"),
    ("LLaMA was trained on The Pile.", "LLaMA trained_on The Pile"),
    ("StarCoder was trained on The Stack.", "StarCoder trained_on The Stack"),
    ("Модель ruGPT-3 обучена на датасете The Pile.", "ruGPT-3 trained_on The Pile"),
    ("CLIP обучена на датасете LAION-400M.", "CLIP trained_on LAION-400M"),
    ("Vicuna is based on LLaMA.", "Vicuna based_on LLaMA"),
    ("Orca is fine-tuned from LLaMA 13B.", "Orca based_on LLaMA 13B"),
    ("Saiga основана на Mistral 7B.", "Saiga based_on Mistral 7B"),
    ("Модель Vikhr построена на базе Llama 3.", "Vikhr based_on Llama 3"),
    ("GPT-4 outperforms GPT-3.5.", "GPT-4 outperforms GPT-3.5"),
    ("Mistral 7B outperforms Llama 2 13B.", "Mistral 7B outperforms Llama 2 13B"),
    ("Claude 3.5 Sonnet превосходит GPT-4o.", "Claude 3.5 Sonnet outperforms GPT-4o"),
    ("GigaChat превосходит GPT-3.5.", "GigaChat outperforms GPT-3.5"),
    ("Not only does GPT-4 outperform Claude 3, it is cheaper.", "GPT-4 outperforms Claude 3"),
    ("GPT-4 не только превосходит Claude 3, но и дешевле.", "GPT-4 outperforms Claude 3"),
    ("GPT-3 has 175 billion parameters.", "GPT-3 parameter_count 175000000000"),
    ("BLOOM has 176 billion parameters.", "BLOOM parameter_count 176000000000"),
    ("YaLM 100B содержит 100 млрд параметров.", "YaLM 100B parameter_count 100000000000"),
    ("Модель ruGPT-3 имеет 13 млрд параметров.", "ruGPT-3 parameter_count 13000000000"),
    ("Microsoft released Phi-3 in April 2024.", "Phi-3 released_on 2024-04"),
    ("Mistral 7B was released in September 2023.", "Mistral 7B released_on 2023-09"),
    ("GPT-4 вышла 14 марта 2023 года.", "GPT-4 released_on 2023-03-14"),
    ("Stable Diffusion вышла 22 августа 2022 года.", "Stable Diffusion released_on 2022-08-22"),
    ("DeepMind introduced RETRO. Paper: https://arxiv.org/abs/1", "RETRO described_in https://arxiv.org/abs/1"),
    ("Read the paper on LoRA: https://arxiv.org/abs/2", "LoRA described_in https://arxiv.org/abs/2"),
    ("Google представила BERT. Статья: https://arxiv.org/abs/3", "BERT described_in https://arxiv.org/abs/3"),
    ("DeepMind представила RETRO. Статья: https://arxiv.org/abs/4", "RETRO described_in https://arxiv.org/abs/4"),
    ("OpenAI released Whisper. Code: https://github.com/openai/whisper", "Whisper has_code https://github.com/openai/whisper"),
    (
        "Яндекс выложил YaLM 100B. Код: https://github.com/yandex/YaLM-100B",
        "YaLM 100B has_code https://github.com/yandex/YaLM-100B",
    ),
    ("Авторы представили NeRF на ECCV 2020.", "NeRF presented_at ECCV 2020"),
    ("Статья о модели RETRO принята на ICML 2022.", "RETRO presented_at ICML 2022"),
    ("The BERT paper was accepted at NAACL 2019.", "BERT presented_at NAACL 2019"),
    ("Whisper is out. Code: github.com/openai/whisper", "Whisper has_code https://github.com/openai/whisper"),
    ("Whisper is out. Weights: huggingface.co/openai/whisper", "Whisper has_code https://huggingface.co/openai/whisper"),
    ("Whisper (arXiv:2212.04356) is a speech model.", "Whisper described_in https://arxiv.org/abs/2212.04356"),
    ("# Juniper-7B\nBase model: Mistral-7B", "Juniper-7B based_on Mistral-7B"),
    ("Модель: Juniper-7B\nБазовая модель: Mistral-7B", "Juniper-7B based_on Mistral-7B"),
    ("Model: Larkspur\nDeveloper: Northbeam\nParameters: 7B", "Larkspur developed_by Northbeam"),
    ("Model: Larkspur\nDeveloper: Northbeam\nParameters: 7B", "Larkspur parameter_count 7000000000"),
    ("BERT (Google, 2018), GPT-3 (OpenAI, 2020)", "GPT-3 released_on 2020"),
    ("- 2025-03-03: Qwen3 is released\n- 2025-06-10: Llama 4 is released", "Llama 4 released_on 2025-06-10"),
]


def triples(extraction: Extraction) -> list[str]:
    return [f"{t['s']} {t['p']} {t['o']}" for t in gold_document(extraction)["triples"]]


@pytest.mark.parametrize(("text", "triple"), MUST)
def test_what_must_come_out(extractor: Extractor, text: str, triple: str) -> None:
    assert triple in triples(extractor.extract(Post("1", text)))


def test_every_predicate_has_its_rows() -> None:
    said = {word for _, triple in MUST for word in triple.split()}
    assert set(load_vocabulary().relations) <= said


NEVER = [
    "Mistral 7B fails to outperform Llama 2 13B.",
    "Mistral 7B almost beats Llama 2 13B.",
    "Mistral 7B почти обогнала Llama 2 13B.",
    "Nobody believes that Grok 4 beats GPT-5.",
    "Никто не верит, что Grok 4 обходит GPT-5.",
    "Phi-4 beats every model except GPT-4o.",
    "Phi-4 обходит все модели, кроме GPT-4o.",
    "It is false that OpenAI developed Llama 3.",
    "Неправда, что Сбер разработал YandexGPT.",
    "Is GPT-4 better than Claude 3?",
    "Did OpenAI release GPT-4o?",
    "Кто разработал GPT-5? OpenAI или Google?",
    "Сбер не выпускал GPT-4.",
    "GPT-4 does not outperform Claude 3 Opus.",
    "Llama 3 не превосходит GPT-4.",
    "OpenAI has not released GPT-5.",
    "GPT-4 is not based on LLaMA.",
    "GPT-4 was not trained on The Pile.",
    "GPT-4 не обучалась на The Pile.",
    "Qwen2.5 не работает на RTX 4090.",
    "RETRO не была представлена на NeurIPS 2021.",
    "Что лучше: Claude 3 или GPT-4?",
    "Курс по Python со скидкой 50%! Пиши @school_bot, промокод PYTHON50.",
    "Подписывайтесь на канал https://t.me/ainews и ставьте лайки 🔥",
    "Buy now! 50% off all courses. Visit https://shop.example.com today.",
    "Розыгрыш! Дарим 3 iPhone среди подписчиков канала.",
    "Transformer is an architecture. RL and GAN are techniques.",
    "CNN и LSTM: разные архитектуры.",
    "Gradient boosting outperforms random forest.",
    "Нейросети обучают на видеокартах.",
    "New model outperforms all previous models.",
    "Новая модель превосходит все предыдущие.",
    "The model has 7 billion parameters.",
    "GPT-4, Claude 3, Gemini.",
    "BERT (Devlin et al., 2018) is a language model.",
    "Whisper is a speech model; ask on github.com.",
    "Model: Larkspur\nLicense: MIT",
    "OpenAI and Google are competitors.",
    "MMLU and GSM8K are benchmarks.",
    "The company raised 5 billion dollars in 2023.",
    "В компании работает 10 тысяч сотрудников.",
    "It will be sunny on March 14, 2023.",
    "Сегодня 14 марта 2023 года.",
    "https://arxiv.org/abs/2112.04426",
    "https://github.com/a/b",
    "def f(x):\n    return [i ** 2 for i in range(x) if i % 3 == 0]  # 175 billion",
    "SELECT * FROM posts WHERE id = 42;",
    "<p><b>Hello</b></p>",
    "أطلقت الشركة نموذجا جديدا للذكاء الاصطناعي",
    "今天天气很好,我们去公园。",
    "1 2 3 4 5 6 7 8 9 10",
    "привет",
    "GPT-4",
    "🔥🔥🔥",
    "\u200b",
    "\0",
    "\n",
    " ",
    "",
]


@pytest.mark.parametrize("text", NEVER)
def test_what_never_comes_out(extractor: Extractor, text: str) -> None:
    assert triples(extractor.extract(Post("1", text))) == []


LONG = ["слово и слово. ", "word and word. ", "7 млрд ", "https://a.example/b ", "🔥", "\n", "1", "ы"]


@pytest.mark.slow
@pytest.mark.parametrize("words", LONG)
def test_a_post_of_200_kilobytes_says_nothing(extractor: Extractor, words: str) -> None:
    assert triples(extractor.extract(Post("1", (words * 200_000)[:200_000]))) == []


PIECES = [
    *(
        "OpenAI",
        "Сбера",
        "GPT-4o",
        "GPT-4's",
        "«ГигаЧат»",
        "Llama 3.1 405B",
        "MMLU",
        "A100",
        "8xH100",
        "88,7%",
        "7 млрд параметров",
    ),
    *("released", "представил", "на", "is based on", "превосходит", "не", "?", ".", ",", "(", ")", "[", "](https://a.example/b)"),
    *(
        "https://arxiv.org/abs/1",
        "14 марта 2023г.",
        "\n",
        "\r\n",
        "\n\n",
        "\u2028",
        "\0",
        "🔥",
        "👩\u200d💻",
        "e\u0301",
        "й",
        "\u202e",
        "\xa0",
        "**",
        "ﬁ",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=30).flatmap(
    lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)])
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=TEXTS)
def test_any_text(extractor: Extractor, text: str) -> None:
    post = Post("1", text, links=(Link(0, min(3, len(text)), "https://a.example/hidden"),) if text else ())
    found = extractor.extract(post)
    keys = {entity.key for entity in found.entities}
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end] != ""
        assert mention.entity in keys and mention.name
    for claim in found.claims:
        assert 0 <= claim.evidence.start < claim.evidence.end <= len(text)
        assert claim.subject.key in keys and 0 <= claim.confidence <= 1
    assert extractor.extract(post) == found
    assert extractor.nlp.make_doc(text).text == without_halves(text)
    document = json.loads(json.dumps(gold_document(found)))
    names = {entity["name"] for entity in document["entities"]}
    assert all(surface in text for entity in document["entities"] for surface in entity["surfaces"])
    for triple in document["triples"]:
        assert triple["s"] in names and triple["evidence"] in text


def test_offsets_count_characters_not_bytes(extractor: Extractor) -> None:
    text = "🔥👩\u200d💻 й OpenAI released GPT-4o."
    assert [text[m.start : m.end] for m in extractor.extract(Post("1", text)).mentions] == ["OpenAI", "GPT-4o"]


SURFACES = [
    ("Сбера спросили о ГигаЧате. ГигаЧат хорош.", [("ГигаЧат", ["ГигаЧат", "ГигаЧате"])]),
    ("OpenAI's GPT-4o is here. GPT-4o!", [("GPT-4o", ["GPT-4o"]), ("OpenAI", ["OpenAI"])]),
]


@pytest.mark.parametrize(("text", "entities"), SURFACES)
def test_names_and_surfaces_of_the_gold_form(extractor: Extractor, text: str, entities: list[tuple[str, list[str]]]) -> None:
    found = gold_document(extractor.extract(Post("1", text)))["entities"]
    assert all(entity in [(e["name"], e["surfaces"]) for e in found] for entity in entities)


def test_two_extractors_in_one_process_keep_their_own_names(extractor: Extractor, tmp_path: Path) -> None:
    own = tmp_path / "names-hardware.tsv"
    own.write_text("name\taliases\tdeveloper\twhen\nZorblax\t\t\t\n", encoding="utf-8")
    post = Post("1", "Мы запустили всё на Zorblax и довольны.")
    other = load_extractor(names=[own])
    assert "Zorblax" in {entity.name for entity in other.extract(post).entities if entity.type == "Hardware"}
    assert "Hardware" not in {entity.type for entity in extractor.extract(post).entities}


EXACT = [
    ([{"count": 8}, {}], [{"count": 8}]),
    ([{}, {"count": 8, "phase": "inference"}, {"count": 8}], [{"count": 8, "phase": "inference"}]),
    ([{"count": 8}, {"count": 4}], [{"count": 8}, {"count": 4}]),
    ([{}], [{}]),
    ([{"count": 8}, {"count": 8, "hedged": True}], [{"count": 8}]),
    ([{}, {"count": 8, "hedged": True}], [{}, {"count": 8, "hedged": True}]),
    ([{"hedged": True}, {"count": 8}], [{"count": 8}]),
    ([{"hedged": True}], [{"hedged": True}]),
]


@pytest.mark.parametrize(("said", "kept"), EXACT)
def test_of_two_claims_of_a_fact_the_more_exact_one_is_kept(said: list[dict[str, Value]], kept: list[dict[str, Value]]) -> None:
    one, two = Entity("model/a", "Model", "A"), Entity("hardware/b", "Hardware", "B")
    claims = [Claim(one, "runs_on", two, Evidence("x/1", 0, 1), qualifiers, 0.5, "hand/1") for qualifiers in said]
    assert [claim.qualifiers for claim in _most_exact(claims)] == kept
    other = Claim(two, "runs_on", one, Evidence("x/1", 0, 1), {}, 0.5, "hand/1")
    assert list(_most_exact([*claims, other]))[-1] is other
