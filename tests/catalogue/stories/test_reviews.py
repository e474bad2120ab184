"""The two secretary reviews on samples that were worked out by hand."""

from pathlib import Path

from tests.catalogue.stories.story import marks, rate, run, sheet, shown


def test_communities_under_a_town(tmp_path: Path) -> None:
    """Four communities; the best is capped by a veto and leaves its place to the next.

    u1  routine 12 + 12 + 10.8 + 12 + 9.6 = 56.4; review, own marks out: A 100, B 85, C 85, D 70
        = 40 + 17 + 17 + 14 = 88 % of 40 = 35.2; bonus 3 + 4 → 5; 56.4 + 35.2 + 5 = 96.6
    u2  6 + 6 + 12 + 6 of 48 (no problems last year) = 62.5 % of 60 = 37.5; 85 % of 40 = 34; 71.5
    u3  60 + 40 = 100, but an accident caps it at 一般: first by rank, and takes no place of 好
    u4  0 + 50 % of 40 = 20; a breach of discipline sets 差
    好 has floor(30 % of 4) = 1 place: u1 gets it.
    """
    outcome = run(
        "town-review",
        tmp_path,
        units="u1,一社区,g u2,二社区,g u3,三社区,g u4,四社区,g",
        values=sheet(
            "study lectures commitments visits rectified",
            u1="4 12 90 130 80",
            u2="2 6 100 60 -",
            u3="4 12 100 120 100",
            u4="0 0 0 0 0",
        ),
        ratings=marks(
            "review",
            u1="A=好 | B=较好 | C=较好 好@u1 | D=一般 好@u1",
            u2="A=较好 | B=较好 | C=较好 | D=较好",
            u3="A=好 | B=好 | C=好 | D=好",
            u4="A=差 | B=差 | C=差 | D=差",
        ),
        events="u1,extra,3,a,表彰 u1,extra,4,b,试点 u1,extra,2,a,同一件事",
        vetoes="u3,safety,事故通报 u4,discipline,处分决定",
    )
    assert shown(outcome) == {
        "u1": ("96.60", "2", "好"),
        "u2": ("71.50", "3", "一般"),
        "u3": ("100.00", "1", "一般"),
        "u4": ("20.00", "4", "差"),
    }
    assert rate(outcome, "u1", "review") == "0.880000000"


def test_towns_under_a_county(tmp_path: Path) -> None:
    """Four towns, and a fifth whose secretary is new.

    t1  4 + 4 + 2 + 30/40 of 10 = 7.5 + 9.6 + 10 + 10 = 47.1; check 9; A trimmed 100 100 85 → 95,
        B trimmed 85: 57 + 34 = 91 % of 40 = 36.4; one matter's 2 and 3 count 3, late papers −1;
        47.1 + 9 + 36.4 + 2 = 94.5
    t2  (3.5 + 3 + 1.5 + 10 + 10) of 30, no weak branches, no old problems: 28/30 = 0.933333333,
        × 50 = 46.66666665; check 10; A without the own mark 100 85 85 → 85, B 100: 91 % = 36.4;
        93.06666665 → 93.07
    t3  4 + 4 + 2 + 28/40 of 10 = 7 + 10 + 1/3 of 10 + 10 = 40.333… of 50 = 0.806666667, × 50 =
        40.33333335; check 8; 85 % = 34; 82.33; would be 较好, but invented records cap it
    t4  (2 + 2 + 1 + 2.5 + 5 + 4) of 40 = 0.4125, × 50 = 20.625; check 5; A 50, B 70: 58 % = 23.2;
        −4 and −3 stop at −5; 43.825 → 43.83
    t5  exempt: routine 4/4, check 8/10, no marks: 100 × (50 + 8) / 60 = 96.67
    好 has floor(40 % of 4 ranked) = 1 place: t1; t2 reaches 90 and takes 较好.
    """
    outcome = run(
        "county-review",
        tmp_path,
        units="t1,甲镇,县 t2,乙镇,县 t3,丙镇,县 t4,丁镇,县 t5,戊镇,县,exempt",
        values=sheet(
            "study contact checks standard trained weak rectified check",
            t1="4 4 2 90 96 2/2 100 9",
            t2="3 2 1 100 100 na - 10",
            t3="4 4 2 88 100 1/3 100 8",
            t4="0 0 0 70 50 na 40 5",
            t5="4 - - - - - - 8",
        ),
        ratings=marks(
            "review",
            t1="A=好 好 好 较好 一般 | B=好 较好 较好",
            t2="A=好@t2 好 较好 较好 | B=好 好 好 好",
            t3="A=较好 较好 较好 | B=较好 较好 一般",
            t4="A=一般 差 差 | B=一般 一般 一般",
        ),
        events="t1,extra,2,示范,市级 t1,extra,3,示范,省级 t1,extra,-1,迟报,两次 "
        "t4,extra,-4,甲,通报 t4,extra,-3,乙,通报",
        vetoes="t3,fabricated,核查结论",
    )
    assert shown(outcome) == {
        "t1": ("94.50", "1", "好"),
        "t2": ("93.07", "2", "较好"),
        "t3": ("82.33", "3", "一般"),
        "t4": ("43.83", "4", "差"),
        "t5": ("96.67", None, ""),
    }
    assert rate(outcome, "t1", "review") == rate(outcome, "t2", "review") == "0.910000000"
    assert rate(outcome, "t2", "routine") == "0.933333333"
