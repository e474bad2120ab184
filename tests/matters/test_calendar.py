"""Deadlines over the holidays of 2026, and after somebody changes the calendar."""

from datetime import date

import pytest

from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.calendar import Workdays, clear_day, set_day
from shuzhi.matters.models import Matter, MatterDeadline
from shuzhi.matters.services.recounting import recount_terms
from shuzhi.matters.terms import counted, refresh_due
from tests.cast import Cast
from tests.jobs import run_waiting_jobs
from tests.matters.test_handover import issue

OVER_HOLIDAYS = (  # start, working days, due: the day of the start does not count
    (date(2026, 2, 12), 5, date(2026, 2, 26)),  # Spring Festival; Saturday the 14th is worked
    (date(2026, 2, 13), 1, date(2026, 2, 14)),
    (date(2026, 2, 27), 1, date(2026, 2, 28)),  # and Saturday the 28th
    (date(2026, 4, 30), 5, date(2026, 5, 11)),  # Labour Day; Saturday the 9th is worked
    (date(2026, 9, 24), 5, date(2026, 10, 9)),  # Mid-Autumn, then National Day
    (date(2026, 9, 30), 3, date(2026, 10, 10)),
    (date(2026, 12, 31), 1, date(2027, 1, 1)),  # 2027 is not announced: the week alone
)


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "days", "due"), OVER_HOLIDAYS)
def test_working_days_over_the_holidays(start: date, days: int, due: date) -> None:
    assert counted(start, days, working=True, calendar=Workdays()) == due


def test_calendar_days_know_no_holidays() -> None:
    start = date(2026, 2, 12)
    assert counted(start, 5, working=False, calendar=None) == date(2026, 2, 17)  # type: ignore[arg-type]


def begun_on(matter: Matter, day: date) -> MatterDeadline:
    """Let the matter's first deadline (two working days) have begun on a day of 2026."""
    row = matter.deadlines.get(key="signed")
    row.base = day
    row.first_due = row.due_on = Workdays().after(day, row.days)
    row.save()
    refresh_due(matter)
    return row


def test_a_changed_calendar_moves_what_runs_and_says_so(county: Cast) -> None:
    matter = issue(county)
    row = begun_on(matter, date(2026, 11, 18))  # a Wednesday
    assert row.due_on == date(2026, 11, 20)
    set_day(actor=SYSTEM, day=date(2026, 11, 19), working=False, name="防汛")
    assert recount_terms() == 1
    matter.refresh_from_db()
    assert matter.due == date(2026, 11, 23)
    note = matter.story.get(kind="calendar").note
    assert "2026-11-20" in note
    assert "2026-11-23" in note
    assert recount_terms() == 0  # again changes nothing, and tells nothing twice
    clear_day(actor=SYSTEM, day=date(2026, 11, 19))
    assert recount_terms() == 1
    matter.refresh_from_db()
    assert matter.due == date(2026, 11, 20)
    assert matter.deadlines.get(key="signed").first_due == date(2026, 11, 20)


def test_the_worker_hears_of_a_change(
    county: Cast, django_capture_on_commit_callbacks: object
) -> None:
    matter = issue(county)
    begun_on(matter, date(2026, 11, 18))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        set_day(actor=SYSTEM, day=date(2026, 11, 20), working=False, name="停电")
    run_waiting_jobs()
    matter.refresh_from_db()
    assert matter.due == date(2026, 11, 23)


def test_given_dates_stay_where_they_were_put(county: Cast) -> None:
    matter = issue(county)
    finish = matter.deadlines.get(key="finish").due_on
    set_day(actor=SYSTEM, day=finish, working=False, name="放假")
    recount_terms()
    assert matter.deadlines.get(key="finish").due_on == finish
