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
"""A round shortens the longest way within a group by more than half: nothing real needs so many."""


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
    """For each text that has a copy the ``node`` (its digest) and the ``original``: the least digest of its group.

    Every text takes the least name among its neighbours', and then the name that this one has by now, until nothing changes. The
    rounds are kept below ``folder``, so that a lost executor costs one round.
    """
    from pyspark.sql import functions as f

    pairs.write.mode("overwrite").parquet(f"{folder}/pairs")
    one_way = session.read.parquet(f"{folder}/pairs")
    both = one_way.union(one_way.select(f.col("near").alias("node"), f.col("node").alias("near")))
    names = both.groupBy("node").agg(f.least(f.col("node"), f.min("near")).alias("original"))
    for number in range(_MOST_ROUNDS):
        place = f"{folder}/round-{number}"
        names.write.mode("overwrite").parquet(place)
        known = session.read.parquet(place)
        if number and not known.where("changed").limit(1).count():
            return known.drop("changed")
        now = known.select("node", "original")
        heard = both.join(now.withColumnRenamed("node", "near"), "near").groupBy("node").agg(f.min("original").alias("least"))
        lower = now.join(heard, "node").select(
            "node", f.col("original").alias("before"), f.least("original", "least").alias("name")
        )
        of_name = lower.select(f.col("node").alias("name"), f.col("name").alias("original"))
        names = lower.join(of_name, "name").select("node", "original", (f.col("original") != f.col("before")).alias("changed"))
    raise RuntimeError("copies of one text form a chain too long to follow")


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
