"""Branches whose own leaves and whose branches are not all live."""

import pytest

from shuzhi.engine.scheme import parse_scheme
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
