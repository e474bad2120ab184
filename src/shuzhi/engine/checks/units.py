"""Faults of `units`: no unit, a formula for a name, a status that there is not."""

import ibis

from shuzhi.engine.checks.rows import Code, faulty_rows, shortened, twice
from shuzhi.engine.faults import Fault
from shuzhi.engine.program.arith import Column
from shuzhi.engine.run import Run
from shuzhi.engine.say import say

FORMULA = r"^([=@]|[+-][^0-9.])"


def _formula(text: Column) -> Column:
    """Whether a workbook would calculate the text; looked at closely only where it may be one."""
    return ibis.ifelse(text.left(1).isin(list("=@+-")), text.re_search(FORMULA), False)


def check_unit(run: Run, unit: str) -> None:
    """Whether there is the unit whose derivation is wanted."""
    known = run.units.filter(run.units.unit == unit).limit(1)
    if "units" not in run.inputs.broken and not run.backend.fetch(known).num_rows:
        what = say("there is no unit {unit}", unit=shortened(unit))
        run.faults.append(Fault("--explain", what, say("name one of units"), "unit"))


def unit_faults(run: Run) -> list[Fault]:
    units = run.tables["units"]
    if "units" not in run.inputs:
        return []
    formula = _formula(units.unit) | _formula(units.name) | _formula(units.group)
    codes: list[Code] = [
        ("blank", units.unit == "", lambda _: (say("has no unit"), say("name the unit"))),
        (
            "formula",
            formula,
            lambda r: (
                say("{unit} holds a formula", unit=shortened(r["unit"])),
                say("begin with a letter, a digit or a character"),
            ),
        ),
        (
            "status",
            ~units.status.isin(["", "exempt"]),
            lambda r: (
                say("status is {status}", status=shortened(r["status"])),
                say("use exempt, or leave it blank"),
            ),
        ),
    ]
    faults = faulty_rows(run, "units", units, codes) + twice(run, "units", ["unit"])
    if not faults and not run.backend.fetch(units.limit(1)).num_rows:
        label = run.inputs["units"].label
        faults.append(Fault(label, say("holds no unit"), say("add a row for each"), "empty"))
    return faults
