"""Faults of a table row by row: everything that is wrong with each, and rows that repeat."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

import ibis

from shuzhi.engine.faults import MOST_SHOWN, Fault, some
from shuzhi.engine.program.arith import Column, Table
from shuzhi.engine.run import Run
from shuzhi.engine.say import Said, few, listed, say

Told = tuple[Said, Said]  # what is wrong, what would be right
Tell = Callable[[dict[str, Any]], Told | None]  # of a row; nothing where it is right after all
Code = tuple[str, Column, Tell]
NOUNS = {
    "unit": say("unit"),
    "indicator": say("indicator"),
    "category": say("category"),
    "rater": say("rater"),
}


def faulty_rows(run: Run, name: str, table: Table, codes: list[Code]) -> list[Fault]:
    """A fault for everything that is wrong with a row."""
    marked = table.mutate(**{f"is_{code}": test.fill_null(False) for code, test, _ in codes})
    odd = reduce(or_, (marked[f"is_{code}"] for code, _, _ in codes))
    wrong = marked.filter(odd).order_by("row", "unit").limit(MOST_SHOWN + 1)
    given, faults = run.inputs[name], []
    for row in run.backend.fetch(wrong).to_pylist():
        for code, _, tell in codes:
            if row[f"is_{code}"] and (told := tell(row)):
                faults.append(Fault(given.where(row["row"]), *told, code))
    return some(faults, given.label)


def twice(run: Run, name: str, key: list[str]) -> list[Fault]:
    """Rows that say the same thing a second time."""
    if name not in run.inputs:
        return []
    table = run.tables[name]
    if "row" not in table.columns:
        table = table.mutate(row=ibis.literal(0, "int64"))
    groups = table.group_by(key).aggregate(times=table.count(), row=table.row.max())
    wrong = groups.filter(groups.times > 1).order_by("row", *key).limit(MOST_SHOWN + 1)
    given = run.inputs[name]
    faults = [
        Fault(
            given.where(row["row"]),
            say("{name} stands {times} times", name=_named(row, key), times=row["times"]),
            say("keep one row"),
            "twice",
        )
        for row in run.backend.fetch(wrong).to_pylist()
    ]
    return some(faults, given.label)


def _named(row: dict[str, Any], key: list[str]) -> str:
    return listed(say("{noun} {name}", noun=NOUNS[one], name=row[one]) for one in key)


def shortened(text: object) -> str:
    """A cell's text as a fault shows it: at most 40 characters."""
    shown = str(text)
    return shown if len(shown) <= 40 else shown[:37] + "…"  # noqa: PLR2004


def named(text: object) -> str:
    """A name as a fault shows it; that there is none is told too."""
    return shortened(text) or say("(empty)")


def with_stranger(run: Run, table: Table) -> tuple[Table, Column]:
    """The table joined so that one can tell rows whose unit there is not.

    Where units cannot be read, none is called a stranger.
    """
    units = run.units.select(known_unit="unit").distinct()
    joined = table.left_join(units, table.unit == units.known_unit)
    stranger = joined.known_unit.isnull()
    return joined, ibis.literal(False) if "units" in run.inputs.broken else stranger


def unknown_unit(row: dict[str, Any]) -> Told:
    """What to say of a row whose unit there is not."""
    what = say("there is no unit {unit}", unit=named(row["unit"]))
    return what, say("add it to units, or correct it")


def unknown_indicator(run: Run, table: Table, *kinds: str) -> list[Code]:
    """What to say of an indicator that the file cannot speak of; `kinds` are those that can."""
    if not run.ruled:
        return []
    fitting = [p for p in run.scheme.leaves if p.rule.kind in kinds] if kinds else run.scheme.leaves
    right = (
        say("use one of {names}", names=few(place.id for place in fitting))
        if fitting
        else say("no indicator reads this file: leave the row out")
    )

    def tell(row: dict[str, Any]) -> Told:
        name = named(row["indicator"])
        return say("{indicator} is no indicator that reads this file", indicator=name), right

    return [("indicator", ~table.indicator.isin([place.id for place in fitting]), tell)]
