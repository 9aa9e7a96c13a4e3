"""Copies of one text among all posts, as ``kg.copy_groups`` finds them in a graph: by the same bands and the same comparison, and
with the same name of each group.

Nodes are texts, not posts: posts with the same words are one node, so that a text reposted a million times is compared once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.copies import Words
from kg.model import Link
from kg.spark.schemas import spark_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

EDGES = pa.schema([("node", pa.string()), ("near", pa.string())])
_MOST_ROUNDS = 50
"""Nothing real needs so many."""


def pairs_of_copies(found: DataFrame) -> DataFrame:
    """Pairs of texts (digests of their words) that are copies, enough of them to join each group of copies."""
    from pyspark.sql import functions as f

    texts = found.where("size(bands) > 0").groupBy("original").agg(
        f.first("text").alias("text"), f.first("links").alias("links"), f.first("bands").alias("bands")
    )  # fmt: skip
    shared = (
        texts.selectExpr("original", "explode(bands) as band")
        .groupBy("band")
        .agg(f.collect_set("original").alias("originals"))
        .where("size(originals) > 1")
    )
    # Texts alone in all their bands, nearly all of them, stay where they are.
    beside = shared.selectExpr("band", "explode(originals) as original").join(texts.drop("bands"), "original")
    buckets = beside.groupBy("band").agg(f.collect_list(f.struct("original", "text", "links")).alias("texts"))
    return buckets.mapInArrow(_compare, spark_schema(EDGES)).distinct()


def groups_of_copies(session: SparkSession, pairs: DataFrame, folder: str) -> DataFrame:
    """Each text with its digest (``node``) and the least one of its group (``original``), where these two are not the same.

    Pairs are turned into stars with the least digest in the middle, by large and small stars in turn (Kiveris et al. 2014), in a
    number of rounds that grows with the logarithm of the longest chain. The rounds are kept below ``folder``, so that a lost
    executor costs one round.
    """
    from pyspark.sql import functions as f

    stars, before = pairs, None
    for number in range(_MOST_ROUNDS):
        stars.write.mode("overwrite").parquet(f"{folder}/round-{number}")
        kept = session.read.parquet(f"{folder}/round-{number}")
        now = kept.agg(f.count(f.lit(1)), f.bit_xor(f.xxhash64("node", "near"))).first()
        if now == before:
            return kept.withColumnRenamed("near", "original")
        stars, before = _small_star(_large_star(kept)), now
    raise RuntimeError("copies of one text form a chain too long to follow")


def _large_star(pairs: DataFrame) -> DataFrame:
    """Every neighbour that is greater than a node is tied to the least of the node and its neighbours."""
    both = pairs.selectExpr("node", "near").union(pairs.selectExpr("near as node", "node as near"))
    least = both.groupBy("node").agg({"near": "min"}).selectExpr("node", "least(node, `min(near)`) as least")
    return both.where("near > node").join(least, "node").selectExpr("near as node", "least as near").distinct()


def _small_star(pairs: DataFrame) -> DataFrame:
    """A node and its lesser neighbours are tied to the least of them."""
    down = pairs.selectExpr("greatest(node, near) as node", "least(node, near) as near").where("node != near")
    least = down.groupBy("node").agg({"near": "min"}).withColumnRenamed("min(near)", "least")
    others = down.join(least, "node").where("near != least").selectExpr("near as node", "least as near")
    return others.union(least.selectExpr("node", "least as near")).distinct()


def _compare(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Pairs that join the copies in each bucket of texts that share a band."""
    for batch in batches:
        rows = [{"node": one, "near": other} for row in batch.to_pylist() for one, other in joining_pairs(row["texts"])]
        yield pa.RecordBatch.from_pylist(rows, EDGES)


def joining_pairs(texts: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Of the pairs of copies among these texts as many as are needed to join them; no two that are joined already are compared.

    >>> said = "DeepMind представила модель RETRO на конференции в Лондоне, веса открыты"
    >>> texts = [{"original": Words.of_text(text).digest, "text": text, "links": []} for text in (said, said + " всем", "нет")]
    >>> list(joining_pairs(texts)) == [tuple(sorted(text["original"] for text in texts[:2]))]
    True
    """
    parts: list[list[tuple[str, Words]]] = []
    for text in sorted(texts, key=lambda text: str(text["original"])):
        links = [Link(link["start"], link["end"], link["url"]) for link in text["links"] or ()]
        words = Words.of_text(text["text"], links)
        joined = []
        for part in parts:
            near = next((digest for digest, other in part if other.alike(words)), "")
            if near:
                yield min(near, text["original"]), max(near, text["original"])
                joined.append(part)
        parts = [part for part in parts if part not in joined]
        parts.append([member for part in joined for member in part] + [(text["original"], words)])
