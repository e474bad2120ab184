"""Tables out and in: a round trip loses nothing, and nothing hostile gets through."""

import contextlib
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzhi.kernel.errors import FaultsError, RefusedError
from shuzhi.kernel.sheets import (
    Column,
    Kind,
    Limits,
    Sheet,
    read_csv,
    read_sheet,
    read_workbook,
    records,
    write_csv,
    write_workbook,
)
from shuzhi.kernel.sheets.neutral import is_formula_like

COLUMNS = (
    Column("name", "姓名", required=True),
    Column("posts", "职数", Kind.INTEGER),
    Column("score", "得分", Kind.DECIMAL, places=2),
    Column("since", "任职日期", Kind.DATE),
    Column("grade", "等次", choices=("好", "较好", "一般", "差")),
    Column("full", "专职", Kind.YES_NO),
)
ROW = ("乙一", 3, Decimal("87.35"), date(2026, 1, 5), "好", True)
EXECUTABLE = ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-cmd(1)", "\t=1+1", " =1", "+甲"]
HARMLESS = ["-3.5", "+86 138 0000 0000", "0012", "甲=乙", "2026-01-05", "'quoted", "——"]


def _book(**cells: Any) -> bytes:
    """Write a workbook with another library, as somebody else's program would."""
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value  # type: ignore[index]  # a new workbook has an active sheet
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _with_part(data: bytes, part: str, content: bytes) -> bytes:
    """Replace or add one part of a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def test_a_table_comes_back_as_it_went_out() -> None:
    data = write_workbook([Sheet("花名册", COLUMNS, [ROW, ("乙二", *[None] * 5)])])
    first, second = records(read_workbook(data), COLUMNS)
    assert tuple(first.values.values()) == ROW
    assert first.row == 2
    assert second["name"] == "乙二"
    assert second["score"] is None


def test_csv_comes_back_as_it_went_out() -> None:
    found = records(read_csv(write_csv(Sheet("花名册", COLUMNS, [ROW]))), COLUMNS)
    assert tuple(found[0].values.values()) == ROW


@pytest.mark.parametrize("value", EXECUTABLE)
def test_a_text_that_could_execute_stays_text(value: str) -> None:
    sheet = Sheet("名单", [Column("name", "姓名")], [[value]])
    data = write_workbook([sheet])
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A2"]  # type: ignore[index]
    assert (cell.data_type, cell.value) == ("s", value)
    assert cell.quotePrefix  # still text after a person has edited it
    line = write_csv(sheet).decode("utf-8-sig").splitlines()[1]
    assert line.strip('"').startswith("'")


@pytest.mark.parametrize("value", HARMLESS)
def test_ordinary_texts_are_left_alone(value: str) -> None:
    assert not is_formula_like(value)
    assert (
        write_csv(Sheet("名单", [Column("n", "姓名")], [[value]])).decode().splitlines()[1] == value
    )


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        min_size=1,
    )
)
def test_any_text_survives_csv(value: str) -> None:
    grid = read_csv(write_csv(Sheet("名单", [Column("n", "姓名")], [[value]])))
    expected = value.strip() or None
    assert (grid.rows[1][0] if len(grid.rows) > 1 else None) == expected


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=200,
    )
)
def test_any_text_survives_excel(value: str) -> None:
    grid = read_workbook(write_workbook([Sheet("名单", [Column("n", "姓名")], [[value]])]))
    expected = value.strip() or None
    assert (grid.rows[1][0] if len(grid.rows) > 1 else None) == expected


@given(st.decimals(-(10**6), 10**6, places=4))
def test_decimals_survive_excel_exactly(value: Decimal) -> None:
    sheet = Sheet("分", [Column("n", "得分", Kind.DECIMAL)], [[value]])
    assert records(read_workbook(write_workbook([sheet])), sheet.columns)[0]["n"] == value


def test_a_number_too_long_for_excel_is_written_as_text() -> None:
    sheet = Sheet("码", [Column("n", "号码")], [[int("9" * 18)]])
    assert read_workbook(write_workbook([sheet])).rows[1] == ["9" * 18]


def test_a_formula_in_excel_is_shown_with_its_place() -> None:
    with pytest.raises(FaultsError) as refused:
        read_workbook(_book(A1="姓名", B3="=1+1", AB7="=SUM(B3)"))
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, "B"), (7, "AB")]
    assert "选择性粘贴" in str(refused.value)


def test_a_formula_in_csv_is_shown_with_its_place() -> None:
    with pytest.raises(FaultsError) as refused:
        read_csv("姓名，分\n甲,=1+1\n".encode())
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(2, "B")]


def test_every_unreadable_cell_is_named_at_once() -> None:
    bad = [("", "三", "八十", "2026-13-01", "优", "也许")]
    text_columns = [Column(c.key, c.title) for c in COLUMNS]
    with pytest.raises(FaultsError) as refused:
        records(read_workbook(write_workbook([Sheet("x", text_columns, bad)])), COLUMNS)
    assert [fault.column for fault in refused.value.faults] == [str(c.title) for c in COLUMNS]
    assert {fault.row for fault in refused.value.faults} == {2}


@pytest.mark.parametrize(
    "written", ["2026-1-5", "2026.01.05", "2026年1月5日", "20260105", "2026/1/5"]
)
def test_dates_are_read_as_people_write_them(written: str) -> None:
    column = Column("since", "任职日期", Kind.DATE)
    assert records(read_csv(f"任职日期\n{written}".encode()), [column])[0]["since"] == date(
        2026, 1, 5
    )


def test_the_header_is_found_below_a_title() -> None:
    data = _book(A1="某镇花名册", A3="序号", B3="姓 名*", C3="备注", A4=1, B4="乙一")
    (found,) = records(read_workbook(data), [Column("name", "姓名", required=True)])
    assert (found.row, found["name"]) == (4, "乙一")


def test_missing_columns_are_named() -> None:
    with pytest.raises(RefusedError, match="姓名"):
        records(read_csv("名字\n乙一".encode()), COLUMNS)


def test_gb18030_as_excel_saves_it() -> None:
    assert read_csv("姓名\n乙一".encode("gb18030")).rows == [["姓名"], ["乙一"]]


def test_moments_are_written_in_local_time() -> None:
    sheet = Sheet("x", [Column("at", "时间")], [[datetime(2026, 1, 5, 1, 30, tzinfo=UTC)]])
    assert read_workbook(write_workbook([sheet])).rows[1] == [datetime(2026, 1, 5, 9, 30)]  # noqa: DTZ001


def test_a_template_offers_choices_and_hints() -> None:
    column = Column("grade", "等次", choices=("好", "差"), note="只填一个")
    data = write_workbook([Sheet("模板", [column], blank_rows=5, instructions=["先看说明"])])
    book = openpyxl.load_workbook(io.BytesIO(data))
    (rule,) = book["模板"].data_validations.dataValidation
    assert (str(rule.sqref), rule.prompt) == ("A2:A6", "只填一个")
    assert book["模板"].freeze_panes == "A2"
    assert [sheet.sheet_state for sheet in book] == ["visible", "hidden", "visible"]


def test_equal_input_gives_equal_bytes() -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    first, second = (write_workbook([Sheet("x", COLUMNS, [ROW])], made_at=at) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", b"not a workbook", b"\xff\xfe\x00\x01", b"%PDF-1.7"]
)
def test_what_is_no_workbook_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(RefusedError, match=r"\.xlsx"):
        read_workbook(data)


def test_an_old_workbook_gets_a_sentence() -> None:
    with pytest.raises(RefusedError, match="旧版"):
        read_sheet(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))


def test_a_hidden_control_character_does_not_come_in() -> None:
    part = "xl/worksheets/sheet1.xml"
    cell = b'<c r="A1" t="inlineStr"><is><t>a_x0000_b_x0001_</t></is></c>'
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet += b'<sheetData><row r="1">' + cell + b"</row></sheetData></worksheet>"
    assert read_sheet(_with_part(_book(A1="x"), part, sheet)).rows == [["ab"]]


def test_a_sheet_asked_for_by_name() -> None:
    data = write_workbook([Sheet("甲", COLUMNS), Sheet("乙", COLUMNS, [ROW])])
    assert len(read_workbook(data, sheet="乙").rows) == 2
    with pytest.raises(RefusedError, match="甲、乙"):
        read_workbook(data, sheet="丙")


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = _with_part(_book(A1="姓名"), "xl/media/x.bin", bytes(120 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    with pytest.raises(RefusedError, match="解压"):
        read_workbook(bomb)


def test_a_far_corner_does_not_fill_the_memory() -> None:
    with pytest.raises(RefusedError, match="16384 列"):
        read_workbook(_book(A1="姓名", XFD1048576="x"))


def test_a_document_type_is_refused() -> None:
    sheet = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(RefusedError):
        read_workbook(_with_part(_book(A1="姓名"), "xl/worksheets/sheet1.xml", sheet))


def test_limits_are_those_of_the_caller() -> None:
    data = write_workbook([Sheet("x", COLUMNS, [ROW] * 5)])
    with pytest.raises(RefusedError, match="最多可导入 5 行"):
        read_workbook(data, limits=Limits(rows=5))
    with pytest.raises(RefusedError, match="MB"):
        read_workbook(data, limits=Limits(size=100))


@given(st.binary(max_size=400), st.integers(0, 5000))
def test_damage_never_does_worse_than_refuse(junk: bytes, at: int) -> None:
    good = write_workbook([Sheet("x", COLUMNS, [ROW])])
    at %= len(good)
    with contextlib.suppress(RefusedError):
        read_sheet(good[:at] + junk + good[at + len(junk) :])
