"""The branch target sheet, the information ranking and the star rating, worked out by hand."""

from pathlib import Path

from tests.catalogue.stories.story import marks, rate, run, sheet, shown


def test_branches_by_their_target_sheet(tmp_path: Path) -> None:
    """Deductions alone.

    b1  50 + (10 + 12 + 8 − 0.5) + 20 = 99.5
    b2  no committee: (10 + 12 + 4.5 + 10) of 38 = 0.960526316, × 50 = 48.0263158;
        (9 + 12 + 8) of 30 = 0.966666667, × 30 = 29.00000001; 20; 97.026… → 97.0
    b3  7.5 + 9 + 12 + 6 + 0 = 34.5; 12 members short take all 10, 2 overdue 4, 3 late 1.5:
        0 + 8 + 6.5 of 30 = 0.483333333, × 30 = 14.49999999; found twice −2 and −5 count −5, and
        −4: 11; 59.99999999 is 60.000000 on the grid → 60.0
    优秀 has floor(1/3 of 3) = 1 place: b1; b2 reaches 95 and takes 良好.
    """
    outcome = run(
        "branch-targets",
        tmp_path,
        units="b1,一支部,镇 b2,二支部,镇 b3,三支部,镇",
        values=sheet(
            "assembly committee themeday lecture yearly hours overdue late",
            b1="4 12 12 4 是 0 0 1",
            b2="4 na 12 3 是 1 0 0",
            b3="3 9 12 4 否 12 2 3",
        ),
        events="b3,records,-2,七月台账,抽查 b3,records,-5,七月台账,复核 b3,records,-4,,缺照片",
    )
    assert shown(outcome) == {
        "b1": ("99.5", "1", "优秀"),
        "b2": ("97.0", "2", "良好"),
        "b3": ("60.0", "3", "较差"),
    }
    assert rate(outcome, "b3", "hours") == "0.000000000"


def test_information_work_in_two_classes(tmp_path: Path) -> None:
    """Caps, one text adopted twice, and a class with half the duties.

    o1  25 (15 of 12 is no more than 12) + 7.5; a text taken by two levels 40, others 10 + 5: 55;
        87.5
    o2  25 × 10/12 = 20.833333325, no research row: 0; together 0.520833333 of 40 = 20.83333332;
        five times 20 stop at 60; −1 −1 −5; 73.83333332 → 73.83
    o3  25 + 15 + 10 = 50
    o4  3 of 6 → 12.5, 1 of 1 → 15; −12 stops at −10; 17.5, the only one of its class
    """
    outcome = run(
        "information-ranking",
        tmp_path,
        units="o1,甲局,一类 o2,乙局,一类 o3,丙局,一类 o4,丁办,二类",
        values=sheet("sent research", o1="15 1", o2="10 -", o3="12 2", o4="3/6 1/1"),
        events=[
            "o1,adopted,40,稿1",
            "o1,adopted,20,稿1",
            "o1,adopted,10,稿2",
            "o1,adopted,5,稿3",
            *(f"o2,adopted,20,稿{n}" for n in range(4, 9)),
            "o2,faults,-1,,迟报",
            "o2,faults,-1,,迟报",
            "o2,faults,-5,,虚报",
            "o3,adopted,5",
            "o3,adopted,5",
            "o4,faults,-12,,虚报",
        ],
    )
    assert shown(outcome) == {
        "o1": ("87.50", "1", "先进"),
        "o2": ("73.83", "2", "完成任务"),
        "o3": ("50.00", "3", "完成任务"),
        "o4": ("17.50", "1", "未完成任务"),
    }


def test_departments_by_their_stars(tmp_path: Path) -> None:
    """Five stars need all five sides.

    d1  20; 14 + 5 = 19; 20; A trimmed 10 10 9 → 0.966666667, B 0.9: 0.933333334, × 14 + 6 =
        19.066666676 of 20 = 0.953333334, × 20 = 19.06666668; 13.3 + 4 = 17.3; 95.36666668 → 95.37
    d2  9.5 + 10; 20; one matter's −6 and −3 count −6: 14 is 70 %; B has 4 papers and is left out:
        12.6, and 6 days give 9/12 of 6 = 4.5: 17.1; 14 + 6; 90.6: four stars for its image
    d3  8 + 9; 60 % of 14 = 8.4, 7 sent back take all 6; 20; no papers: speed alone, 9 days 50 % =
        10; 7; 62.4
    """
    outcome = run(
        "star-department",
        tmp_path,
        units="d1,甲部,机关 d2,乙部,机关 d3,丙部,事业",
        values=sheet(
            "training life ontime returned speed targets",
            d1="100 100 98 1 3 95",
            d2="95 100 99 0 6 100",
            d3="80 90 85 7 9 50",
        ),
        ratings=marks(
            "satisfied",
            d1="A=10 10 10 9 8 | B=9 9 9 9 9",
            d2="A=9 9 9 9 9 | B=1 1 1 1",
        ),
        events="d1,adopted,4,,推广 d2,image,-6,投诉 d2,image,-3,投诉 d2,adopted,9,,推广",
    )
    assert shown(outcome) == {
        "d1": ("95.37", "1", "五星"),
        "d2": ("90.60", "2", "四星"),
        "d3": ("62.40", "3", "二星"),
    }
    assert rate(outcome, "d1", "satisfied") == "0.933333334"
    assert rate(outcome, "d2", "image") == "0.700000000"
