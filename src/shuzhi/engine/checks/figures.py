"""Faults of single rows of `values`: an unknown name, no number, a figure its rule forbids."""

from typing import Any

from shuzhi.engine.checks.rows import (
    Code,
    faulty_rows,
    shortened,
    unknown_indicator,
    unknown_unit,
    with_stranger,
)
from shuzhi.engine.faults import MOST_SHOWN, Fault, some
from shuzhi.engine.run import Run
from shuzhi.engine.say import Said, say
from shuzhi.engine.scheme.models import Place, reads_values

FORBIDDEN = {
    "flag": say("write 是 or 否 (true, false, 1, 0, yes, no), or na"),
    "manual": say("give between 0 and the points of the indicator"),
    "ratio": say("give a target above 0, in the scheme or in the row"),
    "shortfall": say("give a target, in the scheme or in the row"),
    "excess": say("give a limit, in the scheme or in the row's target"),
}


def figure_faults(run: Run) -> list[Fault]:
    if "values" not in run.inputs:
        return []
    values = run.values
    table, stranger = with_stranger(
        run,
        values.table.mutate(na=values.is_na(), wrong=values.malformed()),
    )
    others = [place.id for place in run.scheme.leaves if not reads_values(place)]
    flags = [place.id for place in run.scheme.of_kind("flag")]
    numbers = [place.id for place in run.scheme.leaves if place.id not in {*others, *flags}]
    codes: list[Code] = [
        ("unit", stranger, unknown_unit),
        *unknown_indicator(run, table),
        ("figure", table.indicator.isin(others) & ~table.na, _no_figure),
        ("flag", table.wrong & table.indicator.isin(flags), _not_a_flag),
        ("number", table.wrong & table.indicator.isin(numbers), _not_a_number),
    ]
    return faulty_rows(run, "values", table, codes if run.ruled else codes[:1])


def _no_figure(row: dict[str, Any]) -> tuple[Said, Said]:
    what = say("{indicator} takes no figure", indicator=row["indicator"])
    return what, say("write na, or leave the row out")


def _not_a_flag(row: dict[str, Any]) -> tuple[Said, Said]:
    return (
        say("{indicator} is {value!r}", indicator=row["indicator"], value=shortened(row["value"])),
        FORBIDDEN["flag"],
    )


def _not_a_number(row: dict[str, Any]) -> tuple[Said, Said]:
    shown = say("value {value!r}", value=shortened(row["value"]))
    if row["target"]:
        shown = say("{shown}, target {target!r}", shown=shown, target=shortened(row["target"]))
    return (
        say("{indicator}: {shown} is no number", indicator=row["indicator"], shown=shown),
        say("write digits with a point, such as 12.5, or na"),
    )


def forbidden(run: Run) -> list[Fault]:
    """Figures that the rule of their leaf does not allow."""
    if not run.ruled or "values" not in run.inputs or not run.groups:
        return []
    sound = run.sound_rated
    wrong = sound.filter(sound.bad).order_by("row").limit(MOST_SHOWN + 1)
    given, faults = run.inputs["values"], []
    for row in run.backend.fetch(wrong).to_pylist():
        place = run.scheme.places[row["leaf"]]
        what = _unfit(row["unit"], place)
        faults.append(Fault(given.where(row["row"]), what, FORBIDDEN[place.rule.kind], "forbidden"))
    return some(faults, given.label)


def _unfit(unit: str, place: Place) -> Said:
    kind = place.rule.kind
    return say(
        "the figure of {unit} for {indicator} does not fit its rule ({rule})",
        unit=unit,
        indicator=place.id,
        rule=say("manual, {points} points", points=place.points) if kind == "manual" else kind,
    )
