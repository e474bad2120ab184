"""How far a total could move: against worked examples."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shuzhi.appraisal.uncertainty import leaf_error, rank_ranges, spread
from shuzhi.appraisal.view import view_of

from .sample import SCHEME_TEXT

LEAF = view_of(SCHEME_TEXT).rating_leaves[0]


def test_one_category_is_the_standard_error_of_its_mean() -> None:
    # marks 1.00 and 0.70: s² = 0.045, s²/2 = 0.0225, root 0.15; B absent, so A counts whole
    assert leaf_error(LEAF, {"A": ["好", "一般"]}) == Decimal("0.15")


def test_categories_are_independent_and_weighted() -> None:
    marks = {"A": ["好", "一般"], "B": ["好", "一般"]}
    # √(0.6² × 0.0225 + 0.4² × 0.0225) = 0.15 × √0.52
    assert abs(leaf_error(LEAF, marks) - Decimal("0.108166538")) < Decimal("1e-8")


def test_one_mark_or_equal_marks_spread_nothing() -> None:
    assert leaf_error(LEAF, {"A": ["好"], "B": ["差", "差", "差"]}) == 0
    assert leaf_error(LEAF, {}) == 0


def test_the_spread_is_196_errors_of_the_points() -> None:
    assert spread([(Decimal("0.05"), Decimal(40))]) == Decimal("3.92")


def test_ranks_overlap_where_intervals_do() -> None:
    totals = {"a": Decimal(95), "b": Decimal(94), "c": Decimal(80)}
    spreads = {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)}
    assert rank_ranges(totals, spreads) == {"a": (1, 2), "b": (1, 2), "c": (3, 3)}


@given(st.lists(st.integers(0, 100), min_size=1, max_size=8))
def test_without_spread_the_range_is_the_rank(totals: list[int]) -> None:
    exact = {f"unit-{number}": Decimal(total) for number, total in enumerate(totals)}
    ranges = rank_ranges(exact, dict.fromkeys(exact, Decimal(0)))
    for unit, (best, worst) in ranges.items():
        assert best == worst == 1 + sum(other > exact[unit] for other in exact.values())
