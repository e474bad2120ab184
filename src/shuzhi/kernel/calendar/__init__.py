"""Working days: the week, the statutory holidays and make-up days, and what a site changes."""

from .counting import Workdays, covered_years, missing_years
from .services import CalendarChanged, clear_day, set_day

__all__ = [
    "CalendarChanged",
    "Workdays",
    "clear_day",
    "covered_years",
    "missing_years",
    "set_day",
]
