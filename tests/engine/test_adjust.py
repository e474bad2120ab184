"""Severity of raters taken out: against an example worked out by hand, and never in the result."""

from pathlib import Path
from typing import Any

import pytest

from shuzhi.engine.cli import main
from shuzhi.engine.outcome import Outcome
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.score import score

RULE = "{kind: ratings, scale: {from: 0, to: 100}, categories: {A: 100}, within: WITHIN}"
SCHEME = f"scheme: hall\nindicators:\n- {{id: hall, points: 100, rule: {RULE}}}\n"
# u3 links the two raters: there r2 gives 30 more. Over their two marks each, what they add comes
# to nothing: r1 adds −15 and r2 adds 15. So u1 deserves 70 + 15, u2 80 − 15, u3 75 either way.
LINKED = {("u1", "r1"): 70, ("u3", "r1"): 60, ("u2", "r2"): 80, ("u3", "r2"): 90}
COMPLETE = {("u1", "r1"): 70, ("u2", "r1"): 60, ("u1", "r2"): 91, ("u2", "r2"): 90}


def data(marks: dict[tuple[str, str], int]) -> dict[str, Any]:
    units = sorted({unit for unit, _ in marks})
    rows = [
        {"unit": unit, "indicator": "hall", "category": "A", "rater": rater, "value": str(value)}
        for (unit, rater), value in marks.items()
    ]
    return {
        "units": [{"unit": unit, "name": unit, "group": "g"} for unit in units],
        "ratings": rows,
    }


def adjusted(marks: dict[tuple[str, str], int], within: str = "mean") -> Outcome:
    scheme = parse_scheme(SCHEME.replace("WITHIN", within))
    return score(scheme, data(marks), None, adjust=True)


def test_by_hand() -> None:
    outcome = adjusted(LINKED)
    assert [tuple(row.values()) for row in outcome.rows("adjusted")] == [
        ("u1", "70.00", "85.00", "3", "1"),
        ("u2", "80.00", "65.00", "1", "3"),
        ("u3", "75.00", "75.00", "2", "2"),
    ]
    assert [tuple(row.values()) for row in outcome.rows("severities")] == [
        ("hall", "A", "r1", "2", "-15.0000"),
        ("hall", "A", "r2", "2", "15.0000"),
    ]


def test_a_complete_table_of_means_does_not_move() -> None:
    outcome = adjusted(COMPLETE)
    assert [row["adjusted_total"] for row in outcome.rows("adjusted")] == ["80.50", "75.00"]
    assert [row["added"] for row in outcome.rows("severities")] == ["-12.7500", "12.7500"]


def test_raters_who_share_no_unit_are_not_compared() -> None:
    apart = {("u1", "r1"): 70, ("u2", "r2"): 80}
    assert [row["added"] for row in adjusted(apart).rows("severities")] == ["0.0000", "0.0000"]


def test_an_adjusted_rate_stays_on_the_scale() -> None:
    high = {("u1", "r1"): 100, ("u3", "r1"): 60, ("u2", "r2"): 10, ("u3", "r2"): 90}
    rows = {row["unit"]: row["adjusted_total"] for row in adjusted(high).rows("adjusted")}
    assert rows == {"u1": "100.00", "u2": "0.00", "u3": "75.00"}


@pytest.mark.parametrize("within", ["median", "{trim: 1}"])
def test_what_is_left_out_is_chosen_anew(within: str) -> None:
    # every rater gives each unit the same distance from their own level: nothing is left to trim
    level = {"r1": -20, "r2": 0, "r3": 5, "r4": 15}
    marks = {
        (u, r): worth + add for u, worth in (("u1", 80), ("u2", 60)) for r, add in level.items()
    }
    rows = adjusted(marks, within).rows("adjusted")
    assert [row["adjusted_total"] for row in rows] == ["80.00", "60.00"]
    assert [row["total"] for row in rows] == ["82.50", "62.50"]


def test_the_result_itself_has_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_text(SCHEME.replace("WITHIN", "mean"), "utf-8")
    folder = tmp_path / "data"
    folder.mkdir()
    for name, rows in data(LINKED).items():
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    command = [str(tmp_path / "scheme.yaml"), str(folder)]
    assert main([*command, "--out", str(tmp_path / "plain")]) == 0
    assert main([*command, "--out", str(tmp_path / "more"), "--adjust"]) == 0
    plain = sorted(path.name for path in (tmp_path / "plain").iterdir())
    assert "adjusted.csv" not in plain
    for name in set(plain) - {"manifest.json"}:
        assert (tmp_path / "more" / name).read_bytes() == (tmp_path / "plain" / name).read_bytes()


def test_raters_joined_by_a_long_chain_settle_too() -> None:
    """Each rater shares one unit with the next; each is one point milder than the one before."""
    count = 60
    marks = {(f"u{n + more:02d}", f"r{n:02d}"): 20 + n for n in range(count) for more in (0, 1)}
    added = [row["added"] for row in adjusted(marks).rows("severities")]
    assert added == [f"{n - (count - 1) / 2:.4f}" for n in range(count)]
