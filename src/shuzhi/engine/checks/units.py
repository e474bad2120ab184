"""Faults of `units`: no unit, a formula for a name, a status that there is not."""

from shuzhi.engine.checks.rows import Code, faulty_rows, shortened, twice
from shuzhi.engine.faults import Fault
from shuzhi.engine.run import Run
from shuzhi.engine.say import say

FORMULA = r"^([=@]|[+-][^0-9.])"


def unit_faults(run: Run) -> list[Fault]:
    units = run.tables["units"]
    if "units" not in run.inputs:
        return []
    formula = (
        units.unit.re_search(FORMULA)
        | units.name.re_search(FORMULA)
        | units.group.re_search(FORMULA)
    )
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
