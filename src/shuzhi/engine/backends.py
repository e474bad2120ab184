"""The engines that run the program: DuckDB in the process, or Spark.

Both by the same expressions.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, Self

import duckdb
import ibis
import pyarrow as pa

from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.program import harmonic
from shuzhi.engine.say import quoted, say

# Each step stays a query of its own: fused, a rate would be written out wherever it is used.
ibis.options.sql.fuse_selects = False

MACROS = (
    "CREATE OR REPLACE TEMP MACRO shuzhi_quot(a, b) AS a // b",
    "CREATE OR REPLACE TEMP MACRO shuzhi_whole(a) AS CAST(a AS BIGINT)",
    (
        "CREATE OR REPLACE TEMP MACRO shuzhi_quot_wide(a, b) AS"
        " CAST(CAST(a AS HUGEINT) // CAST(b AS HUGEINT) AS BIGINT)"
    ),
)


class Backend(Protocol):
    """What the program needs of an engine."""

    def load(self, name: str, table: pa.Table) -> Any: ...
    def scan(self, name: str, path: Path) -> Any: ...
    def keep(self, name: str, expression: Any) -> Any: ...
    def fetch(self, expression: Any) -> pa.Table: ...
    def stream(self, expression: Any, rows: int) -> Iterator[pa.RecordBatch]: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...


class DuckDB:
    """DuckDB in this process; what it has no memory for it puts into a folder of its own."""

    def __init__(self, *, threads: int | None = None, memory: str | None = None) -> None:
        config: dict[str, Any] = {"preserve_insertion_order": False}
        if threads:
            config["threads"] = threads
        if memory:
            config["memory_limit"] = memory
        self.connection = ibis.duckdb.connect(**config)
        self.aside = TemporaryDirectory(prefix="shuzhi-aside-")
        folder = self.aside.name.replace("'", "''")
        self.connection.raw_sql(f"SET temp_directory = '{folder}'")
        for macro in MACROS:
            self.connection.raw_sql(macro)
        self.connection.con.create_function(harmonic.NAME, harmonic.harmonic_mean)

    def load(self, name: str, table: pa.Table) -> Any:
        """A table in memory, read where it stands."""
        self.connection.con.register(name, table)
        return ibis.table(ibis.Schema.from_pyarrow(table.schema), name=name)

    def scan(self, name: str, path: Path) -> Any:
        """A Parquet file or folder, read where it stands."""
        files = f"{path}/**/*.parquet" if path.is_dir() else str(path)
        return self.connection.read_parquet(files, table_name=name)

    def keep(self, name: str, expression: Any) -> Any:
        """An intermediate result, calculated once."""
        # not Ibis's own: it writes the query anew for an INSERT, which costs more than to run it
        self.connection.raw_sql(f"CREATE OR REPLACE TEMP TABLE {name} AS {self._sql(expression)}")
        return ibis.table(expression.schema(), name=name)

    def fetch(self, expression: Any) -> pa.Table:
        return self._ask(expression).to_arrow_table()

    def stream(self, expression: Any, rows: int) -> Iterator[pa.RecordBatch]:
        """The rows in order, a batch at a time."""
        # not Ibis's own: it calls a method that DuckDB 2 no longer has
        yield from self._ask(expression).to_arrow_reader(rows)

    def _ask(self, expression: Any) -> Any:
        return self.connection.con.sql(self._sql(expression))

    def _sql(self, expression: Any) -> str:
        return _compiled(expression.op())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.connection.disconnect()
        self.aside.cleanup()
        if raised[0] is duckdb.OutOfMemoryException:
            right = say("give more, or leave it out")
            raise Faults([Fault("--memory", say("is too little"), right, "backend")])


@lru_cache(maxsize=128)
def _compiled(relation: Any) -> str:
    """The query of an expression.

    Tables are known by their names and columns alone, so that it is found here again when a
    scheme of the same shape is calculated: writing it costs more than to run it on a county.
    """
    return str(ibis.duckdb.compile(relation.to_expr()))


def _duckdb(options: dict[str, Any]) -> Backend:
    try:
        return DuckDB(**options)
    except duckdb.Error as error:
        what = say("cannot be used ({error})", error=quoted(str(error).splitlines()[0]))
        right = say("write an amount such as 2GB")
        raise Faults([Fault("--memory", what, right, "backend")]) from error


def connect(name: str, **options: Any) -> Backend:
    """The backend of a name. Raises Faults for a name that there is not.

    Or that is not installed.
    """
    if name == "duckdb":
        return _duckdb(options)
    if name == "spark":
        from shuzhi.engine.spark import Spark

        return Spark(**options)
    what = say("there is no backend {name}", name=name)
    raise Faults([Fault("--backend", what, say("use duckdb or spark"), "backend")])
