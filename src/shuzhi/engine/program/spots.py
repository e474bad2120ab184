"""Where each scored leaf stands: its parent, its weight, its bit.

And what stands in for a figure.
"""

from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from shuzhi.engine.program.arith import GRID, Width, width_for
from shuzhi.engine.scheme import Place, Scheme
from shuzhi.engine.scheme.models import reads_values
from shuzhi.engine.scheme.values import places

ROOT = -1
BITS = 40  # leaves a mask of 64 bits holds, with room for rows that stand twice
SCORED, NOT_APPLICABLE, MISSING = 0, 1, 2
STATES = ["scored", "na", "missing"]
STAND_IN = {"full": GRID, "zero": 0, "rescale": None}


@dataclass(frozen=True)
class Spot:
    """One scored leaf in the tree."""

    leaf: int
    parent: int
    weight: int
    mask: int
    bit: int
    na_rate: int | None
    absent_rate: int | None


@dataclass(frozen=True)
class Weights:
    """Points as whole numbers on one scale for the whole scheme."""

    scale: int
    of: dict[int, int]
    width: Width

    @classmethod
    def of_scheme(cls, scheme: Scheme, top_rate: int) -> "Weights":
        scale = max([places(place.points) for place in scheme.places], default=0)
        of = {place.order: int(place.points.scaleb(scale)) for place in scheme.places}
        width = width_for(4 * top_rate * sum(of.values()))
        if width is None:
            raise OverflowError("points need too many digits")
        return cls(scale, of, width)


def spots_of(scheme: Scheme, weights: Weights) -> list[Spot]:
    """The scored leaves, in the tree's order."""
    return [_spot(place, number, weights) for number, place in enumerate(scheme.scored)]


def _spot(place: Place, number: int, weights: Weights) -> Spot:
    indicator = place.indicator
    na_rate = STAND_IN[indicator.na]
    absent = 0 if indicator.missing == "zero" else na_rate
    parent = ROOT if place.parent is None else place.parent
    return Spot(
        place.order,
        parent,
        weights.of[place.order],
        number // BITS,
        1 << number % BITS,
        na_rate,
        absent,
    )


def spots_table(spots: list[Spot]) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {f"at_{key}": value for key, value in asdict(spot).items()} for spot in spots
    ]
    names = [
        "at_leaf",
        "at_parent",
        "at_weight",
        "at_mask",
        "at_bit",
        "at_na_rate",
        "at_absent_rate",
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.int64()) for name in names]))


def with_stand_in(scheme: Scheme) -> list[Place]:
    """Leaves that read values and count even where no row stands: `missing: zero`.

    Or na filled in.
    """
    return [
        place
        for place in scheme.scored
        if reads_values(place)
        and (
            place.indicator.missing == "zero"
            or (place.indicator.missing == "na" and place.indicator.na != "rescale")
        )
    ]
