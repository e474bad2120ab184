"""Working days follow the week, the State Council's notices, and what the site changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries, Settings

from shuzhi.kernel.access import Permission, visible
from shuzhi.kernel.calendar import Workdays, clear_day, missing_years, set_day
from shuzhi.kernel.calendar.holidays import HOLIDAYS, days
from shuzhi.kernel.calendar.services import seed_calendar
from shuzhi.kernel.errors import ForbiddenError
from shuzhi.kernel.models import AuditEvent, CalendarDay
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def worked(calendar: Workdays, first: date, last: date) -> int:
    """Return how many working days there are from `first` to `last`, both included."""
    length = (last - first).days + 1
    return sum(calendar.works(first + timedelta(days=n)) for n in range(length))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-20", True),  # a Friday
        ("2026-11-21", False),  # a Saturday
        ("2026-02-14", True),  # a Saturday worked for the Spring Festival
        ("2026-02-16", False),  # a Monday off
        ("2026-10-10", True),
        ("2025-10-08", False),
        ("2025-09-28", True),
        ("2024-10-01", True),  # no notice entered: only the week is known
    ],
)
def test_days_as_the_notices_set_them(day: str, works: bool) -> None:  # noqa: FBT001
    assert Workdays().works(date.fromisoformat(day)) is works


def test_the_notices_agree_with_the_week() -> None:
    """A make-up day is a weekend day; a holiday has a weekday in it; nothing stands twice."""
    listed = [day for holiday in HOLIDAYS for day, _works, _name in days(holiday)]
    assert len(listed) == len(set(listed))
    for holiday in HOLIDAYS:
        assert all(worked.weekday() >= 5 for worked in holiday.worked)
        assert any(day.weekday() < 5 for day, works, _n in days(holiday) if not works)


@pytest.mark.parametrize(("year", "expected"), [(2025, 248), (2026, 248)])
def test_the_year_has_as_many_working_days_as_published(year: int, expected: int) -> None:
    assert worked(Workdays(), date(year, 1, 1), date(year, 12, 31)) == expected


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # the Saturday is worked
        ("2026-02-13", 2, "2026-02-24"),  # then nine days off
        ("2026-09-30", 5, "2026-10-13"),
        ("2026-02-15", 1, "2026-02-24"),
    ],
)
def test_terms_over_holidays(start: str, count: int, due: str) -> None:
    assert Workdays().after(date.fromisoformat(start), count) == date.fromisoformat(due)


def test_the_first_day_counts_where_a_site_says_so(settings: Settings) -> None:
    start = date(2026, 11, 20)
    assert Workdays().after(start, 1) == date(2026, 11, 23)
    settings.DEADLINE_FIRST_DAY_COUNTS = True
    assert Workdays().after(start, 1) == start


@pytest.mark.parametrize("first_counts", [False, True])
def test_a_postponed_term_ends_as_much_later(settings: Settings, *, first_counts: bool) -> None:
    """Also one that starts on a day off, and where a site counts the first day."""
    settings.DEADLINE_FIRST_DAY_COUNTS = first_counts
    calendar = Workdays()
    for number in range(28):
        start = date(2026, 2, 1) + timedelta(days=number)
        for count, more in ((1, 1), (5, 1), (3, 4)):
            due = calendar.after(calendar.postponed(start, more), count)
            assert due == calendar.later(calendar.after(start, count), more)


def test_one_query_however_many_terms(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        calendar = Workdays()
        assert calendar.after(date(2026, 1, 1), 1) < calendar.after(date(2026, 1, 1), 200)


def test_a_calendar_of_holidays_only_is_refused() -> None:
    start = date(2028, 1, 1)
    CalendarDay.objects.bulk_create(
        CalendarDay(day=start + timedelta(days=n), working=False, name="停") for n in range(400)
    )
    with pytest.raises(ValueError, match="no working day"):
        Workdays().after(start, 1)


def test_a_year_nobody_entered_is_named() -> None:
    assert missing_years(date(2026, 11, 1), date(2026, 12, 1)) == []
    assert missing_years(date(2026, 11, 1), date(2028, 1, 2)) == [2027, 2028]


def test_a_site_changes_a_day_on_record(cast: Cast) -> None:
    organiser, day = cast.actor("organiser"), date(2026, 11, 20)
    set_day(actor=organiser, day=day, working=False, name="停电检修")
    assert not Workdays().works(day)
    clear_day(actor=organiser, day=day)
    assert Workdays().works(day)
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["calendar.set", "calendar.clear"]


def test_only_who_keeps_the_years_may(cast: Cast) -> None:
    for part in ("commissioner", "system"):
        with pytest.raises(ForbiddenError):
            set_day(actor=cast.actor(part), day=date(2026, 1, 5), working=False, name="x")
    commissioner = cast.actor("commissioner")
    assert not CalendarDay.objects.filter(
        visible(commissioner, Permission.REGISTRY_VIEW, CalendarDay)
    ).exists()


def test_seeding_again_leaves_what_a_site_entered() -> None:
    CalendarDay.objects.filter(day__year=2026).delete()
    CalendarDay.objects.create(day=date(2026, 1, 1), working=False, name="自行录入")
    seed_calendar()
    assert CalendarDay.objects.filter(day__year=2026).count() == 1
    assert CalendarDay.objects.filter(day__year=2025).count() == 33


class Counting(TestCase):
    """Adding and counting agree."""

    @given(
        st.dates(date(2024, 6, 1), date(2027, 6, 1)),
        st.integers(1, 120),
    )
    @settings(deadline=None)  # the first example pays for the connection
    def test_adding_and_counting_agree(self, start: date, count: int) -> None:
        calendar = Workdays()
        due = calendar.after(start, count)
        assert calendar.works(due)
        assert worked(calendar, start + timedelta(days=1), due) == count
