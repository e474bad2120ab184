"""A published index with its known answer."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from shuzhi.engine.score import score

CASE = Path(__file__).parents[3] / "shared" / "cases" / "asem"


@pytest.mark.skipif(not CASE.exists(), reason="the published case is not beside the project")
def test_totals_agree_with_the_published_ones(tmp_path: Path) -> None:
    outcome = score(CASE / "scheme.yaml", CASE, tmp_path / "out")
    with (CASE / "expected.csv").open() as file:
        expected = {row["unit"]: Decimal(row["total"]) for row in csv.DictReader(file)}
    nodes = {row.unit: row.points for row in outcome.nodes if row.indicator == "Index"}
    assert set(nodes) == set(expected)
    for unit, points in nodes.items():
        assert points is not None
        assert abs(points - expected[unit]) < Decimal("0.00001")
