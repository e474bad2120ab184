"""The derivation of a score whose leaf compares units with each other."""

import pytest

from shuzhi.engine.explain import Node, explain
from shuzhi.engine.scheme import parse_scheme

SCHEME = """
scheme: peers
indicators:
- {{id: calls, points: 100, rule: {{kind: {kind}, within: {within}}}}}
"""
DATA = {
    "units": [
        {"unit": unit, "name": unit, "group": group}
        for unit, group in [("u1", "g"), ("u2", "g"), ("u3", "g"), ("u4", "h"), ("u5", "h")]
    ],
    "values": [
        {"unit": unit, "indicator": "calls", "value": value}
        for unit, value in [("u1", "2"), ("u2", "5"), ("u3", "12"), ("u4", "0"), ("u5", "22")]
    ],
}


def told(kind: str, within: str) -> Node:
    scheme = parse_scheme(SCHEME.format(kind=kind, within=within))
    return explain(scheme, DATA, "u2", language="en").children[0]


@pytest.mark.parametrize(
    ("kind", "within", "arithmetic"),
    [
        ("minmax", "group", "(5 − 2) ÷ (12 − 2) = 0.3; 0.3 × 100 = 30"),
        ("rank", "group", "(1 + 0÷2) ÷ 2 = 0.5; 0.5 × 100 = 50"),
        ("rank", "all", "(2 + 0÷2) ÷ 4 = 0.5; 0.5 × 100 = 50"),
    ],
)
def test_a_relative_leaf_shows_its_peers(kind: str, within: str, arithmetic: str) -> None:
    node = told(kind, within)
    assert node.arithmetic == arithmetic
    of_group = ["u1", "u2", "u3"]
    expected = of_group if within == "group" else [*of_group, "u4", "u5"]
    assert [row["unit"] for row in node.rows] == expected
