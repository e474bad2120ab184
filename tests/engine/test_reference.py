"""Every example of the reference, run; and the page as the generator writes it."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from shuzhi.engine.examples import EXAMPLES
from shuzhi.engine.outcome import Outcome
from shuzhi.engine.reference import page
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.scheme.schema import json_schema
from shuzhi.engine.score import score

LONGEST = max(len(example.figures) for example in EXAMPLES)
REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


ROW = re.compile(r"(?P<value>[^ ]+)(?: \((?P<note>\w+)\))?")  # a mark or event, `(own)` or its key


def figure_rows(figure: str) -> list[dict[str, str]]:
    value, _, target = figure.partition(" / ")
    return [{"value": value, "target": target}]


def mark_rows(unit: str, figure: str) -> list[dict[str, str]]:
    """`A: 好, 差; B: 好 (own)`: a rater each."""
    rows = []
    for part in figure.split("; "):
        category, _, marks = part.partition(": ")
        for number, mark in enumerate(marks.split(", ")):
            value, note = ROW.fullmatch(mark).groups("")  # type: ignore[union-attr]
            own = unit if note == "own" else ""
            rows.append(
                {"category": category, "rater": str(number), "value": value, "rater_unit": own}
            )
    return rows


def event_rows(figure: str) -> list[dict[str, str]]:
    """`5 (k), -2`: points, with a key where one stands."""
    if figure == "nothing":
        return []
    found = [ROW.fullmatch(event).groups("") for event in figure.split(", ")]  # type: ignore[union-attr]
    return [{"points": points, "key": key} for points, key in found]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """All examples as the leaves of one scheme; a unit for each figure of the longest."""
    lines = [
        f"- {{id: e{n}, points: {e.points}, rule: {e.rule}"
        f"{'' if e.kind in {'ratings', 'events'} else ', missing: na'}}}"
        for n, e in enumerate(EXAMPLES)
    ]
    tables: dict[str, list[dict[str, str]]] = {"values": [], "ratings": [], "events": []}
    for number, example in enumerate(EXAMPLES):
        for n in range(LONGEST):
            unit = f"u{n}"
            here = {"unit": unit, "indicator": f"e{number}"}
            if n >= len(example.figures):
                tables["values"] += [here | {"value": "na"}]
                continue
            figure = example.figures[n][0]
            match example.kind:
                case "ratings":
                    tables["ratings"] += [here | row for row in mark_rows(unit, figure)]
                case "events":
                    tables["events"] += [here | row for row in event_rows(figure)]
                case _:
                    tables["values"] += [here | row for row in figure_rows(figure)]
    units = [{"unit": f"u{n}", "name": "", "group": ""} for n in range(LONGEST)]
    text = "scheme: examples\nindicators:\n" + "\n".join(lines)
    return score(parse_scheme(text), {"units": units, **tables}, None)


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


def test_every_rule_has_an_example() -> None:
    kinds = {example.kind for example in EXAMPLES}
    tags = json_schema()["$defs"]["Indicator"]["properties"]["rule"]["anyOf"][0]["discriminator"][
        "mapping"
    ]
    assert kinds == set(tags)
