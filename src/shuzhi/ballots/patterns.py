"""What the whole vote looks like, computed before sealing: shares and coefficients, no person.

Halo: a form that gives one reporter the same on every item. Far: a mark more than two standard
deviations from the mean of at least three others on the same item. ICC after Shrout and Fleiss
(1979), over the forms that marked everything.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from .ballot_sheet import Sheet
from .schema import PollForm

ENOUGH = 3  # other marks from which one can be far from them
Place = tuple[str, str]  # subject, item
Form = dict[Place, Fraction]


def points_of(form: PollForm, sheets: Iterable[Sheet]) -> list[Form]:
    """Return the forms as points; marks that the scale does not know are left out."""
    return [
        {
            place: Fraction(points)
            for place, value in sheet.marks.items()
            if (points := form.scale.points(value)) is not None
        }
        for sheet in sheets
    ]


def halo(forms: Iterable[Form]) -> tuple[int, int]:
    """Return how many reporters got the same on several items from one form, and of how many."""
    same = several = 0
    for form in forms:
        by_subject: defaultdict[str, list[Fraction]] = defaultdict(list)
        for (subject, _item), points in form.items():
            by_subject[subject].append(points)
        marked = [marks for marks in by_subject.values() if len(marks) > 1]
        several += len(marked)
        same += sum(len(set(marks)) == 1 for marks in marked)
    return same, several


def far(forms: Iterable[Form]) -> tuple[int, int]:
    """Return how many marks lie far from all others of their place, and how many marks there are.

    Compared in squares, exactly: (x − mean)² > 4 · variance of the others.
    """
    cells: defaultdict[Place, list[Fraction]] = defaultdict(list)
    for form in forms:
        for place, points in form.items():
            cells[place].append(points)
    return sum(map(_far_in, cells.values())), sum(map(len, cells.values()))


def _far_in(marks: Sequence[Fraction]) -> int:
    others = len(marks) - 1
    if others < ENOUGH:
        return 0
    total, squares = sum(marks, Fraction(0)), sum((x * x for x in marks), Fraction(0))
    found = 0
    for mark in marks:
        rest = total - mark
        spread = others * (squares - mark * mark) - rest * rest
        found += (others * mark - rest) ** 2 > 4 * spread
    return found


def icc(forms: Iterable[Form], places: int) -> tuple[Decimal, Decimal] | None:
    """Return ICC(2,1) and ICC(2,k) over the forms with a mark in every place, or None.

    Shrout and Fleiss (1979): places are the targets, forms the judges.
    """
    complete = [form for form in forms if len(form) == places]
    n, k = places, len(complete)
    if n < 2 or k < 2:  # noqa: PLR2004 - one target or one judge says nothing
        return None
    order = sorted(complete[0])
    rows = [[form[place] for form in complete] for place in order]
    total = sum((x for row in rows for x in row), Fraction(0))
    grand = total * total / (n * k)
    between = _squares(sum(row, Fraction(0)) for row in rows) / k - grand
    columns = _squares(sum(form.values(), Fraction(0)) for form in complete) / n - grand
    error = _squares(x for row in rows for x in row) - grand - between - columns
    return _coefficients(n, k, between / (n - 1), columns / (k - 1), error / ((n - 1) * (k - 1)))


def _squares(numbers: Iterable[Fraction]) -> Fraction:
    return sum((number * number for number in numbers), Fraction(0))


def _coefficients(
    n: int, k: int, rows: Fraction, columns: Fraction, error: Fraction
) -> tuple[Decimal, Decimal] | None:
    single = rows + (k - 1) * error + k * (columns - error) / n
    several = rows + (columns - error) / n
    if not single or not several:
        return None
    found = ((rows - error) / single, (rows - error) / several)
    first, second = (Decimal(x.numerator) / x.denominator for x in found)
    return first, second
