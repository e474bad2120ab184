"""Numbers, dates and places of an official paper's elements."""

from datetime import date

import pytest

from shuzhi.kernel.documents import gbt9704 as gb
from shuzhi.kernel.documents.paper import (
    Heading,
    Text,
    chinese_date,
    chinese_number,
    numbered,
    plain,
    signature_indents,
    title_text,
    width_in_characters,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_chinese_numbers(value: int, text: str) -> None:
    assert chinese_number(value) == text


def test_headings_are_numbered_by_level_and_start_anew() -> None:
    levels = [1, 2, 2, 3, 4, 1, 2]
    blocks = [Text("x"), *(Heading("标题", level) for level in levels)]
    texts = [block.text for block in numbered(blocks) if isinstance(block, Heading)]
    marks = [text.removesuffix("标题") for text in texts]
    assert marks == ["一、", "（一）", "（二）", "1.", "（1）", "二、", "（一）"]


def test_number_has_hexagonal_brackets_and_no_leading_zeros() -> None:
    assert gb.number_text("清发", 2026, 2) == "清发〔2026〕2号"


def test_date_has_no_leading_zeros() -> None:
    assert chinese_date(date(2026, 1, 5)) == "2026年1月5日"


def test_type_area_and_grid_add_up() -> None:
    assert (gb.BOTTOM_MM, gb.RIGHT_MM) == (35, 26)
    assert pytest.approx(225 * gb.POINTS_PER_MM) == gb.LINE_PT * gb.LINES
    assert pytest.approx(156 * gb.POINTS_PER_MM) == gb.CHARACTER_PT * gb.CHARACTERS


def test_long_names_of_the_issuing_body_shrink_to_one_line() -> None:
    room = gb.TYPE_AREA_MM[0] * gb.POINTS_PER_MM
    for name in ("中共清溪镇委员会文件", "中共云岭县清溪镇社区工作委员会办公室文件"):
        assert gb.head_size_pt(name) * len(name) <= room


@pytest.mark.parametrize(
    "issuer", ["中共清溪镇委员会", "中共云岭县委员会组织部基层党建工作领导小组办公室"]
)
def test_name_and_date_share_their_middle(issuer: str) -> None:
    day = "2026年12月5日"
    name, dated = signature_indents(issuer, day, 4)
    assert min(name, dated) >= 2
    middle = name + width_in_characters(issuer) / 2
    assert middle == pytest.approx(dated + width_in_characters(day) / 2)


def test_control_characters_are_dropped_and_nothing_else() -> None:
    assert plain("甲\x00乙\x0b丙\n丁\t<戊>\ufffe·𬭎") == "甲乙丙\n丁\t<戊>·𬭎"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("关于述职评议的通报", "关于述职评议的通报"),
        (
            "关于2026年度社区党组织书记述职评议情况的通报",
            "关于2026年度社区党组织书记\n述职评议情况的通报",
        ),
        ("甲" * 30, "甲" * 30),
        ("关于长长的\n标题由人断开的工作情况的通报", "关于长长的\n标题由人断开的工作情况的通报"),
    ],
)
def test_long_titles_part_between_words(title: str, shown: str) -> None:
    assert title_text(title) == shown
