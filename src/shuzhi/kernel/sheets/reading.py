"""Read an uploaded table, refusing what cannot be trusted, with the place of each fault."""

import csv
import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from shuzhi.kernel.archives import open_archive
from shuzhi.kernel.errors import FaultsError, RefusedError, RowFault
from shuzhi.kernel.language import listed
from shuzhi.kernel.typed import fit

from .guarding import column_letters, sheet_part, survey
from .model import EXCEL_DIGITS, MIB, Cell, Grid, Limits
from .neutral import is_formula_like, restored

MAX_FAULTS = 50  # a person mends these and sends the file again
FORMULA = _("这里是公式，不能导入。请复制后“选择性粘贴 → 数值”，再上传。")


def _check_size(data: bytes, limits: Limits) -> None:
    if len(data) > limits.size:
        raise RefusedError(
            _("表格文件超过 %(limit)d MB，请拆成几个文件上传。") % {"limit": limits.size // MIB}
        )


def _check_extent(rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows or columns > limits.columns:
        raise RefusedError(
            _(
                "表格有 %(rows)d 行 %(columns)d 列，最多可导入 %(max_rows)d 行 %(max_columns)d 列。"
                "请删去多余的行列（包括远处误填的单元格），或拆成几个文件。"
            )
            % {
                "rows": rows,
                "columns": columns,
                "max_rows": limits.rows,
                "max_columns": limits.columns,
            }
        )


def _refuse_formulas(places: list[tuple[int, int]]) -> None:
    if places:
        faults = [RowFault(row, column_letters(col), FORMULA) for row, col in places[:MAX_FAULTS]]
        raise FaultsError(faults)


def _cell(value: Any) -> Cell:
    """Turn what the reader gives into a cell; numbers as Excel shows them, not as it stores."""
    match value:
        case bool() | datetime() | date():
            return value
        case str():
            return fit(value).strip() or None
        case int():
            return value
        case float():
            number = Decimal(f"{value:.{EXCEL_DIGITS}g}")
            return int(number) if number == number.to_integral_value() else number
        case time() | timedelta():
            return str(value)
        case _:
            return None


def _trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    return rows


def _not_a_workbook() -> RefusedError:
    return RefusedError(
        _("这不是 Excel 工作簿，或者文件已损坏。请在 Excel 或 WPS 里另存为 .xlsx。")
    )


def _shown(book: CalamineWorkbook) -> list[str]:
    return [s.name for s in book.sheets_metadata if s.visible is SheetVisibleEnum.Visible]


def _chosen_sheet(book: CalamineWorkbook, name: str | None) -> str:
    shown = _shown(book)
    if not shown:
        raise _not_a_workbook()
    if name is None:
        return shown[0]
    if name not in shown:
        raise RefusedError(
            _("工作簿里没有名为“%(name)s”的工作表，只有：%(shown)s。")
            % {"name": name, "shown": listed(shown)}
        )
    return name


def _load(data: bytes, archive: zipfile.ZipFile, name: str | None, limits: Limits) -> Grid:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    chosen = _chosen_sheet(book, name)
    seen = survey(archive.read(sheet_part(archive, chosen)))
    _check_extent(seen.rows, seen.columns, limits)
    _refuse_formulas(seen.formulas)
    rows = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    return Grid(chosen, _trimmed([[_cell(value) for value in row] for row in rows]))


def sheet_names(data: bytes) -> list[str]:
    """Return the names of a workbook's visible sheets; none if `data` is no sound workbook."""
    archive = open_archive(data)
    if archive is None or "xl/workbook.xml" not in archive.namelist():
        return []
    try:
        return _shown(CalamineWorkbook.from_filelike(io.BytesIO(data)))
    except (CalamineError, LookupError, ValueError):
        return []


def read_workbook(data: bytes, *, sheet: str | None = None, limits: Limits | None = None) -> Grid:
    """Return the sheet named, or the first visible one, of an .xlsx workbook.

    Refuses what is no workbook, unpacks to too much, or has too many rows or columns; formulas
    are faults with their row and column, because nobody typed the value that they last had.
    """
    limits = limits or Limits()
    _check_size(data, limits)
    archive = open_archive(data)
    if archive is None or "xl/workbook.xml" not in archive.namelist():
        raise _not_a_workbook()
    try:
        return _load(data, archive, sheet, limits)
    except (CalamineError, LookupError, ValueError) as error:
        raise _not_a_workbook() from error


def _decoded(data: bytes) -> str:
    """Decode as UTF-8, else as GB 18030, which is what Excel in China saves."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError(_("这不是文字表格。请在 Excel 或 WPS 里另存为 .xlsx 或 CSV(UTF-8)。"))


def read_csv(data: bytes, *, limits: Limits | None = None) -> Grid:
    """Return the rows of a CSV file, all cells as text; formulas are faults with their place."""
    limits = limits or Limits()
    _check_size(data, limits)
    content = _decoded(data)
    if "\0" in content:
        raise RefusedError(_("这不是文字表格。请在 Excel 或 WPS 里另存为 .xlsx 或 CSV(UTF-8)。"))
    try:
        raw = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    except csv.Error as error:
        raise RefusedError(_("CSV 文件的引号或分隔符不完整，请另存后再上传。")) from error
    _check_extent(len(raw), max(map(len, raw), default=0), limits)
    _refuse_formulas(
        [
            (number, place)
            for number, row in enumerate(raw, 1)
            for place, value in enumerate(row, 1)
            if is_formula_like(value)
        ]
    )
    return Grid("", _trimmed([[restored(value).strip() or None for value in row] for row in raw]))


def read_sheet(data: bytes, *, sheet: str | None = None, limits: Limits | None = None) -> Grid:
    """Read a workbook or a CSV file, whichever the content is."""
    if data.startswith(b"PK"):
        return read_workbook(data, sheet=sheet, limits=limits)
    if data.startswith(bytes.fromhex("d0cf11e0")):
        raise RefusedError(_("这是旧版 .xls 文件。请在 Excel 或 WPS 里另存为 .xlsx 后再上传。"))
    return read_csv(data, limits=limits)
