"""Write tables as Excel or CSV: every text stays text, so that nothing executes on opening."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from .model import EXCEL_DIGITS, Column, Kind, Sheet
from .neutral import is_formula_like, neutralised

MAX_TEXT = 32_767  # what an Excel cell holds
NARROW, WIDE = 8, 50  # column widths in characters
MEASURED_ROWS = 200
HINT = 255  # what an input message holds
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def _exact(value: int | Decimal) -> bool:
    return len(Decimal(value).as_tuple().digits) <= EXCEL_DIGITS


def _plain(value: Any) -> Any:
    """Return a value that a file can hold: local time without zone, words for yes and no."""
    match value:
        case bool():
            return gettext("是") if value else gettext("否")
        case datetime():
            return timezone.make_naive(value) if timezone.is_aware(value) else value
        case date() | None | str():
            return value
        case int() | Decimal() if _exact(value):
            return value
        case float():
            return Decimal(f"{value:.{EXCEL_DIGITS}g}")
        case _:
            return str(value)


def _display_width(value: Any) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in str(value or ""))


def _width(column: Column, cells: Sequence[Any]) -> int:
    if column.width is not None:
        return column.width
    widest = max(map(_display_width, (column.title, *cells)))
    return max(NARROW, min(widest + 2, WIDE))


class _Book:
    """A workbook under way, with the formats that its sheets share."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        self.book = Workbook(self.buffer, _OPTIONS)
        self.formats: dict[str, Format] = {
            "head": self._format(bold=True, bg_color="#EEF1F5", bottom=1, text_wrap=True),
            "text": self._format(num_format="@"),
            "quoted": self._format(num_format="@", quote_prefix=True),
            "date": self._format(num_format="yyyy-mm-dd"),
            "moment": self._format(num_format="yyyy-mm-dd hh:mm"),
            "plain": self._format(),
        }

    def _format(self, **properties: Any) -> Format:
        return self.book.add_format({"valign": "top"} | properties)

    def for_column(self, column: Column) -> Format:
        """Return the format in which a person fills in the column."""
        if column.places is not None:
            name = f"places-{column.places}"
            pattern = "0." + "0" * column.places if column.places else "0"
            return self.formats.setdefault(name, self._format(num_format=pattern))
        kinds = {Kind.TEXT: "text", Kind.DATE: "date"}
        return self.formats[kinds.get(column.kind, "plain")]

    def finish(self) -> bytes:
        self.book.close()
        return self.buffer.getvalue()


def _write_cell(
    book: _Book, sheet: Worksheet, place: tuple[int, int], raw: Any, column: Column
) -> None:
    value = _plain(raw)
    match value:
        case None | "":
            return
        case datetime():
            sheet.write_datetime(*place, value, book.formats["moment"])
        case date():
            sheet.write_datetime(*place, value, book.formats["date"])
        case int() | Decimal():
            fixed = column.places is not None
            sheet.write_number(
                *place, float(value), book.for_column(column) if fixed else book.formats["plain"]
            )
        case _:
            style = "quoted" if is_formula_like(value) else "text"
            sheet.write_string(*place, value[:MAX_TEXT], book.formats[style])


def _offer_choices(book: _Book, sheet: Worksheet, spec: Sheet, last: int) -> None:
    """Put dropdowns and hints on the rows to fill in; the choices stand on a hidden sheet."""
    options: Worksheet | None = None
    for at, column in enumerate(spec.columns):
        rule: dict[str, Any] = {"validate": "any"}
        if column.choices:
            if options is None:
                name = gettext("%(sheet)s-选项") % {"sheet": spec.name}
                options = book.book.add_worksheet(_name(book, name))
                options.hide()
            options.write_column(0, at, column.choices)
            area = options.get_name(), at, len(column.choices)
            rule = {"validate": "list", "source": _range(*area)}
        if column.note:
            rule |= {
                "input_title": str(column.title)[:32],
                "input_message": str(column.note)[:HINT],
            }
        if len(rule) > 1:
            sheet.data_validation(1, at, last, at, rule)


def _range(sheet: str, column: int, count: int) -> str:
    letters = xl_col_to_name(column, True)
    return f"='{sheet}'!{letters}$1:{letters}${count}"


def _name(book: _Book, wanted: object) -> str:
    """Return a sheet name that Excel takes: 31 characters, no reserved ones, no double."""
    base = _NOT_IN_NAMES.sub(" ", str(wanted)).strip()[:31] or "Sheet"
    taken = {sheet.get_name().lower() for sheet in book.book.worksheets()}
    name, number = base, 2
    while name.lower() in taken:
        name, number = f"{base[:27]} {number}", number + 1
    return name


def _write_sheet(book: _Book, spec: Sheet) -> None:
    sheet = book.book.add_worksheet(_name(book, spec.name))
    rows = [list(row) for row in spec.rows]
    for at, column in enumerate(spec.columns):
        cells = [_plain(row[at]) for row in rows[:MEASURED_ROWS]]
        sheet.set_column(at, at, _width(column, cells), book.for_column(column))
        sheet.write_string(0, at, str(column.title), book.formats["head"])
    for number, row in enumerate(rows, 1):
        for at, column in enumerate(spec.columns):
            _write_cell(book, sheet, (number, at), row[at], column)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), max(len(spec.columns) - 1, 0))
    if spec.blank_rows:
        _offer_choices(book, sheet, spec, len(rows) + spec.blank_rows)
    if spec.instructions:
        page = book.book.add_worksheet(_name(book, gettext("填写说明")))
        page.set_column(0, 0, 90)
        page.write_column(0, 0, [str(line) for line in spec.instructions], book.formats["text"])


def write_workbook(sheets: Sequence[Sheet], *, made_at: datetime | None = None) -> bytes:
    """Return an .xlsx workbook; with `made_at` equal input gives equal bytes."""
    book = _Book()
    if made_at:
        book.book.set_properties({"created": timezone.make_naive(made_at)})
    for spec in sheets:
        _write_sheet(book, spec)
    return book.finish()


def write_csv(sheet: Sheet) -> bytes:
    """Return a CSV file that Excel opens as UTF-8, with executable cells neutralised."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([neutralised(str(column.title)) for column in sheet.columns])
    for row in sheet.rows:
        cells = (_plain(value) for value in row)
        writer.writerow(["" if c is None else neutralised(str(c)) for c in cells])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()
