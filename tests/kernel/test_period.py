"""A closed year refuses writes with a sentence."""

from collections.abc import Iterator

import pytest

from shuzhi.kernel import period
from shuzhi.kernel.period import YearClosedError, install_period_guard, require_open


@pytest.fixture
def only_2026_is_open() -> Iterator[None]:
    installed = list(period._installed)
    install_period_guard(lambda year: year == 2026)
    yield
    period._installed[:] = installed


@pytest.mark.usefixtures("only_2026_is_open")
def test_only_an_open_year_takes_writes() -> None:
    require_open(2026)
    with pytest.raises(YearClosedError, match="2025 年度已封存"):
        require_open(2025)
