"""Measures: what rooms count about units in a year, asked for by name, never typed in again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from django.utils.functional import Promise

Value = int | Decimal | None  # a count, a percentage with two places, or nothing to divide by
Values = Mapping[str, Mapping[str, Value]]  # {measure: {unit's code: value}}
CENT = Decimal("0.01")


class Place(Protocol):
    """A unit, as far as counting needs it: its value is that of all that stands at or below it."""

    code: str
    path: str


@dataclass(frozen=True)
class Measure:
    """A name such as "commitment.organisation.done_rate", what it counts of which business.

    `percent`: whether it is a share.
    """

    name: str
    label: str | Promise
    percent: bool = False
    of: str | Promise = ""

    def __str__(self) -> str:
        return f"{self.of} · {self.label}" if self.of else str(self.label)


Names = Callable[[], Iterable[Measure]]
Source = Callable[[int, Sequence[Place]], Values]
_sources: list[tuple[Names, Source]] = []


def register_measures(names: Names, source: Source) -> None:
    """Register a room's measures at start-up.

    `names` tells what there is; `source(period, units)` counts all of it for all the units in a
    fixed number of queries.
    """
    if (names, source) not in _sources:
        _sources.append((names, source))


def known() -> dict[str, Measure]:
    """Return every measure by name, sorted."""
    found = {measure.name: measure for names, _source in _sources for measure in names()}
    return dict(sorted(found.items()))


def measures(period: int, units: Sequence[Place]) -> dict[str, dict[str, Value]]:
    """Return every measure of a year for each of `units`, whatever stands below included."""
    found: dict[str, dict[str, Value]] = {}
    for _names, source in _sources:
        for name, values in source(period, units).items():
            found.setdefault(name, {}).update(values)
    return dict(sorted(found.items()))


def percent(part: int, whole: int) -> Decimal | None:
    """Return the share in percent, two places, half up; None where there is nothing to divide."""
    if not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(CENT, ROUND_HALF_UP)


def shown(found: Value) -> str:
    """Return a value as a person and a JSON reader see it: 1726, 93.10, null."""
    if found is None:
        return "null"
    return f"{found:.2f}" if isinstance(found, Decimal) else str(found)
