"""Years of work."""

import pytest

from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from shuzhi.registry import queries, services
from shuzhi.registry.enums import PeriodState
from shuzhi.registry.models import Period
from shuzhi.registry.workflow import PERIOD
from tests.cast import YEAR, Cast
from tests.workflows import assert_database_refuses, cases, unreachable, walk


def test_the_current_year_is_the_latest_open_one(cast: Cast) -> None:
    organiser = cast.actor("organiser")
    services.open_period(actor=organiser, year=YEAR + 1)
    last = queries.period(YEAR + 1)
    assert queries.current_period() == last
    assert last
    services.close_period(actor=organiser, period=last)
    assert last.state == PeriodState.CLOSED
    found = queries.current_period()
    assert found
    assert found.year == YEAR


def test_a_closed_year_can_be_opened_again_once(cast: Cast) -> None:
    organiser, year = cast.actor("organiser"), queries.period(YEAR)
    assert year
    services.close_period(actor=organiser, period=year)
    assert not queries.is_open(YEAR)
    services.reopen_period(actor=organiser, period=year)
    assert queries.is_open(YEAR)
    with pytest.raises(StateError):
        services.reopen_period(actor=organiser, period=year)


def test_a_town_decides_nothing_about_years(cast: Cast) -> None:
    year = queries.period(YEAR)
    assert year
    with pytest.raises(ForbiddenError):
        services.close_period(actor=cast.actor("commissioner"), period=year)
    with pytest.raises(ForbiddenError):
        services.open_period(actor=cast.actor("commissioner"), year=YEAR + 4)


@pytest.mark.parametrize(("year", "says"), [(YEAR, "已经启用"), (26, "四位")])
def test_years_that_cannot_be_opened(cast: Cast, year: int, says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        services.open_period(actor=cast.actor("organiser"), year=year)


@pytest.mark.parametrize(("state", "name"), cases(PERIOD))
def test_every_step_in_every_state(cast: Cast, state: str, name: str) -> None:
    def make(state: str) -> Period:
        return Period.objects.create(year=YEAR + 4, state=state)

    walk(PERIOD, make, state, name, actor=cast.actor("organiser"))


def test_every_state_is_reached_and_the_database_knows_no_other(cast: Cast) -> None:
    assert not list(unreachable(PERIOD, PeriodState.OPEN))
    year = queries.period(YEAR)
    assert year
    assert_database_refuses(PERIOD, year)
