"""Spark as a backend: the same expressions.

In this process's JVM or on a cluster that it is told of.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Self

import ibis
import pyarrow as pa

from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.program import harmonic
from shuzhi.engine.say import Said, quoted, say

FUNCTIONS = (
    "CREATE OR REPLACE TEMPORARY FUNCTION shuzhi_whole(a BIGINT) RETURNS BIGINT RETURN a",
    (
        "CREATE OR REPLACE TEMPORARY FUNCTION shuzhi_quot(a BIGINT, b BIGINT)"
        " RETURNS BIGINT RETURN a div b"
    ),
    (
        "CREATE OR REPLACE TEMPORARY FUNCTION shuzhi_quot_wide(a DECIMAL(38,0), b DECIMAL(38,0))"
        " RETURNS BIGINT RETURN a div b"
    ),
)
LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # In one process a job costs more than the rows that it would spread: no exchange of its own
    # for each, and nothing planned anew between two of them.
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.warehouse.dir": gettempdir(),  # else a folder is left where one stands
}
MEMORY = "spark.driver.memory"
# of memory, as one writes it for DuckDB
AMOUNT = re.compile(r"(\d+(?:\.\d+)?) *([KMGT])(?:I?B)?", re.IGNORECASE)
MEBIBYTES = {"K": 1 / 1024, "M": 1, "G": 1024, "T": 1024**2}
LARGE = {  # a scheme is hundreds of expressions over tables that come from this process
    "spark.sql.analyzer.maxIterations": "10000",
    "spark.sql.optimizer.maxIterations": "10000",
    "spark.sql.maxPlanStringLength": "10000",  # else each plan is written out, up to 2 GiB of it
    "spark.sql.optimizer.excludedRules": (  # rows are for workers, not for the one who plans
        "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation"
    ),
}


class Spark:
    """A Spark session: `SPARK_MASTER` names a cluster, else two local threads."""

    def __init__(self, *, threads: int = 2, memory: str = "2GB", **_: Any) -> None:
        try:
            from pyspark import cloudpickle
        except ImportError as error:
            right = say("pip install -r requirements/spark.txt")
            raise Faults([_fault(say("Spark is not installed"), right)]) from error
        self.session = _session(threads, _mebibytes(memory))
        self.connection = ibis.pyspark.connect(self.session)
        self.kept: list[Any] = []
        for name, value in LARGE.items():
            self.session.conf.set(name, value)
        for function in FUNCTIONS:
            self.session.sql(function)
        # workers have Python, and need nothing of ours
        cloudpickle.register_pickle_by_value(harmonic)  # type: ignore[no-untyped-call]
        self.session.udf.register(harmonic.NAME, harmonic.harmonic_mean, "bigint")

    def load(self, name: str, table: pa.Table) -> Any:
        """A table in memory, sent to wherever the workers are."""
        kinds = [getattr(one.type, "value_type", one.type) for one in table.schema]
        plain = table.cast(pa.schema(list(zip(table.column_names, kinds, strict=True))))
        return self._view(name, self.session.createDataFrame(plain))

    def scan(self, name: str, path: Path) -> Any:
        """A Parquet file or folder, read where it stands."""
        frame = self.session.read.option("recursiveFileLookup", "false").parquet(str(path))
        return self._view(name, frame)

    def _view(self, name: str, frame: Any) -> Any:
        frame.createOrReplaceTempView(name)
        return self.connection.table(name)

    def keep(self, name: str, expression: Any) -> Any:
        """An intermediate result, calculated once."""
        frame = self._ask(expression).persist()
        self.kept.append(frame)
        return self._view(name, frame)

    def fetch(self, expression: Any) -> pa.Table:
        return self._ask(expression).toArrow()

    def stream(self, expression: Any, rows: int) -> Iterator[pa.RecordBatch]:
        """The rows in order, a batch at a time."""
        yield from self.fetch(expression).to_batches(max_chunksize=rows)

    def _ask(self, expression: Any) -> Any:
        return self.session.sql(self.connection.compile(expression))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Give the memory back; the session itself is left for the next calculation."""
        from py4j.protocol import Py4JError

        # a worker of it ended, or all of it: then there is nothing to give back
        if any(isinstance(one, Py4JError | ConnectionError) for one in raised):
            right = say("it says above why; where memory ran out, give more by --memory")
            raise Faults([_fault(say("Spark stopped before it was done"), right)])
        for frame in self.kept:
            frame.unpersist()


def _fault(what: Said, right: Said) -> Fault:
    return Fault("--backend spark", what, right, "backend")


def _mebibytes(amount: str) -> str:
    """An amount of memory such as 2GB in Java's words. Raises Faults for another text."""
    found = AMOUNT.fullmatch(amount.strip())
    if found is None:
        what = say("cannot be used ({error})", error=quoted(amount))
        raise Faults([Fault("--memory", what, say("write an amount such as 2GB"), "backend")])
    number, unit = found.groups()
    return f"{int(float(number) * MEBIBYTES[unit.upper()])}m"


def _session(threads: int, memory: str) -> Any:
    """The session of this process. Raises Faults where none can be had."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("shuzhi")
    if master := os.environ.get("SPARK_MASTER"):
        builder = builder.master(master)
    else:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master(f"local[{threads}]").config(map={**LOCAL, MEMORY: memory})
    try:
        session = builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        right = say(
            "it says above why; it needs Java 17, 512MB of memory, and what SPARK_MASTER names"
        )
        raise Faults([_fault(say("Spark does not start"), right)]) from error
    session.sparkContext.setLogLevel("ERROR")
    return session
