"""Branches whose own leaves and whose branches are not all live."""

import json
from typing import Any

import pytest

from shuzhi.engine.scheme import Faults, parse_scheme
from shuzhi.engine.score import score

SCHEME = """
scheme: mixed
indicators:
- id: whole
  points: 100
  aggregate: {aggregate}
  children:
  - {{id: leaf, points: 50, rule: {{kind: manual}}}}
  - id: branch
    points: 50
    aggregate: mean
    children:
    - {{id: inner, points: 50, rule: {{kind: manual}}}}
"""


@pytest.mark.parametrize("aggregate", ["mean", "geometric", "harmonic", "minimum"])
@pytest.mark.parametrize(("leaf", "inner"), [("na", "40"), ("40", "na"), ("40", "40")])
def test_what_is_not_live_leaves_the_rest_its_rate(aggregate: str, leaf: str, inner: str) -> None:
    figures = {"leaf": leaf, "inner": inner}
    data = {
        "units": [{"unit": "u", "name": "u", "group": "g"}],
        "values": [{"unit": "u", "indicator": name, "value": v} for name, v in figures.items()],
    }
    [result] = score(parse_scheme(SCHEME.format(aggregate=aggregate)), data, None).results
    assert result.total == 80


def flags(count: int) -> list[dict[str, Any]]:
    """Return branches with one leaf each."""
    return [
        {"id": f"b{n}", "children": [{"id": f"l{n}", "points": 1, "rule": {"kind": "flag"}}]}
        for n in range(count)
    ]


def scored(indicators: list[dict[str, Any]], leaves: list[str]) -> str:
    data = {
        "units": [{"unit": "u", "name": "u", "group": "g"}],
        "values": [{"unit": "u", "indicator": name, "value": "1"} for name in leaves],
    }
    scheme = json.dumps({"scheme": "large", "indicators": indicators})
    return str(score(parse_scheme(scheme), data, None).results[0].total)


@pytest.mark.parametrize("aggregate", [None, "geometric", "harmonic", "minimum"])
def test_hundreds_of_branches_are_one_step(aggregate: str | None) -> None:
    """A step for each would nest the query deeper than it can be written."""
    branches = flags(150)
    if aggregate:
        branches = [{"id": "all", "points": 150, "aggregate": aggregate, "children": branches}]
    assert scored(branches, [f"l{n}" for n in range(150)]) == "150.00"


def test_thirty_levels_are_scored_and_more_are_refused() -> None:
    node: dict[str, Any] = {"id": "leaf", "points": 5, "rule": {"kind": "flag"}}
    for level in range(29):
        node = {"id": f"d{level}", "children": [node]}
    assert scored([node], ["leaf"]) == "5.00"
    with pytest.raises(Faults, match="stands more than 30 levels deep"):
        scored([{"id": "top", "children": [node]}], ["leaf"])


def test_the_geometric_mean_of_equal_rates_is_that_rate_half_up() -> None:
    """To six places; a logarithm is a little off, and half a millionth would fall either way."""
    rule = {"kind": "ratio", "target": 1_000_000_000, "cap": 10}
    leaf = {"points": 1, "missing": "na", "rule": rule}
    leaves = [leaf | {"id": name} for name in ("one", "two", "three")]
    branch = {"id": "all", "points": 100, "aggregate": "geometric", "children": leaves}
    rates = range(500, 10**10, 12_343_000)  # in billionths, each half a millionth
    data = {
        "units": [{"unit": f"{rate}", "name": "u", "group": "g"} for rate in rates],
        "values": [
            {"unit": f"{rate}", "indicator": f"{leaf['id']}", "value": f"{rate}"}
            for rate in rates
            for leaf in leaves[: rate // 1_000_000 % 3 + 1]
        ],
    }
    outcome = score(parse_scheme(json.dumps({"scheme": "s", "indicators": [branch]})), data, None)
    told = {node.unit: node.rate for node in outcome.nodes if node.indicator == "all"}
    assert {unit: rate * 10**9 for unit, rate in told.items()} == {
        f"{rate}": rate + 500 for rate in rates
    }


@pytest.mark.parametrize("weights", [("0.125", "0.875"), ("1.500000001", "1.499999999")])
def test_few_points_with_many_decimals_add_up(weights: tuple[str, str]) -> None:
    """Small numbers beside one another take as many bits as large ones."""
    branches = [
        {"id": f"b{n}", "children": [{"id": f"l{n}", "points": float(w), "rule": {"kind": "flag"}}]}
        for n, w in enumerate(weights)
    ]
    assert scored(branches, ["l0", "l1"]) == f"{sum(map(float, weights)):.2f}"
    top = [{"id": "all", "points": 10, "aggregate": "mean", "children": branches}]
    assert scored(top, ["l0", "l1"]) == "10.00"
