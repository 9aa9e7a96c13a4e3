"""What belongs to many posts, as Spark aggregations: facts with their support, entities with their names, copies of one text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyoxigraph as ox

from kg.rdf import Names
from kg.spark.copies import groups_of_copies, pairs_of_copies
from kg.spark.extracting import FOUND, original_quad, written
from kg.spark.hadoop import Hadoop
from kg.spark.schemas import spark_schema
from kg.spark.session import attempt

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_QUADS = pa.schema([("value", pa.string())])


class Totals:
    """Writes the tables and N-Quads of a folder from the parts in its ``_work/found``; what is there already stays."""

    def __init__(
        self, session: SparkSession, hadoop: Hadoop, output: str, base: str, on_progress: Callable[[str], None]
    ) -> None:  # fmt: skip
        self._session, self._hadoop, self._output = session, hadoop, output
        self._base, self._on_progress = base, on_progress

    def write(self) -> None:
        """``posts``, ``claims``, ``copies`` and ``facts`` in Parquet; ``quads`` in N-Quads."""
        found = self._found()
        copies = self._copies(found)
        posts = found.drop("original", "bands", "claims", "quads", "facts", "names")
        self._table("posts", posts, "part")
        self._table("claims", found.selectExpr("part", "explode(claims) as claim").selectExpr("part", "claim.*"), "part")
        self._table("copies", copies)
        self._table("facts", facts(found, copies))
        self._quads("posts", found.where("quads != ''").selectExpr("part", "quads as value"), "part")
        self._quads("copies", copies.mapInArrow(Originals(self._base), spark_schema(_QUADS)))
        self._quads("facts", found.selectExpr("explode(facts) as value").distinct())
        self._quads("entities", entity_quads(found))

    def _found(self) -> DataFrame:
        schema = spark_schema(FOUND.append(pa.field("part", pa.int32())))
        folder = f"{self._output}/_work/found"
        if not self._hadoop.exists(folder):  # no post at all
            return self._session.createDataFrame([], schema)
        return self._session.read.schema(schema).parquet(folder)

    def _table(self, name: str, table: DataFrame, *split: str) -> None:
        folder = f"{self._output}/{name}"
        if self._hadoop.exists(f"{folder}/_SUCCESS"):
            return
        self._on_progress(f"writing {name}")
        attempt(lambda: table.write.mode("overwrite").partitionBy(*split).parquet(folder), name)

    def _quads(self, name: str, lines: DataFrame, *split: str) -> None:
        folder = f"{self._output}/quads/{name}"
        if not self._hadoop.exists(f"{folder}/_SUCCESS"):
            self._on_progress(f"writing the N-Quads of {name}")
            writer = lines.write.mode("overwrite").option("compression", "gzip").partitionBy(*split)
            attempt(lambda: writer.text(folder), f"the N-Quads of {name}")
        # Spark calls every text .txt; loaders go by the name.
        for file in self._hadoop.find(folder):
            if file.name.endswith(".txt.gz"):
                self._hadoop.rename(file.uri, file.uri.removesuffix(".txt.gz") + ".nq.gz")

    def _copies(self, found: DataFrame) -> DataFrame:
        """``post`` and ``original`` of every post with claims: copies of one text share it."""
        from pyspark.sql import functions as f

        folder = f"{self._output}/_work/copies"
        if not self._hadoop.exists(f"{folder}/posts/_SUCCESS"):
            self._on_progress("looking for copies")

            def look() -> None:
                groups = groups_of_copies(self._session, pairs_of_copies(found), folder)
                posts = found.where("size(bands) > 0").select(f.col("id").alias("post"), f.col("original").alias("node"))
                known = posts.join(groups, "node", "left").select("post", f.coalesce("original", "node").alias("original"))
                known.write.mode("overwrite").parquet(f"{folder}/posts")

            attempt(look, "the search for copies")
        return self._session.read.parquet(f"{folder}/posts")


@dataclass(frozen=True)
class Originals:
    """Rows of ``post`` and ``original`` to N-Quads."""

    base: str

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """What ``mapInArrow`` calls, once a task."""
        for batch in batches:
            quads = [original_quad(row["post"], row["original"], self.base) for row in batch.to_pylist()]
            yield pa.RecordBatch.from_pylist([{"value": written(quads)}] if quads else [], _QUADS)


def facts(found: DataFrame, copies: DataFrame) -> DataFrame:
    """Each fact (what claims that are no rumours say) with its support.

    ``support`` counts independent posts, of copies one; ``claims`` all of them; ``first_seen`` and ``last_seen`` are dates in
    ISO 8601, null when no post has one; ``confidence`` is that of the surest claim.
    """
    from pyspark.sql import functions as f

    said = found.selectExpr("id as post", "nullif(published, '') as published", "explode(claims) as claim").where(
        "not claim.hedged"
    )
    return (
        said.join(copies, "post")
        .groupBy("claim.subject", "claim.predicate", "claim.object", "claim.object_datatype")
        .agg(
            f.count_distinct("original").alias("support"),
            f.count(f.lit(1)).alias("claims"),
            f.min("published").alias("first_seen"),
            f.max("published").alias("last_seen"),
            f.max("claim.confidence").alias("confidence"),
        )
    )


def entity_quads(found: DataFrame) -> DataFrame:
    """The statements about each entity, under the name that is best among those of all posts."""
    from pyspark.sql import functions as f

    names = found.selectExpr("explode(names) as n").select("n.*").where("name is not null")
    forms = names.selectExpr("entity", "type", "name", "explode(forms) as form")
    known = names.groupBy("entity").agg(f.min("type").alias("type"), f.collect_set("name").alias("names"))
    written_as = forms.groupBy("entity").agg(f.collect_set("form").alias("forms"))
    return known.join(written_as, "entity", "left").mapInArrow(_name_entities, spark_schema(_QUADS))


def _name_entities(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = [{"value": _entity(row["entity"], row["type"], row["names"], row["forms"] or [])} for row in batch.to_pylist()]
        yield pa.RecordBatch.from_pylist(rows, _QUADS)


def _entity(iri: str, type_: str, names: list[str], forms: list[str]) -> str:
    known = Names(ox.NamedNode(type_), set(names), set(forms))
    return written(known.quads(ox.NamedNode(iri)))
