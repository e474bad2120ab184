"""Faults of `vetoes`: an unknown unit or veto, a veto that rests on nothing."""

from shuzhi.engine.checks.rows import shortened, unknown_unit
from shuzhi.engine.faults import Fault, some
from shuzhi.engine.run import Run
from shuzhi.engine.say import listed, say
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
        if row["unit"] not in known and "units" not in run.inputs.broken:
            faults.append(Fault(place, *unknown_unit(row), "unit"))
        if run.ruled and row["veto"] not in names:
            right = (
                say("use one of {names}", names=listed(names))
                if names
                else say("the scheme has no vetoes: leave the row out")
            )
            what = say("there is no veto {veto}", veto=shortened(row["veto"]))
            faults.append(Fault(place, what, right, "veto"))
        if not row["basis"]:
            what = say("a veto without a basis")
            faults.append(Fault(place, what, say("say what it rests on"), "basis"))
    return some(faults, given.label)
