"""Graphs of so many claims made up by a seed, with all that questions must cope with.

Channels that repeat each other, rumours, scores and dates in conflict, dates of every precision and posts without one, values
of every kind, several claims for one fact, names with quotes and blanks, entities of one name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from kg.model import Claim, Entity, Evidence, Extraction, Literal, Mention, Post, Value
from kg.store import Store

KINDS = (
    ("Model", 52), ("Organization", 12), ("Benchmark", 8), ("Software", 8),
    ("Hardware", 6), ("Dataset", 6), ("Event", 4), ("Person", 4),
)  # fmt: skip
PREDICATES = (
    ("developed_by", 20, ("Organization", "Organization", "Organization", "Person")), ("evaluated_on", 24, ("Benchmark",)),
    ("runs_on", 10, ("Hardware",)), ("trained_on", 6, ("Dataset", "Benchmark")), ("based_on", 10, ("Model", "Model", "Software")),
    ("outperforms", 8, ("Model",)), ("presented_at", 4, ("Event",)), ("parameter_count", 7, ("integer",)),
    ("released_on", 6, ("date",)), ("described_in", 3, ("anyURI",)), ("has_code", 2, ("anyURI",)),
)  # fmt: skip
METRICS = ("accuracy", "Accuracy", "WER", "BLEU", "")
CHANNELS = ("", *(f"{name}_{i}" for name in ("neuro", "ai news", "Лента") for i in range(8)))
SYLLABLES = ("ла", "ру", "ги", "та", "но", "ve", "ra", "lo", "qu", "mi", "ze", "dor", "tron", "lex")
ODD = ('"', "'", "\\", "{x}", "é", "𝕏", "a b", "%20", "`", "/", "#1", "?q=1&r")
CLAIMS_A_POST = 4


def generated_store(claims: int, seed: int = 1, path: Path | None = None) -> Store:
    """At least so many claims, in memory or in a directory; the same seed makes the same graph."""
    store = Store.open(path, "write") if path else Store.memory()
    with store.batching():
        for extraction in generated_posts(claims, seed):
            store.put(extraction, "made/1")
    return store


def generated_posts(claims: int, seed: int = 1) -> Iterator[Extraction]:
    """Posts with their claims, the oldest not always first."""
    random = Random(seed)
    entities = _entities(max(60, claims // 12), random)
    earlier: list[Extraction] = []
    made = number = 0
    while made < claims:
        repeats = earlier and random.random() < 0.1
        found = _repost(random.choice(earlier), number, random) if repeats else _post(number, entities, random)
        if not repeats and random.random() < 0.3:
            earlier = [*earlier[-200:], found]
        made += len(found.claims)
        number += 1
        yield found


def _entities(count: int, random: Random) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = {kind: [] for kind, _ in KINDS}
    kinds = random.choices([kind for kind, _ in KINDS], [share for _, share in KINDS], k=count)
    for i, kind in enumerate([*found, *kinds]):
        name = "".join(random.choice(SYLLABLES) for _ in range(random.randint(2, 3))).capitalize()
        key = f"{name}-{i}"
        if i % 50 == 7:
            key = name = f"{name} {ODD[i // 50 % len(ODD)]} {i}"
        elif random.random() > 0.02:
            name = key
        aliases = (f"{name} {random.choice(SYLLABLES)}",) if random.random() < 0.3 else ()
        found[kind].append(Entity(f"{kind.lower()}/{key.lower()}", kind, name, aliases))
    return found


def _some(entities: list[Entity], random: Random) -> Entity:
    """Few are named often and many rarely."""
    return entities[int(len(entities) * random.random() ** 2.2)]


def _post(number: int, entities: dict[str, list[Entity]], random: Random) -> Extraction:
    said = []
    for _ in range(random.randint(1, 2 * CLAIMS_A_POST - 1)):
        subject = _some(entities["Software" if random.random() < 0.08 else "Model"], random)
        allowed = (
            PREDICATES
            if subject.type == "Model"
            else [row for row in PREDICATES if row[0] in ("developed_by", "runs_on", "has_code")]
        )
        predicate, _, ranges = random.choices(allowed, [share for _, share, _ in allowed])[0]
        target = _target(random.choice(ranges), entities, random)
        if target != subject:
            said.append((subject, predicate, target, _qualifiers(predicate, random)))
    others = [_some(entities[kind], random) for kind in ("Person", "Dataset") if random.random() < 0.1]
    words = [f"{s.name} {p} {o.name if isinstance(o, Entity) else o.value}." for s, p, o, _ in said]
    text = " ".join([f"№{number}:", *words, *(entity.name for entity in others)])
    post = Post(_id(number, random), text, "ru" if number % 3 else "en", *_place(number, random))
    claims, at = [], len(f"№{number}: ")
    for (subject, predicate, target, qualifiers), sentence in zip(said, words, strict=True):
        evidence = Evidence(post.id, at, at + len(sentence))
        claims.append(Claim(subject, predicate, target, evidence, qualifiers, random.choice((0.5, 0.75, 0.9, 1.0)), "made/1"))
        at += len(sentence) + 1
    mentions = [
        Mention(at := text.index(entity.name), at + len(entity.name), entity.type, entity.name, entity.key) for entity in others
    ]
    return Extraction(post, tuple(mentions), tuple(others), tuple(claims))


def _repost(old: Extraction, number: int, random: Random) -> Extraction:
    """The same words, so the same original, in another place."""
    post = Post(_id(number, random), old.post.text, old.post.lang, *_place(number, random), forwarded_from=old.post.channel)
    claims = tuple(
        Claim(
            c.subject,
            c.predicate,
            c.object,
            Evidence(post.id, c.evidence.start, c.evidence.end),
            c.qualifiers,
            c.confidence,
            c.extractor,
        )
        for c in old.claims
    )
    return Extraction(post, old.mentions, old.entities, claims)


def _id(number: int, random: Random) -> str:
    return f"канал/{number}" if random.random() < 0.95 else f"файл {number % 50}.md#{number}"


def _place(number: int, random: Random) -> tuple[str, str, str]:
    """Link, date and channel."""
    day = f"{random.randint(2022, 2025)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    dates = (day, day, day + "T10:00:00Z", day + f"T{number % 24:02}:30:00+03:00", day[:7], day[:4], "")
    date = random.choices(dates, (30, 20, 30, 10, 3, 2, 5))[0]
    return (f"https://t.me/c/{number}" if number % 9 else "", date, random.choice(CHANNELS))


def _target(kind: str, entities: dict[str, list[Entity]], random: Random) -> Entity | Literal:
    if kind == "integer":
        return Literal(str(random.choice((7, 8, 13, 70, 405)) * 10**9), kind)
    if kind == "date":
        day = f"202{random.randint(3, 5)}-0{random.randint(1, 3)}-1{random.randint(0, 2)}"
        return Literal(random.choice((day, day[:7], day[:4])), kind)
    if kind == "anyURI":
        return Literal(f"https://example.org/{random.randint(1, 500)}", kind)
    return _some(entities[kind], random)


def _qualifiers(predicate: str, random: Random) -> dict[str, Value]:
    found: dict[str, Value] = {"hedged": True} if random.random() < 0.08 else {}
    if predicate == "evaluated_on":
        if random.random() < 0.85:
            found["score"] = random.choice((round(random.uniform(20, 99), 1), random.randint(60, 90), 88.7))
        if metric := random.choice(METRICS):
            found["metric"] = metric
        if random.random() < 0.1:
            found["rank"] = random.randint(1, 12)
    if predicate == "runs_on":
        if random.random() < 0.6:
            found["phase"] = random.choice(("training", "inference"))
        if random.random() < 0.3:
            found["count"] = random.choice((8, 64, 1024))
    return found
