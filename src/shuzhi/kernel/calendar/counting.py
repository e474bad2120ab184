"""Count working days; one query, whatever their number."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from shuzhi.kernel.models import CalendarDay

SATURDAY = 5
DAY = timedelta(days=1)
SLACK = 30  # the longest run of days off that an answer may have to pass, with room


class Workdays:
    """The calendar read once, to count many terms without asking the database for each."""

    def __init__(self, first: date = date.min, last: date = date.max) -> None:
        rows = CalendarDay.objects.filter(day__gte=first, day__lte=last)
        self._exceptions = dict(rows.values_list("day", "working"))

    def works(self, day: date) -> bool:
        """Tell whether people work on `day`."""
        return self._exceptions.get(day, day.weekday() < SATURDAY)

    def after(self, start: date, count: int) -> date:
        """Return the working day that is `count` working days (from 1) after `start`.

        The day on which a term starts does not count (Civil Code, article 201), unless the
        setting `DEADLINE_FIRST_DAY_COUNTS` says that it does.
        """
        return self.later(start - _lead(), count)

    def postponed(self, start: date, count: int) -> date:
        """Return the start from which every term ends `count` working days (from 1) later."""
        return self.later(start - _lead(), count) + _lead()

    def later(self, day: date, count: int) -> date:
        """Return the working day that comes `count` working days (from 1) later than `day`."""
        for _step in range(7 * count + SLACK * 7):
            day += DAY
            count -= self.works(day)
            if not count:
                return day
        raise ValueError("no working day within reach")  # a calendar of holidays only

    def between(self, first: date, last: date) -> int:
        """Return how many working days come later than `first`, as far as `last`."""
        return sum(self.works(first + DAY * number) for number in range(1, (last - first).days + 1))


def _lead() -> timedelta:
    return DAY if settings.DEADLINE_FIRST_DAY_COUNTS else timedelta()


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
