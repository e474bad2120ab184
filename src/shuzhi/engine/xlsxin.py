"""An Excel workbook into Arrow: all its sheets, one under the other, every cell as text."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from shuzhi.engine.faults import Fault, Faults, some
from shuzhi.engine.say import Said, quoted, say
from shuzhi.engine.text import told_apart
from shuzhi.engine.xlsxerrors import broken_cells
from shuzhi.engine.xlsxstream import NotPlainError, Sheet, is_large, stream

MEGABYTE = 1 << 20
MOST_UNPACKED = 4096 * MEGABYTE
PIECE = 1 << 15  # rows that are held as Python's objects at a time
FILL_IN = say("put the value in its place")
SAVE = say("open the workbook, and save it anew")
TIGHT, LITTLE = 200, 64 * MEGABYTE  # no table packs 200 to 1; a small one may do as it likes


def _refuse_bomb(path: Path) -> None:
    """Refuse a workbook that says it unpacks to more than a table can be. Raises Faults."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as book:
        size = sum(part.file_size for part in book.infolist())
    if size > MOST_UNPACKED or (size > LITTLE and size > TIGHT * path.stat().st_size):
        what = say("unpacks to {size} MiB", size=size // MEGABYTE)
        raise Faults([Fault(path.name, what, say("give smaller files, or Parquet"), "xlsx")])


def _refuse_errors(path: Path) -> None:
    """Refuse what has no value, though a clerk sees something there. Raises Faults."""
    found = list[Fault]()
    with suppress(zlib.error, EOFError, RuntimeError):  # what does not unpack, the library tells
        found = [Fault(path.name, *_told(*cell), "xlsx") for cell in broken_cells(path)]
    if found:
        raise Faults(some(found, path.name))


def _told(place: str, error: str) -> tuple[Said, Said]:
    if error:
        return say("{cell} holds {error}", cell=place, error=error), FILL_IN
    return say("{cell} holds a formula without its result", cell=place), SAVE


def read_xlsx(path: Path) -> pa.Table:
    """The sheets of a workbook as one table; each begins with the same names. Raises Faults."""
    from python_calamine import CalamineError

    try:
        _refuse_bomb(path)
        sheets = [(names, rows) for names, rows in _sheets(path) if any(map(str.strip, names))]
        tables = [_table(path, names, rows) for names, rows in sheets]
    except (CalamineError, OSError, zipfile.BadZipFile, NotImplementedError) as error:
        what = say("cannot be read as a workbook ({error})", error=quoted(str(error)))
        raise Faults([Fault(path.name, what, say("save it anew as .xlsx"), "xlsx")]) from error
    if not tables:
        right = say("begin with a line of column names")
        raise Faults([Fault(path.name, say("is empty"), right, "empty")])
    if any(table.column_names != tables[0].column_names for table in tables):
        what = say("its sheets begin with different names")
        right = say("give every sheet the same first line")
        raise Faults([Fault(path.name, what, right, "column")])
    return pa.concat_tables(tables)


def _sheets(path: Path) -> Iterator[Sheet]:
    """Names and rows of each sheet that has any."""
    if is_large(path):
        with suppress(NotPlainError):
            yield from stream(path)
            return
    _refuse_errors(path)
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        rows = iter(book.get_sheet_by_name(name).iter_rows())
        names = next((found for row in rows if any(map(str.strip, found := [*map(str, row)]))), [])
        yield names, [_batch(names, piece) for piece in iter(partial(_some, rows), [])]


def _some(rows: Iterator[list[Any]]) -> list[list[Any]]:
    return list(islice(rows, PIECE))


def _batch(names: list[str], rows: list[list[Any]]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    return pa.RecordBatch.from_arrays([_texts(column) for column in columns], names)


def _table(path: Path, names: list[str], rows: list[pa.RecordBatch]) -> pa.Table:
    names = told_apart([name.strip() for name in names])
    if len(set(names)) != len(names):
        what = say("two columns have one name")
        raise Faults([Fault(path.name, what, say("name each differently"), "column")])
    empty = pa.schema([(name, pa.string()) for name in names])
    return pa.Table.from_batches(rows, rows[0].schema if rows else empty).rename_columns(names)


def _texts(cells: tuple[Any, ...]) -> pa.Array:
    """The cells of a column as text; most hold nothing but text, or few different numbers."""
    kinds = set(map(type, cells))
    if kinds == {float}:
        known = {cell: text_of(cell) for cell in set(cells)}
        return pa.array(map(known.__getitem__, cells), pa.string(), size=len(cells))
    return pa.array(cells if kinds == {str} else map(text_of, cells), pa.string(), size=len(cells))


def text_of(cell: Any) -> str:
    """A cell as a clerk sees it: 85, not 85.0."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)
