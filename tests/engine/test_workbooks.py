"""A large sheet is read in pieces; what comes out is what the library reads."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter

from shuzhi.engine import xlsxstream
from shuzhi.engine.faults import Faults
from shuzhi.engine.tables import as_text
from shuzhi.engine.xlsxin import read_xlsx

NAMES = ["unit", "indicator", "value", "target"]
ROWS: list[list[Any]] = [
    ["甲 & <乙>", "a", 85, None],
    [" padded ", "b", 85.5, 1e-7],
    [None, None, None, None],
    ["u3", "", -0.0, None],
    ["u4", "c", 1e21, "9"],
]


def by_writer(path: Path, rows: list[list[Any]]) -> None:
    """As XlsxWriter does when memory is short: every text where it stands."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        for _ in range(2):
            sheet = book.add_worksheet()
            for place, row in enumerate([NAMES, *rows]):
                sheet.write_row(place, 0, row)
        book.add_worksheet()


def by_office(path: Path, rows: list[list[Any]]) -> None:
    """As office programs do: each text once, beside the sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [NAMES, *rows]:
        sheet.append(row)
    book.save(path)


def told(table: pa.Table) -> list[dict[str, Any]]:
    return list(as_text("values", "values.xlsx", table).to_pylist())


@pytest.mark.parametrize("write", [by_writer, by_office])
@pytest.mark.parametrize("piece", [300, 1 << 20])
def test_in_pieces_the_table_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Any, piece: int
) -> None:
    path = tmp_path / "values.xlsx"
    write(path, ROWS * 3)
    whole = told(read_xlsx(path))
    monkeypatch.setattr(xlsxstream, "LARGE", 0)
    monkeypatch.setattr(xlsxstream, "PIECE", piece)
    assert xlsxstream.stream(path)
    assert told(read_xlsx(path)) == whole


@pytest.mark.parametrize("odd", [date(2026, 3, 1), True])
def test_what_is_not_plain_is_left_to_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: object
) -> None:
    path = tmp_path / "values.xlsx"
    by_office(path, [*ROWS, ["u5", "d", odd, None]])
    whole = told(read_xlsx(path))
    monkeypatch.setattr(xlsxstream, "LARGE", 0)
    if odd != "=1/0":  # a formula without a result is an empty cell to both
        with pytest.raises(xlsxstream.NotPlainError):
            xlsxstream.stream(path)
    assert told(read_xlsx(path)) == whole


def test_a_file_that_only_looks_like_a_workbook_is_not_large(tmp_path: Path) -> None:
    path = tmp_path / "values.xlsx"
    path.write_text("unit,indicator,value", "utf-8")
    assert not xlsxstream.is_large(path)


@pytest.mark.parametrize("large", [1 << 26, 0])
def test_an_error_or_a_formula_without_its_result_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(xlsxstream, "LARGE", large)
    path, book = tmp_path / "values.xlsx", openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "数据"
    for row in ([], NAMES, ["u1", "a", 1, "#N/A"], ["u2", "a", "=1+2", None]):
        sheet.append(row)
    book.save(path)
    with pytest.raises(Faults) as caught:
        read_xlsx(path)
    assert [fault.what.text("zh") for fault in caught.value.faults] == [
        "数据!D3 是错误值 #N/A",
        "数据!C4 是没有结果的公式",
    ]


def test_blank_rows_before_the_names_and_columns_without_one_are_passed_over(
    tmp_path: Path,
) -> None:
    path, book = tmp_path / "values.xlsx", openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ([], [" ", None], ["unit", None, "indicator", "value", None], ["u1", 1, "a", 2, 3]):
        sheet.append(row)
    book.save(path)
    [row] = told(read_xlsx(path))
    assert (row["unit"], row["indicator"], row["value"]) == ("u1", "a", "2")
