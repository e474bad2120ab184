"""An Excel workbook into Arrow: all its sheets, one under the other, every cell as text."""

import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa

from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.say import quoted, say

MEGABYTE = 1 << 20
MOST_UNPACKED = 4096 * MEGABYTE
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


def read_xlsx(path: Path) -> pa.Table:
    """The sheets of a workbook as one table; each begins with the same names. Raises Faults."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        _refuse_bomb(path)
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        tables = [table for sheet in sheets if (table := _sheet(path, sheet)) is not None]
    except (CalamineError, OSError, zipfile.BadZipFile) as error:
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


def _sheet(path: Path, sheet: Any) -> pa.Table | None:
    rows = iter(sheet.iter_rows())
    names = [str(cell).strip() for cell in next(rows, [])]
    if not any(names):
        return None
    columns: list[list[str]] = [[] for _ in names]
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            column.append(_text(cell))
    if len(set(names)) != len(names):
        what = say("two columns have one name")
        raise Faults([Fault(path.name, what, say("name each differently"), "column")])
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.table(dict(zip(names, arrays, strict=True)))


def _text(cell: Any) -> str:
    """A cell as a clerk sees it: 85, not 85.0."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)
