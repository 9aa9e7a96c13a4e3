"""A whole extraction on Spark: read the posts into parts, extract part by part, bring together what belongs to many posts.

Each part is one Spark job whose result appears as a whole, with a mark of its own in ``_work/done``. A run that was killed goes
on with the parts that have none; what was finished is never done again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kg.claim_rows import STATES
from kg.errors import KGError
from kg.spark.claims_manifest import ClaimsManifest
from kg.spark.hadoop import Hadoop
from kg.spark.order import Order
from kg.spark.report import SparkReport
from kg.spark.schemas import spark_schema
from kg.spark.session import attempt, is_running
from kg.spark.sources import LINES, check_lines, find_inputs, records
from kg.writer_lock import WriterLock

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from kg.spark.extracting import Worker

_MOST_AT_ONCE = 32
"""Parts extracted at a time; with more cores than that each part is cut further."""


class Run:
    """One extraction into one folder."""

    def __init__(self, session: SparkSession, order: Order, on_progress: Callable[[str], None] = lambda state: None) -> None:
        """Raises ``InputError`` when the input cannot be read or the folder holds claims of other posts."""
        self._session = session
        self._order = order
        self._hadoop = Hadoop(session)
        self._on_progress = on_progress
        self._output = self._hadoop.absolute(order.output).rstrip("/")
        self._work = f"{self._output}/_work"
        self._inputs = find_inputs(self._hadoop, order.paths, order.format)
        cores: int = session.sparkContext.defaultParallelism
        self._manifest = ClaimsManifest(self._hadoop, self._output, order, self._inputs, cores)
        self._parts = self._manifest.parts

    def extract(self) -> SparkReport:
        """Do what is left to do. A part that Spark gives up on is reported, the others go on.

        Raises ``StoreError`` when another run is at work in the folder.
        """
        report = SparkReport(self._parts)
        counts = self._manifest.counts
        if counts is not None:
            report.kept = self._parts
            report.add(counts)
            self._hadoop.delete(self._work)
            return report
        with self._alone():
            self._do(report)
        if not report.broken:
            self._hadoop.delete(self._work)
        return report

    def _do(self, report: SparkReport) -> None:
        started = time.monotonic()
        self._read()
        read = time.monotonic()
        self._extract_parts(report)
        found = time.monotonic()
        if report.broken:
            return
        from kg.spark.totals import Totals

        Totals(self._session, self._hadoop, self._output, self._order.base, self._on_progress).write()
        report.seconds = {"reading": read - started, "extracting": found - read, "writing": time.monotonic() - found}
        self._manifest.complete(report.counts, report.seconds)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep a second run out of the folder, where the file system has locks: on this machine."""
        if not self._work.startswith("file:"):
            yield
            return
        folder = Path(unquote(urlsplit(self._work).path))
        folder.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(folder)
        lock.acquire()
        try:
            yield
        finally:
            lock.release()

    # ---------------------------------------------------------------- posts into parts
    def _read(self) -> None:
        """All records as posts, each id in one part, of two with one id the first one kept."""
        folder = f"{self._work}/read"
        if self._hadoop.exists(f"{folder}/_SUCCESS"):
            return
        from kg.spark.reading import READ, Reader

        self._on_progress("reading posts")
        table = records(self._session, self._inputs, self._order.columns)
        if self._inputs.format == LINES:
            check_lines(table, self._order.columns, self._inputs.files[0].uri)
        reader = Reader(self._inputs.format, dict(self._order.columns), self._inputs.order())
        posts = table.mapInArrow(reader, spark_schema(READ))
        attempt(lambda: _once(posts, self._parts).write.mode("overwrite").partitionBy("part").parquet(folder), "the posts")

    # ---------------------------------------------------------------- parts into claims
    def _extract_parts(self, report: SparkReport) -> None:
        from kg.extract.version import extractor_version
        from kg.spark.extracting import Setup, Worker

        marks = [name for name in self._hadoop.children(f"{self._work}/done") if name.endswith(".json")]
        done = {name.removesuffix(".json") for name in marks}
        for name in sorted(done):
            report.kept += 1
            report.add(json.loads(self._hadoop.read(f"{self._work}/done/{name}.json")))
        waiting = [name for name in (f"{number:05d}" for number in range(self._parts)) if name not in done]
        if not waiting:
            return
        order = self._order
        setup = Setup(order.extractor.make(), order.vocabulary, order.base, extractor_version())
        context = self._session.sparkContext
        unpacked = context.accumulator(0)
        worker = Worker(context.broadcast(setup), unpacked)
        there = set(self._hadoop.children(f"{self._work}/read"))
        cores = context.defaultParallelism
        at_once = max(1, min(cores, _MOST_AT_ONCE))
        self._say(report)
        with ThreadPoolExecutor(at_once) as pool:
            jobs = {
                pool.submit(self._extract_part, name, worker, ceil(cores / at_once), f"part={int(name)}" in there): name
                for name in waiting
            }
            try:
                for job in as_completed(jobs):
                    try:
                        report.add(job.result())
                        report.finished += 1
                    except KGError as error:
                        if not is_running(self._session):
                            raise
                        report.broken.append(f"part {jobs[job]}: {error}")
                    self._say(report)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                with suppress(Exception):  # when Spark is gone there is nothing to cancel
                    context.cancelAllJobs()
                raise
        report.unpacked = int(unpacked.value)

    def _extract_part(self, name: str, worker: Worker, tasks: int, there: bool) -> dict[str, int]:
        """One part: its result, then its mark."""
        counts = {"read": 0, "claims": 0, **dict.fromkeys(STATES, 0)}
        if there:
            counts |= attempt(lambda: self._find(f"part={int(name)}", worker, tasks), f"part {name}")
        self._hadoop.write(f"{self._work}/done/{name}.json", json.dumps(counts))
        return counts

    def _find(self, part: str, worker: Worker, tasks: int) -> dict[str, int]:
        from pyspark.sql import Observation
        from pyspark.sql import functions as f

        from kg.spark.extracting import FOUND
        from kg.spark.reading import POSTS_READ

        posts = self._session.read.schema(spark_schema(POSTS_READ)).parquet(f"{self._work}/read/{part}")
        if tasks > 1:
            posts = posts.repartition(tasks, "id")
        seen = Observation()
        states = [f.count_if(f.col("state") == state).alias(state) for state in STATES]
        found = posts.mapInArrow(worker, spark_schema(FOUND)).observe(
            seen, f.count(f.lit(1)).alias("read"), f.sum(f.size("claims")).alias("claims"), *states
        )
        found.write.mode("overwrite").parquet(f"{self._work}/found/{part}")
        return {key: int(value or 0) for key, value in seen.get.items()}

    def _say(self, report: SparkReport) -> None:
        done = report.kept + report.finished
        self._on_progress(f"part {done} of {report.parts}, {report.counts['read']:,} posts")


def _once(posts: DataFrame, parts: int) -> DataFrame:
    """Posts with the number of their part; a later one with the id of another is a duplicate and has no text."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    failed = f.col("state") == "failed"
    same = Window.partitionBy("part", "id", "failed").orderBy("file", "start", "number")
    placed = posts.withColumn("part", f.pmod(f.xxhash64("id"), f.lit(parts)).cast("int")).repartition(parts, "part")
    ranked = placed.withColumn("failed", failed).withColumn("digest", f.xxhash64("text"))
    ranked = ranked.withColumn("nth", f.row_number().over(same)).withColumn("first", f.first("digest").over(same))
    later = (f.col("nth") > 1) & ~f.col("failed")
    why = f.when(f.col("first") == f.col("digest"), "the same post was read before").otherwise(
        "another text under the id of an earlier post; the first one counts"
    )
    columns = {
        "state": f.when(later, "duplicate").otherwise(f.col("state")),
        "reason": f.when(later, why).otherwise(f.col("reason")),
        "text": f.when(later, "").otherwise(f.col("text")),
    }
    return ranked.withColumns(columns).drop("failed", "digest", "nth", "first", "file", "start", "number")
