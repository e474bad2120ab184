"""Faults of `values`: cheap questions first; row by row once one of them fails."""

from functools import reduce
from operator import or_

import pyarrow as pa

from shuzhi.engine.checks.events import bonus_faults
from shuzhi.engine.checks.figures import figure_faults, forbidden
from shuzhi.engine.checks.rows import twice
from shuzhi.engine.faults import MOST_SHOWN, Fault, some
from shuzhi.engine.run import Run
from shuzhi.engine.say import say
from shuzhi.engine.scheme.models import Place, reads_values


def check_profiles(run: Run) -> None:
    """Faults of `values` that its profile shows, row by row."""
    known = {place.id: place for place in run.scheme.leaves}
    odd = [
        profile.malformed or name not in known or (profile.given and not reads_values(known[name]))
        for name, profile in run.profiles.items()
    ]
    _ = run.groups
    if any(odd) or run.faults:  # whoever has to mend one thing is told of all
        explain_values(run)


def check_standing(run: Run) -> None:
    """Whether every unit has one row for each leaf that needs one, and no figure is forbidden.

    And whether the bonuses can be added.
    """
    run.faults += bonus_faults(run)
    table, required = run.gathered_units, {place.order for place in leaves_in_need(run)}
    wrong = [table.bad.fill_null(0) > 0]
    for mask in {spot.mask for spot in run.tree.spots}:
        seen, rows = table[f"seen_{mask}"].fill_null(0), table[f"rows_{mask}"].fill_null(0)
        needed = sum(s.bit for s in run.tree.spots if s.mask == mask and s.leaf in required)
        wrong += [seen != rows, ((seen & needed) != needed) & (table.status != "exempt")]
    counts = table.aggregate(wrong=reduce(or_, wrong).sum(), known=table.bad.count())
    rows = run.backend.fetch(run.gathered.count().as_table())[0][0].as_py()
    found = run.backend.fetch(counts).to_pylist()[0]
    if found["wrong"] or found["known"] != rows:  # the rest are of units that there are not
        explain_values(run)


def explain_values(run: Run) -> None:
    """Go through `values` row by row and say what is wrong with each."""
    found = [
        *figure_faults(run),
        *forbidden(run),
        *twice(run, "values", ["unit", "indicator"]),
        *_missing(run),
    ]
    run.faults += [fault for fault in found if fault not in run.faults]


def leaves_in_need(run: Run) -> list[Place]:
    """Leaves that need a row of values from every unit."""
    return [
        place
        for place in run.scheme.scored
        if reads_values(place) and place.indicator.missing is None
    ]


def _missing(run: Run) -> list[Fault]:
    """Units without a row for a leaf that needs one."""
    required = leaves_in_need(run)
    if "values" not in run.inputs or not required or not run.sound("units", "values"):
        return []
    orders = pa.array([place.order for place in required], pa.int64())
    needed = run.backend.load(
        "required", pa.table({"leaf_id": [place.id for place in required], "order": orders})
    )
    units = run.units.filter((run.units.status != "exempt") & (run.units.unit != ""))
    units = units.select("unit").distinct()
    grid = units.cross_join(needed)
    rows = run.values.table
    gaps = grid.anti_join(rows, (grid.unit == rows.unit) & (grid.leaf_id == rows.indicator))
    shown = gaps.order_by("unit", "order").limit(MOST_SHOWN + 1)
    label = run.inputs["values"].label
    right = say("add the row, or say `missing: zero` or `missing: na` in the scheme")
    faults = [
        Fault(
            label,
            say("{unit} has no row for {indicator}", unit=r["unit"], indicator=r["leaf_id"]),
            right,
            "missing",
        )
        for r in run.backend.fetch(shown).to_pylist()
    ]
    return some(faults, label)
