"""What is wrong with the data: every row that does not fit, named by file and line."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

import ibis
import pyarrow as pa

from shuzhi.engine.faults import MOST_SHOWN, Fault, some
from shuzhi.engine.program import events as happenings
from shuzhi.engine.program.arith import Column, Table
from shuzhi.engine.program.numbers import is_number, needs
from shuzhi.engine.program.ratings import needed_categories
from shuzhi.engine.run import Run
from shuzhi.engine.scheme.models import Place, reads_values
from shuzhi.engine.vetoes import rows_of

FORMULA = r"^([=@]|[+-][^0-9.])"
Say = Callable[[dict[str, Any]], tuple[str, str]]  # of a row: what is wrong, what would be right
Code = tuple[str, Column, Say]


def check_inputs(run: Run) -> None:
    """Faults of every table but the figures of `values`, which show while they are read."""
    run.faults += [*_needed(run), *_units(run), *_ratings(run), *_events(run), *_vetoes(run)]


def check_profiles(run: Run) -> None:
    """Faults of `values` that its profile shows, row by row."""
    known = {place.id: place for place in run.scheme.leaves}
    odd = [
        profile.malformed or name not in known or (profile.given and not reads_values(known[name]))
        for name, profile in run.profiles.items()
    ]
    _ = run.groups
    if any(odd):
        explain_values(run)


def check_standing(run: Run) -> None:
    """Whether every unit has one row for each leaf that needs one, and no figure is forbidden."""
    table, required = run.gathered_units, {place.order for place in _required(run)}
    wrong = [table.bad.fill_null(0) > 0]
    for mask in {spot.mask for spot in run.tree.spots}:
        seen, rows = table[f"seen_{mask}"].fill_null(0), table[f"rows_{mask}"].fill_null(0)
        needed = sum(s.bit for s in run.tree.spots if s.mask == mask and s.leaf in required)
        wrong += [seen != rows, ((seen & needed) != needed) & (table.status != "exempt")]
    strangers = run.gathered.anti_join(run.units, "unit")
    counts = [table.filter(reduce(or_, wrong)).count(), strangers.count()]
    if any(int(run.backend.fetch(one.as_table())[0][0].as_py()) for one in counts):
        explain_values(run)


def explain_values(run: Run) -> None:
    """Go through `values` row by row and say what is wrong with each."""
    found = [
        *_value_rows(run),
        *_forbidden(run),
        *_twice(run, "values", ["unit", "indicator"]),
        *_missing(run),
    ]
    run.faults += [fault for fault in found if fault not in run.faults]


def _needed(run: Run) -> list[Fault]:
    """Tables that the scheme needs and that are not there."""
    faults = []
    if _required(run) and "values" not in run.inputs:
        faults.append(Fault("values.csv", "is missing", f"{_required(run)[0].id} reads it", "file"))
    stops = [place for place in run.scheme.of_kind("ratings") if place.rule.short == "stop"]
    if stops and "ratings" not in run.inputs:
        faults.append(Fault("ratings.csv", "is missing", f"{stops[0].id} reads it", "file"))
    return faults


def _required(run: Run) -> list[Place]:
    """Leaves that need a row of values from every unit."""
    return [
        place
        for place in run.scheme.scored
        if reads_values(place) and place.indicator.missing is None
    ]


def _rows(run: Run, name: str, table: Table, codes: list[Code]) -> list[Fault]:
    """A fault for each row that one of the codes fits, the first that does."""
    marked = table.mutate(
        code=ibis.cases(*((test.fill_null(False), code) for code, test, _ in codes), else_="")
    )
    wrong = marked.filter(marked.code != "").order_by("row").limit(MOST_SHOWN + 1)
    saying = {code: say for code, _, say in codes}
    given, faults = run.inputs[name], []
    for row in run.backend.fetch(wrong).to_pylist():
        what, right = saying[row["code"]](row)
        faults.append(Fault(given.where(row["row"]), what, right, row["code"]))
    return some(faults, given.label)


def _twice(run: Run, name: str, key: list[str]) -> list[Fault]:
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
            f"{_named(row, key)} stands {row['times']} times",
            "keep one row",
            "twice",
        )
        for row in run.backend.fetch(wrong).to_pylist()
    ]
    return some(faults, given.label)


def _named(row: dict[str, Any], key: list[str]) -> str:
    return ", ".join(f"{column} {row[column]}" for column in key)


def _units(run: Run) -> list[Fault]:
    units = run.tables["units"]
    if "units" not in run.inputs:
        return []
    if "row" not in units.columns:
        units = units.mutate(row=ibis.literal(0, "int64"))
    status = units.status if "status" in units.columns else ibis.literal("")
    formula = (
        units.unit.re_search(FORMULA)
        | units.name.re_search(FORMULA)
        | units.group.re_search(FORMULA)
    )
    codes: list[Code] = [
        ("blank", units.unit == "", lambda _: ("has no unit", "name the unit")),
        (
            "formula",
            formula,
            lambda r: (
                f"{_short(r['unit'])} holds a formula",
                "begin with a letter, a digit or a character",
            ),
        ),
        (
            "status",
            ~status.isin(["", "exempt"]),
            lambda r: (f"status is {_short(r['status'])}", "use exempt, or leave it blank"),
        ),
    ]
    faults = _rows(run, "units", units, codes) + _twice(run, "units", ["unit"])
    if not faults and not run.backend.fetch(units.limit(1)).num_rows:
        faults.append(
            Fault(run.inputs["units"].label, "holds no unit", "add a row for each", "empty")
        )
    return faults


def _short(text: object) -> str:
    shown = str(text)
    return shown if len(shown) <= 40 else shown[:37] + "…"  # noqa: PLR2004


def _stranger(run: Run, table: Table) -> tuple[Table, Column]:
    """The table joined so that one can tell rows whose unit there is not."""
    units = run.units.select(known_unit="unit").distinct()
    joined = table.left_join(units, table.unit == units.known_unit)
    return joined, joined.known_unit.isnull()


def _unknown_unit(row: dict[str, Any]) -> tuple[str, str]:
    return f"there is no unit {_short(row['unit'])}", "add it to units, or correct it"


def _ids(places: list[Place]) -> str:
    names = [place.id for place in places]
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")  # noqa: PLR2004


def _unknown_indicator(run: Run, *kinds: str) -> Say:
    fitting = [p for p in run.scheme.leaves if p.rule.kind in kinds] if kinds else run.scheme.leaves
    right = (
        f"use one of {_ids(fitting)}"
        if fitting
        else "no indicator reads this file: leave the row out"
    )
    return lambda row: (f"{_short(row['indicator'])} is no indicator that reads this file", right)


def _value_rows(run: Run) -> list[Fault]:
    if "values" not in run.inputs:
        return []
    values = run.values
    table, stranger = _stranger(
        run,
        values.table.mutate(na=values.is_na(), wrong=values.malformed()),
    )
    others = [place.id for place in run.scheme.leaves if not reads_values(place)]
    flags = [place.id for place in run.scheme.of_kind("flag")]
    codes: list[Code] = [
        ("unit", stranger, _unknown_unit),
        (
            "indicator",
            ~table.indicator.isin([p.id for p in run.scheme.leaves]),
            _unknown_indicator(run),
        ),
        (
            "figure",
            table.indicator.isin(others) & ~table.na,
            lambda r: (f"{r['indicator']} takes no figure", "write na, or leave the row out"),
        ),
        ("flag", table.wrong & table.indicator.isin(flags), _not_a_flag),
        ("number", table.wrong, _not_a_number),
    ]
    return _rows(run, "values", table, codes)


def _not_a_flag(row: dict[str, Any]) -> tuple[str, str]:
    return (
        f"{row['indicator']} is {_short(row['value'])!r}",
        "write 是 or 否 (true, false, 1, 0, yes, no), or na",
    )


def _not_a_number(row: dict[str, Any]) -> tuple[str, str]:
    shown = (
        f"value {_short(row['value'])!r}, target {_short(row['target'])!r}"
        if row["target"]
        else f"value {_short(row['value'])!r}"
    )
    return (
        f"{row['indicator']}: {shown} is no number",
        "write digits with a point, such as 12.5, or na",
    )


FORBIDDEN = {
    "flag": "write 是 or 否 (true, false, 1, 0, yes, no), or na",
    "manual": "give between 0 and the points of the indicator",
    "ratio": "give a target above 0, in the scheme or in the row",
    "shortfall": "give a target, in the scheme or in the row",
    "excess": "give a limit, in the scheme or in the row's target",
}


def _forbidden(run: Run) -> list[Fault]:
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


def _missing(run: Run) -> list[Fault]:
    """Units without a row for a leaf that needs one."""
    required = _required(run)
    if "values" not in run.inputs or not required:
        return []
    orders = pa.array([place.order for place in required], pa.int64())
    needed = run.backend.load(
        "required", pa.table({"leaf_id": [place.id for place in required], "order": orders})
    )
    units = run.units.filter(run.units.status != "exempt").select("unit")
    grid = units.cross_join(needed)
    rows = run.values.table
    gaps = grid.anti_join(rows, (grid.unit == rows.unit) & (grid.leaf_id == rows.indicator))
    shown = gaps.order_by("unit", "order").limit(MOST_SHOWN + 1)
    label = run.inputs["values"].label
    right = "add the row, or say `missing: zero` or `missing: na` in the scheme"
    faults = [
        Fault(label, f"{r['unit']} has no row for {r['leaf_id']}", right, "missing")
        for r in run.backend.fetch(shown).to_pylist()
    ]
    return some(faults, label)


def _ratings(run: Run) -> list[Fault]:
    if "ratings" not in run.inputs:
        return []
    rated = [place.id for place in run.scheme.of_kind("ratings")]
    table, stranger = _stranger(run, run.marks if rated else run.tables["ratings"])
    codes: list[Code] = [
        ("unit", stranger, _unknown_unit),
        ("indicator", ~table.indicator.isin(rated), _unknown_indicator(run, "ratings")),
    ]
    if rated:
        codes += [
            ("category", table.c_leaf.isnull(), lambda r: _unknown_category(run, r)),
            ("mark", table.x.isnull(), lambda r: _unknown_mark(run, r)),
        ]
    faults = _rows(run, "ratings", table, codes)
    faults += _twice(run, "ratings", ["unit", "indicator", "category", "rater"])
    return faults or _short_of_marks(run)


def _unknown_category(run: Run, row: dict[str, Any]) -> tuple[str, str]:
    place = run.scheme.find(row["indicator"])
    known = ", ".join(place.rule.categories) if place else ""
    return f"{row['indicator']} has no category {_short(row['category'])!r}", f"use one of {known}"


def _unknown_mark(run: Run, row: dict[str, Any]) -> tuple[str, str]:
    place = run.scheme.find(row["indicator"])
    scale = place.rule.scale if place else {}
    right = (
        f"give a number from {scale['from']} to {scale['to']}"
        if set(scale) == {"from", "to"}
        else f"use one of {', '.join(scale)}"
    )
    return f"{_short(row['value'])!r} is no mark of {row['indicator']}", right


def _short_of_marks(run: Run) -> list[Fault]:
    """Categories with too few marks, where the rule says that this stops the calculation."""
    stops = needed_categories(run.scheme)
    if not stops:
        return []
    pairs = [(order, name) for order in stops for name in run.scheme.places[order].rule.categories]
    wanted = {
        "n_leaf": pa.array([order for order, _ in pairs], pa.int64()),
        "n_category": [name for _, name in pairs],
    }
    categories = run.backend.load("needed_categories", pa.table(wanted))
    units = run.units.filter(run.units.status != "exempt").select("unit")
    grid = units.cross_join(categories)
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


def _short_of(run: Run, label: str, row: dict[str, Any]) -> Fault:
    place = run.scheme.places[row["n_leaf"]]
    found = f"{row['marks'] or 0} marks that count from category {row['n_category']}"
    what = f"{row['unit']} has {found} for {place.id}"
    return Fault(
        label,
        what,
        f"it needs {place.rule.min_marks}, one after trimming; or say `short: renormalise`",
        "short",
    )


def _events(run: Run) -> list[Fault]:
    if "events" not in run.inputs:
        return []
    table, stranger = _stranger(run, run.tables["events"])
    number = ibis.ifelse(is_number(table.points), table.points, "0")
    decimals, digits = needs(number)
    codes: list[Code] = [
        ("unit", stranger, _unknown_unit),
        (
            "indicator",
            ~table.indicator.isin([p.id for p in run.scheme.of_kind("events")]),
            _unknown_indicator(run, "events"),
        ),
        (
            "number",
            ~is_number(table.points),
            lambda r: (
                f"points {_short(r['points'])!r} is no number",
                "write digits, such as 2 or -0.5",
            ),
        ),
        (
            "digits",
            (decimals > happenings.FINEST) | (digits > happenings.LARGEST),
            lambda r: (
                f"points {_short(r['points'])} has too many digits",
                "at most 6 before the point and 9 after it",
            ),
        ),
    ]
    return _rows(run, "events", table, codes)


def _vetoes(run: Run) -> list[Fault]:
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
            faults.append(Fault(place, *_unknown_unit(row), "unit"))
        if row["veto"] not in names:
            right = (
                f"use one of {', '.join(names)}"
                if names
                else "the scheme has no vetoes: leave the row out"
            )
            faults.append(Fault(place, f"there is no veto {_short(row['veto'])}", right, "veto"))
        if not row["basis"]:
            faults.append(Fault(place, "a veto without a basis", "say what it rests on", "basis"))
    return some(faults, given.label)
