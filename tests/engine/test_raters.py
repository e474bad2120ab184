"""Agreement of raters against published tables; severity and agreement against plain fractions."""

from collections import defaultdict
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzhi.engine.faults import Faults
from shuzhi.engine.outcome import Outcome
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.score import score
from tests.engine.slow import half_up
from tests.engine.worlds import few

if TYPE_CHECKING:
    from pathlib import Path

SCHEME = """
scheme: agreement
indicators:
- id: shrout
  points: 50
  rule: {kind: ratings, scale: {from: 0, to: 10}, categories: {A: 100}, short: renormalise}
- id: kripp
  points: 50
  rule: {kind: ratings, scale: {from: 0, to: 5}, categories: {A: 100}, short: renormalise}
"""
SHROUT_FLEISS_1979 = [
    "9 2 5 8",
    "6 1 3 2",
    "8 4 6 8",
    "7 1 2 6",
    "10 5 6 9",
    "6 2 4 7",
]  # targets × judges
KRIPPENDORFF_2011 = [  # observers × units, a dot for none
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]


def marks() -> list[dict[str, str]]:
    shrout = [
        ("shrout", unit, judge, mark)
        for unit, row in enumerate(SHROUT_FLEISS_1979)
        for judge, mark in enumerate(row.split())
    ]
    kripp = [
        ("kripp", unit, judge, mark)
        for judge, row in enumerate(KRIPPENDORFF_2011)
        for unit, mark in enumerate(row.split())
    ]
    return [
        {
            "unit": f"u{unit:02}",
            "indicator": name,
            "category": "A",
            "rater": f"r{judge}",
            "value": mark,
            "rater_unit": "",
        }
        for name, unit, judge, mark in shrout + kripp
        if mark != "."
    ]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    units = [{"unit": f"u{n:02}", "name": "", "group": ""} for n in range(12)]
    out: Path = tmp_path_factory.mktemp("raters") / "out"
    return score(parse_scheme(SCHEME), {"units": units, "ratings": marks()}, out)


def test_icc_is_that_of_shrout_and_fleiss(outcome: Outcome) -> None:
    row = outcome.rows("agreement")[0]
    assert (row["indicator"], row["units"], row["raters"]) == ("shrout", "6", "4")
    assert float(row["icc_2_1"]) == pytest.approx(0.29, abs=0.005)
    assert float(row["icc_2_k"]) == pytest.approx(0.62, abs=0.005)


def test_alpha_is_that_of_krippendorff(outcome: Outcome) -> None:
    row = outcome.rows("agreement")[1]
    assert (row["indicator"], row["units"]) == ("kripp", "12")
    assert float(row["alpha"]) == pytest.approx(0.849, abs=0.0005)
    assert row["icc_2_1"] == ""  # nobody marked every unit


def test_a_rater_who_gives_less_than_the_others_has_a_negative_severity(outcome: Outcome) -> None:
    raters = {row["rater"]: row for row in outcome.rows("raters")}
    assert raters["r1"]["marks"] == "17"
    assert float(raters["r1"]["severity"]) < float(raters["r3"]["severity"])


LARGE = """
scheme: large
indicators:
- id: fine
  points: 50
  rule: {kind: ratings, scale: {from: 0, to: 9}, categories: {A: 100}, short: renormalise}
- id: wide
  points: 50
  rule: {kind: ratings, scale: {from: 0, to: 7000}, categories: {A: 100}, short: renormalise}
"""
TOPS = {"fine": 9, "wide": 7000}
Given = dict[tuple[str, str, str], str]  # unit, indicator, rater: mark
SOME = st.dictionaries(
    st.tuples(st.sampled_from("uvw"), st.sampled_from(sorted(TOPS)), st.sampled_from("abcde")),
    st.integers(0, 36).map(lambda n: f"{n / 4:.2f}"),
    min_size=1,
)


def pairs_of(given_marks: Given) -> dict[str, list[tuple[Fraction, Fraction]]]:
    """Per rater: each mark that others stand beside, and the mean of those; parts of the scale."""
    found: dict[str, list[tuple[Fraction, Fraction]]] = defaultdict(list)
    for (unit, leaf, rater), mark in given_marks.items():
        others = [
            Fraction(m) / TOPS[leaf]
            for (u, i, r), m in given_marks.items()
            if (u, i) == (unit, leaf) and r != rater
        ]
        if others:
            found[rater].append(
                (Fraction(mark) / TOPS[leaf], sum(others, Fraction(0)) / len(others))
            )
    return found


def correlated(pairs: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Pearson's correlation to 20 places."""
    n = len(pairs)
    mean_x, mean_y = (sum(side, Fraction(0)) / n for side in zip(*pairs, strict=True))
    top = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread = sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs)
    if not spread:
        return None
    square = Fraction(top * top, spread)
    size = Fraction(isqrt(10**40 * square.numerator // square.denominator), 10**20)
    return size if top >= 0 else -size


@few
@given(SOME)
def test_severity_and_agreement_are_exact(given_marks: Given) -> None:
    rows = [
        {"unit": u, "indicator": i, "category": "A", "rater": r, "value": mark}
        for (u, i, r), mark in given_marks.items()
    ]
    units = [{"unit": unit, "name": "", "group": ""} for unit in "uvw"]
    pairs = pairs_of(given_marks)
    for row in score(parse_scheme(LARGE), {"units": units, "ratings": rows}, None).rows("raters"):
        mine = pairs[row["rater"]]
        if not mine:
            assert row["severity"] == row["agreement"] == ""
            continue
        away = sum(((x - y) * 100 for x, y in mine), Fraction(0)) / len(mine)
        assert Fraction(row["severity"]) == half_up(away, 4)
        expected = correlated(mine)
        assert (
            row["agreement"] == ""
            if expected is None
            else Fraction(row["agreement"]) == half_up(expected, 6)
        )


def test_marks_of_very_many_digits_are_summed_without_overflow() -> None:
    scheme = parse_scheme(LARGE.replace("7000", "99999999"))
    rows = [
        {"unit": u, "indicator": "wide", "category": "A", "rater": f"r{n}", "value": f"{n}.{u:0>9}"}
        for u in "12"
        for n in range(99999500, 99999900)
    ]
    units = [{"unit": unit, "name": "", "group": ""} for unit in "12"]
    (_, wide) = score(scheme, {"units": units, "ratings": rows}, None).rows("agreement")
    assert (wide["units"], wide["raters"], wide["alpha"]) == ("2", "400", "-0.001253")


def test_a_mark_finer_than_nine_decimals_is_refused() -> None:
    rows = [
        {"unit": "u", "indicator": "fine", "category": "A", "rater": "r", "value": "0.0000000001"}
    ]
    units = [{"unit": "u", "name": "", "group": ""}]
    with pytest.raises(Faults, match=r"0\.0000000001"):
        score(parse_scheme(LARGE), {"units": units, "ratings": rows}, None)
