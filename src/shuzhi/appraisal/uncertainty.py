"""How far a total could move if raters of the same kind were asked again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .view import Leaf

NORMAL_95 = Decimal("1.96")  # two-sided 95 % of the normal distribution
Marks = Mapping[str, Sequence[str]]  # category → marks


@dataclass(frozen=True)
class Interval:
    """A total with its bounds at 95 %, and the ranks that are compatible with them."""

    low: Decimal
    high: Decimal


def _points(leaf: Leaf, mark: str) -> Decimal:
    points = Decimal(mark) if leaf.rule.numeric else Decimal(leaf.rule.scale[mark])
    return points / Decimal(leaf.rule.top)


def _variance_of_mean(values: Sequence[Decimal]) -> Decimal:
    """Return s²/n; one mark alone says nothing about its spread and counts as none."""
    count = len(values)
    if count < 2:  # noqa: PLR2004
        return Decimal(0)
    mean = sum(values, Decimal(0)) / count
    squares = sum(((value - mean) ** 2 for value in values), Decimal(0))
    return squares / (count - 1) / count


def leaf_error(leaf: Leaf, marks: Marks) -> Decimal:
    """Return the standard error of a rating leaf's rate: its categories are independent samples."""
    present = {c: [_points(leaf, m) for m in rows] for c, rows in marks.items() if rows}
    whole = sum((Decimal(leaf.rule.categories[c]) for c in present), Decimal(0))
    if not whole:
        return Decimal(0)
    shares = {c: Decimal(leaf.rule.categories[c]) / whole for c in present}
    variance = sum((shares[c] ** 2 * _variance_of_mean(v) for c, v in present.items()), Decimal(0))
    return variance.sqrt()


def spread(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """Return the half width at 95 % from (standard error, points possible) of each leaf.

    Topics are marked by the same people, so their errors are added as if they moved together:
    rather too wide than too narrow.
    """
    return NORMAL_95 * sum((error * of for error, of in parts), Decimal(0))


def rank_ranges(
    totals: Mapping[str, Decimal], spreads: Mapping[str, Decimal]
) -> Mapping[str, tuple[int, int]]:
    """Return the best and the worst rank of each unit that the intervals leave possible."""
    bounds = {u: Interval(t - spreads[u], t + spreads[u]) for u, t in totals.items()}
    ranges = {}
    for unit, own in bounds.items():
        others = [other for name, other in bounds.items() if name != unit]
        surely_better = sum(other.low > own.high for other in others)
        maybe_better = sum(other.high > own.low for other in others)
        ranges[unit] = (1 + surely_better, 1 + maybe_better)
    return ranges
