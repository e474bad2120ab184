"""Member points and cadre sheets, worked out by hand; and what no sheet of people may hold."""

import re
from pathlib import Path

import pytest

from shuzhi.catalogue.packs import FOLDER
from tests.catalogue.stories.story import marks, pack, run, sheet, shown

SCHEMES = [
    file.stem
    for file in sorted(FOLDER.glob("*/*.yaml"))
    if pack(file.stem).envelope.kind == "scheme"
]


def test_members_collect_points(tmp_path: Path) -> None:
    """Base and reward apart, each item with its cap and no lower than 0.

    m1  19 + 16 + 12 + 12 = 59 of 60 = 0.983333333, × 60 = 58.99999998; 6 + 5 stop at 10, 8, 10,
        one honour at two levels 8: 36; 94.99999998 is 95.000000 on the grid → 95.0
    m2  60 + 10 + 6 + 6 = 82: reaches 优秀, which has floor(1/3 of 4) = 1 place, taken by m1
    m3  25 absences leave 0; 8 of 32 hours 4; 9; no pledge: 13 of 48 = 0.270833333, × 60 =
        16.24999998 → 16.250000 → 16.3
    m4  18 + 12 + 12 + 6 = 48, + 3 = 51
    m5  exempt: 20 + 2 + 12 of 48 = 0.708333333, × 60 = 42.49999998 → 42.5
    """
    outcome = run(
        "member-points",
        tmp_path,
        units="m1,甲,一支部 m2,乙,一支部 m3,丙,一支部 m4,丁,一支部 m5,戊,一支部,exempt",
        values=sheet("study pledge", m1="40 100", m2="32 100", m3="8 na", m4="24 50", m5="4 -"),
        events=[
            "m1,attendance,-1,,三月缺席",
            "m1,post,6,,一季度",
            "m1,post,5,,二季度",
            *["m1,volunteer,2,,清河"] * 4,
            "m1,help,10,,结对",
            "m1,honour,5,先进,镇级",
            "m1,honour,8,先进,县级",
            "m2,post,10,,全年",
            "m2,volunteer,6,,全年",
            "m2,help,6,,全年",
            *["m3,attendance,-1,,缺席"] * 25,
            *["m3,dues,-1,,迟交"] * 3,
            *["m4,attendance,-1,,缺席"] * 2,
            "m4,volunteer,3,,植树",
        ],
    )
    assert shown(outcome) == {
        "m1": ("95.0", "1", "优秀"),
        "m2": ("82.0", "2", "良好"),
        "m3": ("16.3", "4", "待谈心"),
        "m4": ("51.0", "3", "合格"),
        "m5": ("42.5", None, ""),
    }


def test_months_make_a_year(tmp_path: Path) -> None:
    """January's sheet, and the year that takes its totals up.

    January  c1 36 + 16 + 18 + 10 + 10 + 2 = 92; c2 had nothing due: 20 + 15 + 5 + 5 of 60 = 75;
             c3 20 + 0 + 10 + 0 + 0, −6 stops at −5: 25
    Year     c1 0.92 × 60 = 55.2; own mark out: A 100, B 92.5, C 85: 40 + 27.75 + 25.5 = 93.25 %,
             37.3; 92.5
             c2 in post for two months, 75 and 85: 48; 85 % of 40 = 34; 82
             c3 25, and eleven months of 105 that count 100: 1125/1200 of 60 = 56.25;
             26 + 12 + 19.5 = 57.5 %, 23; 79.25
             c4 0.95 × 60 = 57, + 40 = 97;  c5 36 + 16 = 52
    建议优秀 has floor(20 % of 5) = 1 place: c4. c5 is ranked, and left to the committee.
    """
    january = run(
        "cadre-month",
        tmp_path,
        units="c1,甲,镇 c2,乙,镇 c3,丙,镇",
        values=sheet(
            "done ontime quality visits hours",
            c1="9/10 1 18 10 7.5",
            c2="na 0 15 5 3.75",
            c3="5/10 5 10 0 0",
        ),
        events="c1,extra,2,抢险 c3,extra,-6,,通报",
    )
    assert shown(january) == {
        "c1": ("92.00", "1", ""),
        "c2": ("75.00", "2", ""),
        "c3": ("25.00", "3", ""),
    }
    taken = [f"{row.unit},m01,{row.total}" for row in january.results]
    year = run(
        "cadre-year",
        tmp_path,
        units="c1,甲,镇 c2,乙,镇 c3,丙,镇 c4,丁,镇 c5,戊,镇",
        values=[
            *taken,
            "c2,m02,85",
            "c4,m01,95",
            "c5,m01,60",
            *(
                f"{unit},m{month:02},{total}"
                for unit, total in (("c1", 92), ("c3", 105), ("c4", 95), ("c5", 60))
                for month in range(2, 13)
            ),
        ],
        ratings=marks(
            "review",
            c1="A=优秀 优秀 | B=优秀 称职 优秀@c1 | C=称职 称职",
            c2="A=称职 称职 | B=称职 称职 | C=称职 称职",
            c3="A=基本称职 基本称职 | B=不称职 不称职 | C=基本称职 基本称职",
            c4="A=优秀 优秀 | B=优秀 优秀 | C=优秀 优秀",
            c5="A=不称职 不称职 | B=不称职 不称职 | C=不称职 不称职",
        ),
    )
    assert shown(year) == {
        "c1": ("92.50", "2", "建议称职"),
        "c2": ("82.00", "3", "建议称职"),
        "c3": ("79.25", "4", "建议称职"),
        "c4": ("97.00", "1", "建议优秀"),
        "c5": ("52.00", "5", "提交研究"),
    }


@pytest.mark.parametrize("name", SCHEMES)
def test_no_scheme_counts_clicks_or_eliminates(name: str) -> None:
    """What policy forbids: points for logins, time online or forced check-ins; elimination."""
    text = pack(name).body_text
    assert not re.search(
        r"登录|打卡|签到|在线|上线|淘汰|浏览|点赞|login|check-in|online", text, re.IGNORECASE
    )


def test_people_are_never_vetoed_or_dropped_by_program() -> None:
    for name in ("member-points", "cadre-month", "cadre-year"):
        assert "vetoes" not in pack(name).body
    assert "grades" not in pack("cadre-month").body
