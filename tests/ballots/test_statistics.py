"""Agreement against the published example (Krippendorff 2011, interval metric: 0.849)."""

from decimal import Decimal

import pytest

from shuzhi.ballots.statistics import agreement

# Four observers, twelve units; a point where an observer gave nothing.
A = "1 2 3 3 2 1 4 1 2 . . ."
B = "1 2 3 3 2 2 4 1 2 5 . 3"
C = ". 3 3 3 2 3 4 2 2 5 1 ."
D = "1 2 3 3 2 4 4 1 2 5 1 ."


def test_agreement_is_the_published_one() -> None:
    rows = [row.split() for row in (A, B, C, D)]
    cells = [[Decimal(mark) for mark in unit if mark != "."] for unit in zip(*rows, strict=True)]
    alpha = agreement(cells)
    assert alpha is not None
    assert round(alpha, 3) == Decimal("0.849")


@pytest.mark.parametrize("cells", [[], [[Decimal(1)]], [[Decimal(5), Decimal(5)]]])
def test_no_agreement_where_nothing_varies(cells: list[list[Decimal]]) -> None:
    assert agreement(cells) is None
