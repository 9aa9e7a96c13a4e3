"""A small world built by hand: two channels, Russian and English, a repost, a rumour, two conflicts.

``WORLD`` is a table: a post, then what it says as (subject, predicate, object, qualifiers, the words that say so).
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Claim, Entity, Evidence, Extraction, Link, Literal, Mention, Post, Value
from kg.store import Store


def entity(kind: str, name: str, *aliases: str) -> Entity:
    return Entity(f"{kind.lower()}/{name.lower().replace(' ', '-')}", kind, name, tuple(sorted(aliases)))


GPT4O, GPT4 = entity("Model", "GPT-4o", "ГПТ-4о"), entity("Model", "GPT-4")
LLAMA, V3, R1 = entity("Model", "Llama 3.1"), entity("Model", "DeepSeek-V3"), entity("Model", "DeepSeek-R1")
DISTILL, GIGACHAT = entity("Model", "R1-Distill"), entity("Model", "GigaChat", "ГигаЧат")
OPENAI, META, DEEPSEEK = entity("Organization", "OpenAI"), entity("Organization", "Meta"), entity("Organization", "DeepSeek")
SBER, VLLM = entity("Organization", "Сбер", "Сбера"), entity("Software", "vLLM")
H100, H800, A100 = entity("Hardware", "H100"), entity("Hardware", "H800"), entity("Hardware", "A100")
MMLU, HUMANEVAL = entity("Benchmark", "MMLU"), entity("Benchmark", "HumanEval")
REFINEDWEB, SPRING = entity("Dataset", "RefinedWeb"), entity("Event", "Spring Update")


def number(value: int) -> Literal:
    return Literal(str(value), "integer")


def date(value: str) -> Literal:
    return Literal(value, "date")


def link(value: str) -> Literal:
    return Literal(value, "anyURI")


Said = tuple[Entity, str, Entity | Literal, Mapping[str, Value], str]
ACC: dict[str, Value] = {"metric": "accuracy"}
PASS: dict[str, Value] = {"metric": "pass@1"}
LLAMA_TEXT = (
    "Meta released Llama 3.1 on July 23.\nIt has 405 billion parameters and was trained on 16384 H100 GPUs and RefinedWeb.\n"
    "Llama 3.1: 88.6 on MMLU, 89.0 on HumanEval."
)
LLAMA_SAID: list[Said] = [
    (LLAMA, "developed_by", META, {}, "Meta released Llama 3.1"),
    (LLAMA, "released_on", date("2024-07-23"), {}, "Meta released Llama 3.1 on July 23"),
    (LLAMA, "parameter_count", number(405_000_000_000), {}, "It has 405 billion parameters"),
    (LLAMA, "runs_on", H100, {"phase": "training", "count": 16384}, "trained on 16384 H100 GPUs"),
    (LLAMA, "trained_on", REFINEDWEB, {}, "trained on 16384 H100 GPUs and RefinedWeb"),
    (LLAMA, "evaluated_on", MMLU, {"score": 88.6, **ACC}, "88.6 on MMLU"),
    (LLAMA, "evaluated_on", HUMANEVAL, {"score": 89, **PASS}, "89.0 on HumanEval"),
]

WORLD: list[tuple[Post, list[Said]]] = [
    (
        Post("ai_news/1", "OpenAI released GPT-4o at its Spring Update. GPT-4o is based on GPT-4.\n"
             "GPT-4o: 88.7 on MMLU, 90.2 on HumanEval.",
             "en", "https://t.me/ai_news/1", "2024-05-13T18:00:00Z", "ai_news"),
        [
            (GPT4O, "developed_by", OPENAI, {}, "OpenAI released GPT-4o"),
            (GPT4O, "presented_at", SPRING, {}, "released GPT-4o at its Spring Update"),
            (GPT4O, "released_on", date("2024-05-13"), {}, "OpenAI released GPT-4o"),
            (GPT4O, "based_on", GPT4, {}, "GPT-4o is based on GPT-4"),
            (GPT4O, "evaluated_on", MMLU, {"score": 88.7, **ACC}, "88.7 on MMLU"),
            (GPT4O, "evaluated_on", HUMANEVAL, {"score": 90.2, **PASS}, "90.2 on HumanEval"),
        ],
    ),
    (
        Post("neuro/10", "OpenAI выпустила ГПТ-4о. Модель набирает 88,7 на MMLU.\n"
             "По слухам, в ней 200 млрд параметров и работает она на H100.",
             "ru", "https://t.me/neuro/10", "2024-05-14T09:30:00+03:00", "neuro"),
        [
            (GPT4O, "developed_by", OPENAI, {}, "OpenAI выпустила ГПТ-4о"),
            (GPT4O, "evaluated_on", MMLU, {"score": 88.7, **ACC}, "Модель набирает 88,7 на MMLU"),
            (GPT4O, "parameter_count", number(200_000_000_000), {"hedged": True}, "По слухам, в ней 200 млрд параметров"),
            (GPT4O, "runs_on", H100, {"hedged": True}, "работает она на H100"),
        ],
    ),
    (Post("ai_news/2", LLAMA_TEXT, "en", "https://t.me/ai_news/2", "2024-07-23T15:00:00Z", "ai_news"), LLAMA_SAID),
    (
        Post("neuro/11", LLAMA_TEXT + " 🔥 12\n\nПодписаться на канал: @neuro",
             "en", "https://t.me/neuro/11", "2024-07-24T08:00:00Z", "neuro", "ai_news"),
        LLAMA_SAID,
    ),
    (
        Post("neuro/12", "DeepSeek-V3 от DeepSeek: 671 млрд параметров, обучена на 2048 H800.\n"
             "88,5 на MMLU, превосходит Llama 3.1.",
             "ru", "https://t.me/neuro/12", "2024-12-26T10:00:00Z", "neuro"),
        [
            (V3, "developed_by", DEEPSEEK, {}, "DeepSeek-V3 от DeepSeek"),
            (V3, "parameter_count", number(671_000_000_000), {}, "671 млрд параметров"),
            (V3, "runs_on", H800, {"phase": "training", "count": 2048}, "обучена на 2048 H800"),
            (V3, "evaluated_on", MMLU, {"score": 88.5, **ACC}, "88,5 на MMLU"),
            (V3, "outperforms", LLAMA, {}, "превосходит Llama 3.1"),
        ],
    ),
    (
        Post("ai_news/3", "DeepSeek-R1 by DeepSeek builds on DeepSeek-V3 and beats GPT-4o: "
             "90.8 on MMLU, rank 1. Paper and code are out.",
             "en", "https://t.me/ai_news/3", "2025-01-20", "ai_news", "",
             (Link(87, 92, "https://arxiv.org/abs/2501.12948"), Link(97, 101, "https://github.com/deepseek-ai/DeepSeek-R1"))),
        [
            (R1, "developed_by", DEEPSEEK, {}, "DeepSeek-R1 by DeepSeek"),
            (R1, "based_on", V3, {}, "builds on DeepSeek-V3"),
            (R1, "outperforms", GPT4O, {}, "beats GPT-4o"),
            (R1, "evaluated_on", MMLU, {"score": 90.8, "rank": 1, **ACC}, "90.8 on MMLU, rank 1"),
            (R1, "described_in", link("https://arxiv.org/abs/2501.12948"), {}, "Paper"),
            (R1, "has_code", link("https://github.com/deepseek-ai/DeepSeek-R1"), {}, "code"),
        ],
    ),
    (
        Post("ai_news/4", "We measured DeepSeek-V3 again: 87.1 on MMLU. All in all it has 685 billion parameters.",
             "en", "https://t.me/ai_news/4", "2025-01-21T12:00:00Z", "ai_news"),
        [
            (V3, "evaluated_on", MMLU, {"score": 87.1, **ACC}, "87.1 on MMLU"),
            (V3, "parameter_count", number(685_000_000_000), {}, "it has 685 billion parameters"),
        ],
    ),
    (
        Post("neuro/13", "ГигаЧат от Сбера работает на A100 и H100. vLLM тоже поддерживает H100.",
             "ru", "https://t.me/neuro/13", "2025-02-03T11:00:00Z", "neuro"),
        [
            (GIGACHAT, "developed_by", SBER, {}, "ГигаЧат от Сбера"),
            (GIGACHAT, "runs_on", A100, {"phase": "inference"}, "работает на A100"),
            (GIGACHAT, "runs_on", H100, {"phase": "inference"}, "работает на A100 и H100"),
            (VLLM, "runs_on", H100, {}, "vLLM тоже поддерживает H100"),
        ],
    ),
    (
        Post("ai_news/5", "R1-Distill is distilled from DeepSeek-R1 into Llama 3.1.", "en", "", "2025-02-10", "ai_news"),
        [
            (DISTILL, "based_on", R1, {}, "distilled from DeepSeek-R1"),
            (DISTILL, "based_on", LLAMA, {}, "into Llama 3.1"),
        ],
    ),
    (Post("ai_news/6", "Nothing happened today. See you tomorrow!", "en", "https://t.me/ai_news/6", "2025-02-11", "ai_news"), []),
]  # fmt: skip


def extraction(post: Post, said: list[Said], extractor: str = "hand/1") -> Extraction:
    """The post with a claim for each row and a mention for each place where a name or alias stands."""
    claims = []
    for subject, predicate, target, qualifiers, words in said:
        start = post.text.index(words)
        claims.append(Claim(subject, predicate, target, Evidence(post.id, start, start + len(words)), qualifiers, 0.9, extractor))
    named = {thing.key: thing for claim in claims for thing in (claim.subject, claim.object) if isinstance(thing, Entity)}
    mentions = [
        Mention(start, start + len(form), thing.type, thing.name)
        for thing in named.values()
        for form in (thing.name, *thing.aliases)
        if (start := post.text.find(form)) >= 0
    ]
    return Extraction(post, tuple(sorted(mentions)), tuple(sorted(named.values())), tuple(claims))


EXTRACTIONS = [extraction(post, said) for post, said in WORLD]


def world() -> Store:
    """The whole world in memory."""
    store = Store.memory()
    for found in EXTRACTIONS:
        store.put(found, "hand/1")
    return store
