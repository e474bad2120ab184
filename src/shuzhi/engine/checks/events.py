"""Faults of `events`: points that are no number or have too many digits."""

import ibis

from shuzhi.engine.checks.rows import (
    Code,
    faulty_rows,
    shortened,
    unknown_indicator,
    unknown_unit,
    with_stranger,
)
from shuzhi.engine.faults import Fault
from shuzhi.engine.program import events as happenings
from shuzhi.engine.program.numbers import is_number, needs
from shuzhi.engine.run import Run
from shuzhi.engine.say import say

MOST_BONUS = 10**9  # points


def event_faults(run: Run) -> list[Fault]:
    if "events" not in run.inputs:
        return []
    table, stranger = with_stranger(run, run.tables["events"])
    number = ibis.ifelse(is_number(table.points), table.points, "0")
    decimals, digits = needs(number)
    codes: list[Code] = [
        ("unit", stranger, unknown_unit),
        *unknown_indicator(run, table, "events"),
        (
            "number",
            ~is_number(table.points),
            lambda r: (
                say("points {points!r} is no number", points=shortened(r["points"])),
                say("write digits, such as 2 or -0.5"),
            ),
        ),
        (
            "digits",
            (decimals > happenings.FINEST) | (digits > happenings.LARGEST),
            lambda r: (
                say("points {points} has too many digits", points=shortened(r["points"])),
                say("at most 6 before the point and 9 after it"),
            ),
        ),
    ]
    return faulty_rows(run, "events", table, codes)


def bonus_faults(run: Run) -> list[Fault]:
    """Whether bonuses are so large, or points so fine, that no total can be told to 6 places."""
    if not run.scheme.bonuses or "events" not in run.inputs:
        return []
    most = run.backend.fetch(run.bonuses.aggregate(most=run.bonuses.x.abs().max()))
    size = int(most["most"][0].as_py() or 0) * len(run.scheme.bonuses)
    if size < MOST_BONUS * 10**run.event_scale and run.tree.holds(size):
        return []
    what = say("the points of a bonus add up to too many digits")
    right = say("give it a `min` and a `max`, or write points with fewer decimals")
    return [Fault(run.inputs["events"].label, what, right, "digits")]
