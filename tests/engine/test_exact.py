"""The engine against the contract in fractions, on random schemes and data."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any, Self
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from shuzhi.engine.outcome import Outcome
from shuzhi.engine.program import spots
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.score import score
from tests.engine.slow import Slow, half_up
from tests.engine.worlds import EXAMPLES, World, crowds, few, worlds

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


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
        number = isinstance(value, str) and NUMBER.fullmatch(value)
        return Bare(value) if number else value

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
@given(worlds(), st.sampled_from([spots.BITS, 2]))
def test_everything_equals_the_reference(world: World, bits: int) -> None:
    """Also where the leaves fill more than one mask of bits, as those of forty and more do."""
    with patch.object(spots, "BITS", bits):
        agree(scored(world), world)


def test_many_worlds_side_by_side_equal_the_reference() -> None:
    """Hundreds in every run; SHUZHI_EXAMPLES=400 compares thousands that nobody has seen."""
    for world in crowds(2 * EXAMPLES):
        agree(scored(world), world)


def agree(outcome: Outcome, world: World) -> None:
    """Fail where a result or a node is not what the fractions give."""
    slow = Slow(*world)
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
