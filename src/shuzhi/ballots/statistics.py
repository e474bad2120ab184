"""What may be said about raters: by category, computed before sealing, naming nobody.

Severity is a form's mean in points; below the form's minimum a category says only how many
forms it had.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, pstdev
from typing import Any

from .ballot_sheet import Sheet
from .schema import PollForm

PLACES = Decimal("0.01")


def rounded(number: Decimal) -> str:
    """Return a number with two places, half up, as text (JSON keeps no decimals)."""
    return str(number.quantize(PLACES, ROUND_HALF_UP))


def _points(form: PollForm, sheet: Sheet) -> list[Decimal]:
    points = (form.scale.points(value) for value in sheet.marks.values())
    return [number for number in points if number is not None]


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
    }


def rater_statistics(
    form: PollForm, subjects: int, sheets: Iterable[Sheet], tallied: Mapping[str, int]
) -> dict[str, Any]:
    """Return statistics by category (`forms, blank, severity_*, flat_share, marked_share`).

    `tallied` are forms known only as tallies: they count as forms, their severity is unknown.
    """
    by_category: dict[str, list[Sheet]] = {row.id: [] for row in form.categories}
    for sheet in sheets:
        by_category[sheet.category].append(sheet)
    cells = subjects * len(form.items)
    return {
        key: _category(form, rows, cells, tallied.get(key, 0)) for key, rows in by_category.items()
    }
