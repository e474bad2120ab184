"""Names stand in the order of strokes that official lists use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzhi.registry.strokes import WIDTH, stroke_key


def order(names: str) -> list[str]:
    return sorted(names.split(), key=stroke_key)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("张强 李强 王强 丁强", "丁强 王强 李强 张强"),  # 2, 4, 7 (横), 7 (折)
        ("陈明 刘明 马明 卫明", "卫明 马明 刘明 陈明"),
        ("周平 吴平 郑平 赵平", "吴平 周平 郑平 赵平"),
        ("王伟 王一 王", "王 王一 王伟"),  # the shorter name first
        ("李 刁 卜 丁", "丁 卜 刁 李"),  # 横 before 竖 before 折
        ("欧阳文 欧文", "欧文 欧阳文"),
    ],
)
def test_order_of_known_names(names: str, expected: str) -> None:
    assert order(names) == expected.split()


def test_dots_and_spaces_do_not_decide() -> None:
    assert stroke_key("王·伟") == stroke_key("王 伟") == stroke_key("王伟")


def test_characters_outside_the_table_come_last() -> None:
    assert order("𠮷田 龘 A") == ["龘", "A", "𠮷田"]


@given(st.text("一丁王李张𠮷·", max_size=60))
def test_a_key_never_outgrows_its_column(name: str) -> None:
    assert len(stroke_key(name)) <= WIDTH * 60
