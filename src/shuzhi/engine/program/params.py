"""A leaf's rule as whole numbers on the scale that its figures need."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

import pyarrow as pa

from shuzhi.engine.program.arith import GRID, NARROW, Width, width_for
from shuzhi.engine.program.spots import Spot, spots_table
from shuzhi.engine.program.values import Profile
from shuzhi.engine.scheme.models import Place
from shuzhi.engine.scheme.values import places


@dataclass
class Params:
    """One leaf: what the arithmetic of its kind needs."""

    leaf: int
    id: str
    kind: str
    scale: int
    goal: int | None = None  # target, limit or zero
    step: int = 1  # each; of linear: full − zero
    most: int = 0  # more steps than this take everything
    deduct: int = 0
    points: int = 1
    cap: int = GRID
    rest: int = 0  # the rate below all bands
    peers: str = "group"
    bands: list[tuple[int, int]] = field(default_factory=list)  # from which figure up, which rate


def scale_of(place: Place, profile: Profile) -> int:
    """The decimals that a leaf's figures and its own parameters need."""
    return max([profile.decimals, *map(places, _numbers(place))])


def _numbers(place: Place) -> Iterable[Decimal]:
    """The parameters that are compared with figures."""
    rule = place.rule
    for name in ("target", "limit", "zero", "full", "each"):
        if isinstance(number := getattr(rule, name, None), Decimal):
            yield number
    for bound, _ in getattr(rule, "bands", []):
        if bound is not None:
            yield bound
    if rule.kind == "manual":
        yield place.points


def params_of(place: Place, profile: Profile) -> Params:
    """The parameters of a leaf in whole numbers."""
    rule, scale = place.rule, scale_of(place, profile)
    base = Params(place.order, place.id, _kind(rule), scale)
    match rule.kind:
        case "ratio":
            base.goal, base.cap = whole(rule.target, scale), to_grid(rule.cap)
        case "linear":
            base.goal, base.step = whole(rule.zero, scale), whole(rule.full - rule.zero, scale) or 1
        case "shortfall" | "excess":
            goal = rule.target if rule.kind == "shortfall" else rule.limit
            fine = max(places(place.points), places(rule.deduct))
            base.goal, base.step = whole(goal, scale), whole(rule.each, scale) or 1
            base.points, base.deduct = whole(place.points, fine) or 1, whole(rule.deduct, fine) or 1
            base.most = -(-base.points // base.deduct)
        case "flag":
            base.step = 10**scale
        case "manual":
            base.points = whole(place.points, scale) or 1
        case "minmax" | "zscore" | "rank" | "percentile":
            base.peers = rule.within
        case "bands":
            *bounded, (_, rest) = rule.bands
            base.bands = [(whole(b, scale) or 0, to_grid(rate / 100)) for b, rate in bounded]
            base.rest = to_grid(rest / 100)
    return base


def _kind(rule: Any) -> str:
    """The kind, with its direction where that changes the arithmetic."""
    return f"{rule.kind}_down" if getattr(rule, "direction", "up") == "down" else str(rule.kind)


def whole(number: Decimal | None, scale: int) -> int | None:
    """A number × 10^scale, which is whole."""
    return None if number is None else int(number.scaleb(scale))


def to_grid(rate: Decimal) -> int:
    """A scheme's rate on the grid, half up."""
    return int((rate * GRID).to_integral_value("ROUND_HALF_UP"))


def needed_width(row: Params, profile: Profile) -> Width | None:
    """The width that holds every intermediate number of a leaf; none when nothing does."""
    sizes = [
        10 ** (profile.digits + row.scale),
        abs(row.goal or 0),
        abs(row.step),
        row.points,
        row.deduct,
        row.most * row.step,
        *(abs(bound) for bound, _ in row.bands),
    ]
    return width_for(4 * max(sizes) * max(GRID, row.cap))


NO_BAND: tuple[int | None, int | None] = (None, None)


def _array(values: Iterable[Any], kind: Any) -> pa.Array:
    wide = pa.types.is_decimal(kind)
    return pa.array([Decimal(v) if wide and v is not None else v for v in values], kind)


def params_table(rows: list[Params], width: Width, spots: list[Spot]) -> pa.Table:
    """The parameters of leaves of one width, and their places in the tree, as a table to join."""
    large = pa.int64() if width is NARROW else pa.decimal128(38, 0)
    columns: dict[str, Any] = {}
    kinds = dict.fromkeys(("id", "kind", "peers"), pa.string())
    kinds |= dict.fromkeys(("leaf", "scale", "rest", "cap"), pa.int64())
    for name in [one.name for one in fields(Params) if one.name != "bands"]:
        values = [getattr(row, name) for row in rows]
        columns[name] = _array(values, kinds.get(name, large))
    for number in range(max(len(row.bands) for row in rows)):
        bounds, rates = zip(
            *(dict(enumerate(row.bands)).get(number, NO_BAND) for row in rows), strict=True
        )
        columns |= {
            f"from_{number}": _array(bounds, large),
            f"band_{number}": _array(rates, pa.int64()),
        }
    places = spots_table(spots)
    here = pa.array([[spot.leaf for spot in spots].index(row.leaf) for row in rows], pa.int64())
    columns |= {name: places[name].take(here) for name in places.column_names}
    return pa.table(columns)
