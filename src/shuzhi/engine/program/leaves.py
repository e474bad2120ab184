"""Every leaf's rate for every unit that has one, whatever its kind: one long table."""

from dataclasses import dataclass
from typing import Any

import ibis

from shuzhi.engine.program import events as happenings
from shuzhi.engine.program.arith import Column, Table, Width
from shuzhi.engine.program.rates import rates
from shuzhi.engine.program.relative import relative_rates
from shuzhi.engine.program.spots import MISSING, NOT_APPLICABLE, SCORED
from shuzhi.engine.program.values import Values

RELATIVE = {
    kind + way for kind in ("minmax", "rank", "percentile", "zscore") for way in ("", "_down")
}
PLACE = ["at_parent", "at_weight", "at_mask", "at_bit"]
COLUMNS = ["unit", "leaf", "rate", "state", "bad", *PLACE]


@dataclass(frozen=True)
class Leaves:
    """Leaves whose figures have one width: their parameters as a table, and their kinds."""

    params: Table
    kinds: set[str]
    scales: set[int]
    width: Width


def read_rates(values: Values, units: Table, group: Leaves) -> Table:
    """Rates of the leaves of one width that have a row of values, with the row and `bad`."""
    rows = values.numbers(group.params, group.scales, group.width)
    relative, plain = group.kinds & RELATIVE, group.kinds - RELATIVE
    parts = []
    if plain:
        chosen = rows.filter(~rows.kind.isin(sorted(relative))) if relative else rows
        parts.append(rates(chosen, plain, group.width))
    if relative:
        chosen = rows.filter(rows.kind.isin(sorted(relative))) if plain else rows
        parts.append(relative_rates(chosen, units, relative, group.width))
    names = ["unit", "row", "leaf", "na", "rate", "bad", *PLACE, "at_na_rate"]
    return union([part.select(names) for part in parts])


def union(parts: list[Table]) -> Table:
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


def placed(rated: Table) -> Table:
    """Rates of rows with their place in the tree; not applicable ones take their stand-in."""
    rate = ibis.ifelse(rated.na, rated.at_na_rate, rated.rate)
    state = ibis.ifelse(rated.na, NOT_APPLICABLE, SCORED).cast("int64")
    return rated.mutate(rate=rate, state=state).select(COLUMNS)


def absent(rated: Table, units: Table, spots: Table, leaves: list[int]) -> Table:
    """The stand-in rates of units that have no row for leaves which do not need one."""
    grid = units.select("unit").cross_join(spots.filter(spots.at_leaf.isin(leaves)))
    none = grid.anti_join(rated, (grid.unit == rated.unit) & (grid.at_leaf == rated.leaf))
    return none.mutate(
        leaf=none.at_leaf,
        rate=none.at_absent_rate,
        state=ibis.literal(MISSING, "int64"),
        bad=ibis.literal(False),
    ).select(COLUMNS)


def _grid(units: Table, spots: Table, leaves: list[int], dropped: Table) -> Table:
    """Units × leaves that need no row of values, with `na` where one says so."""
    grid = units.select("unit").cross_join(spots.filter(spots.at_leaf.isin(leaves)))
    marked = grid.left_join(
        dropped, (grid.unit == dropped.na_unit) & (grid.at_leaf == dropped.na_leaf)
    )
    return marked.mutate(na=marked.na_unit.notnull(), leaf=marked.at_leaf)


def of_ratings(
    units: Table, spots: Table, leaves: list[int], dropped: Table, rated: Table
) -> Table:
    """Ratings leaves of every unit; without marks enough they are not applicable."""
    grid = _grid(units, spots, leaves, dropped)
    found = rated.select(f_unit="unit", f_leaf="c_leaf", found="rate")
    joined = grid.left_join(found, (grid.unit == found.f_unit) & (grid.leaf == found.f_leaf))
    return _settled(joined, joined.na | joined.found.isnull(), joined.found)


def of_events(  # noqa: PLR0917 - what a leaf of events depends on
    units: Table, spots: Table, leaves: Table, orders: list[int], dropped: Table, sums: Table
) -> Table:
    """Events leaves of every unit: nothing happened where there is no row."""
    grid = _grid(units, spots, orders, dropped)
    found = sums.select(f_unit="unit", f_leaf="e_leaf", sum="sum")
    joined = grid.left_join(found, (grid.unit == found.f_unit) & (grid.leaf == found.f_leaf))
    ruled = happenings.earned(joined.join(leaves, joined.leaf == leaves.e_leaf))
    return _settled(ruled, ruled.na, ruled.rate)


def _settled(rows: Table, na: Column, rate: Column) -> Table:
    state: Any = ibis.ifelse(na, NOT_APPLICABLE, SCORED)
    return rows.mutate(
        rate=ibis.ifelse(na, rows.at_na_rate, rate),
        state=state.cast("int64"),
        bad=ibis.literal(False),
    ).select(COLUMNS)
