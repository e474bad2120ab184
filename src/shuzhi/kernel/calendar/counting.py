"""Count working days; one query a question, whatever its length."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from shuzhi.kernel.models import CalendarDay

SATURDAY = 5
DAY = timedelta(days=1)
SLACK = 30  # the longest run of days off that an answer may have to pass, with room


def _exceptions(first: date, last: date) -> dict[date, bool]:
    rows = CalendarDay.objects.filter(day__gte=first, day__lte=last)
    return dict(rows.values_list("day", "working"))


def _works(day: date, exceptions: dict[date, bool]) -> bool:
    return exceptions.get(day, day.weekday() < SATURDAY)


class Workdays:
    """The calendar read once, to count many terms without asking the database for each."""

    def __init__(self, first: date = date.min, last: date = date.max) -> None:
        self._exceptions = _exceptions(first, last)

    def after(self, start: date, count: int) -> date:
        """Return what `add_working_days(start, count)` would, for a count from 1."""
        day = start - DAY if settings.DEADLINE_FIRST_DAY_COUNTS else start
        for _step in range(7 * count + SLACK * 7):
            day += DAY
            count -= _works(day, self._exceptions)
            if not count:
                return day
        raise ValueError("no working day within reach")  # a calendar of holidays only


def is_working_day(day: date) -> bool:
    """Tell whether people work on `day`."""
    return _works(day, _exceptions(day, day))


def _working_days(start: date, count: int, step: timedelta) -> Iterator[date]:
    """Yield working days from `start` on, forwards or backwards, at least `count` of them."""
    reach = step * (2 * count + SLACK)
    exceptions = _exceptions(min(start, start + reach), max(start, start + reach))
    day = start
    while abs(day - start) <= abs(reach):
        if _works(day, exceptions):
            yield day
        day += step


def add_working_days(start: date, count: int, *, first_day_counts: bool | None = None) -> date:
    """Return the working day that is `count` working days after `start` (before, if negative).

    The day on which a term starts does not count (Civil Code, article 201), unless the setting
    `DEADLINE_FIRST_DAY_COUNTS` or `first_day_counts` says that it does. A count of 0 gives
    `start` if it is a working day, else the next one.
    """
    counts = settings.DEADLINE_FIRST_DAY_COUNTS if first_day_counts is None else first_day_counts
    if count == 0:
        return next(_working_days(start, 1, DAY))
    step = DAY if count > 0 else -DAY
    wanted = abs(count)
    for number, day in enumerate(_working_days(start if counts else start + step, wanted, step), 1):
        if number == wanted:
            return day
    raise ValueError("no working day within reach")  # a calendar of holidays only


def working_days_between(first: date, last: date) -> int:
    """Return how many working days there are from `first` to `last`, both included."""
    exceptions = _exceptions(first, last)
    length = (last - first).days + 1
    return sum(_works(first + DAY * offset, exceptions) for offset in range(length))


def covered_years() -> set[int]:
    """Return the years whose holidays are entered."""
    years = CalendarDay.objects.annotate(year=ExtractYear("day")).values_list("year", flat=True)
    return set(years.distinct().order_by())


def missing_years(first: date, last: date) -> list[int]:
    """Return the years from `first` to `last` whose holidays nobody has entered yet."""
    covered = covered_years()
    return [year for year in range(first.year, last.year + 1) if year not in covered]


def days_of(year: int) -> QuerySet[CalendarDay]:
    """Return the days of a year that differ from the week, in order."""
    return CalendarDay.objects.filter(day__year=year)
