"""What may be said about raters: by category, computed before sealing, naming nobody.

Severity is a form's mean in points; below the form's minimum a category says only how many
forms it had.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import mean, pstdev
from typing import Any

from .ballot_sheet import Sheet
from .patterns import far, halo, icc, points_of
from .schema import PollForm

PLACES = Decimal("0.01")
WHOLE = "*"  # no category can be called so


def rounded(number: Decimal) -> str:
    """Return a number with two places, half up, as text (JSON keeps no decimals)."""
    return str(number.quantize(PLACES, ROUND_HALF_UP))


def _points(form: PollForm, sheet: Sheet) -> list[Decimal]:
    points = (form.scale.points(value) for value in sheet.marks.values())
    return [number for number in points if number is not None]


def agreement(cells: Iterable[Sequence[Decimal]]) -> Decimal | None:
    """Return Krippendorff's alpha (interval metric, Krippendorff 2011) over the marks of cells.

    1 is full agreement, 0 what chance would give; None where all marks are equal or too few.
    """
    pairable = [[Fraction(mark) for mark in cell] for cell in cells if len(cell) > 1]
    marks = [mark for cell in pairable for mark in cell]
    count, total = len(marks), sum(marks, Fraction(0))
    expected = count * sum(mark * mark for mark in marks) - total * total
    if not expected:
        return None
    observed = sum(
        (len(cell) * sum(mark * mark for mark in cell) - sum(cell) ** 2) / (len(cell) - 1)
        for cell in pairable
    )
    alpha = 1 - (count - 1) * Fraction(observed) / expected
    return Decimal(alpha.numerator) / alpha.denominator


def _alpha(form: PollForm, sheets: Iterable[Sheet]) -> dict[str, str]:
    cells: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for sheet in sheets:
        for place, value in sheet.marks.items():
            cells[place].append(form.scale.points(value) or Decimal(0))
    alpha = agreement(cells.values())
    return {} if alpha is None else {"agreement": rounded(alpha)}


def _flat(sheet: Sheet) -> bool:
    return len(sheet.marks) > 1 and len(set(sheet.marks.values())) == 1


def _share(part: int, whole: int) -> str:
    return rounded(Decimal(100 * part) / whole)


def _category(form: PollForm, sheets: Sequence[Sheet], cells: int, tallied: int) -> dict[str, Any]:
    marked = [points for sheet in sheets if (points := _points(form, sheet))]
    result: dict[str, Any] = {"forms": len(sheets) + tallied, "blank": len(sheets) - len(marked)}
    if len(marked) < form.min_marks:
        return result
    means = [mean(points) for points in marked]
    return result | {
        "severity_mean": rounded(mean(means)),
        "severity_spread": rounded(pstdev(means)),
        "flat_share": _share(sum(map(_flat, sheets)), len(marked)),
        "marked_share": _share(sum(map(len, marked)), len(sheets) * cells),
        **_alpha(form, sheets),
    }


def _whole(form: PollForm, sheets: Iterable[Sheet], cells: int) -> dict[str, Any]:
    """Return what may be said of all forms together: halo, far marks, ICC, agreement."""
    given = list(sheets)
    forms = points_of(form, given)
    same, several = halo(forms)
    away, marks = far(forms)
    found: dict[str, Any] = {"forms": len(forms), "marks": marks, **_alpha(form, given)}
    found |= {"halo_share": _share(same, several)} if several else {}
    found |= {"far": away, "far_share": _share(away, marks)} if marks else {}
    if coefficients := icc(forms, cells):
        single, several_raters = map(rounded, coefficients)
        found |= {"icc_single": single, "icc_mean": several_raters}
    return found


def rater_statistics(
    form: PollForm, subjects: int, sheets: Iterable[Sheet], tallied: Mapping[str, int]
) -> dict[str, Any]:
    """Return by category `forms, blank, severity_*, flat_share, marked_share, agreement`.

    Under `WHOLE` stands what all forms show together, unless a category is below the minimum.
    `tallied` are forms known only as tallies: they count as forms, their severity is unknown.
    """
    by_category: dict[str, list[Sheet]] = {row.id: [] for row in form.categories}
    for sheet in sheets:
        by_category[sheet.category].append(sheet)
    cells = subjects * len(form.items)
    found = {
        key: _category(form, rows, cells, tallied.get(key, 0)) for key, rows in by_category.items()
    }
    if all(len(rows) >= form.min_marks for rows in by_category.values()):
        found[WHOLE] = _whole(form, [s for rows in by_category.values() for s in rows], cells)
    return found
