"""An upload as rows of text: what a person typed stays visible until it is right."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.errors import FaultsError, RefusedError, RowFault
from shuzhi.kernel.language import listed
from shuzhi.kernel.sheets import Cell, Grid, find_header, read_csv, read_workbook, sheet_names
from shuzhi.kernel.uploads import FileKind, Received

from .columns import Spec, specs

Rows = list[tuple[int, list[str]]]  # (row of the file, cells in the order of the columns)


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return "" if cell is None else str(cell).strip()


def _rows(grid: Grid, spec: Spec) -> Rows:
    header, places = find_header(grid, spec.columns)
    found: Rows = []
    for number, row in enumerate(grid.rows[header + 1 :], header + 2):
        cells = [
            _text(row[at]) if (at := places.get(c.key)) is not None and at < len(row) else ""
            for c in spec.columns
        ]
        if any(cells):
            found.append((number, cells))
    return found


def _from_workbook(data: bytes) -> dict[str, Rows]:
    names = sheet_names(data)
    found: dict[str, Rows] = {}
    faults: list[RowFault] = []
    for spec in specs():
        title = str(spec.title)
        if title not in names:
            continue
        try:
            found[spec.key] = _rows(read_workbook(data, sheet=title), spec)
        except FaultsError as error:
            faults += [RowFault(f.row, f"{title} {f.column}", f.message) for f in error.faults]
    if faults:
        raise FaultsError(faults)
    return found


def _from_csv(data: bytes) -> dict[str, Rows]:
    """A CSV file holds one sheet: the one whose columns it has, by the first that fits."""
    grid = read_csv(data)
    for spec in reversed(specs()):  # posts name all that people do, and more
        try:
            return {spec.key: _rows(grid, spec)}
        except FaultsError:
            raise
        except RefusedError:
            continue
    return {}


def read_upload(upload: Received) -> dict[str, Rows]:
    """Return the rows of the sheets found; formulas are faults that name sheet and cell."""
    is_csv = upload.kind is FileKind.CSV
    found = _from_csv(upload.data) if is_csv else _from_workbook(upload.data)
    if not any(found.values()):
        titles = listed(spec.title for spec in specs())
        raise RefusedError(
            _("没有找到可以导入的内容。工作表应叫：%(titles)s，表头与模板一致。")
            % {"titles": titles}
        )
    return found
