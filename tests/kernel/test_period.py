"""A closed year refuses writes with a sentence; new work finds the year in which it counts."""

from collections.abc import Iterator

import pytest

from shuzhi.kernel import period
from shuzhi.kernel.period import YearClosedError, install_years, require_open, working_year


@pytest.fixture(autouse=True)
def as_installed() -> Iterator[None]:
    installed = list(period._installed)
    yield
    period._installed[:] = installed


def test_only_an_open_year_takes_writes() -> None:
    install_years(lambda: {2025: False, 2026: True})
    require_open(2026)
    with pytest.raises(YearClosedError, match="2025 年度已封存"):
        require_open(2025)
    with pytest.raises(YearClosedError, match="2027 年度还没有启用"):
        require_open(2027)


@pytest.mark.parametrize(
    ("years", "found"),
    [
        ({2026: True, 2027: True}, 2027),
        ({2025: True, 2026: True}, 2026),  # January: the old year still goes on
        ({2026: True, 2027: False, 2028: True}, 2028),  # sealed before Christmas
        ({2026: True, 2027: False}, 2027),  # sealed, and nothing follows: refused by name
        ({2026: False}, 2027),
        ({2026: False, 2028: True}, 2027),  # nobody has opened it, an earlier one neither
        ({}, 2027),
    ],
)
def test_in_which_year_new_work_counts(years: dict[int, bool], found: int) -> None:
    assert working_year(2027, years) == found
