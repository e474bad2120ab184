"""Happenings that add or take points: counted once where the rule says so, clamped, as a rate."""

from decimal import Decimal  # noqa: TC003 - as elsewhere
from typing import Any

import ibis
import pyarrow as pa

from shuzhi.engine.program.arith import BROAD, Column, Table
from shuzhi.engine.program.numbers import is_number, scaled
from shuzhi.engine.program.params import whole
from shuzhi.engine.scheme import Scheme
from shuzhi.engine.scheme.values import places

FINEST = 9  # decimals of an event's points
LARGEST = 6  # digits before the point


def events_table(scheme: Scheme, scale: int) -> pa.Table:
    """One row a leaf of events: its bounds and start in whole numbers on the scale."""
    rows: list[dict[str, Any]] = []
    for place in scheme.of_kind("events"):
        bonus, top = place.indicator.bonus, whole(place.points, scale) or 0
        rows.append(
            {
                "e_leaf": place.order,
                "e_id": place.id,
                "once": place.rule.once == "highest",
                "start": top if place.rule.start == "full" else 0,
                "low": whole(bonus.min, scale) if bonus else 0,
                "high": whole(bonus.max, scale) if bonus else top,
                "bonus": bonus is not None,
            }
        )
    return pa.Table.from_pylist(rows, schema=SCHEMA)


SCHEMA = pa.schema(
    [
        ("e_leaf", pa.int64()),
        ("e_id", pa.string()),
        ("once", pa.bool_()),
        ("start", pa.int64()),
        ("low", pa.int64()),
        ("high", pa.int64()),
        ("bonus", pa.bool_()),
    ]
)


def scale_of_events(scheme: Scheme, decimals: int) -> int:
    """The decimals that events, their bounds and a total's 6 places need together."""
    numbers: list[Decimal] = []
    for place in scheme.of_kind("events"):
        bonus = place.indicator.bonus
        numbers += [
            place.points,
            *([b for b in (bonus.min, bonus.max) if b is not None] if bonus else []),
        ]
    return max([6, decimals, *map(places, numbers)])


def points(events: Table, leaves: Table, scale: int) -> Table:
    """Each happening with its leaf and its points `x` on the scale.

    Nothing where it is no number.
    """
    number = ibis.ifelse(is_number(events.points), events.points, ibis.null("string"))
    known = events.mutate(number=number).left_join(leaves, events.indicator == leaves.e_id)
    return known.mutate(x=scaled(known.number, ibis.literal(scale, "int64"), BROAD))


def sums(happenings: Table) -> Table:
    """Per unit and leaf: the points of all that happened, keyed ones once."""
    grouped = happenings.once & (happenings.key != "")
    keyed = happenings.filter(grouped)
    once = keyed.group_by("unit", "e_leaf", "key").aggregate(
        x=ibis.greatest(keyed.x.max(), _nought()) + ibis.least(keyed.x.min(), _nought())
    )
    each = happenings.filter(~grouped).select("unit", "e_leaf", "x")
    both = once.select("unit", "e_leaf", "x").union(each)
    return both.group_by("unit", "e_leaf").aggregate(sum=BROAD.total(both.x))


def _nought() -> Column:
    return BROAD.whole(0)


def earned(grid: Table) -> Table:
    """`grid` (unit × leaf with its sum) with `x`, clamped.

    And `rate` where the leaf is no bonus.
    """
    x = BROAD.cast(grid.start) + grid["sum"].fill_null(_nought())
    x = ibis.least(x, BROAD.cast(grid.high).fill_null(x))
    x = ibis.greatest(x, BROAD.cast(grid.low).fill_null(x))
    clamped = grid.mutate(x=x)
    rate = ibis.ifelse(
        clamped.bonus, ibis.null("int64"), BROAD.rate(clamped.x, BROAD.cast(clamped.high))
    )
    return clamped.mutate(rate=rate)
