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
from shuzhi.engine.scheme.models import reads_values

FORBIDDEN = {
    "flag": "write 是 or 否 (true, false, 1, 0, yes, no), or na",
    "manual": "give between 0 and the points of the indicator",
    "ratio": "give a target above 0, in the scheme or in the row",
    "shortfall": "give a target, in the scheme or in the row",
    "excess": "give a limit, in the scheme or in the row's target",
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
            lambda r: (f"{r['indicator']} takes no figure", "write na, or leave the row out"),
        ),
        ("flag", table.wrong & table.indicator.isin(flags), _not_a_flag),
        ("number", table.wrong, _not_a_number),
    ]
    return faulty_rows(run, "values", table, codes)


def _not_a_flag(row: dict[str, Any]) -> tuple[str, str]:
    return (
        f"{row['indicator']} is {shortened(row['value'])!r}",
        "write 是 or 否 (true, false, 1, 0, yes, no), or na",
    )


def _not_a_number(row: dict[str, Any]) -> tuple[str, str]:
    shown = (
        f"value {shortened(row['value'])!r}, target {shortened(row['target'])!r}"
        if row["target"]
        else f"value {shortened(row['value'])!r}"
    )
    return (
        f"{row['indicator']}: {shown} is no number",
        "write digits with a point, such as 12.5, or na",
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
        what = (
            f"the figure of {row['unit']} for {place.id} does not fit its rule ({place.rule.kind}"
        )
        what += f", {place.points} points)" if place.rule.kind == "manual" else ")"
        faults.append(Fault(given.where(row["row"]), what, FORBIDDEN[place.rule.kind], "forbidden"))
    return some(faults, given.label)
