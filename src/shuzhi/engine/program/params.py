"""A leaf's rule as whole numbers on the scale that its figures need."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
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
    """One leaf, or one band of a leaf: what the arithmetic of its kind needs."""

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
    lower: int | None = None
    upper: int | None = None
    band: int = 0
    peers: str = "group"


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


def params_of(place: Place, profile: Profile) -> list[Params]:
    """The rows of a leaf: one, or one a band."""
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
            return _bands(base, rule.bands)
    return [base]


def _kind(rule: Any) -> str:
    """The kind, with its direction where that changes the arithmetic."""
    return f"{rule.kind}_down" if getattr(rule, "direction", "up") == "down" else str(rule.kind)


def _bands(base: Params, bands: list[tuple[Decimal | None, Decimal]]) -> list[Params]:
    rows, upper = [], None
    for bound, rate in bands:
        lower = whole(bound, base.scale)
        rows.append(
            Params(
                base.leaf,
                base.id,
                base.kind,
                base.scale,
                lower=lower,
                upper=upper,
                band=to_grid(rate / 100),
            )
        )
        upper = lower
    return rows


def whole(number: Decimal | None, scale: int) -> int | None:
    """A number × 10^scale, which is whole."""
    return None if number is None else int(number.scaleb(scale))


def to_grid(rate: Decimal) -> int:
    """A scheme's rate on the grid, half up."""
    return int((rate * GRID).to_integral_value("ROUND_HALF_UP"))


def needed_width(rows: list[Params], profile: Profile) -> Width | None:
    """The width that holds every intermediate number of a leaf; none when nothing does."""
    scale = rows[0].scale
    sizes = [10 ** (profile.digits + scale)]
    for row in rows:
        sizes += [
            abs(row.goal or 0),
            abs(row.step),
            row.points,
            row.deduct,
            row.most * row.step,
            abs(row.lower or 0),
        ]
    return width_for(4 * max(sizes) * max(GRID, *(row.cap for row in rows)))


def params_table(rows: list[Params], width: Width, spots: list[Spot]) -> pa.Table:
    """The parameters of leaves of one width, and their places in the tree, as a table to join."""
    large = pa.int64() if width is NARROW else pa.decimal128(38, 0)
    columns: dict[str, Any] = {}
    for field in fields(Params):
        values = [getattr(row, field.name) for row in rows]
        if field.type is str or field.name in {"id", "kind", "peers"}:
            columns[field.name] = pa.array(values, pa.string())
        elif field.name in {"leaf", "scale", "band", "cap"}:
            columns[field.name] = pa.array(values, pa.int64())
        else:
            decimals = [None if v is None else v if width is NARROW else Decimal(v) for v in values]
            columns[field.name] = pa.array(decimals, large)
    places = spots_table(spots)
    here = pa.array([[spot.leaf for spot in spots].index(row.leaf) for row in rows], pa.int64())
    columns |= {name: places[name].take(here) for name in places.column_names}
    return pa.table(columns)
