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
    codes: list[Code] = [
        ("unit", stranger, unknown_unit),
        (
            "indicator",
            ~table.indicator.isin([p.id for p in run.scheme.leaves]),
            unknown_indicator(run),
        ),
        (
            "figure",
            table.indicator.isin(others) & ~table.na,
            lambda r: (
                say("{indicator} takes no figure", indicator=r["indicator"]),
                say("write na, or leave the row out"),
            ),
        ),
        ("flag", table.wrong & table.indicator.isin(flags), _not_a_flag),
        ("number", table.wrong, _not_a_number),
    ]
    return faulty_rows(run, "values", table, codes)


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
    if not run.groups or "values" not in run.inputs:
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
