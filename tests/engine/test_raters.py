"""Agreement of raters against published tables."""

from typing import TYPE_CHECKING

import pytest

from shuzhi.engine.outcome import Outcome
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.score import score

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
