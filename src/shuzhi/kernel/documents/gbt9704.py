"""The values of GB/T 9704-2012 《党政机关公文格式》, in the units that the standard gives."""

from typing import Final

PAGE_MM: Final = (210, 297)  # 5.1.1: A4
TOP_MM: Final = 37  # 5.2.1: 天头
LEFT_MM: Final = 28  # 5.2.1: 订口
TYPE_AREA_MM: Final = (156, 225)  # 5.2.1: 版心
RIGHT_MM: Final = PAGE_MM[0] - LEFT_MM - TYPE_AREA_MM[0]
BOTTOM_MM: Final = PAGE_MM[1] - TOP_MM - TYPE_AREA_MM[1]
LINES: Final = 22  # 5.2.3: lines to a page
CHARACTERS: Final = 28  # 5.2.3: characters to a line

SIZES_PT: Final = {"二号": 22.0, "三号": 16.0, "四号": 14.0, "小四": 12.0, "五号": 10.5}
TITLE_PT: Final = SIZES_PT["二号"]  # 7.3.1
BODY_PT: Final = SIZES_PT["三号"]  # 5.2.2
SMALL_PT: Final = SIZES_PT["四号"]  # 7.4.2, 7.5: imprint and page number
TABLE_PT: Final = SIZES_PT["小四"]

POINTS_PER_MM: Final = 72 / 25.4
LINE_PT: Final = TYPE_AREA_MM[1] * POINTS_PER_MM / LINES  # 28.99
CHARACTER_PT: Final = TYPE_AREA_MM[0] * POINTS_PER_MM / CHARACTERS  # 15.79

HEAD_BELOW_TOP_MM: Final = 35  # 7.2.4: top of the issuing body's mark below the type area's top
RED_LINE_BELOW_MM: Final = 4  # 7.2.7
PAGE_NUMBER_BELOW_MM: Final = 7  # 7.5
IMPRINT_OUTER_MM: Final = 0.35  # 7.4.1
IMPRINT_INNER_MM: Final = 0.25
DATE_RIGHT_SEALED: Final = 4  # 7.3.5.1: characters left free to the right of a sealed date
RED: Final = "E60012"


def number_text(word: str, year: int, number: int) -> str:
    """Return 发文字号: hexagonal brackets round the year, no 第, no leading zeros (7.2.5)."""
    return f"{word}〔{year}〕{number}号"


def head_size_pt(name: str) -> float:
    """Return the largest size, up to 45 pt, at which the issuing body's mark keeps to one line."""
    room = TYPE_AREA_MM[0] * POINTS_PER_MM - BODY_PT
    return max(SIZES_PT["二号"], min(45.0, room // max(len(name), 1)))
