"""Halo, far marks and ICC of a whole vote, against what was published and what is obvious."""

from decimal import Decimal
from fractions import Fraction

from shuzhi.ballots.ballot_sheet import Sheet
from shuzhi.ballots.patterns import far, halo, icc
from shuzhi.ballots.schema import PollForm
from shuzhi.ballots.statistics import WHOLE, rater_statistics

# Shrout and Fleiss (1979), table 2: six targets, four judges; ICC(2,1) .29, ICC(2,4) .62
JUDGES = ((9, 6, 8, 7, 10, 6), (2, 1, 4, 1, 5, 2), (5, 3, 6, 2, 6, 4), (8, 2, 8, 6, 9, 7))


def forms(rows: tuple[tuple[int, ...], ...]) -> list[dict[tuple[str, str], Fraction]]:
    return [{(f"u{n}", "a"): Fraction(x) for n, x in enumerate(row)} for row in rows]


def test_icc_is_the_published_one() -> None:
    found = icc(forms(JUDGES), 6)
    assert found is not None
    assert [round(x, 2) for x in found] == [Decimal("0.29"), Decimal("0.62")]


def test_icc_needs_complete_forms() -> None:
    assert icc(forms(JUDGES), 7) is None
    assert icc(forms(((1, 2), (1, 3))), 2) is not None
    assert icc(forms(((5, 5), (5, 5))), 2) is None


def test_halo_counts_reporters_with_the_same_on_every_item() -> None:
    form = {("u", "a"): Fraction(1), ("u", "b"): Fraction(1), ("v", "a"): Fraction(1)}
    other = {("u", "a"): Fraction(1), ("u", "b"): Fraction(2)}
    assert halo([form, other]) == (1, 2)


def test_a_mark_is_far_beyond_two_deviations_of_three_others() -> None:
    assert far(forms(((1,), (1,), (2,), (9,)))) == (1, 4)
    assert far(forms(((1,), (1,), (9,)))) == (0, 3)
    assert far(forms(((5,), (5,), (5,), (5,)))) == (0, 4)


def test_nothing_is_said_of_the_whole_where_a_category_is_too_small() -> None:
    form = PollForm.model_validate(
        {
            "items": [{"id": "a", "title": "总体"}],
            "scale": {"choices": {"好": 100, "差": 50}},
            "categories": [
                {"id": "A", "title": "甲", "weight": 60},
                {"id": "B", "title": "乙", "weight": 40},
            ],
            "min_marks": 2,
        }
    )
    sheets = [Sheet("A", {("u", "a"): "好"}), Sheet("A", {("u", "a"): "差"})]
    assert WHOLE not in rater_statistics(form, 1, sheets, {})
    sheets += [Sheet("B", {("u", "a"): "好"}), Sheet("B", {("u", "a"): "好"})]
    assert rater_statistics(form, 1, sheets, {})[WHOLE]["forms"] == 4
