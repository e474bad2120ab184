"""Whole numbers as decimal text, and tables as bytes that depend on their content alone."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

GROUP = 100_000  # rows of a Parquet row group
WRITERS = 2  # batches that become text at the same time


def each(work: Callable[[Any], Any], column: Any) -> Any:
    """A column after work that is done once for each different value."""
    coded = column.dictionary_encode()
    return work(coded.dictionary).take(coded.indices)


def fixed(numbers: Any, places: int) -> Any:
    """Whole numbers of 10^-places as text with so many decimals: 8735 → 87.35."""
    return each(lambda different: _fixed(different, places), numbers)


def _fixed(numbers: Any, places: int) -> Any:
    if places == 0:
        return numbers.cast(pa.string())
    digits = pc.utf8_lpad(pc.abs(numbers).cast(pa.string()), places + 1, "0")
    text = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(digits, 0, -places),
        pc.utf8_slice_codeunits(digits, -places, 2**31 - 1),
        ".",
    )
    return pc.if_else(pc.less(numbers, 0), pc.binary_join_element_wise("-", text, ""), text)


def decimal(numbers: Any, places: int) -> Any:
    """Whole numbers of 10^-places as exact decimals."""
    wide = pa.concat_arrays(numbers.chunks) if isinstance(numbers, pa.ChunkedArray) else numbers
    held = wide.cast(pa.decimal128(19, 0))
    return pa.Array.from_buffers(
        pa.decimal128(19, places), len(held), held.buffers(), offset=held.offset
    )


def csv_lines(table: pa.Table) -> bytes:
    """The rows of a table of text as CSV lines; nothing is an empty cell."""
    if table.num_rows == 0:
        return b""
    cells = [_quoted(pc.fill_null(column.cast(pa.string()), "")) for column in table.columns]
    lines = pc.binary_join_element_wise(*cells, ",")
    lines = pc.binary_join_element_wise(lines, "\n", "")
    return b"".join(_bytes(chunk) for chunk in lines.chunks)


def _quoted(column: Any) -> Any:
    texts = map(_bytes, column.chunks)
    if not any(mark in text for text in texts for mark in (b'"', b",", b"\r", b"\n")):
        return column
    inner = pc.replace_substring(column, '"', '""')
    marked = pc.binary_join_element_wise('"', inner, '"', "")
    return pc.if_else(pc.match_substring_regex(column, '[",\r\n]'), marked, column)


def _bytes(chunk: Any) -> bytes:
    """The text of a column's chunk, end to end."""
    text = chunk.cast(pa.large_string())
    offsets = memoryview(text.buffers()[1]).cast("q")
    first, last = offsets[text.offset], offsets[text.offset + len(text)]
    return bytes(memoryview(text.buffers()[2])[first:last]) if last > first else b""


def write_csv(
    path: Path, names: list[str], batches: Iterable[Any], text: Callable[[Any], pa.Table]
) -> None:
    """A CSV file: UTF-8, LF, quotes only where they are needed.

    `text` makes a table of text of a batch, while the next one is still being calculated.
    """
    with path.open("wb") as file, ThreadPoolExecutor(WRITERS) as pool:
        file.write((",".join(names) + "\n").encode())
        waiting: deque[Future[bytes]] = deque()
        for batch in batches:
            waiting.append(pool.submit(lambda one: csv_lines(text(one)), batch))
            if len(waiting) > WRITERS:
                file.write(waiting.popleft().result())
        for lines in waiting:
            file.write(lines.result())


def write_parquet(path: Path, tables: Iterable[pa.Table]) -> None:
    """A Parquet file whose row groups do not depend on how the rows arrived."""
    import pyarrow.parquet as pq

    writer = None
    for group in _groups(tables):
        writer = writer or pq.ParquetWriter(path, group.schema, compression="zstd")
        writer.write_table(group, row_group_size=GROUP)
    if writer:
        writer.close()


def _groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        while sum(part.num_rows for part in held) >= GROUP:
            joined = pa.concat_tables(held)
            yield joined.slice(0, GROUP).combine_chunks()
            held = [joined.slice(GROUP)]
    rest = pa.concat_tables(held) if held else None
    if rest is not None:
        yield rest.combine_chunks()
