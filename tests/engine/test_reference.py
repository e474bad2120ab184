"""Every example of the reference, run; and the page as the generator writes it."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from shuzhi.engine.examples import EXAMPLES
from shuzhi.engine.outcome import Outcome
from shuzhi.engine.reference import page
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.scheme.schema import json_schema
from shuzhi.engine.score import score

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """All examples as the leaves of one scheme; a unit for each figure of the longest."""
    lines = [
        f"- {{id: e{n}, points: {e.points}, missing: na, rule: {e.rule}}}"
        for n, e in enumerate(EXAMPLES)
    ]
    values = []
    for number, example in enumerate(EXAMPLES):
        for unit, (figure, _) in enumerate(example.figures):
            value, _, target = figure.partition(" / ")
            values.append(
                {"unit": f"u{unit}", "indicator": f"e{number}", "value": value, "target": target}
            )
    units = [
        {"unit": f"u{n}", "name": "", "group": ""}
        for n in range(max(len(e.figures) for e in EXAMPLES))
    ]
    return score(
        parse_scheme("scheme: examples\nindicators:\n" + "\n".join(lines)),
        {"units": units, "values": values},
        None,
    )


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_gives_what_the_page_says(outcome: Outcome, number: int) -> None:
    rates = {row.unit: row.rate for row in outcome.nodes if row.indicator == f"e{number}"}
    for unit, (figure, rate) in enumerate(EXAMPLES[number].figures):
        assert rates[f"u{unit}"] == Decimal(rate), (EXAMPLES[number].rule, figure)


def test_the_page_and_the_schema_are_up_to_date() -> None:
    assert (REFERENCE / "scheme.md").read_text(encoding="utf-8") == page()
    assert (
        json.loads((REFERENCE / "scheme.schema.json").read_text(encoding="utf-8")) == json_schema()
    )


def test_every_rule_has_an_example_or_a_section() -> None:
    kinds = {example.kind for example in EXAMPLES} | {"ratings", "events"}
    tags = json_schema()["$defs"]["Indicator"]["properties"]["rule"]["anyOf"][0]["discriminator"][
        "mapping"
    ]
    assert kinds == set(tags)
