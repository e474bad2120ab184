"""The engine against the contract in fractions, on random schemes and data."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

from hypothesis import given

from shuzhi.engine.formats import fixed  # noqa: F401 - the module under test for text
from shuzhi.engine.outcome import Outcome
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.score import score
from tests.engine.slow import Slow, half_up
from tests.engine.worlds import few, worlds

World = tuple[dict[str, Any], dict[str, list[dict[str, str]]]]


def as_yaml(scheme: dict[str, Any]) -> str:
    """A scheme as YAML (JSON is a part of it), numbers in text as bare numbers."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: inner if key in {"id", "share", "value", "basis"} else bare(inner)
                for key, inner in value.items()
            }
        if isinstance(value, list):
            return [bare(inner) for inner in value]
        return (
            Bare(value) if isinstance(value, str) and value.replace(".", "", 1).isdigit() else value
        )

    return (
        json.dumps(bare(scheme), ensure_ascii=False, default=str)
        .replace('"<<', "")
        .replace('>>"', "")
    )


class Bare(str):
    """A number that must not be quoted."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        return super().__new__(cls, f"<<{text}>>")


def scored(world: World, directory: Path | None = None, **options: Any) -> Outcome:
    scheme, data = world
    return score(parse_scheme(as_yaml(scheme)), data, directory, **options)


@few
@given(worlds())
def test_everything_equals_the_reference(world: World) -> None:
    outcome, slow = scored(world), Slow(*world)
    expected = slow.results()
    for result in outcome.results:
        row = expected[result.unit]
        assert (None if result.total is None else Fraction(result.total)) == row["published"], (
            result
        )
        assert (result.rank, result.grade) == (row["rank"], row["grade"]), result
    for node in outcome.nodes:
        key = f"{node.unit}/{node.indicator}"
        if key in slow.points:
            assert node.points is not None, node
            assert Fraction(node.points) == slow.points[key], node
        elif node.indicator != "extra":
            rate = slow.rates[node.unit, node.indicator]
            assert (None if node.rate is None else Fraction(node.rate)) == rate, node
            if rate is not None and node.points is not None and node.of is not None:
                assert Fraction(node.points) == half_up(rate * Fraction(node.of), 6)
