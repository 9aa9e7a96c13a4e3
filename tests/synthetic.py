"""Graphs of any size made up by a seed: entities of all types in groups, hubs, claims with sentences in two languages."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from kg.columns import Said, Source
from kg.model import Claim, Entity, Evidence, Extraction, Mention, Post, Value
from kg.store import Store
from kg.view import CORE, View, group_facts, rank

SYLLABLES = ("ла", "ру", "ги", "та", "но", "ve", "ra", "lo", "qu", "mi", "ze", "dor", "tron", "lex")
SHARES = (
    ("Model", 50), ("Organization", 15), ("Benchmark", 10), ("Software", 8),
    ("Hardware", 6), ("Dataset", 6), ("Event", 3), ("Person", 2),
)  # fmt: skip
RELATIONS = {
    "Organization": "developed_by", "Person": "developed_by", "Benchmark": "evaluated_on", "Hardware": "runs_on",
    "Dataset": "trained_on", "Event": "presented_at", "Software": "based_on", "Model": "outperforms",
}  # fmt: skip
SENTENCES = (
    "{a} was compared with everything else this week, and {b} came up again and again in the report.",
    "По словам авторов, {a} и {b} упомянуты вместе, а подробности обещают опубликовать позже.",
)


def synthetic_store(nodes: int, links: int, seed: int = 1) -> Store:
    """So many entities and about so many links between them, in memory."""
    random = Random(seed)
    entities = [_entity(i, random) for i in range(nodes)]
    store = Store.memory()
    with store.batching():
        for extraction in _extractions(entities, links, random):
            store.put(extraction)
        post = Post("list", " ".join(entity.name for entity in entities))
        store.put(Extraction(post, _listed(entities), tuple(entities)))
    return store


def _extractions(entities: list[Entity], links: int, random: Random) -> Iterator[Extraction]:
    nodes, models = len(entities), [i for i, entity in enumerate(entities) if entity.type == "Model"]
    for number in range(links):
        a = models[int(len(models) * random.random() ** 1.8)]
        # Most links stay within a group of neighbours in the list; the others go to the front, where the hubs are.
        b = (a // 50 * 50 + random.randrange(50)) % nodes if random.random() < 0.65 else int(nodes * random.random() ** 3)
        if a != b:
            yield _post(number, entities[a], entities[b], random)


def synthetic_view(nodes: int, links: int, seed: int = 1, core: int = CORE) -> View:
    """The same graph as it would be drawn, without a store: a tenth of the time."""
    random = Random(seed)
    entities = [_entity(i, random) for i in range(nodes)]
    found = list(_extractions(entities, links, random))
    claims = [Said(f"{n:016x}", claim, post.post.text) for n, post in enumerate(found) for claim in post.claims]
    posts = {x.post.id: Source(x.post.id, x.post.url, x.post.published, x.post.channel, x.post.id, x.post.text) for x in found}
    facts = group_facts(claims, posts)
    known = {entity.key: entity for entity in entities}
    order = rank(known, facts, core, days={post: source.day for post, source in posts.items()})
    return View(tuple(known[key] for key in order), tuple(facts), posts, min(core, nodes), nodes)


def _entity(number: int, random: Random) -> Entity:
    (kind,) = random.choices([name for name, _ in SHARES], [share for _, share in SHARES])
    name = "".join(random.choice(SYLLABLES) for _ in range(random.randint(2, 4))).capitalize() + f"-{number}"
    return Entity(f"{kind.lower()}/{name.lower()}", kind, name)


def _post(number: int, a: Entity, b: Entity, random: Random) -> Extraction:
    sentence = random.choice(SENTENCES).format(a=a.name, b=b.name)
    day = f"{random.randint(2021, 2025)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    # Words of its own, so that posts made from one sentence are no copies of each other.
    text = sentence + "\n" + " ".join(f"w{number * 200 + i:x}" for i in range(200))
    post = Post(f"channel/{number}", text, "", f"https://t.me/channel/{number}", day, "channel")
    scored: dict[str, Value] = {"score": round(random.uniform(20, 99), 1), "metric": "accuracy"} if b.type == "Benchmark" else {}
    confidence = round(random.uniform(0.5, 1), 2)
    claim = Claim(a, RELATIONS[b.type], b, Evidence(post.id, 0, len(sentence)), scored, confidence)
    return Extraction(post, entities=(a, b), claims=(claim,))


def _listed(entities: list[Entity]) -> tuple[Mention, ...]:
    places, at = [], 0
    for entity in entities:
        places.append(Mention(at, at + len(entity.name), entity.type, entity.name))
        at += len(entity.name) + 1
    return tuple(places)
