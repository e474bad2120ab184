"""Turn the rows of a sheet into records: find the header, read each cell as its column says."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.errors import FaultsError, RefusedError, RowFault
from shuzhi.kernel.language import listed

from .model import Cell, Column, Grid, Kind, Record
from .reading import MAX_FAULTS

HEADER_WITHIN = 10  # rows in which the header may stand, below a title or a unit's name
_SPACES = re.compile(r"[\s*＊]+")
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?", re.ASCII)
_YES, _NO = {"是", "有", "√", "y", "yes", "true", "1"}, {"否", "无", "×", "n", "no", "false", "0"}


def _plain(title: object) -> str:
    """Return words without spaces and stars, brackets of either width alike."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", str(title or "")))


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell).strip()


def _decimal(cell: Cell) -> Decimal:
    try:
        number = Decimal(str(cell).replace(",", "").replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(_("应填数字，例如 87.5")) from error
    if not number.is_finite():
        raise ValueError(_("应填数字，例如 87.5"))
    return number


def _integer(cell: Cell) -> int:
    number = _decimal(cell)
    if number != number.to_integral_value():
        raise ValueError(_("应填整数，例如 12"))
    return int(number)


def _date(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DATE.fullmatch(_text(cell))
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(_text(cell))
    except ValueError as error:
        raise ValueError(_("应填日期，例如 2026-01-05")) from error


def _yes_no(cell: Cell) -> bool:
    word = _text(cell).lower()
    if word not in _YES | _NO:
        raise ValueError(_("应填“是”或“否”"))
    return word in _YES


PARSERS: dict[Kind, Callable[[Cell], Any]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
}


def read_cell(column: Column, cell: Cell) -> Any:
    """Return the value of a cell as its column says; `ValueError` says what would be right."""
    if cell is None or cell == "":
        if column.required:
            raise ValueError(_("必须填写"))
        return None
    value = PARSERS[column.kind](cell)
    if not column.choices:
        return value
    chosen = {_plain(choice): choice for choice in column.choices}.get(_plain(value))
    if chosen is None:
        raise ValueError(_("只能填：%(choices)s") % {"choices": listed(column.choices)})
    return chosen


def find_header(grid: Grid, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """Return the index of the header row and the place of each column found in it.

    Raises `RefusedError` that names the required columns which are missing.
    """
    wanted = {_plain(column.title): column.key for column in columns}
    best: tuple[int, dict[str, int]] = (0, {})
    for index, row in enumerate(grid.rows[:HEADER_WITHIN]):
        places = {wanted[_plain(c)]: at for at, c in enumerate(row) if _plain(c) in wanted}
        if len(places) > len(best[1]):
            best = (index, places)
    missing = [str(c.title) for c in columns if c.required and c.key not in best[1]]
    if missing or not best[1]:
        raise RefusedError(
            _("表头里缺少这些列：%(missing)s。请使用下载的模板，不要改动表头。")
            % {"missing": listed(missing or [str(c.title) for c in columns])}
        )
    return best


def records(grid: Grid, columns: Sequence[Column]) -> list[Record]:
    """Return the filled rows below the header, typed by `columns`; columns not named are left out.

    Raises `RefusedError` if required columns are missing, `FaultsError` with row and heading of
    every cell that cannot be read (at most 50 at once).
    """
    header, places = find_header(grid, columns)
    found: list[Record] = []
    faults: list[RowFault] = []
    for number, row in enumerate(grid.rows[header + 1 :], header + 2):
        if all(cell is None for cell in row):
            continue
        values: dict[str, Any] = {}
        for column in columns:
            at = places.get(column.key)
            try:
                values[column.key] = read_cell(
                    column, row[at] if at is not None and at < len(row) else None
                )
            except ValueError as fault:
                faults.append(RowFault(number, str(column.title), fault.args[0]))
        found.append(Record(number, values))
    if faults:
        raise FaultsError(faults[:MAX_FAULTS])
    return found
