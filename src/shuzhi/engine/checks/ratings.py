"""Faults of `ratings`: an unknown category or mark, a rater twice, too few marks."""

import re
from decimal import Decimal
from typing import Any

import pyarrow as pa

from shuzhi.engine.checks.rows import (
    Code,
    Told,
    faulty_rows,
    shortened,
    twice,
    unknown_indicator,
    unknown_unit,
    with_stranger,
)
from shuzhi.engine.faults import MOST_SHOWN, Fault, some
from shuzhi.engine.program.arith import Table
from shuzhi.engine.program.numbers import SHAPE
from shuzhi.engine.program.ratings import needed_categories
from shuzhi.engine.run import Run
from shuzhi.engine.say import listed, say
from shuzhi.engine.scheme.rules import Ratings, Trim


def rating_faults(run: Run) -> list[Fault]:
    if "ratings" not in run.inputs:
        return []
    rated = bool(run.scheme.of_kind("ratings"))
    faults = [] if rated and _sound(run) else _row_by_row(run, rated=rated)
    faults += twice(run, "ratings", ["unit", "indicator", "category", "rater"])
    if not run.sound("units", "values"):
        return faults
    return faults + _short_of_marks(run, doubtful=bool(faults))


def _sound(run: Run) -> bool:
    """Whether every mark has its value, and its unit."""
    odd = run.marks.filter(run.marks.x.isnull()).limit(1)
    strange = run.marks.anti_join(run.units, "unit").limit(1)
    return not any(run.backend.fetch(rows.select("unit")).num_rows for rows in (odd, strange))


def _row_by_row(run: Run, *, rated: bool) -> list[Fault]:
    table, stranger = with_stranger(run, run.judged if rated else run.tables["ratings"])
    codes: list[Code] = [
        ("unit", stranger, unknown_unit),
        *unknown_indicator(run, table, "ratings"),
    ]
    if rated:
        codes += [
            ("category", table.c_leaf.isnull(), lambda r: _unknown_category(run, r)),
            ("mark", table.x.isnull(), lambda r: _unknown_mark(run, r)),
        ]
    return faulty_rows(run, "ratings", table, codes)


def _rule_of(run: Run, row: dict[str, Any]) -> Ratings | None:
    """The rule that a mark goes by; none where its indicator is wrong."""
    place = run.scheme.find(row["indicator"])
    return place.rule if place and isinstance(place.rule, Ratings) else None


def _unknown_category(run: Run, row: dict[str, Any]) -> Told | None:
    rule = _rule_of(run, row)
    if rule is None:
        return None
    what = say(
        "{indicator} has no category {category!r}",
        indicator=row["indicator"],
        category=shortened(row["category"]),
    )
    return what, say("use one of {names}", names=listed(rule.categories))


def _unknown_mark(run: Run, row: dict[str, Any]) -> Told | None:
    rule = _rule_of(run, row)
    if rule is None or (row["c_leaf"] is None and _is_mark(rule, row["value"])):
        return None  # without its category a good mark has no value either
    scale = rule.scale
    what = say(
        "{value!r} is no mark of {indicator}",
        value=shortened(row["value"]),
        indicator=row["indicator"],
    )
    if rule.numeric:
        return what, say("give a number from {low} to {top}", low=scale["from"], top=scale["to"])
    return what, say("use one of {names}", names=listed(scale))


def _short_of_marks(run: Run, *, doubtful: bool) -> list[Fault]:
    """Categories with too few marks, where the rule says that this stops the calculation."""
    stops = needed_categories(run.scheme)
    if not stops:
        return []
    pairs = [(order, name) for order in stops for name in run.scheme.places[order].rule.categories]
    wanted = {
        "n_leaf": pa.array([order for order, _ in pairs], pa.int64()),
        "n_category": [name for _, name in pairs],
        "n_id": [run.scheme.places[order].id for order, _ in pairs],
    }
    categories = run.backend.load("needed_categories", pa.table(wanted))
    units = run.units.filter((run.units.status != "exempt") & (run.units.unit != ""))
    grid = units.select("unit").distinct().cross_join(categories)
    grid = _undoubted(run, grid) if doubtful else grid
    grid = grid.anti_join(
        run.dropped, (grid.unit == run.dropped.na_unit) & (grid.n_leaf == run.dropped.na_leaf)
    )
    cells = run.cells.select(
        k_unit="unit", k_leaf="c_leaf", k_category="category", marks="marks", enough="enough"
    )
    joined = grid.left_join(
        cells,
        (grid.unit == cells.k_unit)
        & (grid.n_leaf == cells.k_leaf)
        & (grid.n_category == cells.k_category),
    )
    short = (
        joined.filter(~joined.enough.fill_null(False))
        .order_by("unit", "n_leaf", "n_category")
        .limit(MOST_SHOWN + 1)
    )
    label = run.inputs["ratings"].label
    return some([_short_of(run, label, row) for row in run.backend.fetch(short).to_pylist()], label)


def _is_mark(rule: Ratings, value: str) -> bool:
    if not rule.numeric:
        return value in rule.scale
    number = Decimal(value) if re.match(SHAPE, value) else None
    return number is not None and rule.scale["from"] <= number <= rule.scale["to"]


def _undoubted(run: Run, grid: Table) -> Table:
    """The grid without cells that a mark which fits nowhere may have been meant for."""
    odd = run.judged.filter(run.judged.x.isnull())
    marks = odd.select(o_unit="unit", o_leaf="c_leaf", o_category="category").distinct()
    of_cell = (grid.unit == marks.o_unit) & (grid.n_leaf == marks.o_leaf)
    grid = grid.anti_join(marks, of_cell & (grid.n_category == marks.o_category))
    astray = odd.filter(odd.c_leaf.isnull()).select(a_unit="unit", a_id="indicator").distinct()
    return grid.anti_join(astray, (grid.unit == astray.a_unit) & (grid.n_id == astray.a_id))


def _short_of(run: Run, label: str, row: dict[str, Any]) -> Fault:
    place = run.scheme.places[row["n_leaf"]]
    what = say(
        "{unit} has {marks} marks that count from category {category} for {indicator}",
        unit=row["unit"],
        marks=row["marks"] or 0,
        category=row["n_category"],
        indicator=place.id,
    )
    least = say("{least}", least=place.rule.min_marks)
    if isinstance(place.rule.within, Trim):
        least = say("{least}, one after trimming", least=least)
    right = say("it needs {least}; or say `short: renormalise`", least=least)
    return Fault(label, what, right, "short")
