"""Faults of `vetoes`: an unknown unit or veto, a veto that rests on nothing."""

from shuzhi.engine.checks.rows import shortened, unknown_unit
from shuzhi.engine.faults import Fault, some
from shuzhi.engine.run import Run
from shuzhi.engine.vetoes import rows_of


def veto_faults(run: Run) -> list[Fault]:
    given = run.inputs.get("vetoes")
    rows = rows_of(given)
    if given is None or not rows:
        return []
    units = run.units.select("unit").filter(
        run.units.unit.isin(sorted({row["unit"] for row in rows}))
    )
    known = set(run.backend.fetch(units)["unit"].to_pylist())
    names = [veto.id for veto in run.scheme.vetoes]
    faults = []
    for row in rows:
        place = given.where(row.get("row"))
        if row["unit"] not in known:
            faults.append(Fault(place, *unknown_unit(row), "unit"))
        if row["veto"] not in names:
            right = (
                f"use one of {', '.join(names)}"
                if names
                else "the scheme has no vetoes: leave the row out"
            )
            faults.append(Fault(place, f"there is no veto {shortened(row['veto'])}", right, "veto"))
        if not row["basis"]:
            faults.append(Fault(place, "a veto without a basis", "say what it rests on", "basis"))
    return some(faults, given.label)
