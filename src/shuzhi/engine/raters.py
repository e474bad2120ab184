"""Statistics of raters and of their agreement: sums by the program.

The last steps in exact fractions.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from math import isqrt, lcm
from operator import itemgetter
from typing import Any

import ibis

from shuzhi.engine.program.arith import BROAD, GRID, NARROW, Table
from shuzhi.engine.run import Run

RATERS = ["rater", "category", "marks", "severity", "agreement", "flat", "halo", "far"]
AGREEMENT = ["indicator", "units", "raters", "alpha", "icc_2_1", "icc_2_k"]
Row = dict[str, Any]
ENOUGH = 3  # marks from which equal ones are called flat, and others from which one can be far


def raters(run: Run) -> Iterator[list[str]]:
    """One row a rater: marks, how far above (+) or below the others in % of the scale, correlation.

    `flat`: every mark is the same. `halo`: share of units to which all indicators gave the same.
    `far`: marks more than two deviations from the mean of the others.
    """
    halos = {(r["category"], r["rater"]): r for r in run.backend.fetch(_halos(run)).to_pylist()}
    ordered = _sums(_compared(run)).order_by("rater", "category")
    rows = run.backend.fetch(ordered).to_pylist()
    for (rater, category), mine in groupby(rows, itemgetter("rater", "category")):
        yield [rater, category, *_rater(list(mine), halos.get((category, rater)))]


def _rater(rows: list[Row], halo: Row | None) -> list[str]:
    """What a rater's sums come to: one row a scale and number of others."""
    several, same = (int(halo["several"]), int(halo["same"])) if halo else (0, 0)
    marks = sum(row["marks"] for row in rows)
    ends = {Fraction(row[end], row["top"]) for row in rows for end in ("low", "high")}
    n, whole, sums = _joined([row for row in rows if row["others"]])
    return [
        str(marks),
        show(Fraction(100 * (sums[0] - sums[1]), n * whole), 4) if n else "",
        show(correlation(n, *sums), 6),
        "1" if marks >= ENOUGH and len(ends) == 1 else "0",
        show(Fraction(same, several), 4) if several else "",
        str(sum(int(row["far"] or 0) for row in rows)),
    ]


def _joined(rows: list[Row]) -> tuple[int, int, list[int]]:
    """Marks with others beside them, and their sums as whole numbers of one denominator.

    x is a mark, y the mean of the others: Σx, Σy, Σx², Σy², Σxy.
    """
    whole = lcm(*(row["top"] * row["others"] for row in rows))
    sums = [0] * 5
    for row in rows:
        y = whole // (row["top"] * row["others"])
        x = y * row["others"]
        factors = {"x": x, "rest": y, "xx": x * x, "rests": y * y, "x_rest": x * y}
        for place, (name, factor) in enumerate(factors.items()):
            sums[place] += int(row[name]) * factor
    return sum(row["marks"] for row in rows), whole, sums


def _marks(run: Run) -> Table:
    """The marks that count, with so few digits that squares can be added up."""
    marks = run.counted
    if max(run.mark_scales["top"].to_pylist()) <= GRID:
        return marks
    wide, rate = marks.top > GRID, BROAD.rate(marks.x, marks.top)
    return marks.mutate(
        x=ibis.ifelse(wide, rate, marks.x), top=ibis.ifelse(wide, GRID, marks.top).cast("int64")
    )


def _compared(run: Run) -> Table:
    """Every mark that counts, beside how many others were given there and their sum."""
    marks = _marks(run).select("unit", "c_leaf", "category", "rater", "x", "top")
    cells = marks.group_by("unit", "c_leaf").aggregate(
        n=marks.count(),
        total=NARROW.total(marks.x),
        squares=BROAD.total(BROAD.cast(marks.x) * BROAD.cast(marks.x)),
    )
    cells = cells.rename(o_unit="unit", o_leaf="c_leaf")
    both = marks.join(cells, (marks.unit == cells.o_unit) & (marks.c_leaf == cells.o_leaf))
    both = both.mutate(others=both.n - 1, rest=both.total - both.x)
    others, rest, x = BROAD.cast(both.others), BROAD.cast(both.rest), BROAD.cast(both.x)
    spread = others * (both.squares - x * x) - rest * rest
    gap = others * x - rest
    far = (both.n > ENOUGH) & (gap * gap > spread * 4)
    return both.select("rater", "category", "top", "others", "x", "rest", far=far)


def _sums(rows: Table) -> Table:
    x, rest = BROAD.cast(rows.x), BROAD.cast(rows.rest)
    return rows.group_by("rater", "category", "top", "others").aggregate(
        marks=rows.count(),
        low=rows.x.min(),
        high=rows.x.max(),
        x=BROAD.total(x),
        rest=BROAD.total(rest),
        xx=BROAD.total(x * x),
        rests=BROAD.total(rest * rest),
        x_rest=BROAD.total(x * rest),
        far=NARROW.total(rows.far.cast("int64")),
    )


def _halos(run: Run) -> Table:
    """Per rater: units with several indicators marked, and those where all marks are the same."""
    marks = _marks(run)
    marks = marks.select("unit", "category", "rater", x=NARROW.rate(marks.x, marks.top))
    units = marks.group_by("category", "rater", "unit").aggregate(
        n=marks.count(), low=marks.x.min(), high=marks.x.max()
    )
    units = units.filter(units.n > 1)
    return units.group_by("category", "rater").aggregate(
        several=units.count(), same=NARROW.total((units.low == units.high).cast("int64"))
    )


def correlation(  # noqa: PLR0917 - the five sums
    n: int, x: int, y: int, xx: int, yy: int, xy: int
) -> Fraction | None:
    """Pearson's correlation from sums, to 12 places; none where one side does not vary."""
    top, spread = n * xy - x * y, (n * xx - x * x) * (n * yy - y * y)
    if spread <= 0:
        return None
    fine = 10**24
    size = isqrt(top * top * fine // spread)
    return Fraction(size if top >= 0 else -size, 10**12)


def agreement(run: Run) -> Iterator[list[str]]:
    """One row a ratings indicator: units and raters, alpha with the interval metric.

    ICC(2,1), ICC(2,k).
    """
    marks = _marks(run)
    groups = run.backend.fetch(_by_count(marks)).to_pylist()
    complete = {row["c_leaf"]: row for row in run.backend.fetch(_complete(marks)).to_pylist()}
    people = (
        marks.select("c_leaf", "category", "rater")
        .distinct()
        .group_by("c_leaf")
        .aggregate(raters=ibis._.count())
    )
    counts = {row["c_leaf"]: row["raters"] for row in run.backend.fetch(people).to_pylist()}
    for place in run.scheme.of_kind("ratings"):
        mine = [row for row in groups if row["c_leaf"] == place.order]
        one, mean = _icc(complete.get(place.order))
        units = sum(int(row["units"]) for row in mine)
        yield [
            place.id,
            str(units),
            str(counts.get(place.order, 0)),
            show(_alpha(mine), 6),
            show(one, 6),
            show(mean, 6),
        ]


def _by_count(marks: Table) -> Table:
    """Per indicator and number of marks m: units, and sums over them of x, x² and m·Σx² − (Σx)²."""
    x = BROAD.cast(marks.x)
    units = marks.group_by("c_leaf", "unit").aggregate(
        m=marks.count(), s=BROAD.total(x), q=BROAD.total(x * x)
    )
    inner = BROAD.cast(units.m) * units.q - units.s * units.s
    return units.group_by("c_leaf", "m").aggregate(
        units=units.count(),
        s=BROAD.total(units.s),
        q=BROAD.total(units.q),
        inner=BROAD.total(inner),
    )


def _alpha(rows: list[Row]) -> Fraction | None:
    """Krippendorff's alpha, interval metric.

    Over units with at least two marks (Krippendorff 2011).
    """
    pairable = [row for row in rows if row["m"] > 1]
    n = sum(int(row["m"]) * int(row["units"]) for row in pairable)
    total, squares = (sum(int(row[name]) for row in pairable) for name in ("s", "q"))
    expected = n * squares - total * total
    if not expected:
        return None
    observed = sum(
        (Fraction(int(row["inner"]), int(row["m"]) - 1) for row in pairable), Fraction(0)
    )
    return 1 - (n - 1) * observed / expected


def _complete(marks: Table) -> Table:
    """Per indicator: sums over the marks of raters who marked every unit."""
    every = (
        marks.group_by("c_leaf").aggregate(all_units=marks.unit.nunique()).rename(e_leaf="c_leaf")
    )
    whole = marks.group_by("c_leaf", "category", "rater").aggregate(own=marks.unit.nunique())
    whole = whole.join(every, whole.c_leaf == every.e_leaf)
    whole = whole.filter(whole.own == whole.all_units).select(
        w_leaf="c_leaf", w_category="category", w_rater="rater"
    )
    kept = marks.join(
        whole,
        [
            marks.c_leaf == whole.w_leaf,
            marks.category == whole.w_category,
            marks.rater == whole.w_rater,
        ],
    )
    x = BROAD.cast(kept.x)
    rows = kept.group_by("c_leaf", "unit").aggregate(s=BROAD.total(x), q=BROAD.total(x * x))
    columns = kept.group_by("c_leaf", "category", "rater").aggregate(s=BROAD.total(x))
    by_row = rows.group_by("c_leaf").aggregate(
        n=rows.count(),
        total=BROAD.total(rows.s),
        q=BROAD.total(rows.q),
        r=BROAD.total(rows.s * rows.s),
    )
    by_column = (
        columns.group_by("c_leaf")
        .aggregate(k=columns.count(), c=BROAD.total(columns.s * columns.s))
        .rename(k_leaf="c_leaf")
    )
    return by_row.join(by_column, by_row.c_leaf == by_column.k_leaf).drop("k_leaf")


def _icc(row: Row | None) -> tuple[Fraction | None, Fraction | None]:
    """ICC(2,1) and ICC(2,k) of a complete table (Shrout and Fleiss 1979)."""
    if row is None or row["n"] < 2 or row["k"] < 2:  # noqa: PLR2004
        return None, None
    n, k, total = int(row["n"]), int(row["k"]), int(row["total"])
    grand = Fraction(total * total, n * k)
    between, columns = Fraction(int(row["r"]), k) - grand, Fraction(int(row["c"]), n) - grand
    error = int(row["q"]) - grand - between - columns
    msr, msc, mse = between / (n - 1), columns / (k - 1), error / ((n - 1) * (k - 1))
    single = msr + (k - 1) * mse + k * (msc - mse) / n
    several = msr + (msc - mse) / n
    return (msr - mse) / single if single else None, (msr - mse) / several if several else None


def show(value: Fraction | None, places: int) -> str:
    """A fraction with so many decimals, half up away from zero; nothing for none."""
    if value is None:
        return ""
    whole = (2 * abs(value.numerator) * 10**places + value.denominator) // (2 * value.denominator)
    digits = str(whole).rjust(places + 1, "0")
    return f"{'-' if value < 0 and whole else ''}{digits[:-places]}.{digits[-places:]}"
